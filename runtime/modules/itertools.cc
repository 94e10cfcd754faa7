// itertools, first part: iterators that pass through a selection of another iterator's items.
#include "runtime/modules/itertools.h"

#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace pyjit::runtime {

namespace {

Class *chain_class, *compress_class, *dropwhile_class, *takewhile_class, *filterfalse_class, *starmap_class, *islice_class, *accumulate_class;

// chain
struct Chain : Object { Value source, active; };

Value new_chain(Class* cls, Value source) {
  auto* c = allocate_instance_of<Chain>(cls);
  c->source = source;
  write_barrier(c);
  return c;
}

Value chain_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == chain_class->slots.init && !no_keywords("chain", kwnames)) return nullptr;
  Tuple* sources = TRY(new_tuple(args, nargs));
  return new_chain(cls, TRY(get_iter(sources)));
}

Value chain_from_iterable(Value* args) { return new_chain(args[0].as<Class>(), TRY(get_iter(args[1]))); }

Value chain_next(Value self) {
  auto* c = self.as<Chain>();
  while (c->source) {
    if (!c->active) {
      Value iterable = iter_next(c->source);
      if (!iterable) {
        c->source = nullptr;
        return nullptr;
      }
      Value iterator = get_iter(iterable);
      if (!iterator) {
        c->source = nullptr;
        return nullptr;
      }
      c->active = iterator;
      write_barrier(c, iterator);
    }
    Value item = iter_next(c->active);
    if (item) return item;
    if (error_pending()) return nullptr;
    c->active = nullptr;
  }
  return nullptr;
}

Value chain_reduce(Value* args) {
  auto* c = args[0].as<Chain>();
  Value cls = class_of(args[0]);
  if (!c->source) return make_tuple(cls, empty_tuple());
  if (c->active) return make_tuple(cls, empty_tuple(), make_tuple(c->source, c->active));
  return make_tuple(cls, empty_tuple(), make_tuple(c->source));
}

Value chain_setstate(Value* args) {
  Tuple* state = TRY(state_tuple(args[1]));
  if (!check_positional("__setstate__", static_cast<uint32_t>(state->size), 1, 2)) return nullptr;
  for (uint64_t i = 0; i < state->size; ++i) {
    if (!class_of(state->items[i])->slots.next) return raise(exc.TypeError, "Arguments must be iterators.");
  }
  auto* c = args[0].as<Chain>();
  c->source = state->items[0];
  c->active = state->size == 2 ? state->items[1] : Value();
  write_barrier(c);
  return Value::none();
}

// compress, filterfalse, starmap, dropwhile, takewhile: two Values and a flag.
struct Pair : Object { Value first, second; Value flag; };   // flag: a bool

Value new_pair(Class* cls, Value first, Value second) {
  auto* p = allocate_instance_of<Pair>(cls);
  p->first = first;
  p->second = second;
  p->flag = Value::from_bool(false);
  write_barrier(p);
  return p;
}

Value compress_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("compress", "(data, selectors)");
  Value out[2];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  Value data = TRY(get_iter(out[0]));
  return new_pair(cls, data, TRY(get_iter(out[1])));
}

Value compress_next(Value self) {
  auto* p = self.as<Pair>();
  for (;;) {
    Value datum = iter_next(p->first);
    if (!datum) return nullptr;
    Value selector = iter_next(p->second);
    if (!selector) return nullptr;
    int keep = is_true(selector);
    if (keep > 0) return datum;
    if (keep < 0) return nullptr;
  }
}

Value pair_reduce(Value* args) {
  auto* p = args[0].as<Pair>();
  return make_tuple(class_of(args[0]), make_tuple(p->first, p->second));
}

// f(function, iterable) without keywords.
template <Class** kClass, const char* const& kName>
Value function_and_iterable_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == (*kClass)->slots.init && !no_keywords(kName, kwnames)) return nullptr;
  if (!check_positional(kName, nargs, 2, 2)) return nullptr;
  return new_pair(cls, args[0], TRY(get_iter(args[1])));
}

int verdict(Value function, Value item) {
  if (function.is_none() || function == Value(types.bool_)) return is_true(item);
  Value result = call1(function, item);
  return result ? is_true(result) : -1;
}

Value filterfalse_next(Value self) {
  auto* p = self.as<Pair>();
  for (;;) {
    Value item = iter_next(p->second);
    if (!item) return nullptr;
    int truth = verdict(p->first, item);
    if (truth == 0) return item;
    if (truth < 0) return nullptr;
  }
}

Value starmap_next(Value self) {
  auto* p = self.as<Pair>();
  Value arguments = iter_next(p->second);
  if (!arguments) return nullptr;
  Tuple* t = is_exact(arguments, types.tuple) ? arguments.as<Tuple>() : TRY(to_tuple(arguments));
  return call(p->first, t->items, static_cast<uint32_t>(t->size));
}

Value dropwhile_next(Value self) {
  auto* p = self.as<Pair>();
  for (;;) {
    Value item = iter_next(p->second);
    if (!item || p->flag.is_true()) return item;
    Value result = call1(p->first, item);
    int drop = result ? is_true(result) : -1;
    if (drop < 0) return nullptr;
    if (!drop) {
      p->flag = Value::from_bool(true);
      return item;
    }
  }
}

Value takewhile_next(Value self) {
  auto* p = self.as<Pair>();
  if (p->flag.is_true()) return nullptr;
  Value item = iter_next(p->second);
  if (!item) return nullptr;
  Value result = call1(p->first, item);
  int take = result ? is_true(result) : -1;
  if (take > 0) return item;
  if (take == 0) p->flag = Value::from_bool(true);
  return nullptr;
}

Value flagged_reduce(Value* args) {
  auto* p = args[0].as<Pair>();
  return make_tuple(class_of(args[0]), make_tuple(p->first, p->second), Value::from_int(p->flag.is_true()));
}

Value flagged_setstate(Value* args) {
  int flag = is_true(args[1]);
  if (flag < 0) return nullptr;
  args[0].as<Pair>()->flag = Value::from_bool(flag);
  return Value::none();
}

// islice
struct Islice : Object { Value iterator; int64_t next, stop, step, count; };   // stop -1: none

// None keeps *out. False: not an index in [0, sys.maxsize].
bool slice_bound(Value v, int64_t* out) {
  if (v.is_none()) return true;
  if (!class_of(v)->slots.index || !index_to_ssize(v, out, exc.OverflowError)) {
    clear_pending();
    return false;
  }
  return *out >= 0;
}

Value islice_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  constexpr const char* kStopMessage = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  if (cls->slots.init == islice_class->slots.init && !no_keywords("islice", kwnames)) return nullptr;
  if (!check_positional("islice", nargs, 2, 4)) return nullptr;
  int64_t start = 0, stop = -1, step = 1;
  if (nargs == 2) {
    if (!slice_bound(args[1], &stop)) return raise(exc.ValueError, kStopMessage);
  } else {
    if (!slice_bound(args[2], &stop)) return raise(exc.ValueError, kStopMessage);
    if (!slice_bound(args[1], &start)) {
      return raise(exc.ValueError, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    }
    if (nargs == 4 && (!slice_bound(args[3], &step) || step < 1)) {
      return raise(exc.ValueError, "Step for islice() must be a positive integer or None.");
    }
  }
  Value iterator = TRY(get_iter(args[0]));
  auto* s = allocate_instance_of<Islice>(cls);
  s->iterator = iterator;
  s->next = start;
  s->stop = stop;
  s->step = step;
  write_barrier(s);
  return s;
}

Value islice_next(Value self) {
  auto* s = self.as<Islice>();
  if (!s->iterator) return nullptr;
  Value item;
  while (s->count < s->next) {
    item = iter_next(s->iterator);
    if (!item) {
      s->iterator = nullptr;
      return nullptr;
    }
    ++s->count;
  }
  if ((s->stop != -1 && s->count >= s->stop) || !(item = iter_next(s->iterator))) {
    s->iterator = nullptr;
    return nullptr;
  }
  ++s->count;
  int64_t before = s->next;
  s->next = static_cast<int64_t>(static_cast<uint64_t>(s->next) + static_cast<uint64_t>(s->step));
  if (s->next < before || (s->stop != -1 && s->next > s->stop)) s->next = s->stop;
  return item;
}

Value islice_reduce(Value* args) {
  auto* s = args[0].as<Islice>();
  Value cls = class_of(args[0]), zero = Value::from_int(0);
  if (!s->iterator) return make_tuple(cls, make_tuple(TRY(get_iter(new_list())), zero), zero);
  Value stop = s->stop == -1 ? Value::none() : new_int(s->stop);
  return make_tuple(cls, make_tuple(s->iterator, new_int(s->next), stop, new_int(s->step)), new_int(s->count));
}

Value islice_setstate(Value* args) {
  int64_t count;
  if (!index_to_ssize(args[1], &count, exc.OverflowError)) return nullptr;
  args[0].as<Islice>()->count = count;
  return Value::none();
}

// accumulate
struct Accumulate : Object { Value total, iterator, function, initial; };   // total null: nothing yet

Value accumulate_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("accumulate", "(iterable, func=None, *, initial=None)");
  Value out[3];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  Value iterator = TRY(get_iter(out[0]));
  auto* a = allocate_instance_of<Accumulate>(cls);
  a->iterator = iterator;
  a->function = out[1] ? out[1] : Value::none();
  a->initial = out[2] ? out[2] : Value::none();
  write_barrier(a);
  return a;
}

Value accumulate_next(Value self) {
  auto* a = self.as<Accumulate>();
  if (!a->initial.is_none()) {
    a->total = a->initial;
    a->initial = Value::none();
    return a->total;
  }
  Value item = iter_next(a->iterator);
  if (!item) return nullptr;
  if (a->total) item = TRY(a->function.is_none() ? binary_op(kAdd, a->total, item) : call2(a->function, a->total, item));
  a->total = item;
  write_barrier(a, item);
  return item;
}

Value accumulate_reduce(Value* args) {
  auto* a = args[0].as<Accumulate>();
  Value cls = class_of(args[0]), none = Value::none();
  if (!a->initial.is_none()) {
    Value both[] = {make_tuple(a->initial), a->iterator};
    Value chained = TRY(chain_new(chain_class, both, 2, nullptr));
    return make_tuple(cls, make_tuple(chained, a->function), none);
  }
  if (!a->total) return make_tuple(cls, make_tuple(a->iterator, a->function), none);
  if (a->total.is_none()) {
    // None as __setstate__'s argument would mean "nothing yet": start again with the None in front and skip it.
    Value both[] = {make_tuple(none), a->iterator};
    Value chained = TRY(chain_new(chain_class, both, 2, nullptr));
    Value inner = TRY(call2(accumulate_class, chained, a->function));
    return make_tuple(islice_class, make_tuple(inner, Value::from_int(1), none));
  }
  return make_tuple(cls, make_tuple(a->iterator, a->function), a->total);
}

Value accumulate_setstate(Value* args) {
  auto* a = args[0].as<Accumulate>();
  a->total = args[1].is_none() ? Value() : args[1];
  write_barrier(a, args[1]);
  return Value::none();
}

const MethodDef kChainMethods[] = {
    reduce_row(chain_reduce), setstate_row(chain_setstate),
    {"from_iterable", "($type, iterable, /)", chain_from_iterable, Effects::kCallsPython, MethodKind::kClassMethod,
     "chain over the iterables that one iterable gives, taken as they are needed."},
    kClassGetItemRow, {}};
const MethodDef kPairMethods[] = {reduce_row(pair_reduce), {}};
const MethodDef kFlaggedMethods[] = {reduce_row(flagged_reduce), setstate_row(flagged_setstate), {}};
const MethodDef kIsliceMethods[] = {reduce_row(islice_reduce), setstate_row(islice_setstate), {}};
const MethodDef kAccumulateMethods[] = {reduce_row(accumulate_reduce), setstate_row(accumulate_setstate), {}};

constexpr const char* kFilterFalse = "filterfalse";
constexpr const char* kStarMap = "starmap";
constexpr const char* kDropWhile = "dropwhile";
constexpr const char* kTakeWhile = "takewhile";

}  // namespace

bool add_itertools_selecting(Module* m) {
  static const ClassSpec chain = iterator_spec("itertools.chain", sizeof(Chain), chain_next, chain_new, trace_prefix<2>, kChainMethods,
      "chain(*iterables) --> chain object\n\nThe items of the first iterable, then those of the next, and so on.");
  static const ClassSpec compress = iterator_spec("itertools.compress", sizeof(Pair), compress_next, compress_new, trace_prefix<3>, kPairMethods,
      "compress(data, selectors)\n--\n\nThe items of data whose selector is true.");
  static const ClassSpec dropwhile = iterator_spec("itertools.dropwhile", sizeof(Pair), dropwhile_next,
      function_and_iterable_new<&dropwhile_class, kDropWhile>, trace_prefix<3>, kFlaggedMethods,
      "dropwhile(predicate, iterable, /)\n--\n\nLeaves out items until the predicate is false for one.");
  static const ClassSpec takewhile = iterator_spec("itertools.takewhile", sizeof(Pair), takewhile_next,
      function_and_iterable_new<&takewhile_class, kTakeWhile>, trace_prefix<3>, kFlaggedMethods,
      "takewhile(predicate, iterable, /)\n--\n\nThe items up to the first for which the predicate is false.");
  static const ClassSpec filterfalse = iterator_spec("itertools.filterfalse", sizeof(Pair), filterfalse_next,
      function_and_iterable_new<&filterfalse_class, kFilterFalse>, trace_prefix<3>, kPairMethods,
      "filterfalse(function, iterable, /)\n--\n\nThe items for which function is false; None: the false items.");
  static const ClassSpec starmap = iterator_spec("itertools.starmap", sizeof(Pair), starmap_next,
      function_and_iterable_new<&starmap_class, kStarMap>, trace_prefix<3>, kPairMethods,
      "starmap(function, iterable, /)\n--\n\nfunction(*item) for each item.");
  static const ClassSpec islice = iterator_spec("itertools.islice", sizeof(Islice), islice_next, islice_new, trace_prefix<1>, kIsliceMethods,
      "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nThe items that a slice of the "
      "iterable would have.");
  static const ClassSpec accumulate = iterator_spec("itertools.accumulate", sizeof(Accumulate), accumulate_next, accumulate_new, trace_prefix<4>,
      kAccumulateMethods, "accumulate(iterable, func=None, *, initial=None)\n--\n\nRunning totals, or running results of func(total, item).");
  return add_class(m, accumulate, &accumulate_class) && add_class(m, chain, &chain_class) && add_class(m, compress, &compress_class) &&
         add_class(m, dropwhile, &dropwhile_class) && add_class(m, filterfalse, &filterfalse_class) && add_class(m, islice, &islice_class) &&
         add_class(m, starmap, &starmap_class) && add_class(m, takewhile, &takewhile_class);
}

bool init_itertools_module(Module* m) {
  return add_itertools_selecting(m) && add_itertools_repeating(m) && add_itertools_grouping(m) && add_itertools_combinatoric(m);
}

}  // namespace pyjit::runtime
