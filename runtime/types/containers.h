// tuple, list, range, slice: layouts and the C++ operations other files need. dict and set have files of their own.
#pragma once
#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/heap.h"

namespace pyjit::runtime {

struct Tuple : Object {
  uint64_t size;
  Value items[];
};
struct List : Object {
  uint64_t size;
  ValueArray* store;         // capacity = store->capacity; never null (shared empty array)
  Value* items() const { return store->items; }
};
struct Range : Object { Value start, stop, step, length; };   // exact ints
struct Slice : Object { Value start, stop, step; };

inline bool is_tuple(Value v) { return v.is_object() && v.as_object()->cls()->has(kSubTuple); }
inline bool is_list(Value v) { return v.is_object() && v.as_object()->cls()->has(kSubList); }

Tuple* new_tuple(const Value* items, size_t count);    // count 0: the shared empty tuple
Tuple* new_tuple_null(size_t count);                   // items null, to be filled before anybody sees it
template <class... V> Tuple* make_tuple(V... v) { Value items[] = {Value(v)...}; return new_tuple(items, sizeof...(v)); }
Tuple* empty_tuple();

List* new_list(size_t capacity = 0);                   // empty
List* new_list_from(const Value* items, size_t count);
bool list_append(List* list, Value v);                 // false: MemoryError pending
bool list_insert(List* list, int64_t index, Value v);
bool list_extend(List* list, Value iterable);
bool list_set_slice(List* list, int64_t start, int64_t end, const Value* items, size_t count);
bool list_sort(List* list, Value key, bool reverse);

Slice* new_slice(Value start, Value stop, Value step);
// slice.indices with clipping: false with an exception pending (step 0, bad types). *count is the number of items selected.
bool slice_indices(Slice* slice, int64_t length, int64_t* start, int64_t* stop, int64_t* step, int64_t* count);
// The same in unbounded ints; length an exact int.
bool slice_indices_unbounded(Slice* slice, Value length, Value* start, Value* stop, Value* step);
Range* new_range(Value start, Value stop, Value step);   // exact ints, step not 0

// Iterators the interpreter and the JIT know by layout.
struct SequenceIterator : Object { int64_t index; Value sequence; };   // list, tuple, str, bytes, generic; sequence null: exhausted
struct RangeIterator : Object { int64_t next, step, remaining, start; };      // all within int64; longer ranges use another class

}  // namespace pyjit::runtime
