// slice: start:stop:step, and what sequences make of it. Also the helpers of sequence_util.h.
#include "runtime/types/arg_util.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence_util.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

Subscript subscript_kind_slow(Value key, const char* type, int64_t* index) {
  if (is_exact(key, types.slice)) return Subscript::kSlice;
  if (class_of(key)->slots.index) return index_to_ssize(key, index, exc.IndexError) ? Subscript::kIndex : Subscript::kError;
  raisef(exc.TypeError, "%s indices must be integers or slices, not %.200s", type, type_name(key));
  return Subscript::kError;
}

static bool slice_index(Value v, int64_t* out, const char* message) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  if (!class_of(v)->slots.index) {
    raise(exc.TypeError, message);
    return false;
  }
  return index_to_ssize(v, out);
}

bool index_bounds(Value start, Value stop, int64_t length, int64_t* out_start, int64_t* out_stop) {
  constexpr const char* kMessage = "slice indices must be integers or have an __index__ method";
  *out_start = 0;
  *out_stop = INT64_MAX;
  if (start && !slice_index(start, out_start, kMessage)) return false;
  if (stop && !slice_index(stop, out_stop, kMessage)) return false;
  if (*out_start < 0) *out_start = std::max<int64_t>(0, *out_start + length);
  if (*out_stop < 0) *out_stop = std::max<int64_t>(0, *out_stop + length);
  return true;
}

Slice* new_slice(Value start, Value stop, Value step) {
  auto* s = static_cast<Slice*>(heap.allocate(types.slice->root_shape, sizeof(Slice)));
  s->start = start;
  s->stop = stop;
  s->step = step;
  return s;
}

bool slice_indices(Slice* slice, int64_t length, int64_t* start, int64_t* stop, int64_t* step, int64_t* count) {
  constexpr const char* kMessage = "slice indices must be integers or None or have an __index__ method";
  *step = 1;
  if (slice->step.is_none() && (slice->start.is_int() || slice->start.is_none()) && (slice->stop.is_int() || slice->stop.is_none())) [[likely]] {
    auto clip = [&](int64_t i) { return i < 0 ? std::max<int64_t>(i + length, 0) : std::min(i, length); };
    *start = slice->start.is_none() ? 0 : clip(slice->start.as_int());
    *stop = slice->stop.is_none() ? length : clip(slice->stop.as_int());
    *count = std::max<int64_t>(*stop - *start, 0);
    return true;
  }
  if (!slice->step.is_none()) {
    if (!slice_index(slice->step, step, kMessage)) return false;
    if (*step == 0) {
      raise(exc.ValueError, "slice step cannot be zero");
      return false;
    }
    if (*step < -INT64_MAX) *step = -INT64_MAX;
  }
  *start = *step < 0 ? INT64_MAX : 0;
  *stop = *step < 0 ? INT64_MIN : INT64_MAX;
  if (!slice->start.is_none() && !slice_index(slice->start, start, kMessage)) return false;
  if (!slice->stop.is_none() && !slice_index(slice->stop, stop, kMessage)) return false;
  auto clip = [&](int64_t* i) {
    if (*i < 0) {
      *i += length;
      if (*i < 0) *i = *step < 0 ? -1 : 0;
    } else if (*i >= length) {
      *i = *step < 0 ? length - 1 : length;
    }
  };
  clip(start);
  clip(stop);
  if (*step == 1) [[likely]] {
    *count = *start < *stop ? *stop - *start : 0;   // no division
  } else if (*step < 0) {
    *count = *stop < *start ? (*start - *stop - 1) / -*step + 1 : 0;
  } else {
    *count = *start < *stop ? (*stop - *start - 1) / *step + 1 : 0;
  }
  return true;
}

bool slice_indices_unbounded(Slice* s, Value length, Value* out_start, Value* out_stop, Value* out_step) {
  Value zero = Value::from_int(0), one = Value::from_int(1), minus_one = Value::from_int(-1);
  auto as_index = [](Value v) -> Value {
    if (class_of(v)->slots.index) return number_index(v);
    return raise(exc.TypeError, "slice indices must be integers or None or have an __index__ method");
  };
  Value step = one;
  if (!s->step.is_none()) {
    step = TRY(as_index(s->step));
    if (int_sign(step) == 0) {
      raise(exc.ValueError, "slice step cannot be zero");
      return false;
    }
  }
  bool backwards = int_sign(step) < 0;
  Value lower = backwards ? minus_one : zero, upper = TRY(backwards ? int_sub(length, one) : length);
  auto clip = [&](Value bound, Value fallback) -> Value {
    if (bound.is_none()) return fallback;
    Value i = TRY(as_index(bound));
    if (int_sign(i) < 0) {
      i = TRY(int_add(i, length));
      return int_compare(i, lower) < 0 ? lower : i;
    }
    return int_compare(i, upper) > 0 ? upper : i;
  };
  *out_start = TRY(clip(s->start, backwards ? upper : lower));
  *out_stop = TRY(clip(s->stop, backwards ? lower : upper));
  *out_step = step;
  return true;
}

namespace {

Slice* self_slice(Value v) { return v.as<Slice>(); }

Value slice_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("slice", kwnames) || !check_positional("slice", nargs, 1, 3)) return nullptr;
  if (nargs == 1) return new_slice(Value::none(), args[0], Value::none());
  return new_slice(args[0], args[1], nargs == 3 ? args[2] : Value::none());
}

Value slice_repr(Value self) {
  Slice* s = self_slice(self);
  StrBuilder out;
  out.append_ascii("slice(");
  out.append(TRY(repr(s->start)));
  out.append_ascii(", ");
  out.append(TRY(repr(s->stop)));
  out.append_ascii(", ");
  out.append(TRY(repr(s->step)));
  out.append_ascii(")");
  return out.finish();
}

Value slice_compare(Value a, Value b, CompareOp op) {
  if (!is_exact(a, types.slice) || !is_exact(b, types.slice)) return Value::not_implemented();
  if (a == b) return Value::from_bool(op == kEq || op == kLe || op == kGe);
  Slice *x = self_slice(a), *y = self_slice(b);
  return compare(make_tuple(x->start, x->stop, x->step), make_tuple(y->start, y->stop, y->step), op);
}

Value slice_indices_method(Value* args) {
  Value length = TRY(number_index(args[1]));
  if (int_sign(length) < 0) return raise(exc.ValueError, "length should not be negative");
  Value start, stop, step;
  if (!slice_indices_unbounded(self_slice(args[0]), length, &start, &stop, &step)) return nullptr;
  return make_tuple(start, stop, step);
}

Value slice_reduce(Value* args) {
  Slice* s = self_slice(args[0]);
  return make_tuple(types.slice, make_tuple(s->start, s->stop, s->step));
}

const MethodDef kMethods[] = {
    {"indices", "!($self, length, /)", slice_indices_method, Effects::kCallsPython, MethodKind::kMethod,
     "S.indices(len) -> (start, stop, stride)\n\nThe concrete bounds of the slice over a sequence of that length, clipped to it."},
    {"__reduce__", "!($self, /)", slice_reduce, Effects::kPure, MethodKind::kMethod, "Return state information for pickling."},
    {}};
const GetSetDef kFields[] = {{"start", [](Value v) { return self_slice(v)->start; }, nullptr, nullptr, true},
                             {"stop", [](Value v) { return self_slice(v)->stop; }, nullptr, nullptr, true},
                             {"step", [](Value v) { return self_slice(v)->step; }, nullptr, nullptr, true},
                             {}};

}  // namespace

void init_slice_type() {
  static ClassSpec spec{.name = "slice", .basicsize = sizeof(Slice), .trace_kind = TraceKind::kValues,
                        .doc = "slice(stop)\nslice(start, stop[, step])\n\nWhat a[start:stop:step] passes to the container.",
                        .methods = kMethods, .getset = kFields};
  spec.slots.repr = slice_repr;
  spec.slots.compare = slice_compare;
  spec.slots.new_ = slice_new;
  types.slice = new_builtin_class(spec);
}

}  // namespace pyjit::runtime
