// tuple: immutable sequence of Values in one cell.
#include "runtime/types/arg_util.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/quick_compare.h"
#include "runtime/types/sequence_util.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple_hash.h"

namespace pyjit::runtime {

Shape* tuple_shape;
static Tuple* the_empty_tuple;

Tuple* empty_tuple() { return the_empty_tuple; }

Tuple* new_tuple_null(size_t count) {
  if (!count) return the_empty_tuple;
  size_t bytes = sizeof(Tuple) + count * sizeof(Value);
  auto* t = static_cast<Tuple*>(bytes <= kMaxSmallSize ? heap.allocate(tuple_shape, bytes)
                                                       : heap.allocate_checked(tuple_shape, count > (1ull << 58) ? ~0ull >> 1 : bytes));
  if (t) t->size = count;
  return t;
}

Tuple* new_tuple(const Value* items, size_t count) {
  Tuple* t = new_tuple_null(count);
  if (!t) return nullptr;
  for (size_t i = 0; i < count; ++i) t->items[i] = items[i];
  if (count) write_barrier(t);
  return t;
}

int tuples_equal_quick(const Tuple* a, const Tuple* b) {
  if (a->size != b->size) return a->size && b->size ? kUndecided : 0;   // a common prefix may yet raise
  for (uint64_t i = 0; i < a->size; ++i) {
    Value p = a->items[i], q = b->items[i];
    if (p == q) continue;
    if (p.is_object() && q.is_object() && p.as_object()->shape() == tuple_shape) return kUndecided;   // depth is compare's to bound
    int equal = equal_quick(p, q);
    if (equal != 1) return equal;
  }
  return 1;
}

static void trace_tuple(Object* o, Tracer& tracer) {
  auto* t = static_cast<Tuple*>(o);
  tracer.visit_range(t->items, t->items + t->size);
}


void bootstrap_containers() {
  tuple_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  list_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  dict_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  dict_entries_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kValues);
  dict_index_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kLeaf);
  dict_hashes_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kLeaf);
  static Value roots[2];
  roots[0] = the_empty_tuple = static_cast<Tuple*>(heap.allocate(tuple_shape, sizeof(Tuple)));
  roots[1] = empty_value_array = new_value_array(0);
  heap.add_root_range(roots, roots + 2);
}

namespace {

Tuple* self_tuple(Value v) { return v.as<Tuple>(); }

Value tuple_slice_of(Tuple* t, int64_t start, int64_t step, int64_t count) {
  if (step == 1 && static_cast<uint64_t>(count) == t->size && t->cls() == types.tuple) return t;
  Tuple* out = TRY(new_tuple_null(static_cast<size_t>(count)));
  for (int64_t i = 0; i < count; ++i) out->items[i] = t->items[start + i * step];
  if (count) write_barrier(out);
  return out;
}

Value tuple_getitem(Value self, Value key) {
  Tuple* t = self_tuple(self);
  int64_t i, start, stop, step, count;
  switch (subscript_kind(key, "tuple", &i)) {
    case Subscript::kIndex:
      if (i < 0) i += static_cast<int64_t>(t->size);
      if (i < 0 || i >= static_cast<int64_t>(t->size)) return raise(exc.IndexError, "tuple index out of range");
      return t->items[i];
    case Subscript::kSlice:
      if (!slice_indices(key.as<Slice>(), static_cast<int64_t>(t->size), &start, &stop, &step, &count)) return nullptr;
      return tuple_slice_of(t, start, step, count);
    default: return nullptr;
  }
}

int64_t tuple_length(Value self) { return static_cast<int64_t>(self_tuple(self)->size); }

int tuple_contains(Value self, Value item) {
  Tuple* t = self_tuple(self);
  for (uint64_t i = 0; i < t->size; ++i) {
    int equal = items_equal_any(t->items[i], item);
    if (equal) return equal;
  }
  return 0;
}

int64_t tuple_hash(Value self) {
  Tuple* t = self_tuple(self);
  TupleHash hash;
  for (uint64_t i = 0; i < t->size; ++i) {
    int64_t lane;
    Value item = t->items[i];
    if (item.is_int()) {
      lane = item.as_int() == -1 ? -2 : item.as_int();
    } else if (is_exact_str(item)) {
      lane = item.as<Str>()->hash;
      if (!lane) lane = str_hash(item.as<Str>());
    } else {
      RecursionGuard guard;
      if (!guard.ok()) return -1;
      lane = runtime::hash(item);
      if (lane == -1) return -1;
    }
    hash.add(lane);
  }
  return hash.finish(t->size);
}

Value tuple_compare(Value a, Value b, CompareOp op) {
  if (!is_tuple(a) || !is_tuple(b)) return Value::not_implemented();
  Tuple *x = self_tuple(a), *y = self_tuple(b);
  uint64_t n = x->size < y->size ? x->size : y->size, i = 0;
  for (; i < n; ++i) {
    int equal = items_equal_any(x->items[i], y->items[i]);
    if (equal < 0) return nullptr;
    if (!equal) break;
  }
  if (i >= n) return Value::from_bool(compare_sizes(x->size, y->size, op));
  if (op == kEq) return Value::from_bool(false);
  if (op == kNe) return Value::from_bool(true);
  return compare(x->items[i], y->items[i], op);
}

Value tuple_repr(Value self) {
  Tuple* t = self_tuple(self);
  if (!t->size) return new_str("()");
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(t);
  if (!guard.entered()) return new_str("(...)");
  StrBuilder out;
  out.append_ascii("(");
  for (uint64_t i = 0; i < t->size; ++i) {
    if (i) out.append_ascii(", ");
    out.append(TRY(repr(t->items[i])));
  }
  out.append_ascii(t->size == 1 ? ",)" : ")");
  return out.finish();
}

Value tuple_concat(Value a, Value b) {
  if (!is_tuple(b)) return raisef(exc.TypeError, "can only concatenate tuple (not \"%.200s\") to tuple", type_name(b));
  Tuple *x = self_tuple(a), *y = self_tuple(b);
  if (!x->size && b.as_object()->cls() == types.tuple) return b;
  if (!y->size && a.as_object()->cls() == types.tuple) return a;
  Tuple* out = TRY(new_tuple_null(x->size + y->size));
  std::copy(x->items, x->items + x->size, out->items);
  std::copy(y->items, y->items + y->size, out->items + x->size);
  if (out->size) write_barrier(out);
  return out;
}

Value tuple_repeat(Value self, Value count_value) {
  Tuple* t = self_tuple(self);
  int64_t count;
  if (!index_to_ssize(count_value, &count, exc.OverflowError)) return nullptr;
  if (count == 1 && t->cls() == types.tuple) return t;
  if (count <= 0 || !t->size) return empty_tuple();
  if (static_cast<uint64_t>(count) > (1ull << 57) / t->size) return raise_memory_error();
  Tuple* out = TRY(new_tuple_null(t->size * static_cast<uint64_t>(count)));
  for (uint64_t i = 0; i < out->size; i += t->size) std::copy(t->items, t->items + t->size, out->items + i);
  write_barrier(out);
  return out;
}

Value tuple_iter(Value self) { return new_sequence_iterator(types.tuple_iterator, self); }

Value tuple_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == types.tuple->slots.init && !no_keywords("tuple", kwnames)) return nullptr;
  if (!check_positional("tuple", nargs, 0, 1)) return nullptr;
  Tuple* items = nargs ? TRY(to_tuple(args[0])) : empty_tuple();
  if (cls == types.tuple) return items;
  Tuple* t = allocate_instance_of<Tuple>(cls, items->size);
  t->size = items->size;
  std::copy(items->items, items->items + items->size, t->items);
  write_barrier(t);
  return t;
}

Value tuple_index(Value* args) {
  Tuple* t = self_tuple(args[0]);
  int64_t start, stop;
  if (!index_bounds(args[2], args[3], static_cast<int64_t>(t->size), &start, &stop)) return nullptr;
  for (int64_t i = start; i < stop && i < static_cast<int64_t>(t->size); ++i) {
    int equal = compare_bool(t->items[i], args[1], kEq);
    if (equal < 0) return nullptr;
    if (equal) return Value::from_int(i);
  }
  return raise(exc.ValueError, "tuple.index(x): x not in tuple");
}

Value tuple_count(Value* args) {
  Tuple* t = self_tuple(args[0]);
  int64_t count = 0;
  for (uint64_t i = 0; i < t->size; ++i) {
    int equal = compare_bool(t->items[i], args[1], kEq);
    if (equal < 0) return nullptr;
    count += equal;
  }
  return Value::from_int(count);
}

Value tuple_getnewargs(Value* args) {
  Tuple* t = self_tuple(args[0]);
  return make_tuple(new_tuple(t->items, t->size));
}

const MethodDef kMethods[] = {
    {"__getnewargs__", "($self, /)", tuple_getnewargs, Effects::kPure},
    {"index", "($self, value, start=0, stop=sys.maxsize, /)", tuple_index, Effects::kCallsPython, MethodKind::kMethod,
     "The position of the first item equal to value; ValueError when there is none."},
    {"count", "($self, value, /)", tuple_count, Effects::kCallsPython, MethodKind::kMethod, "How many items equal value."},
    {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kWrites, MethodKind::kClassMethod, "See PEP 585"},
    {}};

}  // namespace

void init_tuple_type() {
  static ClassSpec spec{.name = "tuple", .basicsize = sizeof(Tuple), .itemsize = sizeof(Value),
                        .flags = kClassBaseType | kSubTuple | kClassSequencePattern, .trace_kind = TraceKind::kCustom, .trace = trace_tuple,
                        .doc = "tuple(iterable=(), /)\n--\n\nAn immutable sequence of the iterable's items; the empty tuple without an "
                               "argument.\nA tuple is returned as it is.",
                        .methods = kMethods};
  Slots& s = spec.slots;
  s.repr = tuple_repr;
  s.hash = tuple_hash;
  s.compare = tuple_compare;
  s.iter = tuple_iter;
  s.length = tuple_length;
  s.getitem = tuple_getitem;
  s.contains = tuple_contains;
  s.concat = tuple_concat;
  s.repeat = tuple_repeat;
  s.new_ = tuple_new;
  types.tuple = new_builtin_class(spec, tuple_shape);
}

}  // namespace pyjit::runtime
