// itertools, third part: groupby, and tee with its shared chain of buffers.
#include "runtime/modules/itertools.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

namespace {

Class *groupby_class, *grouper_class, *tee_class, *tee_data_class;

// groupby. current_key/current_value: the item read ahead; target_key: key of the group handed out last.
struct Grouper;
struct GroupBy : Object { Value iterator, key_function, target_key, current_key, current_value; Grouper* grouper; };
struct Grouper : Object { GroupBy* parent; Value target_key; };

Value groupby_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("groupby", "(iterable, key=None)");
  Value out[2];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  Value iterator = TRY(get_iter(out[0]));
  auto* g = allocate_instance_of<GroupBy>(cls);
  g->iterator = iterator;
  g->key_function = out[1] ? out[1] : Value::none();
  write_barrier(g);
  return g;
}

bool read_ahead(GroupBy* g) {
  Value item = TRY(iter_next(g->iterator));
  Value key = g->key_function.is_none() ? item : TRY(call1(g->key_function, item));
  g->current_value = item;
  g->current_key = key;
  write_barrier(g);
  return true;
}

Value new_grouper(GroupBy* parent, Value target_key) {
  auto* grouper = allocate_instance_of<Grouper>(grouper_class);
  grouper->parent = parent;
  grouper->target_key = target_key;
  write_barrier(grouper);
  parent->grouper = grouper;
  write_barrier(parent);
  return grouper;
}

Value groupby_next(Value self) {
  auto* g = self.as<GroupBy>();
  g->grouper = nullptr;
  for (;;) {   // skip what is left of the last group
    if (g->current_key) {
      if (!g->target_key) break;
      int same = compare_bool(g->target_key, g->current_key, kEq);
      if (same < 0) return nullptr;
      if (!same) break;
    }
    if (!read_ahead(g)) return nullptr;
  }
  g->target_key = g->current_key;
  write_barrier(g);
  Value grouper = TRY(new_grouper(g, g->target_key));
  return make_tuple(g->current_key, grouper);
}

Value groupby_reduce(Value* args) {
  auto* g = args[0].as<GroupBy>();
  Value cls = class_of(args[0]);
  Tuple* arguments = make_tuple(g->iterator, g->key_function);
  if (!g->target_key || !g->current_key || !g->current_value) return make_tuple(cls, arguments);
  return make_tuple(cls, arguments, make_tuple(g->current_key, g->current_value, g->target_key));
}

Value groupby_setstate(Value* args) {
  Tuple* state = TRY(state_tuple(args[1]));
  if (!check_positional("__setstate__", static_cast<uint32_t>(state->size), 3, 3)) return nullptr;
  auto* g = args[0].as<GroupBy>();
  g->current_key = state->items[0];
  g->current_value = state->items[1];
  g->target_key = state->items[2];
  write_barrier(g);
  return Value::none();
}

Value grouper_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!check_positional("_grouper", nargs, 2, 2)) return nullptr;
  if (!is_instance(args[0], groupby_class)) {
    return raisef(exc.TypeError, "_grouper() argument 1 must be itertools.groupby, not %.200s", type_name(args[0]));
  }
  return new_grouper(args[0].as<GroupBy>(), args[1]);
}

Value grouper_next(Value self) {
  auto* grouper = self.as<Grouper>();
  GroupBy* g = grouper->parent;
  if (g->grouper != grouper) return nullptr;
  if (!g->current_value && !read_ahead(g)) return nullptr;
  int same = compare_bool(grouper->target_key, g->current_key, kEq);
  if (same <= 0) return nullptr;
  Value item = g->current_value;
  g->current_value = g->current_key = nullptr;
  return item;
}

Value grouper_reduce(Value* args) {
  auto* grouper = args[0].as<Grouper>();
  if (grouper->parent->grouper != grouper) return make_tuple(TRY(builtin_named("iter")), make_tuple(empty_tuple()));
  return make_tuple(class_of(args[0]), make_tuple(grouper->parent, grouper->target_key));
}

// tee: readers walk a chain of buffers; whoever comes first to the end of a buffer reads from the source.
constexpr int64_t kTeeItems = 57;
struct TeeData : Object {
  Value iterator;
  TeeData* next;
  int64_t count;
  bool running;
  Value items[kTeeItems];
};
struct Tee : Object { TeeData* data; int64_t index; };

void trace_tee_data(Object* o, Tracer& tracer) {
  auto* d = static_cast<TeeData*>(o);
  tracer.visit(d->iterator);
  tracer.visit(d->next);
  tracer.visit_range(d->items, d->items + d->count);
}

TeeData* new_tee_data(Value iterator) {
  auto* d = allocate_instance_of<TeeData>(tee_data_class);
  d->iterator = iterator;
  write_barrier(d);
  return d;
}

Value tee_data_item(TeeData* d, int64_t i) {
  if (i < d->count) return d->items[i];
  if (d->running) return raise(exc.RuntimeError, "cannot re-enter the tee iterator");
  d->running = true;
  Value item = iter_next(d->iterator);
  d->running = false;
  if (!item) return nullptr;
  d->items[d->count++] = item;
  write_barrier(d, item);
  return item;
}

TeeData* tee_data_next(TeeData* d) {
  if (!d->next) {
    d->next = new_tee_data(d->iterator);
    write_barrier(d);
  }
  return d->next;
}

Tee* new_tee(Class* cls, TeeData* data, int64_t index) {
  auto* t = allocate_instance_of<Tee>(cls);
  t->data = data;
  t->index = index;
  write_barrier(t);
  return t;
}

// A reader of any iterable: a copy when that is a reader already.
Value tee_from(Value iterable) {
  Value iterator = TRY(get_iter(iterable));
  if (is_instance(iterator, tee_class)) return new_tee(tee_class, iterator.as<Tee>()->data, iterator.as<Tee>()->index);
  return new_tee(tee_class, new_tee_data(iterator), 0);
}

Value tee_next(Value self) {
  auto* t = self.as<Tee>();
  if (t->index >= kTeeItems) {
    t->data = tee_data_next(t->data);
    t->index = 0;
    write_barrier(t);
  }
  Value item = tee_data_item(t->data, t->index);
  if (item) ++t->index;
  return item;
}

Value tee_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("_tee", kwnames) || !check_positional("_tee", nargs, 1, 1)) return nullptr;
  return tee_from(args[0]);
}

Value tee_copy(Value* args) { return new_tee(tee_class, args[0].as<Tee>()->data, args[0].as<Tee>()->index); }

Value tee_reduce(Value* args) {
  auto* t = args[0].as<Tee>();
  return make_tuple(class_of(args[0]), make_tuple(empty_tuple()), make_tuple(t->data, Value::from_int(t->index)));
}

Value tee_setstate(Value* args) {
  Tuple* state = TRY(state_tuple(args[1]));
  int64_t index;
  if (state->size != 2 || !is_exact(state->items[0], tee_data_class)) return raise(exc.TypeError, "invalid arguments");
  if (!index_to_ssize(state->items[1], &index, exc.OverflowError)) return nullptr;
  if (index < 0 || index > kTeeItems) return raise(exc.ValueError, "Index out of range");
  auto* t = args[0].as<Tee>();
  t->data = state->items[0].as<TeeData>();
  t->index = index;
  write_barrier(t);
  return Value::none();
}

Value tee_data_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!check_positional("teedataobject", nargs, 3, 3)) return nullptr;
  if (!is_list(args[1])) return raisef(exc.TypeError, "_tee_dataobject() argument 2 must be list, not %.200s", type_name(args[1]));
  List* values = args[1].as<List>();
  bool has_next = !args[2].is_none();
  if (values->size > kTeeItems || (values->size < kTeeItems && has_next) || (has_next && !is_exact(args[2], tee_data_class))) {
    return raise(exc.ValueError, "Invalid arguments");
  }
  TeeData* d = new_tee_data(args[0]);
  for (uint64_t i = 0; i < values->size; ++i) d->items[i] = values->items()[i];
  d->count = static_cast<int64_t>(values->size);
  d->next = has_next ? args[2].as<TeeData>() : nullptr;
  write_barrier(d);
  return d;
}

Value tee_data_reduce(Value* args) {
  auto* d = args[0].as<TeeData>();
  List* values = TRY(new_list_from(d->items, static_cast<size_t>(d->count)));
  return make_tuple(class_of(args[0]), make_tuple(d->iterator, values, d->next ? Value(d->next) : Value::none()));
}

Value module_tee(Value* args) {
  int64_t n = 2;
  if (args[1] && !index_to_ssize(args[1], &n, exc.OverflowError)) return nullptr;
  if (n < 0) return raise(exc.ValueError, "n must be >= 0");
  if (!n) return empty_tuple();
  if (n > (1ll << 40)) return raise_memory_error();
  Tuple* result = TRY(new_tuple_null(static_cast<size_t>(n)));
  Value iterator = TRY(get_iter(args[0]));
  Value copy_method = get_attr_or_null(iterator, names.dunder_copy);
  if (!copy_method) {
    if (error_pending()) return nullptr;
    iterator = TRY(tee_from(iterator));
    copy_method = TRY(get_attr(iterator, names.dunder_copy));
  }
  result->items[0] = iterator;
  for (int64_t i = 1; i < n; ++i) {
    result->items[i] = TRY(call0(copy_method));
    write_barrier(result);
  }
  write_barrier(result);
  return result;
}

const MethodDef kGroupByMethods[] = {reduce_row(groupby_reduce), setstate_row(groupby_setstate), {}};
const MethodDef kGrouperMethods[] = {reduce_row(grouper_reduce), {}};
const MethodDef kTeeMethods[] = {method_row("__copy__", "!($self, /)", tee_copy, Effects::kWrites, "Returns an independent iterator."),
                                 reduce_row(tee_reduce), setstate_row(tee_setstate), {}};
const MethodDef kTeeDataMethods[] = {reduce_row(tee_data_reduce), {}};
const MethodDef kFunctions[] = {function_row("tee", "($module, iterable, n=2, /)", module_tee, Effects::kCallsPython,
                                             "Returns a tuple of n independent iterators over the same items."),
                                {}};

}  // namespace

bool add_itertools_grouping(Module* m) {
  static const ClassSpec groupby = iterator_spec("itertools.groupby", sizeof(GroupBy), groupby_next, groupby_new, trace_prefix<6>, kGroupByMethods,
      "groupby(iterable, key=None)\n--\n\nPairs of a key and an iterator over the consecutive items that have it.");
  static ClassSpec grouper = iterator_spec("itertools._grouper", sizeof(Grouper), grouper_next, grouper_new, trace_prefix<2>, kGrouperMethods, nullptr);
  static ClassSpec tee = iterator_spec("itertools._tee", sizeof(Tee), tee_next, tee_new, trace_prefix<1>, kTeeMethods,
                                       "_tee(iterable, /)\n--\n\nIterator wrapped to make it copyable.");
  static ClassSpec data{.name = "itertools._tee_dataobject", .basicsize = sizeof(TeeData), .trace_kind = TraceKind::kCustom, .trace = trace_tee_data,
                        .doc = "teedataobject(iterable, values, next, /)\n\nItems shared by the iterators that tee() made.",
                        .methods = kTeeDataMethods};
  grouper.flags = data.flags = 0;
  tee.flags = kClassHasWeakref;
  data.slots.new_ = tee_data_new;
  return add_class(m, grouper, &grouper_class) && add_class(m, tee, &tee_class) && add_class(m, data, &tee_data_class) &&
         add_class(m, groupby, &groupby_class) && add_functions(m, kFunctions);
}

}  // namespace pyjit::runtime
