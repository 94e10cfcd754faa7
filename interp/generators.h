// Resuming generator frames in place and from native code.
#pragma once
#include "interp/slow.h"

namespace pyjit::interp {

// From native code. Result: the value yielded or returned (generator->state tells which), or null with an exception pending.
// throwing: the pending exception is raised where the generator waits.
Value resume_from_native(Generator* generator, Value sent, bool throwing);
void generator_failed(Thread* thread, Generator* generator);          // its frame ends with the pending exception
void suspend_unstarted(Thread* thread, Generator* generator);         // could not be resumed: as it was
const char* generator_kind(const Generator* generator);               // "generator", "coroutine", "async generator"

}  // namespace pyjit::interp
