// Definitions: functions, classes, lambdas, comprehensions, and how their code objects become functions at run time.
#include "frontend/codegen.h"
#include "frontend/fold.h"
#include "frontend/unparse.h"

namespace pyjit::frontend {

using namespace ast;

// MAKE_FUNCTION's flags.
enum { kHasDefaults = 1, kHasKeywordDefaults = 2, kHasAnnotations = 4, kHasClosure = 8 };

void Codegen::check_debug_arguments(Arguments* a) {
  auto each = [&](std::span<Arg*> args) {
    for (Arg* arg : args) forbidden(arg->arg, ExprContext::kStore);
  };
  each(a->posonlyargs);
  each(a->args);
  if (a->vararg) forbidden(a->vararg->arg, ExprContext::kStore);
  each(a->kwonlyargs);
  if (a->kwarg) forbidden(a->kwarg->arg, ExprContext::kStore);
}

void Codegen::apply_decorators(std::span<Expr*> decorators) {
  KeepLocation keep(unit_);
  for (size_t i = decorators.size(); i-- > 0;) {
    set_loc(decorators[i]);
    call(0);
  }
}

int Codegen::default_arguments(Arguments* args) {
  int flags = 0;
  if (!args->defaults.empty()) {
    visit_all(args->defaults);
    emit(OP_BUILD_TUPLE, (int)args->defaults.size());
    flags |= kHasDefaults;
  }
  std::vector<const Constant*> names;
  for (size_t i = 0; i < args->kwonlyargs.size(); i++) {
    if (Expr* value = args->kw_defaults[i]) {
      names.push_back(constants_.string(mangled(args->kwonlyargs[i]->arg)));
      visit(value);
    }
  }
  if (!names.empty()) {
    load_const(constants_.tuple(names));
    emit(OP_BUILD_CONST_KEY_MAP, (int)names.size());
    flags |= kHasKeywordDefaults;
  }
  return flags;
}

void Codegen::annotation_text(Expr* e) { load_str(arena_.copy(unparse(e))); }

void Codegen::argument_annotation(std::string_view name, Expr* annotation, int& count) {
  if (!annotation) return;
  load_str(mangled(name));
  if (flags_ & kFutureAnnotations) {
    annotation_text(annotation);
  } else if (auto* starred = try_as<Starred>(annotation)) {
    // def f(*args: *Ts)
    visit(starred->value);
    emit(OP_UNPACK_SEQUENCE, 1);
  } else {
    visit(annotation);
  }
  count += 2;
}

bool Codegen::annotations(Arguments* a, Expr* returns) {
  int count = 0;
  auto each = [&](std::span<Arg*> args) {
    for (Arg* arg : args) argument_annotation(arg->arg, arg->annotation, count);
  };
  each(a->args);
  each(a->posonlyargs);
  if (a->vararg) argument_annotation(a->vararg->arg, a->vararg->annotation, count);
  each(a->kwonlyargs);
  if (a->kwarg) argument_annotation(a->kwarg->arg, a->kwarg->annotation, count);
  argument_annotation("return", returns, count);
  if (count) emit(OP_BUILD_TUPLE, count);
  return count != 0;
}

void Codegen::make_closure(const Code* code, int flags) {
  if (!code) return;
  int count = 0;
  for (size_t i = 0; i < code->localsplusnames.size(); i++) {
    if (!(code->localspluskinds[i] & kLocalFree)) continue;
    std::string_view name = code->localsplusnames[i];
    // In a class, methods mean its own __class__ cell.
    bool own_class = unit_->kind == UnitKind::kClass && name.data() == dunder_class_.data();
    emit(OP_LOAD_CLOSURE, own_class ? unit_->cell_index.find(name.data()) : cell_or_free_at(name));
    count++;
  }
  if (count) {
    emit(OP_BUILD_TUPLE, count);
    flags |= kHasClosure;
  }
  load_const(constants_.code(code));
  emit(OP_MAKE_FUNCTION, flags);
}

void Codegen::function(Stmt* s, std::string_view name, Arguments* args, std::span<Stmt*> list, std::span<Expr*> decorators,
                       Expr* returns, bool is_async) {
  check_debug_arguments(args);
  visit_all(decorators);
  int first_line = decorators.empty() ? s->lineno : decorators[0]->lineno;
  int flags = default_arguments(args);
  if (annotations(args, returns)) flags |= kHasAnnotations;

  enter(name, is_async ? UnitKind::kAsyncFunction : UnitKind::kFunction, s, first_line);
  const ConstantExpr* doc = options_.optimize < 2 ? docstring_of(list) : nullptr;
  // The first constant is the docstring or None.
  unit_->consts.add(doc ? doc->value : constants_.none());
  unit_->argcount = (uint32_t)args->args.size();
  unit_->posonlyargcount = (uint32_t)args->posonlyargs.size();
  unit_->kwonlyargcount = (uint32_t)args->kwonlyargs.size();
  visit_all(list.subspan(doc ? 1 : 0));
  const Code* code = leave(true);
  make_closure(code, flags);
  apply_decorators(decorators);
  name_op(name, ExprContext::kStore);
}

void Codegen::class_statement(ClassDef* s) {
  visit_all(s->decorator_list);
  int first_line = s->decorator_list.empty() ? s->lineno : s->decorator_list[0]->lineno;
  enter(s->name, UnitKind::kClass, s, first_line);
  unit_->class_name = s->name;
  name_op(arena_.intern("__name__"), ExprContext::kLoad);
  name_op(arena_.intern("__module__"), ExprContext::kStore);
  load_str(unit_->qualname);
  name_op(arena_.intern("__qualname__"), ExprContext::kStore);
  body(s->body);
  clear_loc();
  if (unit_->scope->needs_class_closure) {
    // The class object fills the __class__ cell through __classcell__.
    emit(OP_LOAD_CLOSURE, unit_->cell_index.find(dunder_class_.data()));
    emit(OP_COPY, 1);
    name_op(arena_.intern("__classcell__"), ExprContext::kStore);
  } else {
    load_none();
  }
  emit(OP_RETURN_VALUE);
  const Code* code = leave(true);

  emit(OP_PUSH_NULL);
  emit(OP_LOAD_BUILD_CLASS);
  make_closure(code, 0);
  load_str(s->name);
  call_helper(2, s->bases, s->keywords);
  apply_decorators(s->decorator_list);
  name_op(s->name, ExprContext::kStore);
}

void Codegen::lambda(Lambda* e) {
  check_debug_arguments(e->args);
  int flags = default_arguments(e->args);
  enter("<lambda>", UnitKind::kLambda, e, e->lineno);
  unit_->consts.add(constants_.none());  // a lambda has no docstring
  unit_->argcount = (uint32_t)e->args->args.size();
  unit_->posonlyargcount = (uint32_t)e->args->posonlyargs.size();
  unit_->kwonlyargcount = (uint32_t)e->args->kwonlyargs.size();
  visit(e->body);
  const Code* code;
  if (unit_->scope->generator) {
    code = leave(false);
  } else {
    emit(OP_RETURN_VALUE);
    code = leave(true);
  }
  make_closure(code, flags);
}

void Codegen::generator_element(Expr* elt, Expr* value, int build_op, int depth) {
  visit(elt);
  switch (build_op) {
    case OP_BUILD_LIST:
      emit(OP_LIST_APPEND, depth + 1);
      break;
    case OP_BUILD_SET:
      emit(OP_SET_ADD, depth + 1);
      break;
    case OP_BUILD_MAP:
      visit(value);
      emit(OP_MAP_ADD, depth + 1);
      break;
    default:
      if (unit_->scope->generator && unit_->scope->coroutine) emit(OP_ASYNC_GEN_WRAP);
      emit(OP_YIELD_VALUE);
      emit(OP_RESUME, 1);
      emit(OP_POP_TOP);
      break;
  }
}

void Codegen::generator(std::span<Comprehension*> generators, size_t index, int depth, Expr* elt, Expr* value, int build_op) {
  Comprehension* gen = generators[index];
  if (gen->is_async) return async_generator(generators, index, depth, elt, value, build_op);
  Block *start = new_block(), *if_cleanup = new_block(), *anchor = new_block();
  if (index == 0) {
    // The outermost iterator is the argument `.0`.
    unit_->argcount = 1;
    emit(OP_LOAD_FAST, 0);
  } else {
    // `for y in [f(x)]` is an assignment, not a loop.
    std::span<Expr*> elts;
    if (auto* list = try_as<List>(gen->iter)) elts = list->elts;
    if (auto* tuple = try_as<Tuple>(gen->iter)) elts = tuple->elts;
    if (elts.size() == 1 && elts[0]->tag != Tag::kStarred) {
      visit(elts[0]);
      start = nullptr;
    } else {
      visit(gen->iter);
      emit(OP_GET_ITER);
    }
  }
  if (start) {
    depth++;
    use(start);
    jump(OP_FOR_ITER, anchor);
  }
  visit(gen->target);
  for (Expr* test : gen->ifs) jump_if(test, if_cleanup, false);
  if (index + 1 < generators.size())
    generator(generators, index + 1, depth, elt, value, build_op);
  else
    generator_element(elt, value, build_op, depth);
  use(if_cleanup);
  if (start) {
    jump(OP_JUMP, start);
    use(anchor);
  }
}

void Codegen::async_generator(std::span<Comprehension*> generators, size_t index, int depth, Expr* elt, Expr* value,
                              int build_op) {
  Comprehension* gen = generators[index];
  Block *start = new_block(), *except = new_block(), *if_cleanup = new_block();
  if (index == 0) {
    unit_->argcount = 1;
    emit(OP_LOAD_FAST, 0);
  } else {
    visit(gen->iter);
    emit(OP_GET_AITER);
  }
  use(start);
  if (!push_frame_block({FrameBlockType::kAsyncComprehension, start})) return;
  jump(OP_SETUP_FINALLY, except);
  emit(OP_GET_ANEXT);
  load_none();
  yield_from(true);
  emit(OP_POP_BLOCK);
  visit(gen->target);
  for (Expr* test : gen->ifs) jump_if(test, if_cleanup, false);
  depth++;
  if (index + 1 < generators.size())
    generator(generators, index + 1, depth, elt, value, build_op);
  else
    generator_element(elt, value, build_op, depth);
  use(if_cleanup);
  jump(OP_JUMP, start);
  pop_frame_block();
  use(except);
  emit(OP_END_ASYNC_FOR);
}

// build_op 0: a generator expression.
void Codegen::comprehension(Expr* e, const char* name, int build_op, std::span<Comprehension*> generators, Expr* elt,
                            Expr* value) {
  UnitKind outer = unit_->kind;
  bool top_await = top_level_await();
  Comprehension* outermost = generators[0];
  enter(name, UnitKind::kComprehension, e, e->lineno);
  set_loc(e);
  bool is_async = unit_->scope->coroutine;
  if (is_async && build_op && outer != UnitKind::kAsyncFunction && outer != UnitKind::kComprehension && !top_await)
    fail("asynchronous comprehension outside of an asynchronous function");
  if (build_op) emit(build_op, 0);
  if (!failed_) generator(generators, 0, 0, elt, value, build_op);
  if (build_op) emit(OP_RETURN_VALUE);
  const Code* code = leave(true);
  if (top_await && is_async) unit_->scope->coroutine = true;
  make_closure(code, 0);
  visit(outermost->iter);
  emit(outermost->is_async ? OP_GET_AITER : OP_GET_ITER);
  call(0);
  if (is_async && build_op) await_top(0);
}

}  // namespace pyjit::frontend
