// Hooks for the JIT: who is told that a loop or a function is hot, and what it may answer.
//
// Counters: JumpWord::counter of LOOP and FOR_LOOP* (back edges), CompiledCode::entry_counter (calls). When a counter reaches its
// threshold the eval loop calls the hook at that point, before the jump is taken or with the callee's frame complete. The hook may run
// machine code; it returns the pc to go on at in thread->frame, whose registers must be complete, or null when nothing ran (an
// exception is pending if thread->exception is set).
#pragma once
#include "interp/slow.h"

namespace pyjit::interp {

using HotHook = const Instr* (*)(Thread* thread, Frame* frame, const Instr* pc);
extern HotHook loop_hot_hook;      // null: no JIT
extern HotHook entry_hot_hook;
extern uint32_t loop_threshold, entry_threshold;   // ~0 until the JIT sets them

// Out-of-line halves: reset the counter and ask the hook; where to go on (without a trace: where the interpreter would have gone).
const Instr* run_hot_loop(Thread* thread, const Instr* pc);
const Instr* run_hot_entry(Thread* thread, const Instr* pc);

}  // namespace pyjit::interp
