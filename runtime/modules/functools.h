// The parts of _functools.
#pragma once
#include "runtime/modules/module_util.h"

namespace pyjit::runtime {

bool add_lru_cache(Module* m);

}  // namespace pyjit::runtime
