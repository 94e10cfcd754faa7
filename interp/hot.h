// What the interpreter tells the JIT: loops and functions that become hot.
//
// Loops: a back edge's JumpWord::counter (LOOP, FOR_LOOP*) starts at hot_loop_start and counts up; when its top bit is set, every
// execution of the back edge calls loop_hot_hook, which may run machine code, record a trace while executing, or turn the counter back.
// Functions: when CompiledCode::entry_counter reaches entry_threshold, entry_hot_hook is called with the callee's frame complete. It
// returns the pc to go on at in thread->frame, or null when nothing ran (an exception is pending if thread->exception is set).
#pragma once
#include "interp/slow.h"

namespace pyjit::interp {

// Where the interpreter goes on: in thread->frame at pc. error: an exception is pending that the instruction at pc raised.
struct HotResult {
  const Instr* pc;
  uint64_t error;
};

inline constexpr uint32_t kHotBit = 1u << 31;
extern uint32_t hot_loop_start;      // 0 while there is no JIT
// regs: of thread->frame; target: where the back edge goes.
extern HotResult (*loop_hot_hook)(Thread* thread, Value* regs, const Instr* target, JumpWord* edge);

using HotHook = const Instr* (*)(Thread* thread, Frame* frame, const Instr* pc);
extern HotHook entry_hot_hook;       // null: no JIT
extern uint32_t entry_threshold;     // ~0 until the JIT sets it

// Out-of-line half: resets the counter and asks the hook; where to go on (without a trace: where the interpreter would have gone).
const Instr* run_hot_entry(Thread* thread, const Instr* pc);

}  // namespace pyjit::interp
