// Entry points of the interpreter for the rest of pyjit.
#pragma once
#include "interp/slow.h"

namespace pyjit::interp {

// Sets the runtime's hooks (calls, eval, generators, frames). Once, after the builtin types exist.
bool initialize();

// Runs thread->frame (flagged kFrameEntry) to its end. throwing: the pending exception is raised at its pc.
Value run(runtime::Thread* thread, bool throwing);

}  // namespace pyjit::interp
