// The heap's size classes as AllocSpecs, for NEW.
#pragma once
#include "jit/ir.h"
#include "runtime/object.h"

namespace pyjit::jit {

// Of the class that holds `bytes`; at most kMaxSmallSize.
const AllocSpec* alloc_spec(size_t bytes);
inline uint64_t header_of(const runtime::Shape* shape) { return reinterpret_cast<uintptr_t>(shape); }

}  // namespace pyjit::jit
