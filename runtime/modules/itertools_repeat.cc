// itertools, second part: count, cycle, repeat, pairwise, zip_longest.
#include "runtime/modules/itertools.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace pyjit::runtime {

namespace {

Class *count_class, *cycle_class, *repeat_class, *pairwise_class, *zip_longest_class;

// count
struct Count : Object { Value current, step; };

bool is_number(Value v) {
  Slots& s = class_of(v)->slots;
  return s.index || s.to_int || s.to_float || class_of(v)->has(kSubComplex);
}
bool is_one(Value v) { return v == Value::from_int(1); }
// An ordinary counter: ints in steps of one.
bool counts_ints(Count* c) { return is_one(c->step) && c->current.is_int(); }

Value count_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("count", "(start=0, step=1)");
  Value out[2];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  if ((out[0] && !is_number(out[0])) || (out[1] && !is_number(out[1]))) return raise(exc.TypeError, "a number is required");
  auto* c = allocate_instance_of<Count>(cls);
  c->current = out[0] ? out[0] : Value::from_int(0);
  c->step = out[1] ? out[1] : Value::from_int(1);
  write_barrier(c);
  return c;
}

Value count_next(Value self) {
  auto* c = self.as<Count>();
  Value v = c->current;
  c->current = counts_ints(c) ? new_int(v.as_int() + 1) : TRY(binary_op(kAdd, v, c->step));
  write_barrier(c, c->current);
  return v;
}

Value count_repr(Value self) {
  auto* c = self.as<Count>();
  StrBuilder out;
  out.append(class_of(self)->name);
  out.append_ascii("(");
  out.append(TRY(repr(c->current)));
  if (!is_one(c->step)) {
    out.append_ascii(", ");
    out.append(TRY(repr(c->step)));
  }
  out.append_ascii(")");
  return out.finish();
}

Value count_reduce(Value* args) {
  auto* c = args[0].as<Count>();
  if (counts_ints(c)) return make_tuple(class_of(args[0]), make_tuple(c->current));
  return make_tuple(class_of(args[0]), make_tuple(c->current, c->step));
}

// cycle
struct Cycle : Object { Value iterator; List* saved; int64_t index; bool first_pass_done; };

Value cycle_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == cycle_class->slots.init && !no_keywords("cycle", kwnames)) return nullptr;
  if (!check_positional("cycle", nargs, 1, 1)) return nullptr;
  Value iterator = TRY(get_iter(args[0]));
  List* saved = TRY(new_list());
  auto* c = allocate_instance_of<Cycle>(cls);
  c->iterator = iterator;
  c->saved = saved;
  write_barrier(c);
  return c;
}

Value cycle_next(Value self) {
  auto* c = self.as<Cycle>();
  if (c->iterator) {
    Value item = iter_next(c->iterator);
    if (item) {
      if (c->first_pass_done) return item;
      return list_append(c->saved, item) ? item : Value();
    }
    if (error_pending()) return nullptr;
    c->iterator = nullptr;
  }
  if (!c->saved->size) return nullptr;
  if (static_cast<uint64_t>(c->index) >= c->saved->size) c->index = 0;
  Value item = c->saved->items()[c->index++];
  if (static_cast<uint64_t>(c->index) >= c->saved->size) c->index = 0;
  return item;
}

Value cycle_reduce(Value* args) {
  auto* c = args[0].as<Cycle>();
  Value cls = class_of(args[0]);
  if (c->iterator) return make_tuple(cls, make_tuple(c->iterator), make_tuple(c->saved, Value::from_bool(c->first_pass_done)));
  Value iterator = TRY(get_iter(c->saved));
  if (c->index) TRY(call_method1(iterator, names.dunder_setstate, new_int(c->index)));
  return make_tuple(cls, make_tuple(iterator), make_tuple(c->saved, Value::from_bool(true)));
}

Value cycle_setstate(Value* args) {
  Tuple* state = TRY(state_tuple(args[1]));
  if (state->size != 2 || !is_list(state->items[0])) return raise(exc.TypeError, "invalid arguments");
  int64_t done;
  if (!index_to_ssize(state->items[1].is_bool() ? Value::from_int(state->items[1].as_bool()) : state->items[1], &done)) return nullptr;
  auto* c = args[0].as<Cycle>();
  c->saved = state->items[0].as<List>();
  c->first_pass_done = done != 0;
  c->index = 0;
  write_barrier(c);
  return Value::none();
}

// repeat
struct Repeat : Object { Value element; int64_t left; };   // left -1: for ever

Value repeat_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("repeat", "(object, times=None)");
  Value out[2];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  int64_t left = -1;
  if (out[1]) {
    if (!index_to_ssize(out[1], &left, exc.OverflowError)) return nullptr;
    if (left < 0) left = 0;
  }
  auto* r = allocate_instance_of<Repeat>(cls);
  r->element = out[0];
  r->left = left;
  write_barrier(r);
  return r;
}

Value repeat_next(Value self) {
  auto* r = self.as<Repeat>();
  if (r->left == 0) return nullptr;
  if (r->left > 0) --r->left;
  return r->element;
}

Value repeat_repr(Value self) {
  auto* r = self.as<Repeat>();
  StrBuilder out;
  out.append(class_of(self)->name);
  out.append_ascii("(");
  out.append(TRY(repr(r->element)));
  if (r->left >= 0) {
    out.append_ascii(", ");
    out.append_ascii(std::to_string(r->left));
  }
  out.append_ascii(")");
  return out.finish();
}

Value repeat_length_hint(Value* args) {
  auto* r = args[0].as<Repeat>();
  if (r->left < 0) return raise(exc.TypeError, "len() of unsized object");
  return new_int(r->left);
}

Value repeat_reduce(Value* args) {
  auto* r = args[0].as<Repeat>();
  if (r->left < 0) return make_tuple(class_of(args[0]), make_tuple(r->element));
  return make_tuple(class_of(args[0]), make_tuple(r->element, new_int(r->left)));
}

// pairwise
struct Pairwise : Object { Value iterator, previous; };

Value pairwise_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == pairwise_class->slots.init && !no_keywords("pairwise", kwnames)) return nullptr;
  if (!check_positional("pairwise", nargs, 1, 1)) return nullptr;
  Value iterator = TRY(get_iter(args[0]));
  auto* p = allocate_instance_of<Pairwise>(cls);
  p->iterator = iterator;
  write_barrier(p);
  return p;
}

Value pairwise_next(Value self) {
  auto* p = self.as<Pairwise>();
  if (!p->iterator) return nullptr;
  Value previous = p->previous;
  if (!previous) {
    previous = iter_next(p->iterator);
    if (!previous) {
      p->iterator = nullptr;
      return nullptr;
    }
    p->previous = previous;
    write_barrier(p, previous);
    if (!p->iterator) {   // the iterator came back to us and ran us to the end
      p->previous = nullptr;
      return nullptr;
    }
  }
  Value next = iter_next(p->iterator);
  if (!next) {
    p->iterator = p->previous = nullptr;
    return nullptr;
  }
  p->previous = next;
  write_barrier(p, next);
  return make_tuple(previous, next);
}

// zip_longest
struct ZipLongest : Object { Tuple* iterators; Value fill; int64_t active; };   // an ended iterator's place is null

Value zip_longest_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value fill = Value::none();
  if (kwnames && kwnames->size) {
    if (kwnames->size > 1 || !str_equals(kwnames->items[0].as<Str>(), "fillvalue")) {
      return raise(exc.TypeError, "zip_longest() got an unexpected keyword argument");
    }
    fill = args[nargs];
  }
  Tuple* iterators = TRY(new_tuple_null(nargs));
  for (uint32_t i = 0; i < nargs; ++i) {
    iterators->items[i] = TRY(get_iter(args[i]));
    write_barrier(iterators);
  }
  auto* z = allocate_instance_of<ZipLongest>(cls);
  z->iterators = iterators;
  z->fill = fill;
  z->active = nargs;
  write_barrier(z);
  return z;
}

Value zip_longest_next(Value self) {
  auto* z = self.as<ZipLongest>();
  uint64_t n = z->iterators->size;
  if (!n || !z->active) return nullptr;
  Tuple* result = TRY(new_tuple_null(n));
  for (uint64_t i = 0; i < n; ++i) {
    Value iterator = z->iterators->items[i], item = z->fill;
    if (iterator) {
      item = iter_next(iterator);
      if (!item) {
        if (--z->active == 0 || error_pending()) {
          z->active = 0;
          return nullptr;
        }
        item = z->fill;
        z->iterators->items[i] = nullptr;
      }
    }
    result->items[i] = item;
    write_barrier(result, item);
  }
  return result;
}

Value zip_longest_reduce(Value* args) {
  auto* z = args[0].as<ZipLongest>();
  Tuple* parts = TRY(new_tuple(z->iterators->items, z->iterators->size));
  for (uint64_t i = 0; i < parts->size; ++i) {
    if (!parts->items[i]) parts->items[i] = empty_tuple();
  }
  return make_tuple(class_of(args[0]), parts, z->fill);
}

Value zip_longest_setstate(Value* args) {
  auto* z = args[0].as<ZipLongest>();
  z->fill = args[1];
  write_barrier(z, args[1]);
  return Value::none();
}

const MethodDef kCountMethods[] = {reduce_row(count_reduce), {}};
const MethodDef kCycleMethods[] = {reduce_row(cycle_reduce), setstate_row(cycle_setstate), {}};
const MethodDef kRepeatMethods[] = {method_row("__length_hint__", "!($self, /)", repeat_length_hint, Effects::kReads,
                                               "Private method returning an estimate of len(list(it))."),
                                    reduce_row(repeat_reduce), {}};
const MethodDef kZipLongestMethods[] = {reduce_row(zip_longest_reduce), setstate_row(zip_longest_setstate), {}};

}  // namespace

bool add_itertools_repeating(Module* m) {
  static ClassSpec count = iterator_spec("itertools.count", sizeof(Count), count_next, count_new, trace_prefix<2>, kCountMethods,
      "count(start=0, step=1)\n--\n\nstart, start + step, start + 2*step, ... without end.");
  static ClassSpec cycle = iterator_spec("itertools.cycle", sizeof(Cycle), cycle_next, cycle_new, trace_prefix<2>, kCycleMethods,
      "cycle(iterable, /)\n--\n\nThe items again and again.");
  static ClassSpec repeat = iterator_spec("itertools.repeat", sizeof(Repeat), repeat_next, repeat_new, trace_prefix<1>, kRepeatMethods,
      "repeat(object [,times]) -> an iterator that gives the object times times, or for ever");
  static ClassSpec pairwise = iterator_spec("itertools.pairwise", sizeof(Pairwise), pairwise_next, pairwise_new, trace_prefix<2>, nullptr,
      "pairwise(iterable, /)\n--\n\nEach item with the one that follows it.");
  static ClassSpec zip_longest = iterator_spec("itertools.zip_longest", sizeof(ZipLongest), zip_longest_next, zip_longest_new, trace_prefix<2>,
      kZipLongestMethods, "zip_longest(*iterables, fillvalue=None)\n\nTuples of the iterables' items until the longest ends; fillvalue stands in "
      "for what is missing.");
  count.slots.repr = count_repr;
  repeat.slots.repr = repeat_repr;
  return add_class(m, count, &count_class) && add_class(m, cycle, &cycle_class) && add_class(m, repeat, &repeat_class) &&
         add_class(m, pairwise, &pairwise_class) && add_class(m, zip_longest, &zip_longest_class);
}

}  // namespace pyjit::runtime
