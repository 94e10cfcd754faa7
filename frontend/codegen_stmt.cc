// Statements other than definitions, try, with and match.
#include "frontend/codegen.h"

namespace pyjit::frontend {

using namespace ast;

void Codegen::visit(Stmt* s) {
  if (failed_) return;
  set_loc(s);
  switch (s->tag) {
    case Tag::kFunctionDef: {
      auto* f = as<FunctionDef>(s);
      return function(s, f->name, f->args, f->body, f->decorator_list, f->returns, false);
    }
    case Tag::kAsyncFunctionDef: {
      auto* f = as<AsyncFunctionDef>(s);
      return function(s, f->name, f->args, f->body, f->decorator_list, f->returns, true);
    }
    case Tag::kClassDef:
      return class_statement(as<ClassDef>(s));
    case Tag::kReturn:
      return return_statement(as<Return>(s));
    case Tag::kDelete:
      return visit_all(as<Delete>(s)->targets);
    case Tag::kAssign:
      return assignment(as<Assign>(s));
    case Tag::kAugAssign:
      return augmented_assignment(as<AugAssign>(s));
    case Tag::kAnnAssign:
      return annotated_assignment(as<AnnAssign>(s));
    case Tag::kFor:
      return for_statement(as<For>(s));
    case Tag::kAsyncFor:
      return async_for_statement(as<AsyncFor>(s));
    case Tag::kWhile:
      return while_statement(as<While>(s));
    case Tag::kIf:
      return if_statement(as<If>(s));
    case Tag::kWith:
      return with_statement(s, as<With>(s)->items, as<With>(s)->body, false);
    case Tag::kAsyncWith:
      return with_statement(s, as<AsyncWith>(s)->items, as<AsyncWith>(s)->body, true);
    case Tag::kMatch:
      return match(as<Match>(s));
    case Tag::kRaise: {
      auto* r = as<Raise>(s);
      if (r->exc) visit(r->exc);
      if (r->cause) visit(r->cause);
      return emit(OP_RAISE_VARARGS, (r->exc != nullptr) + (r->cause != nullptr));
    }
    case Tag::kTry:
      if (!as<Try>(s)->finalbody.empty()) return try_finally(as<Try>(s)->finalbody, s);
      return try_except(as<Try>(s));
    case Tag::kTryStar:
      if (!as<TryStar>(s)->finalbody.empty()) return try_finally(as<TryStar>(s)->finalbody, s);
      return try_star(as<TryStar>(s));
    case Tag::kAssert:
      return assert_statement(as<Assert>(s));
    case Tag::kImport:
      return import(as<Import>(s));
    case Tag::kImportFrom:
      return import_from(as<ImportFrom>(s));
    case Tag::kExprStmt:
      return expression_statement(as<ExprStmt>(s));
    case Tag::kPass:
      return emit(OP_NOP);
    case Tag::kBreak:
      return break_statement();
    case Tag::kContinue:
      return continue_statement();
    default:  // Global, Nonlocal: for the symbol table only
      return;
  }
}

void Codegen::assignment(Assign* s) {
  visit(s->value);
  for (size_t i = 0; i < s->targets.size(); i++) {
    if (i + 1 < s->targets.size()) emit(OP_COPY, 1);
    visit(s->targets[i]);
  }
}

void Codegen::augmented_assignment(AugAssign* s) {
  Expr* target = s->target;
  Location statement = unit_->loc;
  set_loc(target);
  switch (target->tag) {
    case Tag::kAttribute:
      visit(as<Attribute>(target)->value);
      emit(OP_COPY, 1);
      attribute_location(as<Attribute>(target));
      emit_name(OP_LOAD_ATTR, as<Attribute>(target)->attr);
      break;
    case Tag::kSubscript:
      visit(as<Subscript>(target)->value);
      visit(as<Subscript>(target)->slice);
      emit(OP_COPY, 2);
      emit(OP_COPY, 2);
      emit(OP_BINARY_SUBSCR);
      break;
    default:
      name_op(as<Name>(target)->id, ExprContext::kLoad);
      break;
  }
  unit_->loc = statement;
  visit(s->value);
  emit_binary(s->op, true);
  set_loc(target);
  switch (target->tag) {
    case Tag::kAttribute:
      attribute_location(as<Attribute>(target));
      emit(OP_SWAP, 2);
      emit_name(OP_STORE_ATTR, as<Attribute>(target)->attr);
      break;
    case Tag::kSubscript:
      emit(OP_SWAP, 3);
      emit(OP_SWAP, 2);
      emit(OP_STORE_SUBSCR);
      break;
    default:
      name_op(as<Name>(target)->id, ExprContext::kStore);
      break;
  }
}

void Codegen::evaluate_and_drop(Expr* e) {
  visit(e);
  emit(OP_POP_TOP);
}

// The parts of a[x:y, z]: int  are evaluated though nothing is stored.
void Codegen::check_annotated_subscript(Expr* e) {
  if (auto* s = try_as<Slice>(e)) {
    if (s->lower) evaluate_and_drop(s->lower);
    if (s->upper) evaluate_and_drop(s->upper);
    if (s->step) evaluate_and_drop(s->step);
  } else if (auto* t = try_as<Tuple>(e)) {
    for (Expr* elt : t->elts) check_annotated_subscript(elt);
  } else {
    evaluate_and_drop(e);
  }
}

void Codegen::annotated_assignment(AnnAssign* s) {
  if (s->value) {
    visit(s->value);
    visit(s->target);
  }
  bool deferred = flags_ & kFutureAnnotations;
  bool module_or_class = unit_->kind == UnitKind::kModule || unit_->kind == UnitKind::kClass;
  switch (s->target->tag) {
    case Tag::kName: {
      std::string_view name = as<Name>(s->target)->id;
      if (forbidden(name, ExprContext::kStore)) return;
      if (s->simple && module_or_class) {
        if (deferred)
          annotation_text(s->annotation);
        else
          visit(s->annotation);
        emit_name(OP_LOAD_NAME, arena_.intern("__annotations__"));
        load_str(mangled(name));
        emit(OP_STORE_SUBSCR);
      }
      break;
    }
    case Tag::kAttribute:
      if (forbidden(as<Attribute>(s->target)->attr, ExprContext::kStore)) return;
      if (!s->value) evaluate_and_drop(as<Attribute>(s->target)->value);
      break;
    case Tag::kSubscript:
      if (!s->value) {
        evaluate_and_drop(as<Subscript>(s->target)->value);
        check_annotated_subscript(as<Subscript>(s->target)->slice);
      }
      break;
    default:
      break;
  }
  if (!s->simple && !deferred && module_or_class) evaluate_and_drop(s->annotation);
}

void Codegen::if_statement(If* s) {
  Block* end = new_block();
  Block* next = s->orelse.empty() ? end : new_block();
  jump_if(s->test, next, false);
  visit_all(s->body);
  if (!s->orelse.empty()) {
    jump_no_line(OP_JUMP, end);
    use(next);
    visit_all(s->orelse);
  }
  use(end);
}

void Codegen::while_statement(While* s) {
  Block *loop = new_block(), *body = new_block(), *anchor = new_block(), *end = new_block();
  use(loop);
  if (!push_frame_block({FrameBlockType::kWhileLoop, loop, end})) return;
  jump_if(s->test, anchor, false);
  use(body);
  visit_all(s->body);
  set_loc(s);
  jump_if(s->test, body, true);
  pop_frame_block();
  use(anchor);
  visit_all(s->orelse);
  use(end);
}

void Codegen::for_statement(For* s) {
  Block *start = new_block(), *body = new_block(), *cleanup = new_block(), *end = new_block();
  if (!push_frame_block({FrameBlockType::kForLoop, start, end})) return;
  visit(s->iter);
  emit(OP_GET_ITER);
  use(start);
  jump(OP_FOR_ITER, cleanup);
  use(body);
  visit(s->target);
  visit_all(s->body);
  clear_loc();
  jump(OP_JUMP, start);
  use(cleanup);
  pop_frame_block();
  visit_all(s->orelse);
  use(end);
}

void Codegen::async_for_statement(AsyncFor* s) {
  if (top_level_await())
    unit_->scope->coroutine = true;
  else if (unit_->kind != UnitKind::kAsyncFunction)
    return fail("'async for' outside async function");
  Block *start = new_block(), *except = new_block(), *end = new_block();
  visit(s->iter);
  emit(OP_GET_AITER);
  use(start);
  if (!push_frame_block({FrameBlockType::kForLoop, start, end})) return;
  jump(OP_SETUP_FINALLY, except);  // StopAsyncIteration of __anext__ ends the loop
  emit(OP_GET_ANEXT);
  load_none();
  yield_from(true);
  emit(OP_POP_BLOCK);
  visit(s->target);
  visit_all(s->body);
  clear_loc();
  jump(OP_JUMP, start);
  pop_frame_block();
  use(except);
  set_loc(s->iter);
  emit(OP_END_ASYNC_FOR);
  visit_all(s->orelse);
  use(end);
}

void Codegen::return_statement(Return* s) {
  bool preserve_top = s->value && s->value->tag != Tag::kConstantExpr;
  if (unit_->scope->type != BlockType::kFunction) return fail("'return' outside function");
  if (s->value && unit_->scope->coroutine && unit_->scope->generator)
    return fail("'return' with value in async generator");
  if (preserve_top) {
    visit(s->value);
  } else if (s->value) {
    set_loc(s->value);
    emit(OP_NOP);
  }
  if (!s->value || s->value->lineno != s->lineno) {
    set_loc(s);
    emit(OP_NOP);
  }
  if (!unwind_stack(preserve_top, nullptr, nullptr)) return;
  if (!s->value)
    load_none();
  else if (!preserve_top)
    load_const(as<ConstantExpr>(s->value)->value);
  emit(OP_RETURN_VALUE);
}

void Codegen::break_statement() {
  emit(OP_NOP);
  FrameBlock loop;
  bool found = false;
  Location statement = unit_->loc;
  if (!unwind_stack(false, &loop, &found)) return;
  if (!found) {
    unit_->loc = statement;
    return fail("'break' outside loop");
  }
  unwind(loop, false);
  jump(OP_JUMP, loop.exit);
}

void Codegen::continue_statement() {
  emit(OP_NOP);
  FrameBlock loop;
  bool found = false;
  Location statement = unit_->loc;
  if (!unwind_stack(false, &loop, &found)) return;
  if (!found) {
    unit_->loc = statement;
    return fail("'continue' not properly in loop");
  }
  jump(OP_JUMP, loop.block);
}

void Codegen::assert_statement(Assert* s) {
  auto* tuple = try_as<Tuple>(s->test);
  auto* constant = try_as<ConstantExpr>(s->test);
  if ((tuple && !tuple->elts.empty()) ||
      (constant && constant->value->kind == Constant::Kind::kTuple && !constant->value->items.empty()))
    warn("assertion is always true, perhaps remove parentheses?");
  if (options_.optimize) return;
  Block* end = new_block();
  jump_if(s->test, end, true);
  emit(OP_LOAD_ASSERTION_ERROR);
  if (s->msg) {
    visit(s->msg);
    call(0);
  }
  emit(OP_RAISE_VARARGS, 1);
  use(end);
}

void Codegen::expression_statement(ExprStmt* s) {
  if (interactive_ && !unit_->outer) {
    visit(s->value);
    emit(OP_PRINT_EXPR);
    return;
  }
  if (s->value->tag == Tag::kConstantExpr) return emit(OP_NOP);
  visit(s->value);
  clear_loc();
  emit(OP_POP_TOP);
}

void Codegen::import(Import* s) {
  for (Alias* a : s->names) {
    load_int(0);
    load_none();
    emit_name(OP_IMPORT_NAME, a->name);
    if (a->asname.data()) {
      import_as(a->name, a->asname);
    } else {
      size_t dot = a->name.find('.');
      name_op(dot == std::string_view::npos ? a->name : arena_.intern(a->name.substr(0, dot)), ExprContext::kStore);
    }
  }
}

// import a.b.c as d: the import gives `a`; the attributes are fetched one after the other.
void Codegen::import_as(std::string_view name, std::string_view as_name) {
  size_t dot = name.find('.');
  if (dot == std::string_view::npos) return name_op(as_name, ExprContext::kStore);
  while (true) {
    size_t start = dot + 1;
    dot = name.find('.', start);
    emit(OP_IMPORT_FROM, name_at(arena_.intern(name.substr(start, dot == std::string_view::npos ? dot : dot - start))));
    if (dot == std::string_view::npos) break;
    emit(OP_SWAP, 2);
    emit(OP_POP_TOP);
  }
  name_op(as_name, ExprContext::kStore);
  emit(OP_POP_TOP);
}

void Codegen::import_from(ImportFrom* s) {
  load_int(s->level);
  std::vector<const Constant*> names;
  for (Alias* a : s->names) names.push_back(constants_.string(a->name));
  if (s->lineno > future_line_ && s->module.data() && s->module == "__future__")
    return fail("from __future__ imports must occur at the beginning of the file");
  load_const(constants_.tuple(names));
  emit_name(OP_IMPORT_NAME, s->module.data() ? s->module : arena_.intern(""));
  for (Alias* a : s->names) {
    if (a->name == "*") return emit(OP_IMPORT_STAR);
    emit_name(OP_IMPORT_FROM, a->name);
    name_op(a->asname.data() ? a->asname : a->name, ExprContext::kStore);
  }
  emit(OP_POP_TOP);
}

}  // namespace pyjit::frontend
