// The rules that rewrite neighbouring instructions of a block: constant conditions, jump threading, swaps, tuples of constants.
#include <vector>

#include "frontend/flowgraph.h"
#include "frontend/fold_arith.h"

namespace pyjit::frontend {
namespace {

void make_nop(Instr& in) {
  in.op = OP_NOP;
  in.arg = 0;
  in.target = nullptr;
}

// Makes a jump to an unconditional (or equivalent) jump go straight to where that one goes. Not across lines: the
// intermediate jump must stay visible to tracing. Not when both have the same target: that is an endless loop.
bool thread_jump(Instr& in, const Instr& through, int op) {
  if (in.loc.line != through.loc.line || in.target == through.target) return false;
  in.target = through.target;
  in.op = (uint16_t)op;
  return true;
}

// Replaces the run of SWAPs and NOPs at `at` by the fewest SWAPs of equal effect, and moves `at` to the run's end.
void shorten_swaps(Block* b, int& at) {
  Instr* run = &b->instrs[at];
  int depth = run[0].arg, length = 0, limit = b->used - at;
  bool more = false;
  while (++length < limit) {
    if (run[length].op == OP_SWAP) {
      depth = std::max(depth, run[length].arg);
      more = true;
    } else if (run[length].op != OP_NOP) {
      break;
    }
  }
  if (!more) return;
  std::vector<int> stack((size_t)depth);
  for (int i = 0; i < depth; i++) stack[(size_t)i] = i;
  for (int i = 0; i < length; i++)
    if (run[i].op == OP_SWAP) std::swap(stack[0], stack[(size_t)run[i].arg - 1]);
  // Each cycle of the permutation is undone by swaps through the top; written backwards they perform it.
  constexpr int kVisited = -1;
  int out = length - 1;
  for (int i = 0; i < depth; i++) {
    if (stack[(size_t)i] == kVisited || stack[(size_t)i] == i) continue;
    for (int j = i;;) {
      if (j) {
        run[out].op = OP_SWAP;
        run[out--].arg = j + 1;
      }
      if (stack[(size_t)j] == kVisited) break;
      int next = stack[(size_t)j];
      stack[(size_t)j] = kVisited;
      j = next;
    }
  }
  while (out >= 0) run[out--].op = OP_NOP;
  at += length - 1;
}

bool swappable(int op) { return op == OP_STORE_FAST || op == OP_POP_TOP; }

int next_swappable(const Block* b, int i, int line) {
  while (++i < b->used) {
    if (line >= 0 && b->instrs[i].loc.line != line) return -1;
    if (b->instrs[i].op == OP_NOP) continue;
    return swappable(b->instrs[i].op) ? i : -1;
  }
  return -1;
}

// SWAP 2; STORE a; STORE b  →  STORE b; STORE a, for all the SWAPs that end at `i`.
void apply_swaps(Block* b, int i) {
  for (; i >= 0; i--) {
    Instr& swap = b->instrs[i];
    if (swap.op != OP_SWAP) {
      if (swap.op == OP_NOP || swappable(swap.op)) continue;
      return;
    }
    int first = next_swappable(b, i, -1);
    if (first < 0) return;
    int other = first, line = b->instrs[first].loc.line;
    for (int count = swap.arg - 1; count > 0; count--) {
      other = next_swappable(b, other, line);
      if (other < 0) return;
    }
    swap.op = OP_NOP;
    std::swap(b->instrs[first], b->instrs[other]);
  }
}

}  // namespace

bool FlowGraph::fold_tuple(Instr* build, int count, UnitConstants& consts) {
  std::vector<const Constant*> items((size_t)count);
  for (int i = 0; i < count; i++) {
    const Instr& in = build[i - count];
    if (in.op != OP_LOAD_CONST) return false;
    items[(size_t)i] = consts[(size_t)in.arg];
  }
  int at = consts.add(consts.pool().tuple(items));
  for (int i = -count; i < 0; i++) make_nop(build[i]);
  build->op = OP_LOAD_CONST;
  build->arg = at;
  return true;
}

void FlowGraph::optimize_block(Block* b, UnitConstants& consts) {
  Instr nop{};
  nop.op = OP_NOP;
  for (int i = 0; i < b->used; i++) {
    Instr* in = &b->instrs[i];
    int next_op = i + 1 < b->used ? in[1].op : 0;
    const Instr* target = &nop;
    if (in->target) {
      while (!in->target->used) in->target = in->target->next;
      target = &in->target->instrs[0];
    }
    switch (in->op) {
      case OP_LOAD_CONST:
        if (next_op == OP_POP_JUMP_IF_FALSE || next_op == OP_POP_JUMP_IF_TRUE || next_op == OP_JUMP_IF_FALSE_OR_POP ||
            next_op == OP_JUMP_IF_TRUE_OR_POP) {
          bool truth = constant_is_true(consts[(size_t)in->arg]);
          bool pops = next_op == OP_POP_JUMP_IF_FALSE || next_op == OP_POP_JUMP_IF_TRUE;
          bool taken = truth == (next_op == OP_POP_JUMP_IF_TRUE || next_op == OP_JUMP_IF_TRUE_OR_POP);
          if (pops || !taken) make_nop(*in);
          if (taken) {
            in[1].op = OP_JUMP;
            b->no_fallthrough = true;
          } else {
            make_nop(in[1]);
          }
        } else if (next_op == OP_IS_OP) {
          int jump = i + 2 < b->used ? in[2].op : 0;
          if (consts[(size_t)in->arg]->kind == Constant::Kind::kNone &&
              (jump == OP_POP_JUMP_IF_FALSE || jump == OP_POP_JUMP_IF_TRUE)) {
            bool inverted = in[1].arg == 1;
            make_nop(*in);
            make_nop(in[1]);
            in[2].op = inverted != (jump == OP_POP_JUMP_IF_FALSE) ? OP_POP_JUMP_IF_NOT_NONE : OP_POP_JUMP_IF_NONE;
          }
        }
        break;
      case OP_BUILD_TUPLE:
        if (next_op == OP_UNPACK_SEQUENCE && in->arg == in[1].arg) {
          if (in->arg == 1) {
            make_nop(*in);
            make_nop(in[1]);
            break;
          }
          if (in->arg == 2 || in->arg == 3) {
            make_nop(*in);
            in[1].op = OP_SWAP;
            break;
          }
        }
        if (i >= in->arg) fold_tuple(in, in->arg, consts);
        break;
      case OP_JUMP_IF_FALSE_OR_POP:
      case OP_JUMP_IF_TRUE_OR_POP: {
        bool on_true = in->op == OP_JUMP_IF_TRUE_OR_POP;
        int same_pop = on_true ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE;
        if (target->op == same_pop) {
          i -= thread_jump(*in, *target, same_pop);
        } else if (target->op == OP_JUMP || target->op == in->op) {
          i -= thread_jump(*in, *target, in->op);
        } else if (target->op == (on_true ? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP) ||
                   target->op == (on_true ? OP_POP_JUMP_IF_FALSE : OP_POP_JUMP_IF_TRUE)) {
          // The opposite test is known to fail: fall through it.
          if (in->loc.line == target->loc.line) {
            in->op = (uint16_t)same_pop;
            in->target = in->target->next;
            --i;
          }
        }
        break;
      }
      case OP_JUMP:
      case OP_POP_JUMP_IF_FALSE:
      case OP_POP_JUMP_IF_TRUE:
      case OP_POP_JUMP_IF_NONE:
      case OP_POP_JUMP_IF_NOT_NONE:
        if (target->op == OP_JUMP) i -= thread_jump(*in, *target, in->op);
        break;
      case OP_SWAP:
        if (in->arg == 1) {
          in->op = OP_NOP;
          break;
        }
        shorten_swaps(b, i);
        apply_swaps(b, i);
        break;
      case OP_PUSH_NULL:
        if (next_op == OP_LOAD_GLOBAL) {
          make_nop(*in);
          in[1].arg |= 1;
        }
        break;
      default:
        break;
    }
  }
}

}  // namespace pyjit::frontend
