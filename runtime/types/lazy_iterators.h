// Layouts of enumerate and zip objects, which machine code advances in place.
#pragma once
#include "runtime/types/containers.h"

namespace pyjit::runtime {

struct Enumerate : Object { Value iterator, index; };   // index: an exact int
struct Zip : Object { Tuple* iterators; Value strict; };   // strict: a bool

}  // namespace pyjit::runtime
