// list operations that the list files share (containers.h has what everybody uses).
#pragma once
#include "runtime/types/containers.h"

namespace pyjit::runtime {

bool list_reserve(List* list, size_t wanted);   // room for `wanted` items in all
void list_clear(List* list);
// == of two items with the usual cases decided in place: 1, 0, -1.
int items_equal_slow(Value a, Value b);
inline int items_equal(Value a, Value b) {
  if (a == b) return 1;
  if (both_ints(a, b)) return 0;
  return items_equal_slow(a, b);
}

}  // namespace pyjit::runtime
