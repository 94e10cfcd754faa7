// f_lineno = n in a trace function: finds an instruction of that line whose stack fits, unwinds to it and goes on there.
//
// Which jumps are allowed follows CPython: each instruction is given the kinds of its stack entries (a loop's iterator, an exception's
// entry, an ordinary object, NULL, the "last instruction" of a handler), and the target's stack must be a prefix of the present one.
#include "frontend/opcodes.h"
#include "interp/flow.h"
#include "interp/frames.h"
#include "interp/trace_events.h"
#include "runtime/errors.h"
#include "runtime/thread.h"
#include "runtime/types/code.h"

namespace pyjit::interp {

using namespace pyjit::frontend;
using namespace pyjit::runtime;

namespace {

constexpr char kIterator = 'I', kExcept = 'E', kObject = 'O', kNullEntry = 'N', kLasti = 'L';

struct Stack {
  bool known = false;
  std::string kinds;      // bottom first
};

class StackMarks {
 public:
  explicit StackMarks(const Flow& flow) : flow_(flow), stacks_(flow.instrs.size()) {
    if (stacks_.empty()) return;
    stacks_[0].known = true;
    for (bool again = true; again;) {
      again = false;
      for (size_t i = 0; i < stacks_.size(); ++i) {
        if (stacks_[i].known) again |= step(i);
      }
      for (const ExceptionRange& range : flow.ranges) {
        int32_t start = flow.instr_at_unit(range.start), handler = flow.instr_at_unit(range.target);
        if (start < 0 || handler < 0 || !stacks_[static_cast<size_t>(start)].known || stacks_[static_cast<size_t>(handler)].known) continue;
        Stack s = stacks_[static_cast<size_t>(start)];
        if (s.kinds.size() > range.depth) s.kinds.resize(range.depth);
        if (range.push_lasti) s.kinds += kLasti;
        s.kinds += kExcept;
        stacks_[static_cast<size_t>(handler)] = s;
        again = true;
      }
    }
  }
  const Stack& at(size_t instr) const { return stacks_[instr]; }

 private:
  bool set(int32_t instr, const std::string& kinds) {
    if (instr < 0 || static_cast<size_t>(instr) >= stacks_.size() || stacks_[static_cast<size_t>(instr)].known) return false;
    stacks_[static_cast<size_t>(instr)] = {true, kinds};
    return true;
  }
  static void drop(std::string& s, size_t n) { s.resize(s.size() > n ? s.size() - n : 0); }

  // What instruction i makes known: its successors' stacks.
  bool step(size_t i) {
    const FlowInstr& in = flow_.instrs[i];
    std::string s = stacks_[i].kinds;
    auto next = static_cast<int32_t>(i + 1);
    switch (in.op) {
      case OP_JUMP_IF_FALSE_OR_POP: case OP_JUMP_IF_TRUE_OR_POP: {
        bool changed = set(in.target, s);
        drop(s, 1);
        return set(next, s) | changed;
      }
      case OP_POP_JUMP_FORWARD_IF_FALSE: case OP_POP_JUMP_FORWARD_IF_TRUE: case OP_POP_JUMP_BACKWARD_IF_FALSE: case OP_POP_JUMP_BACKWARD_IF_TRUE:
      case OP_POP_JUMP_FORWARD_IF_NONE: case OP_POP_JUMP_FORWARD_IF_NOT_NONE: case OP_POP_JUMP_BACKWARD_IF_NONE:
      case OP_POP_JUMP_BACKWARD_IF_NOT_NONE: {
        drop(s, 1);
        bool changed = set(in.target, s);
        return set(next, s) | changed;
      }
      case OP_SEND: {
        std::string done = s;
        drop(done, 1);
        bool changed = set(in.target, done);
        return set(next, s) | changed;
      }
      case OP_JUMP_FORWARD: case OP_JUMP_BACKWARD: case OP_JUMP_BACKWARD_NO_INTERRUPT: return set(in.target, s);
      case OP_GET_ITER: case OP_GET_AITER:
        drop(s, 1);
        return set(next, s + kIterator);
      case OP_FOR_ITER: {
        bool changed = set(next, s + kObject);
        drop(s, 1);
        return set(in.target, s) | changed;
      }
      case OP_END_ASYNC_FOR:
        drop(s, 2);
        return set(next, s);
      case OP_PUSH_EXC_INFO: return set(next, s + kExcept);
      case OP_POP_EXCEPT:
        drop(s, 1);
        return set(next, s);
      case OP_PUSH_NULL: return set(next, s + kNullEntry);
      case OP_LOAD_GLOBAL:
        if (in.arg & 1) s += kNullEntry;
        return set(next, s + kObject);
      case OP_LOAD_METHOD:
        drop(s, 1);
        return set(next, s + kNullEntry + kObject);
      case OP_CALL:
        drop(s, in.arg + 2);
        return set(next, s + kObject);
      case OP_SWAP:
        if (in.arg && in.arg <= s.size()) std::swap(s[s.size() - in.arg], s.back());
        return set(next, s);
      case OP_COPY:
        if (in.arg && in.arg <= s.size()) s += s[s.size() - in.arg];
        return set(next, s);
      default: {
        if (ends_block(in.op)) return false;
        int effect = stack_effect(in.op, static_cast<int>(in.arg), false);
        if (effect < 0) drop(s, static_cast<size_t>(-effect));
        else s.append(static_cast<size_t>(effect), kObject);
        return set(next, s);
      }
    }
  }

  const Flow& flow_;
  std::vector<Stack> stacks_;
};

bool compatible(const std::string& from, const std::string& to) {
  if (to.size() > from.size()) return false;
  for (size_t i = 0; i < to.size(); ++i) {
    bool ok = to[i] == kObject ? from[i] != kNullEntry : to[i] == kNullEntry || from[i] == to[i];
    if (!ok) return false;
  }
  return true;
}

const char* incompatibility(const Stack& target) {
  if (!target.known) return "can't jump into an exception handler, or code may be unreachable";
  switch (target.kinds.empty() ? kObject : target.kinds.back()) {
    case kExcept: return "can't jump into an 'except' block as there's no exception";
    case kLasti: return "can't jump into a re-raising block as there's no location";
    case kIterator: return "can't jump into the body of a for loop";
    default: return "incompatible stacks";
  }
}

bool refuse(const char* message) { return raise(exc.ValueError, message), false; }

// Locals that certainly hold a value where instruction `index` begins: the translator checks none of those.
BitSet assigned_at(Flow& flow, size_t index) {
  size_t leader = index;
  while (leader > 0 && !flow.instrs[leader].leader) --leader;
  if (flow.entry_states[leader].assigned.empty()) return {};
  FlowState state = flow.entry_states[leader];
  for (size_t i = leader; i < index; ++i) {
    if (!flow.apply(flow.instrs[i], state, false)) break;
  }
  return state.assigned;
}

bool set_line(FrameObject* f, int64_t line) {
  Frame* frame = f->frame;
  switch (current_trace_event) {
    case TraceEvent::kLine: break;
    case TraceEvent::kNone: case TraceEvent::kCall: return refuse("can't jump from the 'call' trace event of a new frame");
    default: return refuse("can only jump from a 'line' trace event");
  }
  if (!f->trace || f->trace.is_none() || frame == &f->own) return refuse("f_lineno can only be set by a trace function");
  Code* code = frame->code;
  if (line < code->firstlineno) {
    raisef(exc.ValueError, "line %lld comes before the current code block", static_cast<long long>(line));
    return false;
  }
  Flow flow(code);
  if (!flow.run()) return refuse("cannot find bytecode for specified line");
  size_t count = flow.instrs.size();
  std::vector<int> lines(count, -1);      // where a new line begins: which
  int64_t wanted = -1;
  size_t at = 0;
  int last_line = -1;
  for (const LineStart& start : code_line_starts(code)) {
    if (start.line < 0 || start.line == last_line) continue;
    last_line = start.line;
    while (at < count && static_cast<int>(flow.instrs[at].first_unit) * 2 < start.offset) ++at;
    if (at == count) break;
    if (static_cast<int>(flow.instrs[at].first_unit) * 2 != start.offset) continue;
    lines[at] = start.line;
    if (start.line >= line && (wanted < 0 || start.line < wanted)) wanted = start.line;
  }
  if (wanted < 0) {
    raisef(exc.ValueError, "line %lld comes after the current code block", static_cast<long long>(line));
    return false;
  }
  StackMarks marks(flow);
  CompiledCode* compiled = code->compiled;
  int32_t here = flow.instr_at_unit(static_cast<uint32_t>(f->last_unit));   // the one that the event is for: frame->pc may be beyond folded ones
  Stack start = here >= 0 ? marks.at(static_cast<size_t>(here)) : Stack();
  int64_t best = -1;
  const char* message = "cannot find bytecode for specified line";
  bool explained = false;
  for (size_t i = 0; i < count; ++i) {
    if (lines[i] != wanted) continue;
    const Stack& target = marks.at(i);
    // A STORE_FAST that begins a line with something on the stack may have been merged with what came before it.
    bool usable = target.known && (target.kinds.empty() || flow.instrs[i].op != OP_STORE_FAST) && compiled->word_of_unit[flow.instrs[i].unit] != kNoWord;
    if (start.known && usable && compatible(start.kinds, target.kinds)) {
      if (best < 0 || target.kinds.size() > marks.at(static_cast<size_t>(best)).kinds.size()) best = static_cast<int64_t>(i);
    } else if (best < 0 && !explained) {
      message = start.known ? incompatibility(target) : "can't jump from within an exception handler";
      explained = start.known;
    }
  }
  if (best < 0) return refuse(message);
  const FlowInstr& target = flow.instrs[static_cast<size_t>(best)];
  Value* homes = frame->regs() + compiled->nlocalsplus;
  const std::string& kept = marks.at(static_cast<size_t>(best)).kinds;
  for (size_t depth = start.kinds.size(); depth > kept.size(); --depth) {
    if (start.kinds[depth - 1] == kExcept) thread()->exc_info->value = homes[depth - 1];
  }
  BitSet assigned = assigned_at(flow, static_cast<size_t>(best));
  for (uint32_t i = 0; i < compiled->nlocalsplus && i / 64 < assigned.size(); ++i) {
    if (has_bit(assigned, i) && !frame->regs()[i]) frame->regs()[i] = Value::none();
  }
  f->line_override = 0;
  f->last_unit = static_cast<int32_t>(target.unit);
  frame->pc = compiled->entry + compiled->word_of_unit[target.unit] + 1;
  return true;
}

}  // namespace

void init_line_jumps() { frame_set_line_hook = set_line; }

}  // namespace pyjit::interp
