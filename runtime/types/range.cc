// range: an arithmetic progression of ints of any size, its two iterators.
#include "runtime/types/arg_util.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence_util.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

Range* self_range(Value v) { return v.as<Range>(); }

// Number of values from start to stop (excluded).
Value count_values(Value start, Value stop, Value step) {
  if (start.is_int() && stop.is_int() && step.is_int()) {
    int64_t lo = start.as_int(), hi = stop.as_int(), by = step.as_int();
    if (by < 0) {
      std::swap(lo, hi);
      by = -by;
    }
    return new_int(lo < hi ? (hi - lo - 1) / by + 1 : 0);
  }
  if (int_sign(step) < 0) {
    std::swap(start, stop);
    step = TRY(int_neg(step));
  }
  if (int_compare(start, stop) >= 0) return Value::from_int(0);
  Value span = TRY(int_sub(TRY(int_sub(stop, start)), Value::from_int(1)));
  return int_add(TRY(int_floordiv(span, step)), Value::from_int(1));
}

// The value at index i, which may lie outside.
Value value_at(Range* r, Value i) { return int_add(r->start, TRY(int_mul(i, r->step))); }

// Longer than ints of 48 bits would be: through long_range_iterator.
struct LongRangeIterator : Object { Value start, step, length, index; };

Value make_iterator(Value start, Value step, Value length) {
  int64_t first, by, n, last;
  if (int_to_int64(start, &first) && int_to_int64(step, &by) && int_to_int64(length, &n) && !__builtin_mul_overflow(n, by, &last) &&
      !__builtin_add_overflow(first, last, &last)) {
    auto* it = static_cast<RangeIterator*>(heap.allocate(types.range_iterator->root_shape, sizeof(RangeIterator)));
    it->next = it->start = first;
    it->step = by;
    it->remaining = n;
    return it;
  }
  auto* it = static_cast<LongRangeIterator*>(heap.allocate(types.long_range_iterator->root_shape, sizeof(LongRangeIterator)));
  it->start = start;
  it->step = step;
  it->length = length;
  it->index = Value::from_int(0);
  return it;
}

Value range_iter(Value self) {
  Range* r = self_range(self);
  return make_iterator(r->start, r->step, r->length);
}

Value range_reversed(Value* args) {
  Range* r = self_range(args[0]);
  Value last = TRY(value_at(r, TRY(int_sub(r->length, Value::from_int(1)))));
  return make_iterator(last, TRY(int_neg(r->step)), r->length);
}

Value range_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("range", kwnames) || !check_positional("range", nargs, 1, 3)) return nullptr;
  Value start = Value::from_int(0), stop, step = Value::from_int(1);
  if (nargs == 1) {
    stop = TRY(number_index(args[0]));
  } else {
    start = TRY(number_index(args[0]));
    stop = TRY(number_index(args[1]));
    if (nargs == 3) step = TRY(number_index(args[2]));
    if (int_sign(step) == 0) return raise(exc.ValueError, "range() arg 3 must not be zero");
  }
  return new_range(start, stop, step);
}

int64_t range_length(Value self) {
  int64_t n;
  if (int_to_int64(self_range(self)->length, &n)) return n;
  raise(exc.OverflowError, "Python int too large to convert to C ssize_t");
  return -1;
}

int range_truth(Value self) { return int_sign(self_range(self)->length) != 0; }

Value range_getitem(Value self, Value key) {
  Range* r = self_range(self);
  if (class_of(key)->slots.index) {
    Value i = TRY(number_index(key));
    if (int_sign(i) < 0) i = TRY(int_add(i, r->length));
    if (int_sign(i) < 0 || int_compare(i, r->length) >= 0) return raise(exc.IndexError, "range object index out of range");
    return value_at(r, i);
  }
  if (is_exact(key, types.slice)) {
    Value start, stop, step;
    if (!slice_indices_unbounded(key.as<Slice>(), r->length, &start, &stop, &step)) return nullptr;
    Value new_step = TRY(int_mul(r->step, step));
    start = TRY(value_at(r, start));
    return new_range(start, TRY(value_at(r, stop)), new_step);
  }
  return raisef(exc.TypeError, "range indices must be integers or slices, not %.200s", type_name(key));
}

bool is_plain_int(Value v) { return is_exact_int(v) || v.is_bool(); }

// Precondition: v is an exact int.
int holds_int(Range* r, Value v) {
  bool forwards = int_sign(r->step) > 0;
  Value low = forwards ? r->start : r->stop, high = forwards ? r->stop : r->start;
  bool inside = forwards ? int_compare(low, v) <= 0 && int_compare(v, high) < 0 : int_compare(low, v) < 0 && int_compare(v, high) <= 0;
  if (!inside) return 0;
  Value rest = TRY_OR(int_mod(TRY_OR(int_sub(v, r->start), -1), r->step), -1);
  return int_sign(rest) == 0;
}

int range_contains(Value self, Value item) {
  if (is_plain_int(item)) return holds_int(self_range(self), int_value(item));
  Value iterator = range_iter(self);
  if (!iterator) return -1;
  while (Value v = iter_next(iterator)) {
    int equal = compare_bool(v, item, kEq);
    if (equal) return equal;
  }
  return error_pending() ? -1 : 0;
}

Value range_count(Value* args) {
  if (is_plain_int(args[1])) {
    int present = holds_int(self_range(args[0]), int_value(args[1]));
    return present < 0 ? Value() : Value::from_int(present);
  }
  int64_t count = 0;
  Value iterator = TRY(range_iter(args[0]));
  while (Value v = iter_next(iterator)) {
    int equal = compare_bool(v, args[1], kEq);
    if (equal < 0) return nullptr;
    count += equal;
  }
  return error_pending() ? Value() : new_int(count);
}

Value range_index(Value* args) {
  Range* r = self_range(args[0]);
  if (!is_plain_int(args[1])) {
    Value iterator = TRY(range_iter(args[0]));
    for (int64_t i = 0;; ++i) {
      Value v = iter_next(iterator);
      if (!v) break;
      int equal = compare_bool(v, args[1], kEq);
      if (equal < 0) return nullptr;
      if (equal) return new_int(i);
    }
    if (error_pending()) return nullptr;
    return raise(exc.ValueError, "sequence.index(x): x not in sequence");
  }
  Value item = int_value(args[1]);
  int present = holds_int(r, item);
  if (present < 0) return nullptr;
  if (present) return int_floordiv(TRY(int_sub(item, r->start)), r->step);
  StrBuilder message;
  message.append(TRY(repr(args[1])));
  message.append_ascii(" is not in range");
  return raise_with_value(exc.ValueError, message.finish());
}

Value range_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(b, types.range)) return Value::not_implemented();
  Range *x = self_range(a), *y = self_range(b);
  bool equal = int_compare(x->length, y->length) == 0;
  if (equal && int_sign(x->length)) {
    equal = int_compare(x->start, y->start) == 0;
    if (equal && int_compare(x->length, Value::from_int(1)) != 0) equal = int_compare(x->step, y->step) == 0;
  }
  return Value::from_bool(equal == (op == kEq));
}

int64_t range_hash(Value self) {
  Range* r = self_range(self);
  Value none = Value::none();
  bool any = int_sign(r->length) != 0, many = any && int_compare(r->length, Value::from_int(1)) != 0;
  return hash(make_tuple(r->length, any ? r->start : none, many ? r->step : none));
}

Value range_repr(Value self) {
  Range* r = self_range(self);
  StrBuilder out;
  out.append_ascii("range(");
  out.append(TRY(repr(r->start)));
  out.append_ascii(", ");
  out.append(TRY(repr(r->stop)));
  if (!(r->step == Value::from_int(1))) {
    out.append_ascii(", ");
    out.append(TRY(repr(r->step)));
  }
  out.append_ascii(")");
  return out.finish();
}

Value range_reduce(Value* args) {
  Range* r = self_range(args[0]);
  return make_tuple(types.range, make_tuple(r->start, r->stop, r->step));
}

// Iterators.

Value iterator_next(Value self) {
  auto* it = self.as<RangeIterator>();
  if (it->remaining <= 0) return nullptr;
  --it->remaining;
  int64_t v = it->next;
  it->next += it->step;
  return new_int(v);
}

Value iterator_length_hint(Value* args) { return new_int(args[0].as<RangeIterator>()->remaining); }

int64_t iterator_index(RangeIterator* it) { return (it->next - it->start) / it->step; }

Value iterator_reduce(Value* args) {
  auto* it = args[0].as<RangeIterator>();
  Value iter = TRY(builtin_named("iter"));
  int64_t stop = it->next + it->remaining * it->step;
  Value range = TRY(new_range(new_int(it->start), new_int(stop), new_int(it->step)));
  return make_tuple(iter, make_tuple(range), new_int(iterator_index(it)));
}

Value iterator_setstate(Value* args) {
  auto* it = args[0].as<RangeIterator>();
  int64_t index;
  if (!to_int64(args[1], &index)) return nullptr;
  int64_t length = iterator_index(it) + it->remaining;
  index = index < 0 ? 0 : index > length ? length : index;
  it->next = it->start + index * it->step;
  it->remaining = length - index;
  return Value::none();
}

Value long_next(Value self) {
  auto* it = self.as<LongRangeIterator>();
  if (int_compare(it->index, it->length) >= 0) return nullptr;
  Value v = TRY(int_add(it->start, TRY(int_mul(it->index, it->step))));
  it->index = TRY(int_add(it->index, Value::from_int(1)));
  write_barrier(it, it->index);
  return v;
}

Value long_length_hint(Value* args) {
  auto* it = args[0].as<LongRangeIterator>();
  return int_sub(it->length, it->index);
}

Value long_reduce(Value* args) {
  auto* it = args[0].as<LongRangeIterator>();
  Value stop = TRY(int_add(it->start, TRY(int_mul(it->length, it->step))));
  Value iter = TRY(builtin_named("iter"));
  Value range = TRY(new_range(it->start, stop, it->step));
  return make_tuple(iter, make_tuple(range), it->index);
}

Value long_setstate(Value* args) {
  auto* it = args[0].as<LongRangeIterator>();
  Value index = TRY(number_index(args[1]));
  if (int_sign(index) < 0) index = Value::from_int(0);
  if (int_compare(index, it->length) > 0) index = it->length;
  it->index = index;
  write_barrier(it, index);
  return Value::none();
}

#define ROW(name, signature, fn, effects, doc) {name, signature, fn, Effects::effects, MethodKind::kMethod, doc}
const MethodDef kRangeMethods[] = {
    ROW("__reversed__", "!($self, /)", range_reversed, kWrites, "An iterator that runs backwards."),
    ROW("__reduce__", "!($self, /)", range_reduce, kWrites, nullptr),
    ROW("count", "!($self, value, /)", range_count, kCallsPython, "rangeobject.count(value) -> how many items equal value"),
    ROW("index", "!($self, value, /)", range_index, kCallsPython,
        "rangeobject.index(value) -> position of value; ValueError when it is not in the range"),
    {}};
const GetSetDef kRangeFields[] = {{"start", [](Value v) { return self_range(v)->start; }, nullptr, nullptr, true},
                                  {"stop", [](Value v) { return self_range(v)->stop; }, nullptr, nullptr, true},
                                  {"step", [](Value v) { return self_range(v)->step; }, nullptr, nullptr, true},
                                  {}};
constexpr const char* kHintDoc = "Private method returning an estimate of len(list(it)).";
const MethodDef kIteratorMethods[] = {ROW("__length_hint__", "!($self, /)", iterator_length_hint, kReads, kHintDoc),
                                      ROW("__reduce__", "!($self, /)", iterator_reduce, kCallsPython, "Return state information for pickling."),
                                      ROW("__setstate__", "!($self, state, /)", iterator_setstate, kCallsPython,
                                          "Set state information for unpickling."),
                                      {}};
const MethodDef kLongMethods[] = {ROW("__length_hint__", "!($self, /)", long_length_hint, kReads, kHintDoc),
                                  ROW("__reduce__", "!($self, /)", long_reduce, kCallsPython, "Return state information for pickling."),
                                  ROW("__setstate__", "!($self, state, /)", long_setstate, kCallsPython, "Set state information for unpickling."),
                                  {}};
#undef ROW

}  // namespace

Range* new_range(Value start, Value stop, Value step) {
  Value length = TRY(count_values(start, stop, step));
  auto* r = static_cast<Range*>(heap.allocate(types.range->root_shape, sizeof(Range)));
  r->start = start;
  r->stop = stop;
  r->step = step;
  r->length = length;
  return r;
}

void init_range_types() {
  static ClassSpec spec{.name = "range", .basicsize = sizeof(Range), .flags = kClassSequencePattern, .trace_kind = TraceKind::kValues,
                        .doc = "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe ints from start (0) up to stop, "
                               "which is left out, in steps of step (1).",
                        .methods = kRangeMethods, .getset = kRangeFields};
  Slots& s = spec.slots;
  s.repr = range_repr;
  s.hash = range_hash;
  s.compare = range_compare;
  s.iter = range_iter;
  s.length = range_length;
  s.truth = range_truth;
  s.getitem = range_getitem;
  s.contains = range_contains;
  s.new_ = range_new;
  types.range = new_builtin_class(spec);

  static ClassSpec iterator_spec{.name = "range_iterator", .basicsize = sizeof(RangeIterator), .flags = kClassNoInstantiation,
                                 .methods = kIteratorMethods};
  iterator_spec.slots.iter = iter_self;
  iterator_spec.slots.next = iterator_next;
  types.range_iterator = new_builtin_class(iterator_spec);
  static ClassSpec long_spec{.name = "longrange_iterator", .basicsize = sizeof(LongRangeIterator), .flags = kClassNoInstantiation,
                             .trace_kind = TraceKind::kValues, .methods = kLongMethods};
  long_spec.slots.iter = iter_self;
  long_spec.slots.next = long_next;
  types.long_range_iterator = new_builtin_class(long_spec);
}

}  // namespace pyjit::runtime
