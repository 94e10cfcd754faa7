// What the interpreter tells the JIT: loops and functions that become hot.
//
// Loops: a back edge's JumpWord::counter (LOOP, FOR_LOOP*) starts at hot_loop_start and counts up; when its top bit is set, every
// execution of the back edge calls loop_hot_hook, which may run machine code, record a trace while executing, or turn the counter back.
// Functions: CompiledCode::entry_counter does the same from hot_function_start; when its top bit is set, entry_hot_hook is called at each
// entry, with the callee's frame complete and nothing of it executed.
#pragma once
#include "interp/slow.h"

namespace pyjit::interp {

enum class HotOutcome : uint64_t {
  kNext,    // the interpreter goes on in thread->frame at pc
  kError,   // an exception is pending that the instruction at pc in thread->frame raised
  kLeave,   // the frame that native code called is done: its result is in thread->result
};
struct HotResult {
  const Instr* pc;
  HotOutcome outcome;
};

inline constexpr uint32_t kHotBit = 1u << 31;
extern uint32_t hot_loop_start, hot_function_start;      // 0 while there is no JIT
// regs: of thread->frame; target: where the back edge goes.
extern HotResult (*loop_hot_hook)(Thread* thread, Value* regs, const Instr* target, JumpWord* edge);
extern HotResult (*entry_hot_hook)(Thread* thread, Frame* frame);

// Out-of-line half of an entry whose counter has its top bit set.
HotResult run_hot_entry(Thread* thread);
// Runs thread->frame, which was just pushed with kFrameEntry, to its end: polls, machine code, eval loop. Null: pending.
Value run_entry(Thread* thread);

}  // namespace pyjit::interp
