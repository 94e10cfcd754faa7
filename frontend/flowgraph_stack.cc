// Walks the graph as the stack sees it: the greatest depth, the depth at each block, and the handler of each instruction.
#include "frontend/flowgraph.h"

namespace pyjit::frontend {

int FlowGraph::stack_depth(bool generator) {
  for (Block* b = newest_; b; b = b->older) b->start_depth = -1;
  std::vector<Block*> todo;
  auto push = [&](Block* b, int depth) {
    // A block that is reached twice is reached at the same depth.
    if (b->start_depth < depth && b->start_depth < 0) {
      b->start_depth = depth;
      todo.push_back(b);
    }
  };
  // A generator's frame starts with the value that the first send() delivers.
  push(entry_, generator ? 1 : 0);
  int max = 0;
  while (!todo.empty()) {
    Block* b = todo.back();
    todo.pop_back();
    int depth = b->start_depth;
    Block* next = b->next;
    for (int i = 0; i < b->used; i++) {
      const Instr& in = b->instrs[i];
      int effect = kFixedEffect[in.op];
      if (effect == kVariesEffect) effect = stack_effect(in.op, in.arg, false);
      int after = depth + effect;
      if (after > max) max = after;
      if (in.target) {
        int at_target = depth + stack_effect(in.op, in.arg, true);
        if (at_target > max) max = at_target;
        push(in.target, at_target);
      }
      depth = after;
      if (in.op == OP_JUMP || in.op == OP_JUMP_NO_INTERRUPT || in.op == OP_RETURN_VALUE || in.op == OP_RAISE_VARARGS ||
          in.op == OP_RERAISE) {
        next = nullptr;
        break;
      }
    }
    if (next) push(next, depth);
  }
  return max;
}

void FlowGraph::label_exception_targets() {
  if (!has_handlers_) return;
  for (Block* b = entry_; b; b = b->next) b->visited = false;
  std::vector<Block*> todo{entry_};
  entry_->visited = true;
  entry_->handlers = nullptr;
  auto visit = [&](Block* b, const HandlerStack* handlers) {
    if (b->visited) return;
    b->visited = true;
    b->handlers = handlers;
    todo.push_back(b);
  };
  while (!todo.empty()) {
    Block* b = todo.back();
    todo.pop_back();
    const HandlerStack* handlers = b->handlers;
    for (int i = 0; i < b->used; i++) {
      Instr& in = b->instrs[i];
      if (op_is_block_push(in.op)) {
        visit(in.target, handlers);
        if (in.op != OP_SETUP_FINALLY) in.target->preserve_lasti = true;
        handlers = pool_->arena().make<HandlerStack>(HandlerStack{in.target, handlers});
      } else if (in.op == OP_POP_BLOCK) {
        if (handlers) handlers = handlers->outer;
      } else {
        in.except = handlers ? handlers->handler : nullptr;
        if (in.target) visit(in.target, handlers);
      }
    }
    if (!b->no_fallthrough && b->next) visit(b->next, handlers);
  }
}

}  // namespace pyjit::frontend
