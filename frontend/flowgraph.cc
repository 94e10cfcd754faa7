// Builds and cleans up a control-flow graph: block bookkeeping, reachability, exits, line propagation.
// The peephole rules are in flowgraph_peephole.cc, depth and handlers in flowgraph_stack.cc.
#include "frontend/flowgraph.h"

#include <bit>
#include <cstring>

namespace pyjit::frontend {

Block* BlockPool::make() {
  if (!free_blocks_) return arena_.make<Block>();
  Block* b = free_blocks_;
  free_blocks_ = b->older;
  *b = Block();
  return b;
}

void BlockPool::release(Block* newest) {
  while (newest) {
    Block* older = newest->older;
    if (newest->capacity) {
      int size_class = std::countr_zero((unsigned)newest->capacity);
      newest->instrs[0].target = (Block*)free_arrays_[size_class];
      free_arrays_[size_class] = newest->instrs;
    }
    newest->older = free_blocks_;
    free_blocks_ = newest;
    newest = older;
  }
}

void BlockPool::grow(Block* b) {
  int capacity = b->capacity ? b->capacity * 2 : 8;
  int size_class = std::countr_zero((unsigned)capacity);
  Instr* fresh = free_arrays_[size_class];
  if (fresh)
    free_arrays_[size_class] = (Instr*)fresh->target;
  else
    fresh = (Instr*)arena_.allocate(sizeof(Instr) * (size_t)capacity, alignof(Instr));
  if (b->used) std::memcpy((void*)fresh, b->instrs, sizeof(Instr) * (size_t)b->used);
  if (b->capacity) {
    int old_class = std::countr_zero((unsigned)b->capacity);
    b->instrs[0].target = (Block*)free_arrays_[old_class];
    free_arrays_[old_class] = b->instrs;
  }
  b->instrs = fresh;
  b->capacity = capacity;
}

static bool leaves(int op) { return op == OP_RETURN_VALUE || op == OP_RAISE_VARARGS || op == OP_RERAISE; }

void FlowGraph::append(BlockPool& pool, Block* b, const Instr& instr) {
  if (b->used == b->capacity) pool.grow(b);
  b->instrs[b->used++] = instr;
}

void FlowGraph::emit(int op, int arg, const Location& loc, Block* target) {
  if (current_->used) {
    int last = current_->instrs[current_->used - 1].op;
    if (op_is_jump(last) || leaves(last)) use(new_block());
  }
  append(*pool_, current_, Instr{(uint16_t)op, arg, loc, target, nullptr});
  if (op_is_block_push(op)) has_handlers_ = true;
}

void FlowGraph::insert(Block* b, int at, const Instr& instr) {
  append(*pool_, b, instr);
  for (int i = b->used - 1; i > at; i--) b->instrs[i] = b->instrs[i - 1];
  b->instrs[at] = instr;
}

// emit() sees to it that only the last instruction of a block jumps or leaves.
void FlowGraph::normalize() {
  for (Block* b = newest_; b; b = b->older) {
    Instr* last = b->last();
    if (!last) continue;
    if (leaves(last->op)) {
      b->exits = b->no_fallthrough = true;
    } else if (op_is_jump(last->op)) {
      if (last->op == OP_JUMP || last->op == OP_JUMP_NO_INTERRUPT) b->no_fallthrough = true;
      while (!last->target->used) last->target = last->target->next;
    }
  }
}

static bool exits_without_line(const Block* b) {
  if (!b->exits) return false;
  for (int i = 0; i < b->used; i++)
    if (b->instrs[i].loc.line >= 0) return false;
  return true;
}

void FlowGraph::inline_small_exits() {
  constexpr int kMaxCopy = 4;
  for (Block* b = newest_; b; b = b->older) {
    Instr* last = b->last();
    if (!last || last->op != OP_JUMP) continue;
    Block* from = last->target;
    if (from->used > kMaxCopy || !exits_without_line(from)) continue;
    last->op = OP_NOP;
    last->target = nullptr;
    for (int i = 0; i < from->used; i++) append(*pool_, b, from->instrs[i]);
    b->exits = true;
  }
}

// Removes NOPs that carry no line of their own.
static void clean_block(Block* b) {
  int kept = 0;
  while (kept < b->used && b->instrs[kept].op != OP_NOP) kept++;
  if (kept == b->used) return;
  int prev_line = kept ? b->instrs[kept - 1].loc.line : -1;
  for (int i = kept; i < b->used; i++) {
    Instr& in = b->instrs[i];
    int line = in.loc.line;
    if (in.op == OP_NOP) {
      if (line < 0 || prev_line == line) continue;
      if (i < b->used - 1) {
        Instr& next = b->instrs[i + 1];
        if (next.loc.line == line) continue;
        if (next.loc.line < 0) {
          next.loc = in.loc;
          continue;
        }
      } else {
        Block* next = b->next;
        while (next && !next->used) next = next->next;
        if (next && next->instrs[0].loc.line == line) continue;
      }
    }
    if (kept != i) b->instrs[kept] = in;
    kept++;
    prev_line = line;
  }
  b->used = kept;
}

void FlowGraph::mark_reachable() {
  std::vector<Block*> todo{entry_};
  entry_->predecessors = 1;
  auto reach = [&](Block* b) {
    if (!b->predecessors) todo.push_back(b);
    b->predecessors++;
  };
  while (!todo.empty()) {
    Block* b = todo.back();
    todo.pop_back();
    if (b->next && !b->no_fallthrough) reach(b->next);
    // Jumps come last.
    for (int i = has_handlers_ || !b->used ? 0 : b->used - 1; i < b->used; i++)
      if (b->instrs[i].target) reach(b->instrs[i].target);
  }
}

void FlowGraph::skip_empty_blocks() {
  for (Block* b = entry_; b; b = b->next) {
    Block* next = b->next;
    if (!next) break;
    while (!next->used && next->next) next = next->next;
    b->next = next;
  }
  for (Block* b = entry_; b; b = b->next) {
    for (int i = has_handlers_ || !b->used ? 0 : b->used - 1; i < b->used; i++) {
      Block*& target = b->instrs[i].target;
      if (target)
        while (!target->used) target = target->next;
    }
  }
}

void FlowGraph::optimize(UnitConstants& consts) {
  for (Block* b = entry_; b; b = b->next) {
    optimize_block(b, consts);
    clean_block(b);
  }
  inline_small_exits();
  mark_reachable();
  for (Block* b = entry_; b; b = b->next) {
    if (!b->predecessors) {
      b->used = 0;
      b->no_fallthrough = false;
    }
  }
  for (Block* b = entry_; b; b = b->next) clean_block(b);
  skip_empty_blocks();
  // A jump to the block that follows anyway is none. It stays as a NOP, which may yet inherit a line that must be seen.
  for (Block* b = entry_; b; b = b->next) {
    Instr* last = b->last();
    if (last && last->op == OP_JUMP && last->target == b->next) {
      b->no_fallthrough = false;
      last->op = OP_NOP;
      last->target = nullptr;
    }
  }
}

void FlowGraph::duplicate_exits_without_line() {
  for (Block* b = newest_; b; b = b->older) {
    Instr* last = b->last();
    if (!last || !op_is_jump(last->op)) continue;
    Block* target = last->target;
    if (!exits_without_line(target) || target->predecessors <= 1) continue;
    Block* copy = new_block();
    for (int i = 0; i < target->used; i++) append(*pool_, copy, target->instrs[i]);
    copy->exits = copy->no_fallthrough = true;
    copy->instrs[0].loc = last->loc;
    last->target = copy;
    target->predecessors--;
    copy->predecessors = 1;
    copy->next = target->next;
    target->next = copy;
  }
  for (Block* b = newest_; b; b = b->older)
    while (b->next && !b->next->used) b->next = b->next->next;
  for (Block* b = newest_; b; b = b->older)
    if (!b->no_fallthrough && b->next && b->used && exits_without_line(b->next)) b->next->instrs[0].loc = b->last()->loc;
}

void FlowGraph::trim_constants(UnitConstants& consts) {
  int max = 0;  // the first may be the docstring: always kept
  for (Block* b = entry_; b; b = b->next)
    for (int i = 0; i < b->used; i++)
      if ((kOpInfo[b->instrs[i].op].flags & kConst) && b->instrs[i].arg > max) max = b->instrs[i].arg;
  if ((size_t)max + 1 < consts.size()) consts.truncate((size_t)max + 1);
}

void FlowGraph::propagate_lines() {
  for (Block* b = entry_; b; b = b->next) {
    if (!b->used) continue;
    Location prev;
    for (int i = 0; i < b->used; i++) {
      Location& loc = b->instrs[i].loc;
      if (loc.line < 0)
        loc = prev;
      else
        prev = loc;
    }
    if (!b->no_fallthrough && b->next && b->next->predecessors == 1 && b->next->used && b->next->instrs[0].loc.line < 0)
      b->next->instrs[0].loc = prev;
    Instr* last = b->last();
    if (op_is_jump(last->op) && last->target->predecessors == 1 && last->target->instrs[0].loc.line < 0)
      last->target->instrs[0].loc = prev;
  }
}

void FlowGraph::guarantee_exit_lines(int first_line) {
  int line = first_line;
  for (Block* b = entry_; b; b = b->next) {
    Instr* last = b->last();
    if (!last) continue;
    if (last->loc.line >= 0) {
      line = last->loc.line;
    } else if (last->op == OP_RETURN_VALUE) {
      for (int i = 0; i < b->used; i++) b->instrs[i].loc.line = line;
    }
  }
}

void FlowGraph::drop_exception_markers() {
  for (Block* b = has_handlers_ ? entry_ : nullptr; b; b = b->next) {
    for (int i = 0; i < b->used; i++) {
      Instr& in = b->instrs[i];
      if (op_is_block_push(in.op) || in.op == OP_POP_BLOCK) {
        in.op = OP_NOP;
        in.target = nullptr;
      }
    }
  }
  for (Block* b = entry_; b; b = b->next) clean_block(b);
}

}  // namespace pyjit::frontend
