// _collections.deque: a ring buffer of Values with an optional maximum length, and its two iterators.
#include "runtime/modules/collections.h"
#include "runtime/types/sequence_util.h"
#include "runtime/types/list.h"

namespace pyjit::runtime {

namespace {

Class *deque_class, *iterator_class, *reverse_iterator_class;

//   items[(head + i) & (capacity - 1)] is item i; capacity is a power of two.
struct Deque : Object {
  ValueArray* store;
  uint64_t mask, head, size;
  int64_t max_length;    // -1: none
  uint64_t state;        // changes with every change of size or order: iterators compare it
};

Deque* self_deque(Value v) { return v.as<Deque>(); }
bool is_deque(Value v) { return is_instance(v, deque_class); }
Value& slot(Deque* d, uint64_t i) { return d->store->items[(d->head + i) & d->mask]; }

void trace_deque(Object* o, Tracer& tracer) { tracer.visit(static_cast<Deque*>(o)->store); }

constexpr uint64_t kFirstCapacity = 8;

bool reallocate(Deque* d, uint64_t capacity) {
  ValueArray* store = TRY(new_value_array(capacity));
  for (uint64_t i = 0; i < d->size; ++i) store->items[i] = slot(d, i);
  write_barrier(store);
  d->store = store;
  d->head = 0;
  d->mask = capacity - 1;
  write_barrier(d);
  return true;
}

bool make_room(Deque* d) { return d->size <= d->mask || reallocate(d, (d->mask + 1) * 2); }

Value pop_right(Deque* d) {
  Value& last = slot(d, d->size - 1);
  Value v = last;
  last = nullptr;
  --d->size;
  ++d->state;
  return v;
}

Value pop_left(Deque* d) {
  Value& first = slot(d, 0);
  Value v = first;
  first = nullptr;
  d->head = (d->head + 1) & d->mask;
  --d->size;
  ++d->state;
  return v;
}

bool over_full(Deque* d) { return d->max_length >= 0 && static_cast<int64_t>(d->size) > d->max_length; }

bool push_right(Deque* d, Value v) {
  if (!make_room(d)) return false;
  slot(d, d->size++) = v;
  write_barrier(d->store, v);
  ++d->state;
  if (over_full(d)) pop_left(d);
  return true;
}

bool push_left(Deque* d, Value v) {
  if (!make_room(d)) return false;
  d->head = (d->head - 1) & d->mask;
  d->store->items[d->head] = v;
  ++d->size;
  write_barrier(d->store, v);
  ++d->state;
  if (over_full(d)) pop_right(d);
  return true;
}

void clear(Deque* d) {
  while (d->size) pop_right(d);
  ++d->state;
}

bool extend(Deque* d, Value iterable, bool left) {
  if (iterable == Value(d)) iterable = TRY(to_list(iterable));
  Value iterator = TRY(get_iter(iterable));
  while (Value v = iter_next(iterator)) {
    if (!(left ? push_left(d, v) : push_right(d, v))) return false;
  }
  return !error_pending();
}

Deque* allocate(Class* cls, int64_t max_length) {
  ValueArray* store = TRY(new_value_array(kFirstCapacity));
  auto* d = allocate_instance_of<Deque>(cls);
  d->store = store;
  d->mask = kFirstCapacity - 1;
  d->max_length = max_length;
  write_barrier(d);
  return d;
}

Value deque_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) { return allocate(cls, -1); }

bool deque_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("deque", "(iterable=(), maxlen=None)");
  Value out[2];
  if (!bind(args, nargs, kwnames, out)) return false;
  Deque* d = self_deque(self);
  int64_t max_length = -1;
  if (out[1] && !out[1].is_none()) {
    if (!class_of(out[1])->slots.index) {
      raise(exc.TypeError, "an integer is required");
      return false;
    }
    if (!index_to_ssize(out[1], &max_length, exc.OverflowError)) return false;
    if (max_length < 0) {
      raise(exc.ValueError, "maxlen must be non-negative");
      return false;
    }
  }
  d->max_length = max_length;
  if (d->size) clear(d);
  return !out[0] || extend(d, out[0], false);
}

int64_t deque_length(Value self) { return static_cast<int64_t>(self_deque(self)->size); }

bool to_index(Deque* d, Value key, uint64_t* out) {
  int64_t i;
  if (!key.is_int()) {
    if (!class_of(key)->slots.index) {
      raisef(exc.TypeError, "sequence index must be integer, not '%.200s'", type_name(key));
      return false;
    }
    if (!index_to_ssize(key, &i, exc.IndexError)) return false;
  } else {
    i = key.as_int();
  }
  if (i < 0) i += static_cast<int64_t>(d->size);
  *out = static_cast<uint64_t>(i);
  if (*out < d->size) return true;
  raise(exc.IndexError, "deque index out of range");
  return false;
}

Value deque_getitem(Value self, Value key) {
  uint64_t i;
  return to_index(self_deque(self), key, &i) ? slot(self_deque(self), i) : Value();
}

void remove_at(Deque* d, uint64_t i) {
  if (i < d->size / 2) {
    for (; i > 0; --i) slot(d, i) = slot(d, i - 1);
    pop_left(d);
  } else {
    for (; i + 1 < d->size; ++i) slot(d, i) = slot(d, i + 1);
    pop_right(d);
  }
}

bool deque_setitem(Value self, Value key, Value value) {
  Deque* d = self_deque(self);
  uint64_t i;
  if (!to_index(d, key, &i)) return false;
  if (value) {
    slot(d, i) = value;
    write_barrier(d->store, value);
  } else {
    remove_at(d, i);
  }
  return true;
}

Value mutated() { return raise(exc.RuntimeError, "deque mutated during iteration"); }

// Position of an equal item in [start, stop): -1 absent, -2 error.
int64_t find(Deque* d, Value item, uint64_t start, uint64_t stop) {
  uint64_t state = d->state;
  for (uint64_t i = start; i < stop && i < d->size; ++i) {
    int equal = items_equal(slot(d, i), item);
    if (equal < 0) return -2;
    if (d->state != state) {
      mutated();
      return -2;
    }
    if (equal) return static_cast<int64_t>(i);
  }
  return -1;
}

int deque_contains(Value self, Value item) {
  int64_t i = find(self_deque(self), item, 0, ~0ull);
  return i == -2 ? -1 : i >= 0;
}

Value deque_compare(Value a, Value b, CompareOp op) {
  if (!is_deque(a) || !is_deque(b)) return Value::not_implemented();
  Deque *x = self_deque(a), *y = self_deque(b);
  if (x->size != y->size && (op == kEq || op == kNe)) return Value::from_bool(op == kNe);
  uint64_t state_x = x->state, state_y = y->state, i = 0;
  for (; i < x->size && i < y->size; ++i) {
    Value p = slot(x, i), q = slot(y, i);
    int equal = items_equal(p, q);
    if (equal < 0) return nullptr;
    if (x->state != state_x || y->state != state_y) return mutated();
    if (equal) continue;
    if (op == kEq || op == kNe) return Value::from_bool(op == kNe);
    return compare(p, q, op);
  }
  return Value::from_bool(compare_sizes(x->size, y->size, op));
}

Value deque_repr(Value self) {
  Deque* d = self_deque(self);
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(d);
  if (!guard.entered()) return new_str("[...]");
  List* items = TRY(to_list(self));
  StrBuilder out;
  out.append(d->cls()->name);
  out.append_ascii("(");
  out.append(TRY(repr(items)));
  if (d->max_length >= 0) out.append_ascii(", maxlen=" + std::to_string(d->max_length));
  out.append_ascii(")");
  return out.finish();
}

Value copy_of(Value self) {
  Deque* d = self_deque(self);
  if (d->cls() == deque_class) {
    Deque* copy = TRY(allocate(deque_class, d->max_length));
    return extend(copy, self, false) ? Value(copy) : Value();
  }
  Value result = TRY(d->max_length < 0 ? call1(d->cls(), self) : call2(d->cls(), self, new_int(d->max_length)));
  if (is_deque(result)) return result;
  return raisef(exc.TypeError, "%.200s() must return a deque, not %.200s", to_utf8(d->cls()->name).c_str(), type_name(result));
}

Value deque_concat(Value a, Value b) {
  if (!is_deque(b)) return raisef(exc.TypeError, "can only concatenate deque (not \"%.200s\") to deque", type_name(b));
  Value result = TRY(copy_of(a));
  return extend(self_deque(result), b, false) ? result : Value();
}

Value deque_inplace_concat(Value self, Value other) { return extend(self_deque(self), other, false) ? self : Value(); }

Value deque_inplace_repeat(Value self, Value count_value) {
  Deque* d = self_deque(self);
  int64_t count;
  if (!index_to_ssize(count_value, &count, exc.OverflowError)) return nullptr;
  if (!d->size || count == 1) return self;
  if (count <= 0) {
    clear(d);
    return self;
  }
  uint64_t n = d->size;
  if (static_cast<uint64_t>(count) > (1ull << 57) / n) return raise_memory_error();
  List* items = TRY(to_list(self));
  uint64_t total = n * static_cast<uint64_t>(count);
  if (d->max_length >= 0 && total > static_cast<uint64_t>(d->max_length) + n) {   // the last ones are enough
    uint64_t need = (static_cast<uint64_t>(d->max_length) + n - 1) / n + 1;
    count = static_cast<int64_t>(std::min<uint64_t>(need, static_cast<uint64_t>(count)));
  } else if (d->max_length < 0) {
    uint64_t capacity = d->mask + 1;
    while (capacity < total) capacity *= 2;
    if (capacity > d->mask + 1 && !reallocate(d, capacity)) return nullptr;
  }
  for (int64_t k = 1; k < count; ++k) {
    for (uint64_t i = 0; i < n; ++i) {
      if (!push_right(d, items->items()[i])) return nullptr;
    }
  }
  return self;
}

Value deque_repeat(Value self, Value count) { return deque_inplace_repeat(TRY(copy_of(self)), count); }


// Methods.

Value none_if(bool ok) { return ok ? Value::none() : Value(); }
Value method_append(Value* args) { return none_if(push_right(self_deque(args[0]), args[1])); }
Value method_appendleft(Value* args) { return none_if(push_left(self_deque(args[0]), args[1])); }
Value method_extend(Value* args) { return none_if(extend(self_deque(args[0]), args[1], false)); }
Value method_extendleft(Value* args) { return none_if(extend(self_deque(args[0]), args[1], true)); }
Value method_clear(Value* args) {
  clear(self_deque(args[0]));
  return Value::none();
}
Value method_copy(Value* args) { return copy_of(args[0]); }

Value method_pop(Value* args) {
  Deque* d = self_deque(args[0]);
  return d->size ? pop_right(d) : Value(raise(exc.IndexError, "pop from an empty deque"));
}
Value method_popleft(Value* args) {
  Deque* d = self_deque(args[0]);
  return d->size ? pop_left(d) : Value(raise(exc.IndexError, "pop from an empty deque"));
}

Value method_count(Value* args) {
  Deque* d = self_deque(args[0]);
  uint64_t state = d->state;
  int64_t count = 0;
  for (uint64_t i = 0; i < d->size; ++i) {
    int equal = items_equal(slot(d, i), args[1]);
    if (equal < 0) return nullptr;
    if (d->state != state) return mutated();
    count += equal;
  }
  return new_int(count);
}

Value not_in_deque(Value item) {
  StrBuilder message;
  message.append(TRY(repr(item)));
  message.append_ascii(" is not in deque");
  return raise_with_value(exc.ValueError, message.finish());
}

Value method_index(Value* args) {
  Deque* d = self_deque(args[0]);
  int64_t start, stop;
  if (!index_bounds(args[2], args[3], static_cast<int64_t>(d->size), &start, &stop)) return nullptr;
  int64_t i = find(d, args[1], static_cast<uint64_t>(start), static_cast<uint64_t>(stop));
  if (i >= 0) return Value::from_int(i);
  return i == -2 ? Value() : not_in_deque(args[1]);
}

// These two word their argument count errors in their own way.
Value method_insert(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("deque.insert", kwnames)) return nullptr;
  if (nargs != 3) return raisef(exc.TypeError, "insert() takes exactly 2 arguments (%u given)", nargs - 1);
  Deque* d = self_deque(args[0]);
  int64_t index, n = static_cast<int64_t>(d->size);
  if (!index_to_ssize(args[1], &index, exc.OverflowError)) return nullptr;
  if (d->max_length == n) return raise(exc.IndexError, "deque already at its maximum size");
  if (index < 0) index = std::max<int64_t>(0, index + n);
  index = std::min(index, n);
  if (!push_right(d, args[2])) return nullptr;
  for (int64_t i = n; i > index; --i) slot(d, static_cast<uint64_t>(i)) = slot(d, static_cast<uint64_t>(i) - 1);
  slot(d, static_cast<uint64_t>(index)) = args[2];
  return Value::none();
}

Value method_remove(Value* args) {
  Deque* d = self_deque(args[0]);
  uint64_t size = d->size;
  for (uint64_t i = 0; i < size; ++i) {
    int equal = items_equal(slot(d, i), args[1]);
    if (equal < 0) return nullptr;
    if (d->size != size) return raise(exc.IndexError, "deque mutated during remove().");
    if (equal) {
      remove_at(d, i);
      return Value::none();
    }
  }
  return not_in_deque(args[1]);
}

Value method_reverse(Value* args) {
  Deque* d = self_deque(args[0]);
  for (uint64_t i = 0, j = d->size; i + 1 < j; ++i) {
    --j;
    std::swap(slot(d, i), slot(d, j));
  }
  return Value::none();
}

Value method_rotate(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("deque.rotate", kwnames) || !check_positional("deque.rotate", nargs - 1, 0, 1)) return nullptr;
  Deque* d = self_deque(args[0]);
  int64_t n = 1, size = static_cast<int64_t>(d->size);
  if (nargs == 2 && !index_to_ssize(args[1], &n, exc.OverflowError)) return nullptr;
  if (size <= 1) return Value::none();
  n %= size;
  if (n > size / 2) n -= size;
  if (n < -(size / 2)) n += size;
  int64_t limit = d->max_length;
  d->max_length = -1;
  bool ok = true;
  for (; n > 0 && ok; --n) ok = push_left(d, pop_right(d));
  for (; n < 0 && ok; ++n) ok = push_right(d, pop_left(d));
  d->max_length = limit;
  return none_if(ok);
}

Value method_reduce(Value* args) {
  Deque* d = self_deque(args[0]);
  Value state = TRY(call_method0(args[0], names.dunder_getstate));
  Value iterator = TRY(get_iter(args[0]));
  if (d->max_length < 0) return make_tuple(d->cls(), empty_tuple(), state, iterator);
  return make_tuple(d->cls(), make_tuple(empty_tuple(), new_int(d->max_length)), state, iterator);
}

Value method_sizeof(Value* args) { return new_int(static_cast<int64_t>(sizeof(Deque) + 8 * (self_deque(args[0])->mask + 1))); }
Value get_maxlen(Value self) { return self_deque(self)->max_length < 0 ? Value::none() : new_int(self_deque(self)->max_length); }

// Iterators.

struct DequeIterator : Object { Deque* deque; uint64_t position, left, state; };

Value new_iterator(Class* cls, Deque* d) {
  auto* it = allocate_instance_of<DequeIterator>(cls);
  it->deque = d;
  it->left = d->size;
  it->state = d->state;
  write_barrier(it);
  return it;
}
Value deque_iter(Value self) { return new_iterator(iterator_class, self_deque(self)); }
Value method_reversed(Value* args) { return new_iterator(reverse_iterator_class, self_deque(args[0])); }

template <bool kReverse>
Value iterator_next(Value self) {
  auto* it = self.as<DequeIterator>();
  if (it->deque->state != it->state) {
    it->left = 0;
    return mutated();
  }
  if (!it->left) return nullptr;
  --it->left;
  uint64_t i = it->position++;
  return slot(it->deque, kReverse ? it->deque->size - 1 - i : i);
}

template <Class** kClass>
Value iterator_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!check_positional("_deque_iterator", nargs, 1, 2)) return nullptr;
  if (!is_deque(args[0])) return raisef(exc.TypeError, "argument 1 must be collections.deque, not %.200s", type_name(args[0]));
  int64_t skip = 0;
  if (nargs == 2 && !index_to_ssize(args[1], &skip, exc.OverflowError)) return nullptr;
  Value it = new_iterator(*kClass, self_deque(args[0]));
  for (; skip > 0; --skip) {
    if (!iter_next(it)) {
      if (error_pending()) return nullptr;
      break;
    }
  }
  return it;
}

Value iterator_length_hint(Value* args) { return new_int(static_cast<int64_t>(args[0].as<DequeIterator>()->left)); }

Value iterator_reduce(Value* args) {
  auto* it = args[0].as<DequeIterator>();
  return make_tuple(class_of(args[0]), make_tuple(it->deque, new_int(static_cast<int64_t>(it->deque->size - it->left))));
}

const MethodDef kIteratorMethods[] = {method_row("__length_hint__", "!($self, /)", iterator_length_hint, Effects::kReads,
                                                 "Private method returning an estimate of len(list(it))."),
                                      reduce_row(iterator_reduce), {}};
const MethodDef kMethods[] = {
    method_row("append", "!($self, item, /)", method_append, Effects::kWrites, "Add an item at the right end."),
    method_row("appendleft", "!($self, item, /)", method_appendleft, Effects::kWrites, "Add an item at the left end."),
    method_row("clear", "!($self, /)", method_clear, Effects::kWrites, "Remove all items."),
    method_row("copy", "!($self, /)", method_copy, Effects::kCallsPython, "A new deque with the same items."),
    method_row("__copy__", "!($self, /)", method_copy, Effects::kCallsPython, "A new deque with the same items."),
    method_row("count", "!($self, value, /)", method_count, Effects::kCallsPython, "D.count(value) -- how many items equal value"),
    method_row("extend", "!($self, iterable, /)", method_extend, Effects::kCallsPython, "Add all items of the iterable at the right end."),
    method_row("extendleft", "!($self, iterable, /)", method_extendleft, Effects::kCallsPython,
               "Add the items of the iterable one by one at the left end."),
    method_row("index", "!($self, value, start=0, stop=sys.maxsize, /)", method_index, Effects::kCallsPython,
               "D.index(value, [start, [stop]]) -- position of value; ValueError when it is not there"),
    {"insert", "!($self, index, object, /)", nullptr, Effects::kCallsPython, MethodKind::kMethod,
     "D.insert(index, object) -- insert object before index", method_insert},
    method_row("pop", "!($self, /)", method_pop, Effects::kWrites, "Remove and return the rightmost item."),
    method_row("popleft", "!($self, /)", method_popleft, Effects::kWrites, "Remove and return the leftmost item."),
    method_row("__reduce__", "!($self, /)", method_reduce, Effects::kCallsPython, "Return state information for pickling."),
    method_row("remove", "!($self, value, /)", method_remove, Effects::kCallsPython, "D.remove(value) -- remove the first item equal to value"),
    method_row("__reversed__", "!($self, /)", method_reversed, Effects::kWrites, "D.__reversed__() -- an iterator from the right end"),
    method_row("reverse", "!($self, /)", method_reverse, Effects::kWrites, "D.reverse() -- turn the order around, in place"),
    {"rotate", "!($self, n=1, /)", nullptr, Effects::kCallsPython, MethodKind::kMethod,
     "Move n items from the right end to the left (n < 0: the other way).", method_rotate},
    method_row("__sizeof__", "!($self, /)", method_sizeof, Effects::kReads, "D.__sizeof__() -- bytes that the deque takes"),
    kClassGetItemRow, {}};
const GetSetDef kFields[] = {{"maxlen", get_maxlen, nullptr, "maximum size of a deque or None if unbounded"}, {}};

}  // namespace

bool add_deque(Module* m) {
  static ClassSpec spec{.name = "collections.deque", .basicsize = sizeof(Deque),
                        .flags = kClassBaseType | kClassHasWeakref | kClassSequencePattern, .trace_kind = TraceKind::kCustom, .trace = trace_deque,
                        .doc = "deque([iterable[, maxlen]]) --> deque object\n\nA list-like sequence that is quick at both ends.",
                        .methods = kMethods, .getset = kFields};
  Slots& s = spec.slots;
  s.repr = deque_repr;
  s.compare = deque_compare;
  s.iter = deque_iter;
  s.length = deque_length;
  s.getitem = deque_getitem;
  s.setitem = deque_setitem;
  s.contains = deque_contains;
  s.concat = deque_concat;
  s.repeat = deque_repeat;
  s.inplace_concat = deque_inplace_concat;
  s.inplace_repeat = deque_inplace_repeat;
  s.new_ = deque_new;
  s.init = deque_init;
  static ClassSpec forward{.name = "_collections._deque_iterator", .basicsize = sizeof(DequeIterator), .trace_kind = TraceKind::kCustom,
                           .trace = trace_prefix<1>, .methods = kIteratorMethods};
  forward.slots.iter = iter_self;
  static ClassSpec backward = forward;
  backward.name = "_collections._deque_reverse_iterator";
  forward.slots.next = iterator_next<false>;
  forward.slots.new_ = iterator_new<&iterator_class>;
  backward.slots.next = iterator_next<true>;
  backward.slots.new_ = iterator_new<&reverse_iterator_class>;
  return add_class(m, spec, &deque_class) && add_class(m, forward, &iterator_class) && add_class(m, backward, &reverse_iterator_class);
}

}  // namespace pyjit::runtime
