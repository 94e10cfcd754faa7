// list: a growable array of Values. The operations that C++ code uses; the Python type is in list_type.cc, sorting in list_sort.cc.
#include <algorithm>
#include <cstring>

#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/arg_util.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/sequence_util.h"

namespace pyjit::runtime {

Shape* list_shape;
ValueArray* empty_value_array;

List* new_list(size_t capacity) {
  auto* list = static_cast<List*>(heap.allocate(list_shape, sizeof(List)));
  list->store = empty_value_array;
  if (capacity) {
    ValueArray* store = TRY(new_value_array(capacity));
    list->store = store;
    write_barrier(list);
  }
  return list;
}

List* new_list_from(const Value* items, size_t count) {
  List* list = TRY(new_list(count));
  std::copy(items, items + count, list->items());
  list->size = count;
  if (count) write_barrier(list->store);
  return list;
}

// Makes room for `wanted` items in all.
bool list_reserve(List* list, size_t wanted) {
  if (wanted <= list->store->capacity) return true;
  size_t capacity = wanted + wanted / 2 + 3;
  if (wanted > list->size + list->size / 2 + 3) capacity = wanted;   // a known final size: no slack
  ValueArray* store = new_value_array(std::max<size_t>(capacity, 4));
  if (!store) return false;
  std::copy(list->items(), list->items() + list->size, store->items);
  write_barrier(store);
  list->store = store;
  write_barrier(list);
  return true;
}

bool list_append(List* list, Value v) {
  if (list->size == list->store->capacity) [[unlikely]] {
    if (!list_reserve(list, list->size + 1)) return false;
  }
  list->store->items[list->size++] = v;
  write_barrier(list->store, v);
  return true;
}

bool list_insert(List* list, int64_t index, Value v) {
  int64_t size = static_cast<int64_t>(list->size);
  if (index < 0) index = std::max<int64_t>(0, index + size);
  if (index > size) index = size;
  if (!list_reserve(list, list->size + 1)) return false;
  Value* items = list->items();
  memmove(static_cast<void*>(items + index + 1), items + index, static_cast<size_t>(size - index) * sizeof(Value));
  items[index] = v;
  ++list->size;
  write_barrier(list->store, v);
  return true;
}

bool list_extend(List* list, Value iterable) {
  if (is_exact(iterable, types.list) || is_exact(iterable, types.tuple) || iterable == Value(list)) {
    bool tuple = is_exact(iterable, types.tuple);
    size_t count = tuple ? iterable.as<Tuple>()->size : iterable.as<List>()->size;
    if (!list_reserve(list, list->size + count)) return false;
    const Value* items = tuple ? iterable.as<Tuple>()->items : iterable.as<List>()->items();   // after the reserve: it may be list itself
    std::copy(items, items + count, list->items() + list->size);
    list->size += count;
    write_barrier(list->store);
    return true;
  }
  Value iterator = TRY(get_iter(iterable));
  int64_t hint = length_hint(iterable, 8);
  if (hint < 0) return false;
  if (hint <= INT64_MAX - static_cast<int64_t>(list->size)) {   // beyond that CPython takes the hint for nonsense
    if (hint > int64_t{1} << 57) return raise_memory_error(), false;
    if (!list_reserve(list, list->size + static_cast<size_t>(hint))) return false;
  }
  auto next = class_of(iterator)->slots.next;
  while (Value v = next(iterator)) {
    if (!list_append(list, v)) return false;
  }
  return ended_cleanly();
}

bool list_set_slice(List* list, int64_t start, int64_t end, const Value* items, size_t count) {
  int64_t size = static_cast<int64_t>(list->size);
  start = std::clamp<int64_t>(start, 0, size);
  end = std::clamp<int64_t>(end, start, size);
  size_t removed = static_cast<size_t>(end - start), new_size = list->size - removed + count;
  if (!list_reserve(list, new_size)) return false;
  Value* base = list->items();
  memmove(static_cast<void*>(base + start + count), base + end, static_cast<size_t>(size - end) * sizeof(Value));
  std::copy(items, items + count, base + start);
  if (new_size < list->size) std::fill(base + new_size, base + list->size, Value());
  list->size = new_size;
  if (count) write_barrier(list->store);
  return true;
}

void list_clear(List* list) {
  list->size = 0;
  if (list->store->capacity) list->store = empty_value_array;
}

}  // namespace pyjit::runtime
