// The passes over recorded IR, in their order and with the reasons for it.
//
// On emission, before any of these: folding, CSE and guard elimination (fold.cc), memory forwarding (opt_mem.cc).
//
//   1 dce    what the recorder emitted and nobody uses; first, so that peeling copies less
//   2 loop   peels: the second copy goes through the same emission, so invariants fold into the first; needs REPEAT at the end
//   3 range  overflow and bounds checks; after loop, because the back edge's bounds are needed; guards it drops lose uses
//   4 sink   allocations that only snapshots see; after loop and forwarding, which removed the loads, and after range's dead guards
//   5 dce    the rest
//
// A pass is one file and one switch, and leaves the IR sound: verify() runs after each in debug builds.
#pragma once
#include "jit/builder.h"

namespace pyjit::jit {

// Runs all passes that are switched on. False if the trace is to be given up: b.failed() says why.
bool optimise(Builder& b);

void opt_dce(Ir& ir);
// False: the loop cannot be peeled (type instability); the IR is as before and ends with REPEAT.
bool opt_loop(Builder& b);
void opt_range(Ir& ir);
void opt_sink(Ir& ir);

}  // namespace pyjit::jit
