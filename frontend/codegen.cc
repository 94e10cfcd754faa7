// Opens and closes code objects: scopes, names, constants, and the passes from graph to Code.
#include "frontend/codegen.h"

#include <algorithm>

#include "frontend/fold.h"

namespace pyjit::frontend {

using namespace ast;

Codegen::Codegen(Arena& arena, SymbolTable& symbols, std::string_view filename, const CompileOptions& options,
                 uint32_t flags, int future_line, std::vector<CompileWarning>& warnings)
    : arena_(arena),
      pool_(scratch_),
      constants_(arena),
      symbols_(symbols),
      filename_(arena.copy(filename)),
      options_(options),
      flags_(flags),
      future_line_(future_line),
      warnings_(warnings),
      dunder_class_(arena.intern("__class__")) {}

Codegen::~Codegen() {
  for (Unit* list : {unit_, spare_}) {
    while (list) {
      Unit* outer = list->outer;
      delete list;
      list = outer;
    }
  }
}

// Keeps the vectors' memory.
void Codegen::Unit::reset(BlockPool& pool) {
  class_name = name = qualname = {};
  graph = FlowGraph(pool);
  consts.clear();
  for (PointerIndex* index : {&name_index, &local_index, &cell_index, &free_index}) index->clear();
  for (auto* list : {&names, &locals, &cells, &frees}) list->clear();
  frame_blocks.clear();
  argcount = posonlyargcount = kwonlyargcount = 0;
}

void Codegen::fail(std::string message) {
  if (failed_) return;
  failed_ = true;
  error_ = syntax_error(std::move(message), unit_->loc);
}

void Codegen::warn(std::string message) {
  const Location& loc = unit_->loc;
  if (!failed_) warnings_.push_back({false, std::move(message), loc.line, loc.col + 1, loc.end_line, loc.end_col + 1});
}

// Whether a body needs __annotations__. CPython 3.11 does not look into match statements.
static bool finds_annotation(std::span<Stmt*> list);
static bool finds_annotation(Stmt* s) {
  auto in_try = [](auto* t) {
    for (Handler* h : t->handlers)
      if (finds_annotation(as<ExceptHandler>(h)->body)) return true;
    return finds_annotation(t->body) || finds_annotation(t->finalbody) || finds_annotation(t->orelse);
  };
  switch (s->tag) {
    case Tag::kAnnAssign:
      return true;
    case Tag::kFor:
      return finds_annotation(as<For>(s)->body) || finds_annotation(as<For>(s)->orelse);
    case Tag::kAsyncFor:
      return finds_annotation(as<AsyncFor>(s)->body) || finds_annotation(as<AsyncFor>(s)->orelse);
    case Tag::kWhile:
      return finds_annotation(as<While>(s)->body) || finds_annotation(as<While>(s)->orelse);
    case Tag::kIf:
      return finds_annotation(as<If>(s)->body) || finds_annotation(as<If>(s)->orelse);
    case Tag::kWith:
      return finds_annotation(as<With>(s)->body);
    case Tag::kAsyncWith:
      return finds_annotation(as<AsyncWith>(s)->body);
    case Tag::kTry:
      return in_try(as<Try>(s));
    case Tag::kTryStar:
      return in_try(as<TryStar>(s));
    default:
      return false;
  }
}
static bool finds_annotation(std::span<Stmt*> list) {
  return std::ranges::any_of(list, [](Stmt* s) { return finds_annotation(s); });
}

const Code* Codegen::run(Mod* tree) {
  enter("<module>", UnitKind::kModule, tree, 1);
  bool add_none = true;
  switch (tree->tag) {
    case Tag::kModule:
      body(as<Module>(tree)->body);
      break;
    case Tag::kInteractive:
      if (finds_annotation(as<Interactive>(tree)->body)) emit(OP_SETUP_ANNOTATIONS);
      interactive_ = true;
      visit_all(as<Interactive>(tree)->body);
      break;
    case Tag::kExpression:
      visit(as<Expression>(tree)->body);
      add_none = false;
      break;
    default:
      fail("module kind should not be possible");
      error_.kind = ErrorKind::kSystemError;
      break;
  }
  return leave(add_none);
}

void Codegen::enter(std::string_view name, UnitKind kind, const Node* node, int line) {
  Unit* u = spare_;
  if (u) {
    spare_ = u->outer;
    u->reset(pool_);
  } else {
    u = new Unit(pool_, constants_);
  }
  u->outer = unit_;
  u->kind = kind;
  u->name = name;
  u->scope = symbols_.of(node);
  u->first_line = line;
  u->loc = {line, line, 0, 0};
  for (std::string_view p : u->scope->parameters) {
    u->local_index.add(p.data());
    u->locals.push_back(p);
  }
  for (const Symbol& s : u->scope->symbols) {
    if (s.scope == Scope::kCell) u->cells.push_back(s.name);
    if (s.scope == Scope::kFree || (s.flags & kDefFreeClass)) u->frees.push_back(s.name);
  }
  std::ranges::sort(u->cells);
  std::ranges::sort(u->frees);
  if (u->scope->needs_class_closure) u->cells.push_back(dunder_class_);
  for (std::string_view c : u->cells) u->cell_index.add(c.data());
  for (std::string_view f : u->frees) u->free_index.add(f.data());
  if (unit_) u->class_name = unit_->class_name;
  unit_ = u;
  if (kind == UnitKind::kModule)
    u->loc.line = 0;
  else
    set_qualname();
  emit(OP_RESUME, 0);
  if (kind == UnitKind::kModule) u->loc.line = -1;
}

void Codegen::set_qualname() {
  Unit* u = unit_;
  Unit* parent = u->outer;
  u->qualname = u->name;
  if (!parent->outer) return;
  if (u->kind == UnitKind::kFunction || u->kind == UnitKind::kAsyncFunction || u->kind == UnitKind::kClass) {
    std::string_view seen = mangle(arena_, parent->class_name, u->name);
    if (parent->scope->scope_of(seen) == Scope::kGlobalExplicit) return;
  }
  std::string q(parent->qualname);
  if (parent->kind == UnitKind::kFunction || parent->kind == UnitKind::kAsyncFunction || parent->kind == UnitKind::kLambda)
    q += ".<locals>";
  q += '.';
  q += u->name;
  u->qualname = arena_.copy(q);
}

int Codegen::name_at(std::string_view name) {
  bool inserted;
  int at = unit_->name_index.add(name.data(), &inserted);
  if (inserted) unit_->names.push_back(name);
  return at;
}

// Operand of the cell instructions before slots are assigned: cells first, then free variables. A class can have __class__ as both,
// its own cell and the enclosing class's: a name in its body then means the latter.
int Codegen::cell_or_free_at(std::string_view name) {
  return unit_->scope->scope_of(name) == Scope::kCell ? unit_->cell_index.find(name.data()) : free_at(name);
}

bool Codegen::forbidden(std::string_view name, ExprContext ctx) {
  if (ctx == ExprContext::kLoad || name != "__debug__") return false;
  fail(ctx == ExprContext::kStore ? "cannot assign to __debug__" : "cannot delete __debug__");
  return true;
}

void Codegen::name_op(std::string_view plain, ExprContext ctx) {
  if (forbidden(plain, ctx)) return;
  std::string_view name = mangled(plain);
  bool function = unit_->scope->type == BlockType::kFunction;
  auto pick = [ctx](int load, int store, int del) {
    return ctx == ExprContext::kLoad ? load : ctx == ExprContext::kStore ? store : del;
  };
  switch (unit_->scope->scope_of(name)) {
    case Scope::kFree:
    case Scope::kCell: {
      int load = unit_->scope->type == BlockType::kClass ? OP_LOAD_CLASSDEREF : OP_LOAD_DEREF;
      emit(pick(load, OP_STORE_DEREF, OP_DELETE_DEREF), cell_or_free_at(name));
      return;
    }
    case Scope::kLocal:
      if (function) {
        bool inserted;
        int at = unit_->local_index.add(name.data(), &inserted);
        if (inserted) unit_->locals.push_back(name);
        emit(pick(OP_LOAD_FAST, OP_STORE_FAST, OP_DELETE_FAST), at);
        return;
      }
      break;
    case Scope::kGlobalImplicit:
      if (!function) break;
      [[fallthrough]];
    case Scope::kGlobalExplicit: {
      int at = name_at(name);
      // Bit 0 of LOAD_GLOBAL asks for a NULL below the value.
      emit(pick(OP_LOAD_GLOBAL, OP_STORE_GLOBAL, OP_DELETE_GLOBAL), ctx == ExprContext::kLoad ? at << 1 : at);
      return;
    }
    default:
      break;
  }
  emit(pick(OP_LOAD_NAME, OP_STORE_NAME, OP_DELETE_NAME), name_at(name));
}

void Codegen::body(std::span<Stmt*> list) {
  if (unit_->kind == UnitKind::kModule && !list.empty()) set_loc(list[0]);
  if (finds_annotation(list)) emit(OP_SETUP_ANNOTATIONS);
  size_t i = 0;
  if (options_.optimize < 2) {
    if (auto* doc = docstring_of(list)) {
      i = 1;
      visit((Expr*)doc);
      clear_loc();
      name_op(arena_.intern("__doc__"), ExprContext::kStore);
    }
  }
  visit_all(list.subspan(i));
}

void Codegen::yield_from(bool awaiting) {
  Block *start = new_block(), *resume = new_block(), *exit = new_block();
  use(start);
  jump(OP_SEND, exit);
  use(resume);
  emit(OP_YIELD_VALUE);
  emit(OP_RESUME, awaiting ? 3 : 2);
  jump(OP_JUMP_NO_INTERRUPT, start);
  use(exit);
}

void Codegen::await_top(int kind) {
  emit(OP_GET_AWAITABLE, kind);
  load_none();
  yield_from(true);
}

uint32_t Codegen::code_flags() const {
  const ScopeEntry* s = unit_->scope;
  uint32_t flags = 0;
  if (s->type == BlockType::kFunction) {
    flags |= kNewLocals | kOptimized;
    if (s->nested) flags |= kNested;
    if (s->generator) flags |= s->coroutine ? kAsyncGenerator : kGenerator;
    if (s->coroutine && !s->generator) flags |= kCoroutine;
    if (s->varargs) flags |= kVarArgs;
    if (s->varkeywords) flags |= kVarKeywords;
  }
  flags |= flags_;
  if (top_level_await() && s->coroutine && !s->generator) flags |= kCoroutine;
  return flags;
}

// What runs before RESUME: copy the closure, make cells, and in generators return the generator object.
void Codegen::add_prefix(uint32_t flags, std::vector<int>& cell_slots) {
  Unit* u = unit_;
  Block* entry = u->graph.entry();
  if (flags & (kGenerator | kCoroutine | kAsyncGenerator)) {
    Location loc{u->first_line, u->first_line, -1, -1};
    u->graph.insert(entry, 0, Instr{OP_RETURN_GENERATOR, 0, loc});
    u->graph.insert(entry, 1, Instr{OP_POP_TOP, 0, loc});
  }
  // In the order of their slots: cells that are arguments come first.
  std::vector<int> order(u->cells.size());
  for (size_t i = 0; i < order.size(); i++) order[i] = (int)i;
  std::ranges::sort(order, {}, [&](int i) { return cell_slots[(size_t)i]; });
  for (size_t i = 0; i < order.size(); i++) u->graph.insert(entry, (int)i, Instr{OP_MAKE_CELL, order[i], kNoLocation});
  if (!u->frees.empty()) u->graph.insert(entry, 0, Instr{OP_COPY_FREE_VARS, (int)u->frees.size(), kNoLocation});
}

const Code* Codegen::leave(bool add_none) {
  Unit* u = unit_;
  FlowGraph& graph = u->graph;
  const Code* result = nullptr;
  auto broken = [&](const std::string& message) {
    failed_ = true;
    error_.kind = ErrorKind::kSystemError;
    error_.message = message;
    error_.has_location = false;
  };
  auto finish = [&]() -> const Code* {
    Instr* last = graph.current()->last();
    if (!last || last->op != OP_RETURN_VALUE) {
      clear_loc();
      if (add_none) load_none();
      emit(OP_RETURN_VALUE);
    }
    graph.normalize();
    graph.inline_small_exits();

    // Slots of the frame: locals, then cells that are not arguments, then free variables.
    uint32_t flags = code_flags();
    int locals = (int)u->locals.size(), cells = (int)u->cells.size(), frees = (int)u->frees.size();
    std::vector<int> slots((size_t)(cells + frees));
    for (int i = 0; i < cells + frees; i++) slots[(size_t)i] = locals + i;
    for (int i = 0; i < locals; i++) {
      int cell = u->cell_index.find(u->locals[(size_t)i].data());
      if (cell >= 0) slots[(size_t)cell] = i;
    }
    add_prefix(flags, slots);
    int dropped = 0;
    for (int i = 0; i < cells + frees; i++) {
      if (slots[(size_t)i] == locals + i)
        slots[(size_t)i] -= dropped;
      else
        dropped++;
    }
    if (cells + frees) {
      for (Block* b = graph.entry(); b; b = b->next)
        for (int i = 0; i < b->used; i++)
          if (kOpInfo[b->instrs[i].op].flags & kFree) b->instrs[i].arg = slots[(size_t)b->instrs[i].arg];
    }

    graph.optimize(u->consts);
    graph.duplicate_exits_without_line();
    graph.trim_constants(u->consts);
    graph.propagate_lines();
    graph.guarantee_exit_lines(u->first_line);
    int depth = graph.stack_depth(u->scope->generator || u->scope->coroutine);
    graph.label_exception_targets();
    graph.drop_exception_markers();
    std::string message;
    if (!assemble(graph, u->first_line, assembled_, message)) {
      broken(message);
      return nullptr;
    }

    auto* code = arena_.make<Code>();
    code->argcount = u->posonlyargcount + u->argcount;
    code->posonlyargcount = u->posonlyargcount;
    code->kwonlyargcount = u->kwonlyargcount;
    code->stacksize = (uint32_t)depth;
    code->flags = flags;
    code->firstlineno = u->first_line;
    code->code = arena_.copy(assembled_.code);
    auto consts = arena_.copy(u->consts.list());
    code->consts = {consts.data(), consts.size()};
    auto names = arena_.copy(u->names);
    code->names = {names.data(), names.size()};
    std::vector<std::string_view> plus = u->locals;
    std::string kinds;
    for (std::string_view name : u->locals)
      kinds += (char)(u->cell_index.find(name.data()) >= 0 ? kLocalVar | kLocalCell : kLocalVar);
    for (std::string_view name : u->cells) {
      if (u->local_index.find(name.data()) >= 0) continue;
      plus.push_back(name);
      kinds += (char)kLocalCell;
    }
    for (std::string_view name : u->frees) {
      plus.push_back(name);
      kinds += (char)kLocalFree;
    }
    auto plus_names = arena_.copy(plus);
    code->localsplusnames = {plus_names.data(), plus_names.size()};
    code->localspluskinds = arena_.copy(std::string_view(kinds));
    code->filename = filename_;
    code->name = u->name;
    code->qualname = u->kind == UnitKind::kModule ? u->name : u->qualname;
    code->linetable = arena_.copy(assembled_.linetable);
    code->exceptiontable = arena_.copy(assembled_.exceptiontable);
    return code;
  };
  if (!failed_) result = finish();
  graph.release();
  unit_ = u->outer;
  u->outer = spare_;
  spare_ = u;
  return result;
}

}  // namespace pyjit::frontend
