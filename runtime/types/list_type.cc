// list as Python sees it: subscripts, slices, methods, comparison, repr.
#include <algorithm>
#include <cstring>

#include "runtime/types/arg_util.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/list.h"
#include "runtime/types/quick_compare.h"
#include "runtime/types/sequence_util.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

int items_equal_slow(Value a, Value b) { return items_equal_any(a, b); }

namespace {

List* self_list(Value v) { return v.as<List>(); }

void trace_list(Object* o, Tracer& tracer) { tracer.visit(static_cast<List*>(o)->store); }

Value list_getitem(Value self, Value key) {
  List* list = self_list(self);
  int64_t i, start, stop, step, count;
  switch (subscript_kind(key, "list", &i)) {
    case Subscript::kIndex:
      if (i < 0) i += static_cast<int64_t>(list->size);
      if (i < 0 || i >= static_cast<int64_t>(list->size)) return raise(exc.IndexError, "list index out of range");
      return list->items()[i];
    case Subscript::kSlice: {
      if (!slice_indices(key.as<Slice>(), static_cast<int64_t>(list->size), &start, &stop, &step, &count)) return nullptr;
      if (step == 1) {
        if (!count) return new_list();
        auto* store = TRY(new_value_array(static_cast<size_t>(count)));
        std::copy(list->items() + start, list->items() + start + count, store->items);
        auto* out = static_cast<List*>(heap.allocate(list_shape, sizeof(List)));   // may collect: store is complete and held here
        out->store = store;
        out->size = static_cast<uint64_t>(count);
        return out;
      }
      List* out = TRY(new_list(static_cast<size_t>(count)));
      for (int64_t k = 0; k < count; ++k) out->items()[k] = list->items()[start + k * step];
      out->size = static_cast<size_t>(count);
      write_barrier(out->store);
      return out;
    }
    default: return nullptr;
  }
}

// list[start:stop:step] = value, or del when value is null; |step| != 1 or count is what slice_indices said.
bool assign_extended(List* list, int64_t start, int64_t step, int64_t count, Value value) {
  if (!value) {
    if (count <= 0) return true;
    if (step < 0) {
      start += step * (count - 1);
      step = -step;
    }
    Value* items = list->items();
    int64_t out = start, size = static_cast<int64_t>(list->size);
    for (int64_t i = start, next = start, left = count; i < size; ++i) {
      if (left && i == next) {
        next += step;
        --left;
      } else {
        items[out++] = items[i];
      }
    }
    std::fill(items + out, items + size, Value());
    list->size = static_cast<uint64_t>(out);
    return true;
  }
  Value keep, *items;
  size_t n;
  if (value == Value(list)) value = TRY(new_list_from(list->items(), list->size));
  if (!fast_sequence(value, "must assign iterable to extended slice", &items, &n, &keep)) return false;
  if (static_cast<int64_t>(n) != count) {
    raisef(exc.ValueError, "attempt to assign sequence of size %zu to extended slice of size %ld", n, static_cast<long>(count));
    return false;
  }
  for (int64_t i = 0; i < count; ++i) list->items()[start + i * step] = items[i];
  write_barrier(list->store);
  return true;
}

bool list_setitem(Value self, Value key, Value value) {
  List* list = self_list(self);
  int64_t i, start, stop, step, count;
  switch (subscript_kind(key, "list", &i)) {
    case Subscript::kIndex:
      if (i < 0) i += static_cast<int64_t>(list->size);
      if (i < 0 || i >= static_cast<int64_t>(list->size)) {
        raise(exc.IndexError, "list assignment index out of range");
        return false;
      }
      if (!value) return list_set_slice(list, i, i + 1, nullptr, 0);
      list->items()[i] = value;
      write_barrier(list->store, value);
      return true;
    case Subscript::kSlice: {
      auto* slice = key.as<Slice>();
      if (!slice_indices(slice, static_cast<int64_t>(list->size), &start, &stop, &step, &count)) return false;
      if (step != 1) {
        if ((step < 0 && start < stop) || (step > 0 && start > stop)) stop = start;
        return assign_extended(list, start, step, count, value);
      }
      if (stop < start) stop = start;
      if (!value) return list_set_slice(list, start, stop, nullptr, 0);
      Value keep, *items;
      size_t n;
      if (value == self) value = TRY(new_list_from(list->items(), list->size));
      if (!fast_sequence(value, "can only assign an iterable", &items, &n, &keep)) return false;
      return list_set_slice(list, start, stop, items, n);   // clips again: making the items may have changed the list
    }
    default: return false;
  }
}

int64_t list_length(Value self) { return static_cast<int64_t>(self_list(self)->size); }

int list_contains(Value self, Value item) {
  List* list = self_list(self);
  for (uint64_t i = 0; i < list->size; ++i) {
    int equal = items_equal(list->items()[i], item);
    if (equal) return equal;
  }
  return 0;
}

Value list_compare(Value a, Value b, CompareOp op) {
  if (!is_list(a) || !is_list(b)) return Value::not_implemented();
  List *x = self_list(a), *y = self_list(b);
  if (x->size != y->size && (op == kEq || op == kNe)) return Value::from_bool(op == kNe);
  uint64_t i = 0;
  for (; i < x->size && i < y->size; ++i) {
    int equal = items_equal(x->items()[i], y->items()[i]);
    if (equal < 0) return nullptr;
    if (!equal) break;
  }
  if (i >= x->size || i >= y->size) return Value::from_bool(compare_sizes(x->size, y->size, op));
  if (op == kEq) return Value::from_bool(false);
  if (op == kNe) return Value::from_bool(true);
  return compare(x->items()[i], y->items()[i], op);
}

Value list_repr(Value self) {
  List* list = self_list(self);
  if (!list->size) return new_str("[]");
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(list);
  if (!guard.entered()) return new_str("[...]");
  StrBuilder out;
  out.append_ascii("[");
  for (uint64_t i = 0; i < list->size; ++i) {
    if (i) out.append_ascii(", ");
    out.append(TRY(repr(list->items()[i])));
  }
  out.append_ascii("]");
  return out.finish();
}

Value list_concat(Value a, Value b) {
  if (!is_list(b)) return raisef(exc.TypeError, "can only concatenate list (not \"%.200s\") to list", type_name(b));
  List *x = self_list(a), *y = self_list(b);
  List* out = TRY(new_list(x->size + y->size));
  std::copy(x->items(), x->items() + x->size, out->items());
  std::copy(y->items(), y->items() + y->size, out->items() + x->size);
  out->size = x->size + y->size;
  if (out->size) write_barrier(out->store);
  return out;
}

// Fills to[n .. n*count) with copies of to[0 .. n).
void repeat_items(Value* to, size_t n, size_t count) {
  if (n == 1) {
    std::fill(to + 1, to + count, to[0]);
    return;
  }
  for (size_t i = 1; i < count; ++i) std::copy(to, to + n, to + i * n);
}

Value list_repeat(Value self, Value count_value) {
  List* list = self_list(self);
  int64_t count;
  if (!index_to_ssize(count_value, &count, exc.OverflowError)) return nullptr;
  if (count <= 0 || !list->size) return new_list();
  if (static_cast<uint64_t>(count) > (1ull << 57) / list->size) return raise_memory_error();
  size_t n = list->size;
  List* out = TRY(new_list(n * static_cast<size_t>(count)));
  std::copy(list->items(), list->items() + n, out->items());
  repeat_items(out->items(), n, static_cast<size_t>(count));
  out->size = n * static_cast<size_t>(count);
  write_barrier(out->store);
  return out;
}

Value list_inplace_concat(Value self, Value other) {
  if (!list_extend(self_list(self), other)) return nullptr;
  return self;
}

Value list_inplace_repeat(Value self, Value count_value) {
  List* list = self_list(self);
  int64_t count;
  if (!index_to_ssize(count_value, &count, exc.OverflowError)) return nullptr;
  if (!list->size || count == 1) return self;
  if (count <= 0) {
    list_clear(list);
    return self;
  }
  if (static_cast<uint64_t>(count) > (1ull << 57) / list->size) return raise_memory_error();
  size_t n = list->size;
  if (!list_reserve(list, n * static_cast<size_t>(count))) return nullptr;
  repeat_items(list->items(), n, static_cast<size_t>(count));
  list->size = n * static_cast<size_t>(count);
  write_barrier(list->store);
  return self;
}

Value list_iter(Value self) { return new_sequence_iterator(types.list_iterator, self); }

Value list_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls == types.list) return new_list();
  auto* list = allocate_instance_of<List>(cls);
  list->store = empty_value_array;
  return list;
}

bool list_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  // A subclass with its own __new__ may take keywords there; then they are not for us to refuse.
  List* list = self_list(self);
  Class* cls = list->cls();
  if (cls->slots.new_ == types.list->slots.new_ && !no_keywords("list", kwnames)) return false;
  if (!check_positional("list", nargs, 0, 1)) return false;
  if (list->size) list_clear(list);
  return !nargs || list_extend(list, args[0]);
}

Value method_append(Value* args) { return list_append(self_list(args[0]), args[1]) ? Value::none() : Value(); }
Value method_extend(Value* args) { return list_extend(self_list(args[0]), args[1]) ? Value::none() : Value(); }

Value method_insert(Value* args) {
  int64_t index;
  if (!index_to_ssize(args[1], &index, exc.OverflowError)) return nullptr;
  return list_insert(self_list(args[0]), index, args[2]) ? Value::none() : Value();
}

Value method_clear(Value* args) {
  list_clear(self_list(args[0]));
  return Value::none();
}

Value method_copy(Value* args) { return new_list_from(self_list(args[0])->items(), self_list(args[0])->size); }

Value method_pop(Value* args) {
  List* list = self_list(args[0]);
  int64_t index = -1;
  if (args[1] && !index_to_ssize(args[1], &index, exc.IndexError)) return nullptr;
  int64_t size = static_cast<int64_t>(list->size);
  if (!size) return raise(exc.IndexError, "pop from empty list");
  if (index < 0) index += size;
  if (index < 0 || index >= size) return raise(exc.IndexError, "pop index out of range");
  Value* items = list->items();
  Value v = items[index];
  if (index != size - 1) memmove(static_cast<void*>(items + index), items + index + 1, static_cast<size_t>(size - 1 - index) * sizeof(Value));
  items[size - 1] = nullptr;
  --list->size;
  return v;
}

Value method_remove(Value* args) {
  List* list = self_list(args[0]);
  for (uint64_t i = 0; i < list->size; ++i) {
    int equal = items_equal(list->items()[i], args[1]);
    if (equal < 0) return nullptr;
    if (equal) {
      if (!list_set_slice(list, static_cast<int64_t>(i), static_cast<int64_t>(i) + 1, nullptr, 0)) return nullptr;
      return Value::none();
    }
  }
  return raise(exc.ValueError, "list.remove(x): x not in list");
}

Value method_index(Value* args) {
  List* list = self_list(args[0]);
  int64_t start, stop;
  if (!index_bounds(args[2], args[3], static_cast<int64_t>(list->size), &start, &stop)) return nullptr;
  for (int64_t i = start; i < stop && i < static_cast<int64_t>(list->size); ++i) {
    int equal = items_equal(list->items()[i], args[1]);
    if (equal < 0) return nullptr;
    if (equal) return Value::from_int(i);
  }
  Str* text = TRY(repr(args[1]));
  StrBuilder message;
  message.append(text);
  message.append_ascii(" is not in list");
  return raise_with_value(exc.ValueError, message.finish());
}

Value method_count(Value* args) {
  List* list = self_list(args[0]);
  int64_t count = 0;
  for (uint64_t i = 0; i < list->size; ++i) {
    int equal = items_equal(list->items()[i], args[1]);
    if (equal < 0) return nullptr;
    count += equal;
  }
  return Value::from_int(count);
}

Value method_reverse(Value* args) {
  List* list = self_list(args[0]);
  std::reverse(list->items(), list->items() + list->size);
  return Value::none();
}

Value method_sort(Value* args) {
  int reverse = 0;
  if (args[2]) {
    int64_t flag;
    if (!index_to_ssize(args[2], &flag, exc.OverflowError)) return nullptr;
    reverse = flag != 0;
  }
  Value key = args[1] && !args[1].is_none() ? args[1] : Value();
  return list_sort(self_list(args[0]), key, reverse) ? Value::none() : Value();
}

Value method_reversed(Value* args) { return new_list_reverse_iterator(self_list(args[0])); }

Value method_sizeof(Value* args) {
  List* list = self_list(args[0]);
  return Value::from_int(static_cast<int64_t>(40 + 8 * list->store->capacity));
}

Value method_getitem(Value* args) { return list_getitem(args[0], args[1]); }

const MethodDef kMethods[] = {
    {"__getitem__", "!($self, index, /)", method_getitem, Effects::kCallsPython, MethodKind::kMethod, "x.__getitem__(y) <==> x[y]"},
    {"__reversed__", "($self, /)", method_reversed, Effects::kReads, MethodKind::kMethod, "An iterator over the items from the last to the first."},
    {"__sizeof__", "($self, /)", method_sizeof, Effects::kReads, MethodKind::kMethod, "Bytes that the list and its items array take."},
    {"clear", "($self, /)", method_clear, Effects::kWrites, MethodKind::kMethod, "Remove all items."},
    {"copy", "($self, /)", method_copy, Effects::kWrites, MethodKind::kMethod, "A new list with the same items."},
    {"append", "($self, object, /)", method_append, Effects::kWrites, MethodKind::kMethod, "Add one item at the end."},
    {"insert", "($self, index, object, /)", method_insert, Effects::kCallsPython, MethodKind::kMethod, "Put an item in front of the one at index."},
    {"extend", "($self, iterable, /)", method_extend, Effects::kCallsPython, MethodKind::kMethod, "Add all items of the iterable at the end."},
    {"pop", "($self, index=-1, /)", method_pop, Effects::kCallsPython, MethodKind::kMethod,
     "Remove the item at index and return it; IndexError when there is none."},
    {"remove", "($self, value, /)", method_remove, Effects::kCallsPython, MethodKind::kMethod,
     "Remove the first item equal to value; ValueError when there is none."},
    {"index", "($self, value, start=0, stop=sys.maxsize, /)", method_index, Effects::kCallsPython, MethodKind::kMethod,
     "The position of the first item equal to value; ValueError when there is none."},
    {"count", "($self, value, /)", method_count, Effects::kCallsPython, MethodKind::kMethod, "How many items equal value."},
    {"reverse", "($self, /)", method_reverse, Effects::kWrites, MethodKind::kMethod, "Turn the order of the items around, in place."},
    {"sort", "($self, /, *, key=None, reverse=False)", method_sort, Effects::kCallsPython, MethodKind::kMethod,
     "Sort in place, stably and in ascending order; by key(item) when key is given, descending when reverse is true."},
    {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kWrites, MethodKind::kClassMethod, "See PEP 585"},
    {}};

}  // namespace

void init_list_type() {
  static ClassSpec spec{.name = "list", .basicsize = sizeof(List), .flags = kClassBaseType | kSubList | kClassSequencePattern,
                        .trace_kind = TraceKind::kCustom, .trace = trace_list,
                        .doc = "list(iterable=(), /)\n--\n\nA mutable sequence of the iterable's items; empty without an argument.",
                        .methods = kMethods};
  Slots& s = spec.slots;
  s.repr = list_repr;
  s.compare = list_compare;
  s.iter = list_iter;
  s.length = list_length;
  s.getitem = list_getitem;
  s.setitem = list_setitem;
  s.contains = list_contains;
  s.concat = list_concat;
  s.repeat = list_repeat;
  s.inplace_concat = list_inplace_concat;
  s.inplace_repeat = list_inplace_repeat;
  s.new_ = list_new;
  s.init = list_init;
  types.list = new_builtin_class(spec, list_shape);
}

}  // namespace pyjit::runtime
