// Pass 1 of the symbol table: walks the tree and records definitions and uses. Pass 2 is symtable_analyze.cc.
#include "frontend/symtable.h"

#include "frontend/symtable_build.h"

namespace pyjit::frontend {

using namespace ast;

std::string_view mangle_private(Arena& arena, std::string_view class_name, std::string_view name) {
  if (name.ends_with("__") || name.find('.') != std::string_view::npos) return name;
  size_t start = class_name.find_first_not_of('_');
  if (start == std::string_view::npos) return name;
  std::string mangled = "_";
  mangled += class_name.substr(start);
  mangled += name;
  return arena.intern(mangled);
}

Diagnostic syntax_error(std::string message, const Location& loc) {
  Diagnostic d;
  d.kind = ErrorKind::kSyntaxError;
  d.message = std::move(message);
  d.lineno = loc.line;
  d.offset = loc.col + 1;
  d.end_lineno = loc.end_line;
  d.end_offset = loc.end_col + 1;
  return d;
}

Diagnostic recursion_error() {
  Diagnostic d;
  d.kind = ErrorKind::kRecursionError;
  d.message = "maximum recursion depth exceeded during compilation";
  d.has_location = false;
  return d;
}

namespace symtable {

void Builder::fail(std::string message, const Location& loc) {
  if (!failed) error = syntax_error(std::move(message), loc);
  failed = true;
}

bool Builder::deeper() {
  if (++depth <= depth_limit) return true;
  if (!failed) error = recursion_error();
  failed = true;
  return false;
}

void Builder::enter(std::string_view name, BlockType type, const Node* node, const Location& loc) {
  auto owned = std::make_unique<ScopeEntry>();
  ScopeEntry* e = owned.get();
  table.entries.push_back(std::move(owned));
  e->node = node;
  e->name = name;
  e->type = type;
  e->loc = loc;
  e->parent = current;
  if (current) {
    e->nested = current->nested || current->type == BlockType::kFunction;
    e->comp_iter_expr = current->comp_iter_expr;
  }
  ScopeEntry* outer = current;
  current = e;
  // Deferred annotations become strings: names in them mean nothing.
  if (type == BlockType::kAnnotation) return;
  table.record(node, e);
  if (outer) outer->children.push_back(e);
}

void Builder::leave() { current = current->parent; }

uint16_t Builder::lookup(std::string_view name) {
  const Symbol* s = current->find(mangle(arena, class_name, name));
  return s ? s->flags : 0;
}

void Builder::define_in(ScopeEntry* entry, std::string_view plain, uint16_t flag, const Location& loc) {
  if (failed) return;
  std::string_view name = mangle(arena, class_name, plain);
  bool inserted;
  int at = entry->index.add(name.data(), &inserted);
  if (inserted) entry->symbols.push_back({name, 0, Scope::kUnknown});
  Symbol& symbol = entry->symbols[(size_t)at];
  if ((flag & kDefParam) && (symbol.flags & kDefParam))
    return fail("duplicate argument '" + std::string(plain) + "' in function definition", loc);
  uint16_t flags = symbol.flags | flag;
  if (entry->comp_iter_target) {
    if (flags & (kDefGlobal | kDefNonlocal))
      return fail("comprehension inner loop cannot rebind assignment expression target '" + std::string(plain) + "'", loc);
    flags |= kDefCompIter;
  }
  symbol.flags = flags;
  if (flag & kDefParam) {
    entry->parameters.push_back(name);
  } else if (flag & kDefGlobal) {
    ScopeEntry* top = table.top;
    int global = top->index.add(name.data(), &inserted);
    if (inserted) top->symbols.push_back({name, 0, Scope::kUnknown});
    top->symbols[(size_t)global].flags |= flag;
  }
}

void Builder::record_directive(std::string_view name, const Location& loc) {
  current->directives.push_back({mangle(arena, class_name, name), loc});
}

void Builder::declare(const Stmt* s, std::span<const Identifier> names, uint16_t flag) {
  const char* what = flag == kDefGlobal ? "global" : "nonlocal";
  Location loc = location_of(s);
  for (Identifier name : names) {
    uint16_t now = lookup(name);
    if (now & (kDefParam | kDefLocal | kUse | kDefAnnotated)) {
      std::string quoted = "name '" + std::string(name) + "' ";
      if (now & kDefParam)
        fail(quoted + "is parameter and " + what, loc);
      else if (now & kUse)
        fail(quoted + "is used prior to " + what + " declaration", loc);
      else if (now & kDefAnnotated)
        fail("annotated name '" + std::string(name) + "' can't be " + what, loc);
      else
        fail(quoted + "is assigned to before " + what + " declaration", loc);
      return;
    }
    define(name, flag, loc);
    record_directive(name, loc);
  }
}

void Builder::annotation(Expr* e) {
  bool future = future_flags & kFutureAnnotations;
  if (future) enter("_annotation", BlockType::kAnnotation, e, location_of(e));
  visit(e);
  if (future) leave();
}

void Builder::annotations(const Stmt* s, Arguments* a, Expr* returns) {
  bool future = future_flags & kFutureAnnotations;
  if (future) enter("_annotation", BlockType::kAnnotation, s, location_of(s));
  auto each = [&](std::span<Arg*> args) {
    for (Arg* arg : args)
      if (arg->annotation) visit(arg->annotation);
  };
  each(a->posonlyargs);
  each(a->args);
  if (a->vararg && a->vararg->annotation) visit(a->vararg->annotation);
  if (a->kwarg && a->kwarg->annotation) visit(a->kwarg->annotation);
  each(a->kwonlyargs);
  if (future) leave();
  if (returns) annotation(returns);
}

void Builder::parameters(Arguments* a) {
  auto each = [&](std::span<Arg*> args) {
    for (Arg* arg : args) define(arg->arg, kDefParam, location_of(arg));
  };
  each(a->posonlyargs);
  each(a->args);
  each(a->kwonlyargs);
  if (a->vararg) {
    define(a->vararg->arg, kDefParam, location_of(a->vararg));
    current->varargs = true;
  }
  if (a->kwarg) {
    define(a->kwarg->arg, kDefParam, location_of(a->kwarg));
    current->varkeywords = true;
  }
}

void Builder::function(const Stmt* s, Identifier name, Arguments* args, std::span<Stmt*> body, std::span<Expr*> decorators,
                       Expr* returns, bool is_async) {
  define(name, kDefLocal, location_of(s));
  visit_all(args->defaults);
  visit_all(args->kw_defaults);
  annotations(s, args, returns);
  visit_all(decorators);
  enter(name, BlockType::kFunction, s, location_of(s));
  if (is_async) current->coroutine = true;
  parameters(args);
  visit_all(body);
  leave();
}

void Builder::alias(const Alias* a) {
  Identifier name = a->asname.data() ? a->asname : a->name;
  if (name == "*") {
    if (current->type != BlockType::kModule) fail("import * only allowed at module level", location_of(a));
    return;
  }
  size_t dot = name.find('.');
  define(dot == std::string_view::npos ? name : arena.intern(name.substr(0, dot)), kDefImport, location_of(a));
}

void Builder::visit(Pattern* p) {
  if (failed || !deeper()) return;
  switch (p->tag) {
    case Tag::kMatchValue:
      visit(as<MatchValue>(p)->value);
      break;
    case Tag::kMatchSequence:
      visit_all(as<MatchSequence>(p)->patterns);
      break;
    case Tag::kMatchStar:
      if (as<MatchStar>(p)->name.data()) define(as<MatchStar>(p)->name, kDefLocal, location_of(p));
      break;
    case Tag::kMatchMapping: {
      auto* m = as<MatchMapping>(p);
      visit_all(m->keys);
      visit_all(m->patterns);
      if (m->rest.data()) define(m->rest, kDefLocal, location_of(p));
      break;
    }
    case Tag::kMatchClass: {
      auto* m = as<MatchClass>(p);
      visit(m->cls);
      visit_all(m->patterns);
      visit_all(m->kwd_patterns);
      break;
    }
    case Tag::kMatchAs:
      if (as<MatchAs>(p)->pattern) visit(as<MatchAs>(p)->pattern);
      if (as<MatchAs>(p)->name.data()) define(as<MatchAs>(p)->name, kDefLocal, location_of(p));
      break;
    case Tag::kMatchOr:
      visit_all(as<MatchOr>(p)->patterns);
      break;
    default:
      break;
  }
  depth--;
}

void Builder::handlers(std::span<Handler*> list) {
  for (Handler* h : list) {
    auto* e = as<ExceptHandler>(h);
    if (e->type) visit(e->type);
    if (e->name.data()) define(e->name, kDefLocal, location_of(e));
    visit_all(e->body);
  }
}

void Builder::with_items(std::span<WithItem*> items) {
  for (WithItem* item : items) {
    visit(item->context_expr);
    if (item->optional_vars) visit(item->optional_vars);
  }
}

void Builder::annotated_assignment(AnnAssign* s) {
  if (auto* name = try_as<Name>(s->target)) {
    uint16_t now = lookup(name->id);
    if ((now & (kDefGlobal | kDefNonlocal)) && current != table.top && s->simple)
      return fail("annotated name '" + std::string(name->id) + "' can't be " + (now & kDefGlobal ? "global" : "nonlocal"),
                  location_of(s));
    if (s->simple)
      define(name->id, kDefAnnotated | kDefLocal, location_of(name));
    else if (s->value)
      define(name->id, kDefLocal, location_of(name));
  } else {
    visit(s->target);
  }
  annotation(s->annotation);
  if (s->value) visit(s->value);
}

void Builder::visit(Stmt* s) {
  if (failed || !deeper()) return;
  switch (s->tag) {
    case Tag::kFunctionDef: {
      auto* f = as<FunctionDef>(s);
      function(s, f->name, f->args, f->body, f->decorator_list, f->returns, false);
      break;
    }
    case Tag::kAsyncFunctionDef: {
      auto* f = as<AsyncFunctionDef>(s);
      function(s, f->name, f->args, f->body, f->decorator_list, f->returns, true);
      break;
    }
    case Tag::kClassDef: {
      auto* c = as<ClassDef>(s);
      define(c->name, kDefLocal, location_of(s));
      visit_all(c->bases);
      for (Keyword* k : c->keywords) visit(k->value);
      visit_all(c->decorator_list);
      enter(c->name, BlockType::kClass, s, location_of(s));
      std::string_view outer = class_name;
      class_name = c->name;
      visit_all(c->body);
      class_name = outer;
      leave();
      break;
    }
    case Tag::kReturn:
      if (as<Return>(s)->value) visit(as<Return>(s)->value);
      break;
    case Tag::kDelete:
      visit_all(as<Delete>(s)->targets);
      break;
    case Tag::kAssign:
      visit_all(as<Assign>(s)->targets);
      visit(as<Assign>(s)->value);
      break;
    case Tag::kAugAssign:
      visit(as<AugAssign>(s)->target);
      visit(as<AugAssign>(s)->value);
      break;
    case Tag::kAnnAssign:
      annotated_assignment(as<AnnAssign>(s));
      break;
    case Tag::kFor: {
      auto* f = as<For>(s);
      visit(f->target);
      visit(f->iter);
      visit_all(f->body);
      visit_all(f->orelse);
      break;
    }
    case Tag::kAsyncFor: {
      auto* f = as<AsyncFor>(s);
      visit(f->target);
      visit(f->iter);
      visit_all(f->body);
      visit_all(f->orelse);
      break;
    }
    case Tag::kWhile:
      visit(as<While>(s)->test);
      visit_all(as<While>(s)->body);
      visit_all(as<While>(s)->orelse);
      break;
    case Tag::kIf:
      visit(as<If>(s)->test);
      visit_all(as<If>(s)->body);
      visit_all(as<If>(s)->orelse);
      break;
    case Tag::kWith:
      with_items(as<With>(s)->items);
      visit_all(as<With>(s)->body);
      break;
    case Tag::kAsyncWith:
      with_items(as<AsyncWith>(s)->items);
      visit_all(as<AsyncWith>(s)->body);
      break;
    case Tag::kMatch:
      visit(as<Match>(s)->subject);
      for (MatchCase* m : as<Match>(s)->cases) {
        visit(m->pattern);
        if (m->guard) visit(m->guard);
        visit_all(m->body);
      }
      break;
    case Tag::kRaise:
      if (as<Raise>(s)->exc) visit(as<Raise>(s)->exc);
      if (as<Raise>(s)->cause) visit(as<Raise>(s)->cause);
      break;
    case Tag::kTry: {
      auto* t = as<Try>(s);
      visit_all(t->body);
      visit_all(t->orelse);
      handlers(t->handlers);
      visit_all(t->finalbody);
      break;
    }
    case Tag::kTryStar: {
      auto* t = as<TryStar>(s);
      visit_all(t->body);
      visit_all(t->orelse);
      handlers(t->handlers);
      visit_all(t->finalbody);
      break;
    }
    case Tag::kAssert:
      visit(as<Assert>(s)->test);
      if (as<Assert>(s)->msg) visit(as<Assert>(s)->msg);
      break;
    case Tag::kImport:
      for (Alias* a : as<Import>(s)->names) alias(a);
      break;
    case Tag::kImportFrom:
      for (Alias* a : as<ImportFrom>(s)->names) alias(a);
      break;
    case Tag::kGlobal:
      declare(s, as<Global>(s)->names, kDefGlobal);
      break;
    case Tag::kNonlocal:
      declare(s, as<Nonlocal>(s)->names, kDefNonlocal);
      break;
    case Tag::kExprStmt:
      visit(as<ExprStmt>(s)->value);
      break;
    default:
      break;
  }
  depth--;
}

}  // namespace symtable

bool build_symbol_table(Arena& arena, Mod* tree, uint32_t future_flags, const CompileOptions& options, SymbolTable& table,
                        Diagnostic& error) {
  symtable::Builder b{arena, table, error, future_flags};
  b.depth = options.recursion_depth * kRecursionScale;
  b.depth_limit = options.recursion_limit * kRecursionScale;
  b.dunder_class = arena.intern("__class__");
  b.super = arena.intern("super");
  b.enter("top", BlockType::kModule, tree, {0, 0, 0, 0});
  table.top = b.current;
  switch (tree->tag) {
    case Tag::kModule:
      b.visit_all(as<Module>(tree)->body);
      break;
    case Tag::kInteractive:
      b.visit_all(as<Interactive>(tree)->body);
      break;
    case Tag::kExpression:
      b.visit(as<Expression>(tree)->body);
      break;
    default:
      break;
  }
  return !b.failed && symtable::analyze(arena, table, error);
}

}  // namespace pyjit::frontend
