// The parts of _collections: each adds its classes to the module.
#pragma once
#include "runtime/modules/module_util.h"

namespace pyjit::runtime {

bool add_deque(Module* m);
bool add_defaultdict(Module* m);
bool add_ordered_dict(Module* m);

}  // namespace pyjit::runtime
