// try, with, and what leaving them early has to run.
#include "frontend/codegen.h"

namespace pyjit::frontend {

using namespace ast;

bool Codegen::push_frame_block(FrameBlock b) {
  constexpr size_t kMaxBlocks = 20;
  if (unit_->frame_blocks.size() >= kMaxBlocks) {
    fail("too many statically nested blocks");
    return false;
  }
  unit_->frame_blocks.push_back(b);
  return true;
}

// [exc_info, lasti, exc]  →  the exception goes on as if the handler had not been entered.
void Codegen::pop_except_and_reraise() {
  emit(OP_COPY, 3);
  emit(OP_POP_EXCEPT);
  emit(OP_RERAISE, 1);
}

void Codegen::exit_with_nones() {
  load_none();
  load_none();
  load_none();
  call(2);
}

// Emits what leaving `b` needs. preserve_top: a value to be returned lies on top of the stack.
void Codegen::unwind(const FrameBlock& b, bool preserve_top) {
  switch (b.type) {
    case FrameBlockType::kWhileLoop:
    case FrameBlockType::kExceptionHandler:
    case FrameBlockType::kExceptionGroupHandler:
    case FrameBlockType::kAsyncComprehension:
      return;
    case FrameBlockType::kForLoop:
    case FrameBlockType::kPopValue:
      if (preserve_top) emit(OP_SWAP, 2);
      emit(OP_POP_TOP);
      return;
    case FrameBlockType::kTryExcept:
      emit(OP_POP_BLOCK);
      return;
    case FrameBlockType::kFinallyTry:
      emit(OP_POP_BLOCK);
      if (preserve_top && !push_frame_block({FrameBlockType::kPopValue})) return;
      visit_all(b.finalbody);
      if (preserve_top && !failed_) pop_frame_block();
      // The finally block runs after the statement that left; what follows belongs to neither line.
      clear_loc();
      return;
    case FrameBlockType::kFinallyEnd:
      if (preserve_top) emit(OP_SWAP, 2);
      emit(OP_POP_TOP);
      if (preserve_top) emit(OP_SWAP, 2);
      emit(OP_POP_BLOCK);
      emit(OP_POP_EXCEPT);
      return;
    case FrameBlockType::kWith:
    case FrameBlockType::kAsyncWith:
      set_loc(b.with);
      emit(OP_POP_BLOCK);
      if (preserve_top) emit(OP_SWAP, 2);
      exit_with_nones();
      if (b.type == FrameBlockType::kAsyncWith) await_top(2);
      emit(OP_POP_TOP);
      clear_loc();
      return;
    case FrameBlockType::kHandlerCleanup:
      if (b.handler_name.data()) emit(OP_POP_BLOCK);
      if (preserve_top) emit(OP_SWAP, 2);
      emit(OP_POP_BLOCK);
      emit(OP_POP_EXCEPT);
      if (b.handler_name.data()) {
        load_none();
        name_op(b.handler_name, ExprContext::kStore);
        name_op(b.handler_name, ExprContext::kDel);
      }
      return;
  }
}

// Unwinds all blocks, or with `loop` those inside the innermost loop, which is answered.
bool Codegen::unwind_stack(bool preserve_top, FrameBlock* loop, bool* found) {
  if (failed_) return false;
  if (unit_->frame_blocks.empty()) return true;
  FrameBlock top = unit_->frame_blocks.back();
  if (top.type == FrameBlockType::kExceptionGroupHandler) {
    fail("'break', 'continue' and 'return' cannot appear in an except* block");
    return false;
  }
  if (loop && (top.type == FrameBlockType::kWhileLoop || top.type == FrameBlockType::kForLoop)) {
    *loop = top;
    *found = true;
    return true;
  }
  unit_->frame_blocks.pop_back();
  unwind(top, preserve_top);
  bool ok = unwind_stack(preserve_top, loop, found);
  unit_->frame_blocks.push_back(top);
  return ok && !failed_;
}

void Codegen::try_finally(std::span<Stmt*> finalbody, Stmt* s) {
  Block *body = new_block(), *end = new_block(), *cleanup = new_block(), *exit = new_block();
  jump(OP_SETUP_FINALLY, end);
  use(body);
  FrameBlock frame{FrameBlockType::kFinallyTry, body, end};
  frame.finalbody = finalbody;
  if (!push_frame_block(frame)) return;
  if (auto* star = try_as<TryStar>(s)) {
    if (star->handlers.empty())
      visit_all(star->body);
    else
      try_star(star);
  } else {
    auto* plain = as<Try>(s);
    if (plain->handlers.empty())
      visit_all(plain->body);
    else
      try_except(plain);
  }
  if (failed_) return;
  emit_no_line(OP_POP_BLOCK);
  pop_frame_block();
  visit_all(finalbody);
  jump_no_line(OP_JUMP, exit);
  use(end);
  clear_loc();
  jump(OP_SETUP_CLEANUP, cleanup);
  emit(OP_PUSH_EXC_INFO);
  if (!push_frame_block({FrameBlockType::kFinallyEnd, end})) return;
  visit_all(finalbody);
  if (failed_) return;
  pop_frame_block();
  emit(OP_RERAISE, 0);
  use(cleanup);
  pop_except_and_reraise();
  use(exit);
}

void Codegen::try_except(Try* s) {
  Block *body = new_block(), *except = new_block(), *end = new_block(), *cleanup = new_block();
  jump(OP_SETUP_FINALLY, except);
  use(body);
  if (!push_frame_block({FrameBlockType::kTryExcept, body})) return;
  visit_all(s->body);
  if (failed_) return;
  pop_frame_block();
  emit_no_line(OP_POP_BLOCK);
  visit_all(s->orelse);
  jump_no_line(OP_JUMP, end);
  use(except);
  clear_loc();
  jump(OP_SETUP_CLEANUP, cleanup);
  emit(OP_PUSH_EXC_INFO);
  if (!push_frame_block({FrameBlockType::kExceptionHandler})) return;
  for (size_t i = 0; i < s->handlers.size(); i++) {
    auto* h = as<ExceptHandler>(s->handlers[i]);
    set_loc(h);
    if (!h->type && i + 1 < s->handlers.size()) return fail("default 'except:' must be last");
    except = new_block();
    if (h->type) {
      visit(h->type);
      emit(OP_CHECK_EXC_MATCH);
      jump(OP_POP_JUMP_IF_FALSE, except);
    }
    if (h->name.data()) {
      // The name is deleted however the handler ends.
      Block *cleanup_end = new_block(), *cleanup_body = new_block();
      name_op(h->name, ExprContext::kStore);
      jump(OP_SETUP_CLEANUP, cleanup_end);
      use(cleanup_body);
      FrameBlock frame{FrameBlockType::kHandlerCleanup, cleanup_body};
      frame.handler_name = h->name;
      if (!push_frame_block(frame)) return;
      visit_all(h->body);
      if (failed_) return;
      pop_frame_block();
      clear_loc();
      emit(OP_POP_BLOCK);
      emit(OP_POP_BLOCK);
      emit(OP_POP_EXCEPT);
      load_none();
      name_op(h->name, ExprContext::kStore);
      name_op(h->name, ExprContext::kDel);
      jump(OP_JUMP, end);
      use(cleanup_end);
      clear_loc();
      load_none();
      name_op(h->name, ExprContext::kStore);
      name_op(h->name, ExprContext::kDel);
      emit(OP_RERAISE, 1);
    } else {
      Block* cleanup_body = new_block();
      emit(OP_POP_TOP);
      use(cleanup_body);
      if (!push_frame_block({FrameBlockType::kHandlerCleanup, cleanup_body})) return;
      visit_all(h->body);
      if (failed_) return;
      pop_frame_block();
      clear_loc();
      emit(OP_POP_BLOCK);
      emit(OP_POP_EXCEPT);
      jump(OP_JUMP, end);
    }
    use(except);
  }
  clear_loc();
  pop_frame_block();
  emit(OP_RERAISE, 0);
  use(cleanup);
  pop_except_and_reraise();
  use(end);
}

// On the stack throughout the handlers: [exc_info, lasti, original group, list of raised, rest of the group].
void Codegen::try_star(TryStar* s) {
  Block *body = new_block(), *except = new_block(), *orelse = new_block(), *end = new_block(), *cleanup = new_block(),
        *reraise_star = new_block();
  jump(OP_SETUP_FINALLY, except);
  use(body);
  if (!push_frame_block({FrameBlockType::kTryExcept, body})) return;
  visit_all(s->body);
  if (failed_) return;
  pop_frame_block();
  emit_no_line(OP_POP_BLOCK);
  jump_no_line(OP_JUMP, orelse);
  use(except);
  clear_loc();
  jump(OP_SETUP_CLEANUP, cleanup);
  emit(OP_PUSH_EXC_INFO);
  if (!push_frame_block({FrameBlockType::kExceptionGroupHandler})) return;
  size_t n = s->handlers.size();
  for (size_t i = 0; i < n; i++) {
    auto* h = as<ExceptHandler>(s->handlers[i]);
    set_loc(h);
    except = new_block();
    Block* handle_match = new_block();
    if (i == 0) {
      emit(OP_COPY, 1);
      emit(OP_BUILD_LIST, 0);
      emit(OP_SWAP, 2);
    }
    if (h->type) {
      visit(h->type);
      emit(OP_CHECK_EG_MATCH);
      emit(OP_COPY, 1);
      jump(OP_POP_JUMP_IF_NOT_NONE, handle_match);
      emit(OP_POP_TOP);
      jump(OP_JUMP, except);
    }
    use(handle_match);
    Block *cleanup_end = new_block(), *cleanup_body = new_block();
    if (h->name.data())
      name_op(h->name, ExprContext::kStore);
    else
      emit(OP_POP_TOP);
    jump(OP_SETUP_CLEANUP, cleanup_end);
    use(cleanup_body);
    FrameBlock frame{FrameBlockType::kHandlerCleanup, cleanup_body};
    frame.handler_name = h->name;
    if (!push_frame_block(frame)) return;
    visit_all(h->body);
    if (failed_) return;
    pop_frame_block();
    clear_loc();
    emit(OP_POP_BLOCK);
    auto forget_name = [&] {
      if (!h->name.data()) return;
      load_none();
      name_op(h->name, ExprContext::kStore);
      name_op(h->name, ExprContext::kDel);
    };
    forget_name();
    jump(OP_JUMP, except);
    use(cleanup_end);
    clear_loc();
    forget_name();
    emit(OP_LIST_APPEND, 3);
    emit(OP_POP_TOP);
    jump(OP_JUMP, except);
    use(except);
    if (i == n - 1) {
      emit(OP_LIST_APPEND, 1);
      jump(OP_JUMP, reraise_star);
    }
  }
  clear_loc();
  pop_frame_block();
  Block* reraise = new_block();
  use(reraise_star);
  emit(OP_PREP_RERAISE_STAR);
  emit(OP_COPY, 1);
  jump(OP_POP_JUMP_IF_NOT_NONE, reraise);
  emit(OP_POP_TOP);
  emit(OP_POP_BLOCK);
  emit(OP_POP_EXCEPT);
  jump(OP_JUMP, end);
  use(reraise);
  emit(OP_POP_BLOCK);
  emit(OP_SWAP, 2);
  emit(OP_POP_EXCEPT);
  emit(OP_RERAISE, 0);
  use(cleanup);
  pop_except_and_reraise();
  use(orelse);
  visit_all(s->orelse);
  use(end);
}

// __exit__'s answer is on the stack: true swallows the exception.
void Codegen::with_finish(Block* cleanup) {
  clear_loc();
  Block* suppress = new_block();
  jump(OP_POP_JUMP_IF_TRUE, suppress);
  emit(OP_RERAISE, 2);
  use(cleanup);
  pop_except_and_reraise();
  use(suppress);
  emit(OP_POP_TOP);
  emit(OP_POP_BLOCK);
  emit(OP_POP_EXCEPT);
  emit(OP_POP_TOP);
  emit(OP_POP_TOP);
}

void Codegen::with_statement(Stmt* s, std::span<WithItem*> items, std::span<Stmt*> list, bool is_async) {
  if (is_async) {
    if (top_level_await())
      unit_->scope->coroutine = true;
    else if (unit_->kind != UnitKind::kAsyncFunction)
      return fail("'async with' outside async function");
  }
  Block *block = new_block(), *final = new_block(), *exit = new_block(), *cleanup = new_block();
  WithItem* item = items[0];
  visit(item->context_expr);
  emit(is_async ? OP_BEFORE_ASYNC_WITH : OP_BEFORE_WITH);
  if (is_async) await_top(1);
  jump(OP_SETUP_WITH, final);
  use(block);
  FrameBlock frame{is_async ? FrameBlockType::kAsyncWith : FrameBlockType::kWith, block, final};
  frame.with = s;
  if (!push_frame_block(frame)) return;
  if (item->optional_vars)
    visit(item->optional_vars);
  else
    emit(OP_POP_TOP);
  if (items.size() == 1)
    visit_all(list);
  else
    with_statement(s, items.subspan(1), list, is_async);
  if (failed_) return;
  if (!is_async) clear_loc();
  pop_frame_block();
  emit(OP_POP_BLOCK);
  set_loc(s);
  exit_with_nones();
  if (is_async) await_top(2);
  emit(OP_POP_TOP);
  jump(OP_JUMP, exit);
  use(final);
  jump(OP_SETUP_CLEANUP, cleanup);
  emit(OP_PUSH_EXC_INFO);
  emit(OP_WITH_EXCEPT_START);
  if (is_async) await_top(2);
  with_finish(cleanup);
  use(exit);
}

}  // namespace pyjit::frontend
