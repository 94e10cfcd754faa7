// Class attributes that are plain data and are assigned again and again (counters, registries): no cache may hold their values, and
// assigning them changes no class version.
#pragma once
#include "runtime/class.h"

namespace pyjit::runtime {

// Whether a lookup of `name` in cls or its bases may find such a value.
bool class_value_changes(Class* cls, Str* name);

}  // namespace pyjit::runtime
