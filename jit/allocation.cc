// Size classes of the heap → AllocSpecs. The slow path never collects: it asks for a collection at the next poll.
#include "jit/allocation.h"

#include "runtime/heap.h"
#include "runtime/heap_trace.h"

namespace pyjit::jit {

using namespace pyjit::runtime;

namespace {

void* slow(void*, const AllocSpec* spec) { return allocate_without_collection(spec->size); }

}  // namespace

const AllocSpec* alloc_spec(size_t bytes) {
  static AllocSpec specs[kSizeClasses];
  size_t k = size_class_of(bytes);
  AllocSpec& spec = specs[k];
  if (!spec.size)
    spec = {static_cast<uint32_t>(size_of_class(k)), false, static_cast<int64_t>(reinterpret_cast<uintptr_t>(&heap.intervals[k].cursor)),
            static_cast<int64_t>(reinterpret_cast<uintptr_t>(&heap.intervals[k].limit)), slow, "cell"};
  return &spec;
}

}  // namespace pyjit::jit
