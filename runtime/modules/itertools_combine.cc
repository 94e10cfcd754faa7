// itertools, last part: product, permutations, combinations, combinations_with_replacement.
//
// All four walk an array of indices into their pools like an odometer; the result tuple is made afresh from it each time.
#include "runtime/modules/itertools.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

namespace {

Class *product_class, *permutations_class, *combinations_class, *with_replacement_class;

struct Odometer : Object {
  Value pool;          // a tuple; product: a tuple of tuples
  ByteStore* store;    // the indices, then permutations' cycles
  int64_t length;      // of the results
  bool started, stopped;
  int64_t* indices() const { return reinterpret_cast<int64_t*>(store->bytes); }
};

Odometer* new_odometer(Class* cls, Value pool, int64_t length, uint64_t words) {
  if (words > (1ull << 50)) return raise_memory_error();
  ByteStore* store = TRY(new_byte_store((words + 1) * sizeof(int64_t)));
  auto* o = allocate_instance_of<Odometer>(cls);
  o->pool = pool;
  o->store = store;
  o->length = length;
  write_barrier(o);
  return o;
}

Odometer* self_odometer(Value v) { return v.as<Odometer>(); }
int64_t pool_size(Odometer* o) { return static_cast<int64_t>(o->pool.as<Tuple>()->size); }

Value pick(Odometer* o) {
  Tuple* result = TRY(new_tuple_null(static_cast<size_t>(o->length)));
  for (int64_t i = 0; i < o->length; ++i) result->items[i] = o->pool.as<Tuple>()->items[o->indices()[i]];
  if (o->length) write_barrier(result);
  return result;
}

Value stop(Odometer* o) {
  o->stopped = true;
  return nullptr;
}

Tuple* indices_tuple(int64_t* from, int64_t n) {
  Tuple* t = TRY(new_tuple_null(static_cast<size_t>(n)));
  for (int64_t i = 0; i < n; ++i) t->items[i] = Value::from_int(from[i]);
  return t;
}

// Reads state[i] as an index, clipped to [0, limit].
bool read_index(Tuple* state, int64_t i, int64_t limit, int64_t* out) {
  int64_t v;
  if (!to_int64(state->items[i], &v)) return false;
  *out = v < 0 ? 0 : v > limit ? limit : v;
  return true;
}

// combinations(iterable, r), with or without replacement.
Value combinations_new_common(Class* cls, Binder& bind, Value* args, uint32_t nargs, Tuple* kwnames, bool replacement) {
  Value out[2];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  int64_t r;
  if (!index_to_ssize(out[1], &r, exc.OverflowError)) return nullptr;
  Tuple* pool = TRY(to_tuple(out[0]));
  if (r < 0) return raise(exc.ValueError, "r must be non-negative");
  int64_t n = static_cast<int64_t>(pool->size);
  Odometer* o = TRY(new_odometer(cls, pool, r, static_cast<uint64_t>(r)));
  for (int64_t i = 0; !replacement && i < r; ++i) o->indices()[i] = i;
  o->stopped = replacement ? n == 0 && r > 0 : r > n;
  return o;
}

Value combinations_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("combinations", "(iterable, r)");
  return combinations_new_common(cls, bind, args, nargs, kwnames, false);
}
Value with_replacement_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("combinations_with_replacement", "(iterable, r)");
  return combinations_new_common(cls, bind, args, nargs, kwnames, true);
}

Value combinations_next(Value self) {
  Odometer* o = self_odometer(self);
  if (o->stopped) return nullptr;
  if (!o->started) {
    o->started = true;
    return pick(o);
  }
  int64_t *at = o->indices(), r = o->length, n = pool_size(o), i = r - 1;
  while (i >= 0 && at[i] == i + n - r) --i;
  if (i < 0) return stop(o);
  ++at[i];
  for (int64_t j = i + 1; j < r; ++j) at[j] = at[j - 1] + 1;
  return pick(o);
}

Value with_replacement_next(Value self) {
  Odometer* o = self_odometer(self);
  if (o->stopped) return nullptr;
  if (!o->started) {
    o->started = true;
    return pick(o);
  }
  int64_t *at = o->indices(), r = o->length, n = pool_size(o), i = r - 1;
  while (i >= 0 && at[i] == n - 1) --i;
  if (i < 0) return stop(o);
  int64_t index = at[i] + 1;
  for (; i < r; ++i) at[i] = index;
  return pick(o);
}

Value combinations_reduce(Value* args) {
  Odometer* o = self_odometer(args[0]);
  Value cls = class_of(args[0]), r = new_int(o->length);
  if (o->stopped) return make_tuple(cls, make_tuple(empty_tuple(), r));
  if (!o->started) return make_tuple(cls, make_tuple(o->pool, r));
  return make_tuple(cls, make_tuple(o->pool, r), TRY(indices_tuple(o->indices(), o->length)));
}

template <bool kReplacement>
Value combinations_setstate(Value* args) {
  Odometer* o = self_odometer(args[0]);
  if (!is_tuple(args[1]) || static_cast<int64_t>(args[1].as<Tuple>()->size) != o->length) return raise(exc.ValueError, "invalid arguments");
  int64_t n = pool_size(o), r = o->length;
  for (int64_t i = 0; i < r; ++i) {
    if (!read_index(args[1].as<Tuple>(), i, kReplacement ? n - 1 : i + n - r, &o->indices()[i])) return nullptr;
    if (o->indices()[i] < 0 || o->indices()[i] >= n) return raise(exc.ValueError, "invalid arguments");
  }
  o->started = true;
  return Value::none();
}

// permutations(iterable, r=None)
Value permutations_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("permutations", "(iterable, r=None)");
  Value out[2];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  Tuple* pool = TRY(to_tuple(out[0]));
  int64_t n = static_cast<int64_t>(pool->size), r = n;
  if (out[1] && !out[1].is_none()) {
    if (!is_int_like(out[1])) return raise(exc.TypeError, "Expected int as r");
    if (!index_to_ssize(out[1], &r, exc.OverflowError)) return nullptr;
    if (r < 0) return raise(exc.ValueError, "r must be non-negative");
  }
  uint64_t cycles = r > n ? 0 : static_cast<uint64_t>(r);
  Odometer* o = TRY(new_odometer(cls, pool, r, static_cast<uint64_t>(n) + cycles));
  for (int64_t i = 0; i < n; ++i) o->indices()[i] = i;
  for (int64_t i = 0; i < static_cast<int64_t>(cycles); ++i) o->indices()[n + i] = n - i;
  o->stopped = r > n;
  return o;
}

Value permutations_next(Value self) {
  Odometer* o = self_odometer(self);
  if (o->stopped) return nullptr;
  if (!o->started) {
    o->started = true;
    return pick(o);
  }
  int64_t n = pool_size(o), r = o->length, *at = o->indices(), *cycles = at + n;
  if (!n) return stop(o);
  for (int64_t i = r - 1; i >= 0; --i) {
    if (--cycles[i] == 0) {
      std::rotate(at + i, at + i + 1, at + n);
      cycles[i] = n - i;
    } else {
      std::swap(at[i], at[n - cycles[i]]);
      return pick(o);
    }
  }
  return stop(o);
}

Value permutations_reduce(Value* args) {
  Odometer* o = self_odometer(args[0]);
  Value cls = class_of(args[0]), r = new_int(o->length);
  if (o->stopped) return make_tuple(cls, make_tuple(empty_tuple(), r));
  if (!o->started) return make_tuple(cls, make_tuple(o->pool, r));
  int64_t n = pool_size(o);
  Tuple* indices = TRY(indices_tuple(o->indices(), n));
  return make_tuple(cls, make_tuple(o->pool, r), make_tuple(indices, TRY(indices_tuple(o->indices() + n, o->length))));
}

Value permutations_setstate(Value* args) {
  Odometer* o = self_odometer(args[0]);
  int64_t n = pool_size(o), r = o->length;
  Tuple* state = is_tuple(args[1]) ? args[1].as<Tuple>() : nullptr;
  if (!state || state->size != 2 || !is_tuple(state->items[0]) || !is_tuple(state->items[1]) || r > n) {
    return raise(exc.ValueError, "invalid arguments");
  }
  Tuple *indices = state->items[0].as<Tuple>(), *cycles = state->items[1].as<Tuple>();
  if (static_cast<int64_t>(indices->size) != n || static_cast<int64_t>(cycles->size) != r) return raise(exc.ValueError, "invalid arguments");
  for (int64_t i = 0; i < n; ++i) {
    if (!read_index(indices, i, n - 1, &o->indices()[i])) return nullptr;
  }
  for (int64_t i = 0; i < r; ++i) {
    int64_t* cycle = &o->indices()[n + i];
    if (!read_index(cycles, i, n - i, cycle)) return nullptr;
    if (*cycle < 1) *cycle = 1;
  }
  o->started = true;
  return Value::none();
}

// product(*iterables, repeat=1)
Value product_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  int64_t repeat = 1;
  if (kwnames && kwnames->size) {
    static Binder bind("product", "(*, repeat=1)");
    Value out[1];
    if (!bind(args + nargs, 0, kwnames, out)) return nullptr;
    if (out[0] && !index_to_ssize(out[0], &repeat, exc.OverflowError)) return nullptr;
    if (repeat < 0) return raise(exc.ValueError, "repeat argument cannot be negative");
  }
  if (nargs && repeat > (1ll << 58) / nargs) return raise(exc.OverflowError, "repeat argument too large");
  int64_t length = repeat * nargs;
  Tuple* pools = TRY(new_tuple_null(static_cast<size_t>(length)));
  bool empty = false;
  for (int64_t i = 0; i < length; ++i) {
    if (i < nargs) {
      pools->items[i] = TRY(to_tuple(args[i]));
      write_barrier(pools);
    } else {
      pools->items[i] = pools->items[i - nargs];
    }
    empty |= !pools->items[i].as<Tuple>()->size;
  }
  if (length) write_barrier(pools);
  Odometer* o = TRY(new_odometer(cls, pools, length, static_cast<uint64_t>(length)));
  o->stopped = empty;
  return o;
}

Tuple* pool_at(Odometer* o, int64_t i) { return o->pool.as<Tuple>()->items[i].as<Tuple>(); }

Value product_next(Value self) {
  Odometer* o = self_odometer(self);
  if (o->stopped) return nullptr;
  int64_t *at = o->indices(), n = o->length;
  if (o->started) {
    int64_t i = n - 1;
    for (; i >= 0; --i) {
      if (static_cast<uint64_t>(++at[i]) < pool_at(o, i)->size) break;
      at[i] = 0;
    }
    if (i < 0) return stop(o);
  }
  o->started = true;
  Tuple* result = TRY(new_tuple_null(static_cast<size_t>(n)));
  for (int64_t i = 0; i < n; ++i) result->items[i] = pool_at(o, i)->items[at[i]];
  if (n) write_barrier(result);
  return result;
}

Value product_reduce(Value* args) {
  Odometer* o = self_odometer(args[0]);
  Value cls = class_of(args[0]);
  if (o->stopped) return make_tuple(cls, make_tuple(empty_tuple()));
  if (!o->started) return make_tuple(cls, o->pool);
  return make_tuple(cls, o->pool, TRY(indices_tuple(o->indices(), o->length)));
}

Value product_setstate(Value* args) {
  Odometer* o = self_odometer(args[0]);
  if (!is_tuple(args[1]) || static_cast<int64_t>(args[1].as<Tuple>()->size) != o->length) return raise(exc.ValueError, "invalid arguments");
  for (int64_t i = 0; i < o->length; ++i) {
    if (!pool_at(o, i)->size) {
      o->stopped = true;
      return Value::none();
    }
    if (!read_index(args[1].as<Tuple>(), i, static_cast<int64_t>(pool_at(o, i)->size) - 1, &o->indices()[i])) return nullptr;
  }
  o->started = true;
  return Value::none();
}

Value odometer_sizeof(Value* args) { return new_int(static_cast<int64_t>(sizeof(Odometer)) + 8 * self_odometer(args[0])->length); }

#define METHODS(reduce, setstate)                                                                                                        \
  {                                                                                                                                      \
    reduce_row(reduce), setstate_row(setstate),                                                                                          \
        method_row("__sizeof__", "!($self, /)", odometer_sizeof, Effects::kReads, "Returns size in memory, in bytes."), {}              \
  }
const MethodDef kProductMethods[] = METHODS(product_reduce, product_setstate);
const MethodDef kPermutationsMethods[] = METHODS(permutations_reduce, permutations_setstate);
const MethodDef kCombinationsMethods[] = METHODS(combinations_reduce, combinations_setstate<false>);
const MethodDef kWithReplacementMethods[] = METHODS(combinations_reduce, combinations_setstate<true>);
#undef METHODS

}  // namespace

bool add_itertools_combinatoric(Module* m) {
  static const ClassSpec product = iterator_spec("itertools.product", sizeof(Odometer), product_next, product_new, trace_prefix<2>, kProductMethods,
      "product(*iterables, repeat=1) --> product object\n\nAll tuples with one item from each iterable; the last varies fastest.");
  static const ClassSpec permutations = iterator_spec("itertools.permutations", sizeof(Odometer), permutations_next, permutations_new,
      trace_prefix<2>, kPermutationsMethods, "permutations(iterable, r=None)\n--\n\nAll orderings of r of the items.");
  static const ClassSpec combinations = iterator_spec("itertools.combinations", sizeof(Odometer), combinations_next, combinations_new,
      trace_prefix<2>, kCombinationsMethods, "combinations(iterable, r)\n--\n\nAll selections of r of the items, in their order.");
  static const ClassSpec with_replacement = iterator_spec("itertools.combinations_with_replacement", sizeof(Odometer), with_replacement_next,
      with_replacement_new, trace_prefix<2>, kWithReplacementMethods,
      "combinations_with_replacement(iterable, r)\n--\n\nAll selections of r items, each of which may be taken repeatedly.");
  return add_class(m, product, &product_class) && add_class(m, permutations, &permutations_class) &&
         add_class(m, combinations, &combinations_class) && add_class(m, with_replacement, &with_replacement_class);
}

}  // namespace pyjit::runtime
