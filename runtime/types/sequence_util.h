// What tuple, list and range share: subscripts told apart, index() bounds, size comparison, index iterators.
#pragma once
#include <algorithm>

#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"

namespace pyjit::runtime {

enum class Subscript { kIndex, kSlice, kError };

// An index (through __index__; IndexError when it does not fit) or a slice; anything else:
// "{type} indices must be integers or slices, not {name}".
Subscript subscript_kind_slow(Value key, const char* type, int64_t* index);
inline Subscript subscript_kind(Value key, const char* type, int64_t* index) {
  if (key.is_int()) [[likely]] {
    *index = key.as_int();
    return Subscript::kIndex;
  }
  return subscript_kind_slow(key, type, index);
}

// start and stop of .index(): null → whole; negative ones count from the end; huge ones clip.
bool index_bounds(Value start, Value stop, int64_t length, int64_t* out_start, int64_t* out_stop);

inline bool compare_sizes(uint64_t a, uint64_t b, CompareOp op) {
  switch (op) {
    case kLt: return a < b;
    case kLe: return a <= b;
    case kEq: return a == b;
    case kNe: return a != b;
    case kGt: return a > b;
    default: return a >= b;
  }
}

Value new_sequence_iterator(Class* iterator_class, Value sequence);
SequenceIterator* new_list_reverse_iterator(List* list);

}  // namespace pyjit::runtime
