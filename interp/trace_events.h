// sys.settrace and sys.setprofile: events out of the eval loop.
#pragma once
#include "interp/slow.h"

namespace pyjit::interp {

// Before the instruction at pc in thread->frame: line and opcode events when due. Returns where to go on (a tracer may assign f_lineno),
// or null: exception pending.
const Instr* trace_instruction(Thread* thread, const Instr* pc);
bool trace_call(Thread* thread);                         // the frame was just entered
bool trace_return(Thread* thread, Value* result);        // result null: unwinding
bool trace_exception(Thread* thread);                    // the pending exception was raised or passes through thread->frame
// A generator or coroutine that thread->frame waits for returned `value`: CPython's tracer hears of the StopIteration that says so.
bool trace_stop_iteration(Thread* thread, bool coroutine, Value value);
// Brings the poll word in line with the thread's trace and profile functions. Call after changing them.
void update_tracing(Thread* thread);

// The event whose tracing function runs now: what f_lineno may be assigned in.
enum class TraceEvent : uint8_t { kNone, kLine, kCall, kOther };
extern thread_local TraceEvent current_trace_event;
void init_line_jumps();                                  // f_lineno = n

}  // namespace pyjit::interp
