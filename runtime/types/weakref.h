// Weak references: what the rest of the runtime needs to know of them.
#pragma once
#include "runtime/value.h"

namespace pyjit::runtime {

void init_weakref_types();
void run_weakref_callbacks();     // for references whose objects the last collection found dead; at a safe point

}  // namespace pyjit::runtime
