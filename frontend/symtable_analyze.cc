// Pass 2 of the symbol table: decides what each name of each block refers to.
//
// Going down, a name that a block does not bind is looked up through the chain of enclosing blocks. Coming up, each block
// reports the names that it and its children need from outside; a function's own locals among them become cells.
#include "frontend/symtable_build.h"

namespace pyjit::frontend::symtable {
namespace {

class Analyzer {
 public:
  Analyzer(Arena& arena, SymbolTable& table, Diagnostic& error)
      : table_(table), error_(error), dunder_class_(arena.intern("__class__")) {}

  // `needed`: names that this block leaves to its surroundings; appended, each once.
  bool block(ScopeEntry* e, PointerIndex& needed, std::vector<std::string_view>& needed_names) {
    for (size_t i = 0; i < e->symbols.size(); i++)
      if (!decide(e, e->symbols[i])) return false;
    PointerIndex free;
    std::vector<std::string_view> names;
    for (ScopeEntry* child : e->children) {
      if (!block(child, free, names)) return false;
      if (child->has_free || child->child_has_free) e->child_has_free = true;
    }
    for (std::string_view name : names) {
      int at = e->index.find(name.data());
      Symbol* s = at < 0 ? nullptr : &e->symbols[(size_t)at];
      if (e->type == BlockType::kFunction && s && s->scope == Scope::kLocal) {
        s->scope = Scope::kCell;
        continue;
      }
      if (e->type == BlockType::kClass && name.data() == dunder_class_.data()) {
        e->needs_class_closure = true;
        continue;
      }
      add(name, needed, needed_names);
      if (s) {
        // A method's free variable may share its name with an attribute of the class.
        if (e->type == BlockType::kClass && (s->flags & (kDefBound | kDefGlobal))) s->flags |= kDefFreeClass;
        continue;
      }
      if (e->parent && !enclosing_binding(e, name)) continue;
      e->index.add(name.data());
      e->symbols.push_back({name, 0, Scope::kFree});
    }
    for (const Symbol& s : e->symbols)
      if (s.scope == Scope::kFree) add(s.name, needed, needed_names);
    return true;
  }

 private:
  static void add(std::string_view name, PointerIndex& index, std::vector<std::string_view>& names) {
    bool inserted;
    index.add(name.data(), &inserted);
    if (inserted) names.push_back(name);
  }

  // Whether a function around `e` binds `name` in a way that e sees.
  bool enclosing_binding(const ScopeEntry* e, std::string_view name) const {
    for (const ScopeEntry* p = e->parent; p; p = p->parent) {
      if (p->type == BlockType::kModule) return false;
      if (p->type == BlockType::kClass) {
        if (name.data() == dunder_class_.data()) return true;
        continue;
      }
      const Symbol* s = p->find(name);
      if (!s) continue;
      if (s->flags & kDefGlobal) return false;
      if (s->flags & (kDefNonlocal | kDefBound)) return true;
    }
    return false;
  }

  bool decide(ScopeEntry* e, Symbol& s) {
    if (s.flags & kDefGlobal) {
      if (s.flags & kDefNonlocal) return fail(e, s.name, "name '" + std::string(s.name) + "' is nonlocal and global");
      s.scope = Scope::kGlobalExplicit;
      return true;
    }
    if (s.flags & kDefNonlocal) {
      if (!e->parent) return fail(e, s.name, "nonlocal declaration not allowed at module level");
      if (!enclosing_binding(e, s.name))
        return fail(e, s.name, "no binding for nonlocal '" + std::string(s.name) + "' found");
      s.scope = Scope::kFree;
      e->has_free = true;
      return true;
    }
    if (s.flags & kDefBound) {
      s.scope = Scope::kLocal;
      return true;
    }
    if (enclosing_binding(e, s.name)) {
      s.scope = Scope::kFree;
      e->has_free = true;
      return true;
    }
    if (e->nested) e->has_free = true;
    s.scope = Scope::kGlobalImplicit;
    return true;
  }

  bool fail(const ScopeEntry* e, std::string_view name, std::string message) {
    Location loc;
    for (const ScopeEntry::Directive& d : e->directives) {
      if (d.name.data() == name.data()) {
        loc = d.loc;
        break;
      }
    }
    error_ = syntax_error(std::move(message), loc);
    return false;
  }

  SymbolTable& table_;
  Diagnostic& error_;
  std::string_view dunder_class_;
};

}  // namespace

bool analyze(Arena& arena, SymbolTable& table, Diagnostic& error) {
  PointerIndex needed;
  std::vector<std::string_view> names;
  return Analyzer(arena, table, error).block(table.top, needed, names);
}

}  // namespace pyjit::frontend::symtable
