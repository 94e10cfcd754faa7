// The eval loop: runs thread->frame until the frame that native code entered leaves.
//
// One label an instruction, made from instructions.def; the body of each is its template over Concrete. `pc`, `regs`, `thread` and the
// dispatch table stay in CPU registers. Python-to-Python calls push and pop frames without recursing here.
#include "interp/eval.h"

#include "interp/frames.h"
#include "interp/machine.h"
#include "interp/ops_attr.h"
#include "interp/ops_call.h"
#include "interp/ops_data.h"
#include "interp/ops_number.h"
#include "interp/trace_events.h"

namespace pyjit::interp {

// Length of a SLOW instruction: folds to a constant but for those with a register list.
PYJIT_INLINE unsigned slow_length(unsigned words, const char* operands, const Instr* pc) {
  return words + (operands[2 + words] == 'A' ? list_words(pc->c) : 0);
}

Value run(Thread* thread, bool throwing) {
  static const void* const kTable[kOpCount] = {
#define FAST(name, words, operands) &&op_##name,
#define SLOW(name, words, operands) &&op_##name,
#include "interp/instructions.def"
#undef FAST
#undef SLOW
  };
  static const void* const kTraceTable[kOpCount] = {
#define FAST(name, words, operands) &&trace_event,
#define SLOW(name, words, operands) &&trace_event,
#include "interp/instructions.def"
#undef FAST
#undef SLOW
  };
  if (reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < thread->native_stack_limit) [[unlikely]] {
    abandon_entry_frame(thread);
    return runtime::raise_recursion_error("");
  }
  Concrete m;
  m.thread = thread;
  m.regs = thread->frame->regs();
  m.pc = thread->frame->pc;
  const void* const* table = thread->poll & kPollTrace ? kTraceTable : kTable;

#define DISPATCH() goto* table[m.pc->op]
#define FINISH(outcome)                                 \
  switch (outcome) {                                    \
    case Outcome::kNext: DISPATCH();                    \
    case Outcome::kError: goto error;                   \
    case Outcome::kReraise: goto reraise;               \
    case Outcome::kRefresh: goto refresh;               \
    case Outcome::kLeave: return thread->result;        \
  }                                                     \
  __builtin_unreachable();

  if (throwing) {
    m.pc = m.pc - 1;
    goto error;
  }
  DISPATCH();

#define FAST(name, words, operands) \
  op_##name : FINISH(pyjit::interp::op_##name(m))
#define SLOW(name, words, operands)                                                 \
  op_##name : {                                                                     \
    unsigned length = slow_length(words, operands, m.pc);                          \
    if (!m.slow_instruction(slow_##name)) [[unlikely]] goto error;                  \
    m.pc += length;                                                                 \
    DISPATCH();                                                                     \
  }
#include "interp/instructions.def"
#undef FAST
#undef SLOW

error:
  m.save_pc();
  m.pc = unwind(thread, true);
  goto unwound;
reraise:
  m.pc = unwind(thread, false);
unwound:
  if (!m.pc) return nullptr;
  m.regs = thread->frame->regs();
refresh:
  table = thread->poll & kPollTrace ? kTraceTable : kTable;
  DISPATCH();

trace_event:
  if (!(thread->poll & kPollTrace)) goto refresh;
  m.save_pc();
  if (const Instr* pc = trace_instruction(thread, m.pc)) m.pc = pc;
  else goto error;
  goto* kTable[m.pc->op];
}

}  // namespace pyjit::interp
