// Pushing and popping frames outside the eval loop's fast paths, argument binding, and calls from native code.
#pragma once
#include "interp/compiled_code.h"
#include "interp/slow.h"
#include "runtime/thread.h"

namespace pyjit::interp {

// A new frame for `f` on the thread's stack with all registers null, linked to thread->frame and made thread->frame.
// Null: RecursionError or SystemError pending, nothing changed.
Frame* push_function_frame(Thread* thread, Function* f, uint32_t flags, unsigned destination);
void pop_frame(Thread* thread);                            // undoes a push that did not get to run
// Binds a call's arguments to `f`'s parameters in `out` (its registers, null on entry). False: TypeError pending.
bool bind_call(Function* f, const Value* args, uint64_t nargs, Tuple* kwnames, const Value* kwvalues, Value* out);
// Pushes and binds. kFrame or kError; the caller's pc must have been set to where it goes on.
CallStatus push_call(Thread* thread, Function* f, const Value* args, uint64_t nargs, Tuple* kwnames, unsigned destination, uint32_t flags, Value self);
// The frame ends: its FrameObject, if any, takes over the variables.
void detach_frame_object(Frame* frame);
inline Generator* generator_of(Frame* frame) {
  return reinterpret_cast<Generator*>(reinterpret_cast<char*>(frame) - __builtin_offsetof(Generator, frame));
}
void abandon_entry_frame(Thread* thread);                  // run() refused to start: pops the entry frame

}  // namespace pyjit::interp
