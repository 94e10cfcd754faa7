// enumerate, zip, map and filter: builtin iterators over other iterators.
#include "runtime/types/lazy_iterators.h"

#include "runtime/types/arg_util.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/pair_iteration.h"

namespace pyjit::runtime {

namespace {

// The next item of an iterator; lists and tuples, the usual ones, without a look at their classes.
inline Value advance(Value iterator) {
  Class* cls = class_of(iterator);
  auto* it = iterator.as<SequenceIterator>();
  if (cls == types.list_iterator && it->sequence) {
    auto* list = it->sequence.as<List>();
    if (static_cast<uint64_t>(it->index) < list->size) return list->items()[it->index++];
  } else if (cls == types.tuple_iterator && it->sequence) {
    auto* tuple = it->sequence.as<Tuple>();
    if (static_cast<uint64_t>(it->index) < tuple->size) return tuple->items[it->index++];
  }
  auto next = cls->slots.next;
  return next ? next(iterator) : iter_next(iterator);
}

// A tuple of the iterators of args[0 .. n), or null.
Tuple* iterators_of(Value* args, uint32_t n) {
  Tuple* t = TRY(new_tuple_null(n));
  for (uint32_t i = 0; i < n; ++i) {
    t->items[i] = TRY(get_iter(args[i]));
    write_barrier(t);
  }
  return t;
}

// enumerate
bool bad_enumerate_keyword(Str* name) {
  raisef(exc.TypeError, "'%.200s' is an invalid keyword argument for enumerate()", to_utf8(name).c_str());
  return false;
}

bool enumerate_arguments(Value* args, uint32_t nargs, Tuple* kwnames, Value* iterable, Value* start) {
  uint32_t keywords = kwnames ? static_cast<uint32_t>(kwnames->size) : 0;
  if (nargs + keywords == 0) {
    raise(exc.TypeError, "enumerate() missing required argument 'iterable'");
    return false;
  }
  if (nargs + keywords > 2) {
    raisef(exc.TypeError, "enumerate() takes at most 2 arguments (%u given)", nargs + keywords);
    return false;
  }
  if (nargs > 0) *iterable = args[0];
  if (nargs > 1) *start = args[1];
  for (uint32_t i = 0; i < keywords; ++i) {
    Str* name = kwnames->items[i].as<Str>();
    bool is_iterable = str_equals(name, "iterable") && !*iterable, is_start = str_equals(name, "start");
    if (!is_iterable && !is_start) return bad_enumerate_keyword(name);
    (is_iterable ? *iterable : *start) = args[nargs + i];
  }
  if (*iterable) return true;
  raise(exc.TypeError, "enumerate() missing required argument 'iterable'");
  return false;
}

Value enumerate_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value iterable, start, index = Value::from_int(0);
  if (!enumerate_arguments(args, nargs, kwnames, &iterable, &start)) return nullptr;
  if (start) index = TRY(number_index(start));
  Value iterator = TRY(get_iter(iterable));
  auto* e = allocate_instance_of<Enumerate>(cls);
  e->iterator = iterator;
  e->index = index;
  write_barrier(e);
  return e;
}

Value enumerate_next(Value self) {
  auto* e = self.as<Enumerate>();
  Value item = advance(e->iterator);
  if (!item) return nullptr;
  Value index = e->index;
  e->index = index.is_int() ? new_int(index.as_int() + 1) : TRY(int_add(index, Value::from_int(1)));
  write_barrier(e, e->index);
  auto* pair = static_cast<Tuple*>(heap.allocate(tuple_shape, sizeof(Tuple) + 2 * sizeof(Value)));
  pair->size = 2;
  pair->items[0] = index;
  pair->items[1] = item;
  return pair;
}

Value enumerate_reduce(Value* args) {
  auto* e = args[0].as<Enumerate>();
  return make_tuple(class_of(args[0]), make_tuple(e->iterator, e->index));
}

// zip
Value zip_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  bool strict = false;
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    Str* name = kwnames->items[i].as<Str>();
    if (!str_equals(name, "strict")) {
      if (cls->slots.init != types.zip->slots.init) continue;
      if (kwnames->size > 1) return raisef(exc.TypeError, "zip() takes at most 1 keyword argument (%u given)", static_cast<unsigned>(kwnames->size));
      return raisef(exc.TypeError, "'%.200s' is an invalid keyword argument for zip()", to_utf8(name).c_str());
    }
    int truth = is_true(args[nargs + i]);
    if (truth < 0) return nullptr;
    strict = truth;
  }
  Tuple* iterators = TRY(iterators_of(args, nargs));
  auto* z = allocate_instance_of<Zip>(cls);
  z->iterators = iterators;
  z->strict = Value::from_bool(strict);
  write_barrier(z);
  return z;
}

// Iterator i ended first. strict=True demands that all end together.
Value zip_end(Zip* z, uint64_t i) {
  if (error_pending()) {
    if (!z->strict.is_true() || !pending_matches(exc.StopIteration)) return nullptr;
    clear_pending();
  }
  if (!z->strict.is_true()) return nullptr;
  if (i) {
    return raisef(exc.ValueError, "zip() argument %lu is shorter than argument%s%lu", static_cast<unsigned long>(i + 1), i == 1 ? " " : "s 1-",
                  static_cast<unsigned long>(i));
  }
  for (i = 1; i < z->iterators->size; ++i) {
    Value item = advance(z->iterators->items[i]);
    if (item) {
      return raisef(exc.ValueError, "zip() argument %lu is longer than argument%s%lu", static_cast<unsigned long>(i + 1), i == 1 ? " " : "s 1-",
                    static_cast<unsigned long>(i));
    }
    if (!ended_cleanly()) return nullptr;
  }
  return nullptr;
}

Value zip_next(Value self) {
  auto* z = self.as<Zip>();
  uint64_t n = z->iterators->size;
  if (!n) return nullptr;
  Tuple* result = new_tuple_null(n);
  if (!result) return nullptr;
  for (uint64_t i = 0; i < n; ++i) {
    Value item = advance(z->iterators->items[i]);
    if (!item) return zip_end(z, i);
    result->items[i] = item;
    write_barrier(result, item);
  }
  return result;
}

Value zip_reduce(Value* args) {
  auto* z = args[0].as<Zip>();
  if (z->strict.is_true()) return make_tuple(class_of(args[0]), z->iterators, Value::from_bool(true));
  return make_tuple(class_of(args[0]), z->iterators);
}

Value zip_setstate(Value* args) {
  int strict = is_true(args[1]);
  if (strict < 0) return nullptr;
  args[0].as<Zip>()->strict = Value::from_bool(strict);
  return Value::none();
}

// The item that a list, tuple or string iterator has next, which stays there. Null: none, or another kind.
inline Value upcoming(Value iterator) {
  Class* cls = class_of(iterator);
  auto* it = iterator.as<SequenceIterator>();
  if (cls == types.list_iterator && it->sequence) {
    auto* list = it->sequence.as<List>();
    return static_cast<uint64_t>(it->index) < list->size ? list->items()[it->index] : Value();
  }
  if (cls == types.tuple_iterator && it->sequence) {
    auto* tuple = it->sequence.as<Tuple>();
    return static_cast<uint64_t>(it->index) < tuple->size ? tuple->items[it->index] : Value();
  }
  if ((cls == types.str_ascii_iterator || cls == types.str_iterator) && it->sequence) {
    auto* s = it->sequence.as<Str>();
    return static_cast<uint64_t>(it->index) < s->length ? Value(char_str(s->at(static_cast<uint64_t>(it->index)))) : Value();
  }
  return nullptr;
}

// map
struct Map : Object { Tuple* iterators; Value function; };

Value map_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == types.map->slots.init && !no_keywords("map", kwnames)) return nullptr;
  if (nargs < 2) return raise(exc.TypeError, "map() must have at least two arguments.");
  Tuple* iterators = TRY(iterators_of(args + 1, nargs - 1));
  auto* m = allocate_instance_of<Map>(cls);
  m->iterators = iterators;
  m->function = args[0];
  write_barrier(m);
  return m;
}

Value map_next(Value self) {
  auto* m = self.as<Map>();
  uint64_t n = m->iterators->size;
  if (n == 1) {
    Value item = advance(m->iterators->items[0]);
    return item ? call1(m->function, item) : Value();
  }
  constexpr uint64_t kFew = 8;
  Value few[kFew];
  Tuple* many = n > kFew ? new_tuple_null(n) : nullptr;
  if (n > kFew && !many) return nullptr;
  Value* items = many ? many->items : few;
  for (uint64_t i = 0; i < n; ++i) {
    items[i] = advance(m->iterators->items[i]);
    if (!items[i]) return nullptr;
    if (many) write_barrier(many);
  }
  return call(m->function, items, static_cast<uint32_t>(n));
}

Value map_reduce(Value* args) {
  auto* m = args[0].as<Map>();
  Tuple* parts = TRY(new_tuple_null(m->iterators->size + 1));
  parts->items[0] = m->function;
  for (uint64_t i = 0; i < m->iterators->size; ++i) parts->items[i + 1] = m->iterators->items[i];
  write_barrier(parts);
  return make_tuple(class_of(args[0]), parts);
}

// filter
struct Filter : Object { Value function, iterator; };

Value filter_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == types.filter->slots.init && !no_keywords("filter", kwnames)) return nullptr;
  if (!check_positional("filter", nargs, 2, 2)) return nullptr;
  Value iterator = TRY(get_iter(args[1]));
  auto* f = allocate_instance_of<Filter>(cls);
  f->function = args[0];
  f->iterator = iterator;
  write_barrier(f);
  return f;
}

Value filter_next(Value self) {
  auto* f = self.as<Filter>();
  bool plain = f->function.is_none() || f->function == Value(types.bool_);
  for (;;) {
    Value item = advance(f->iterator);
    if (!item) return nullptr;
    int keep;
    if (plain) {
      keep = is_true(item);
    } else {
      Value verdict = call1(f->function, item);
      if (!verdict) return nullptr;
      keep = is_true(verdict);
    }
    if (keep > 0) return item;
    if (keep < 0) return nullptr;
  }
}

Value filter_reduce(Value* args) {
  auto* f = args[0].as<Filter>();
  return make_tuple(class_of(args[0]), make_tuple(f->function, f->iterator));
}

#define REDUCE(fn) {"__reduce__", "!($self, /)", fn, Effects::kReads, MethodKind::kMethod, "Return state information for pickling."}
const MethodDef kEnumerateMethods[] = {
    REDUCE(enumerate_reduce),
    {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kWrites, MethodKind::kClassMethod, "See PEP 585"},
    {}};
const MethodDef kZipMethods[] = {
    REDUCE(zip_reduce),
    {"__setstate__", "!($self, state, /)", zip_setstate, Effects::kCallsPython, MethodKind::kMethod, "Set state information for unpickling."},
    {}};
const MethodDef kMapMethods[] = {REDUCE(map_reduce), {}};
const MethodDef kFilterMethods[] = {REDUCE(filter_reduce), {}};
#undef REDUCE

Class* make_class(ClassSpec& spec, const char* name, uint32_t size, UnaryFn next, Value (*new_fn)(Class*, Value*, uint32_t, Tuple*),
                  const MethodDef* methods, const char* doc) {
  spec.name = name;
  spec.basicsize = size;
  spec.flags = kClassBaseType;
  spec.trace_kind = TraceKind::kCustom;
  spec.trace = [](Object* o, Tracer& tracer) {
    auto* both = reinterpret_cast<Value*>(o + 1);   // all four layouts are two words
    tracer.visit_range(both, both + 2);
  };
  spec.doc = doc;
  spec.slots.iter = iter_self;
  spec.slots.next = next;
  spec.slots.new_ = new_fn;
  spec.methods = methods;
  return new_builtin_class(spec);
}

}  // namespace

void init_lazy_iterator_types() {
  static_assert(sizeof(Enumerate) == 24 && sizeof(Zip) == 24 && sizeof(Map) == 24 && sizeof(Filter) == 24);
  static ClassSpec enumerate, zip, map, filter;
  types.enumerate = make_class(enumerate, "enumerate", sizeof(Enumerate), enumerate_next, enumerate_new, kEnumerateMethods,
                               "enumerate(iterable, start=0)\n--\n\nAn iterator over (number, item) pairs, numbered from start.");
  types.zip = make_class(zip, "zip", sizeof(Zip), zip_next, zip_new, kZipMethods,
                         "zip(*iterables, strict=False) --> an iterator over tuples of the iterables' items\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n"
                         "   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\nIt ends with the shortest; "
                         "strict=True makes unequal lengths a ValueError.");
  types.map = make_class(map, "map", sizeof(Map), map_next, map_new, kMapMethods,
                         "map(func, *iterables) --> map object\n\nfunc of the iterables' items, until the shortest ends.");
  types.filter = make_class(filter, "filter", sizeof(Filter), filter_next, filter_new, kFilterMethods,
                            "filter(function or None, iterable) --> filter object\n\nThe items for which function is true; None: the true items.");
}

bool next_pair(Value iterator, Value* pair) {
  Class* cls = class_of(iterator);
  if (cls == types.enumerate) {
    auto* e = iterator.as<Enumerate>();
    Value item = upcoming(e->iterator);
    if (!item || !e->index.is_int() || e->index.as_int() >= Value::kMaxInt) return false;
    pair[0] = e->index;
    pair[1] = item;
    ++e->iterator.as<SequenceIterator>()->index;
    e->index = Value::from_int(e->index.as_int() + 1);
    return true;
  }
  if (cls == types.zip) {
    auto* iterators = iterator.as<Zip>()->iterators;
    if (iterators->size != 2 || iterators->items[0] == iterators->items[1]) return false;
    Value first = upcoming(iterators->items[0]), second = first ? upcoming(iterators->items[1]) : Value();
    if (!second) return false;
    pair[0] = first;
    pair[1] = second;
    ++iterators->items[0].as<SequenceIterator>()->index;
    ++iterators->items[1].as<SequenceIterator>()->index;
    return true;
  }
  if (cls == types.dict_item_iterator) {
    auto* it = iterator.as<DictIterator>();
    Dict* d = it->dict;
    if (!d || it->size != d->size || !it->left || static_cast<uint64_t>(it->position) >= d->used) return false;
    const DictEntry& entry = d->entries->entries[it->position];
    if (!entry.key) return false;
    pair[0] = entry.key;
    pair[1] = entry.value;
    ++it->position;
    --it->left;
    return true;
  }
  return false;
}

}  // namespace pyjit::runtime
