// collections.OrderedDict: a dict whose keys can be moved to either end, with its own views and iterator.
//
// A dict keeps insertion order already; moving to the end is a removal and an insertion, moving to the front needs free entries there, which
// dict_insert_front makes. The layout version tells iterators of every change of the keys.
#include "runtime/modules/collections.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/set.h"

namespace pyjit::runtime {

namespace {

Class *odict_class, *iterator_class, *keys_class, *values_class, *items_class;

struct OrderedDict : Dict {
  DictEntries* first_of;   // the entries that `first` counts in
  uint64_t first;          // no live entry lies before this one
  Object* attributes;      // __dict__'s storage
};
constexpr uint16_t kAttributesOffset = sizeof(OrderedDict) - sizeof(Object*);

bool is_odict(Value v) { return is_instance(v, odict_class); }
OrderedDict* self_odict(Value v) { return v.as<OrderedDict>(); }
bool is_exact_odict(Value v) { return is_exact(v, odict_class); }

// first_of is traced, so that no later table can lie at its address.
void trace_odict(Object* o, Tracer& tracer) {
  trace_dict(o, tracer);
  tracer.visit(static_cast<OrderedDict*>(o)->first_of);
}

// Position of the first live entry; meaningless when empty.
uint64_t first_live(OrderedDict* d) {
  uint64_t i = d->first_of == d->entries ? d->first : 0;
  while (i < d->used && d->entries->entries[i].key.is_null()) ++i;
  d->first_of = d->entries;
  write_barrier(d);
  d->first = i;
  return i;
}

uint64_t last_live(OrderedDict* d) {
  uint64_t i = d->used - 1;
  while (d->entries->entries[i].key.is_null()) --i;
  return i;
}

Value odict_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* d = allocate_instance_of<OrderedDict>(cls);
  d->str_keys_only = true;
  return d;
}

// MutableMapping.update's protocol: through self's own __setitem__.

bool add_pairs(Value self, Value pairs) {
  Value iterator = TRY(get_iter(pairs));
  while (Value pair = iter_next(iterator)) {
    Value parts = TRY(get_iter(pair));
    Value key = iter_next(parts), value = key ? iter_next(parts) : Value();
    if (!value) {
      if (!error_pending()) raisef(exc.ValueError, "need more than %d value%s to unpack", key ? 1 : 0, key ? "" : "s");
      return false;
    }
    if (iter_next(parts)) {
      raise(exc.ValueError, "too many values to unpack (expected 2)");
      return false;
    }
    if (error_pending() || !set_item(self, key, value)) return false;
  }
  return !error_pending();
}

bool update_from(Value self, Value other) {
  if (is_exact(other, types.dict)) {
    Dict* d = other.as<Dict>();
    uint64_t position = 0;
    Value key, value;
    List* pairs = TRY(new_list(d->size));
    while (dict_next(d, &position, &key, &value)) {
      if (!list_append(pairs, make_tuple(key, value))) return false;
    }
    return add_pairs(self, pairs);
  }
  Value keys = get_attr_or_null(other, names.keys);
  if (keys) {
    Value all = TRY(call0(keys));
    Value iterator = TRY(get_iter(all));
    while (Value key = iter_next(iterator)) {
      Value value = TRY(get_item(other, key));
      if (!set_item(self, key, value)) return false;
    }
    return !error_pending();
  }
  if (error_pending()) return false;
  Value items = get_attr_or_null(other, names.items);
  if (items) return add_pairs(self, TRY(call0(items)));
  return !error_pending() && add_pairs(self, other);
}

bool update_from_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs && !update_from(self, args[0])) return false;
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    if (!set_item(self, kwnames->items[i], args[nargs + i])) return false;
  }
  return true;
}

bool odict_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs > 1) {
    raisef(exc.TypeError, "expected at most 1 arguments, got %u", nargs);
    return false;
  }
  return update_from_call(self, args, nargs, kwnames);
}

Value method_update(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs > 2) return raisef(exc.TypeError, "update() takes at most 1 positional argument (%u given)", nargs - 1);
  return update_from_call(args[0], args + 1, nargs - 1, kwnames) ? Value::none() : Value();
}

Value method_fromkeys(Value* args) {
  Value value = args[2] ? args[2] : Value::none();
  Value d = TRY(call0(args[0]));
  Value iterator = TRY(get_iter(args[1]));
  while (Value key = iter_next(iterator)) {
    if (!set_item(d, key, value)) return nullptr;
  }
  return error_pending() ? Value() : d;
}

Value method_set_default(Value* args) {
  Value fallback = args[2] ? args[2] : Value::none();
  if (is_exact_odict(args[0])) return dict_set_default(self_odict(args[0]), args[1], fallback);
  int present = contains(args[0], args[1]);
  if (present < 0) return nullptr;
  if (present) return get_item(args[0], args[1]);
  return set_item(args[0], args[1], fallback) ? fallback : Value();
}

Value method_pop(Value* args) {
  Value v = dict_pop(self_odict(args[0]), args[1]);
  if (v || error_pending()) return v;
  return args[2] ? args[2] : Value(raise_key_error(args[1]));
}

bool last_argument(Value v, bool* last) {
  *last = true;
  if (!v) return true;
  int truth = is_true(v);
  *last = truth > 0;
  return truth >= 0;
}

Value method_popitem(Value* args) {
  OrderedDict* d = self_odict(args[0]);
  bool last;
  if (!last_argument(args[1], &last)) return nullptr;
  if (!d->size) return raise_with_value(exc.KeyError, new_str("dictionary is empty"));
  uint64_t position = last ? last_live(d) : first_live(d);
  DictEntry e = d->entries->entries[position];
  dict_remove_at(d, position);
  if (last) d->used = position;
  return make_tuple(e.key, e.value);
}

Value method_move_to_end(Value* args) {
  OrderedDict* d = self_odict(args[0]);
  bool last;
  int64_t hash;
  if (!last_argument(args[2], &last) || !hash_key(args[1], &hash)) return nullptr;
  int64_t found = dict_find(d, args[1], hash);
  if (found == -2) return nullptr;
  if (found < 0) return raise_key_error(args[1]);
  uint64_t position = static_cast<uint64_t>(found);
  if (position == (last ? last_live(d) : first_live(d))) return Value::none();
  DictEntry e = d->entries->entries[position];
  dict_remove_at(d, position);
  if (last) return dict_set_hashed(d, e.key, hash, e.value) ? Value::none() : Value();
  if (!dict_insert_front(d, e.key, hash, e.value, first_live(d))) return nullptr;
  d->first_of = nullptr;
  return Value::none();
}

Value method_clear(Value* args) {
  dict_clear(self_odict(args[0]));
  return Value::none();
}

Value method_copy(Value* args) {
  OrderedDict* d = self_odict(args[0]);
  bool exact = is_exact_odict(args[0]);
  Value copy = TRY(exact ? odict_new(odict_class, nullptr, 0, nullptr) : call0(class_of(args[0])));
  uint64_t position = 0;
  Value key, value;
  while (dict_next(d, &position, &key, &value)) {
    if (exact) {
      if (!dict_set_hashed(copy.as<Dict>(), key, dict_entry_hash(d, position - 1), value)) return nullptr;
    } else {
      value = TRY(get_item(args[0], key));
      if (!set_item(copy, key, value)) return nullptr;
    }
  }
  return copy;
}

Value method_reduce(Value* args) {
  Value state = TRY(call_method0(args[0], names.dunder_getstate));
  if (is_exact(state, types.dict) && !state.as<Dict>()->size) state = Value::none();   // __dict__ was looked at, nothing is in it
  Value items = TRY(call_method0(args[0], names.items));
  Value iterator = TRY(get_iter(items));
  return make_tuple(class_of(args[0]), empty_tuple(), state, Value::none(), iterator);
}

Value method_sizeof(Value* args) {
  Dict* d = self_odict(args[0]);
  uint64_t bytes = sizeof(OrderedDict);
  if (d->entries) bytes += d->entries->capacity() * (sizeof(DictEntry) + (d->hashes ? 8 : 0));
  if (d->index) bytes += (d->index->mask + 1) * 4;
  return new_int(static_cast<int64_t>(bytes));
}

Value odict_repr(Value self) {
  OrderedDict* d = self_odict(self);
  StrBuilder out;
  if (!d->size) {
    out.append(class_of(self)->name);
    out.append_ascii("()");
    return out.finish();
  }
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(d);
  if (!guard.entered()) return new_str("...");
  List* pieces;
  if (is_exact_odict(self)) {
    pieces = TRY(new_list(d->size));
    uint64_t position = 0;
    Value key, value;
    while (dict_next(d, &position, &key, &value)) {
      if (!list_append(pieces, make_tuple(key, value))) return nullptr;
    }
  } else {
    pieces = TRY(to_list(TRY(call_method0(self, names.items))));
  }
  out.append(class_of(self)->name);
  out.append_ascii("(");
  out.append(TRY(repr(pieces)));
  out.append_ascii(")");
  return out.finish();
}

Value odict_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_dict(a) || !is_dict(b)) return Value::not_implemented();
  int equal = dict_equal(a.as<Dict>(), b.as<Dict>());
  if (equal < 0) return nullptr;
  if (equal && is_odict(a) && is_odict(b)) {
    uint64_t i = 0, j = 0;
    Value x, y, unused;
    while (equal && dict_next(a.as<Dict>(), &i, &x, &unused) && dict_next(b.as<Dict>(), &j, &y, &unused)) {
      equal = compare_bool(x, y, kEq);
      if (equal < 0) return nullptr;
    }
  }
  return Value::from_bool(equal == (op == kEq));
}

Value odict_or(Value a, Value b) {
  bool left = is_odict(a);
  if (!is_dict(left ? b : a)) return Value::not_implemented();
  Value result = TRY(call1(class_of(left ? a : b), a));
  return update_from(result, b) ? result : Value();
}
Value odict_inplace_or(Value self, Value other) { return update_from(self, other) ? self : Value(); }

// Iterator.

struct OdictIterator : Object {
  OrderedDict* dict;     // null: exhausted
  int64_t position;
  uint64_t size;
  uint32_t version;      // the dict's layout version when the iteration began
  bool backwards, wants_keys, wants_values;
};

Value new_iterator(OrderedDict* d, bool keys, bool values, bool backwards) {
  auto* it = allocate_instance_of<OdictIterator>(iterator_class);
  it->dict = d;
  it->position = backwards ? static_cast<int64_t>(d->used) - 1 : 0;
  it->size = d->size;
  it->version = dict_layout_version(d);
  it->backwards = backwards;
  it->wants_keys = keys;
  it->wants_values = values;
  write_barrier(it);
  return it;
}

Value iterator_next(Value self) {
  auto* it = self.as<OdictIterator>();
  OrderedDict* d = it->dict;
  if (!d) return nullptr;
  if (dict_layout_version(d) != it->version || d->size != it->size) {
    it->dict = nullptr;
    return raise(exc.RuntimeError, "OrderedDict mutated during iteration");
  }
  int64_t i = it->position, step = it->backwards ? -1 : 1, end = static_cast<int64_t>(d->used);
  while (i >= 0 && i < end && d->entries->entries[i].key.is_null()) i += step;
  if (i < 0 || i >= end) {
    it->dict = nullptr;
    return nullptr;
  }
  it->position = i + step;
  DictEntry e = d->entries->entries[i];
  if (!it->wants_values) return e.key;
  if (is_exact_odict(d)) return it->wants_keys ? Value(make_tuple(e.key, e.value)) : e.value;
  Value value = TRY(get_item(d, e.key));   // a subclass may have its own __getitem__
  return it->wants_keys ? Value(make_tuple(e.key, value)) : value;
}

Value iterator_reduce(Value* args) {
  auto* it = args[0].as<OdictIterator>();
  auto* copy = allocate_instance_of<OdictIterator>(iterator_class);
  copy->dict = it->dict;
  copy->position = it->position;
  copy->size = it->size;
  copy->version = it->version;
  copy->backwards = it->backwards;
  copy->wants_keys = it->wants_keys;
  copy->wants_values = it->wants_values;
  write_barrier(copy);
  List* items = TRY(to_list(copy));
  return make_tuple(TRY(builtin_named("iter")), make_tuple(items));
}

OrderedDict* viewed(Value v) { return static_cast<OrderedDict*>(v.as<DictView>()->dict); }
Value odict_iter(Value self) { return new_iterator(self_odict(self), true, false, false); }
Value keys_iter(Value self) { return new_iterator(viewed(self), true, false, false); }
Value values_iter(Value self) { return new_iterator(viewed(self), false, true, false); }
Value items_iter(Value self) { return new_iterator(viewed(self), true, true, false); }
Value method_reversed(Value* args) { return new_iterator(self_odict(args[0]), true, false, true); }
Value keys_reversed(Value* args) { return new_iterator(viewed(args[0]), true, false, true); }
Value values_reversed(Value* args) { return new_iterator(viewed(args[0]), false, true, true); }
Value items_reversed(Value* args) { return new_iterator(viewed(args[0]), true, true, true); }
Value method_keys(Value* args) { return new_dict_view(keys_class, self_odict(args[0])); }
Value method_values(Value* args) { return new_dict_view(values_class, self_odict(args[0])); }
Value method_items(Value* args) { return new_dict_view(items_class, self_odict(args[0])); }

constexpr Effects kAnything = Effects::kCallsPython;
const MethodDef kMethods[] = {
    {"fromkeys", "($type, /, iterable, value=None)", method_fromkeys, kAnything, MethodKind::kClassMethod,
     "A new ordered dictionary with the iterable's items as keys, all with the same value."},
    method_row("__sizeof__", "!($self, /)", method_sizeof, Effects::kReads), reduce_row(method_reduce),
    method_row("setdefault", "($self, /, key, default=None)", method_set_default, kAnything,
               "The value of the key; a missing key is inserted with the value default first."),
    method_row("pop", "($self, /, key, default=<unrepresentable>)", method_pop, kAnything,
               "Remove the key and return its value; default when it is missing, KeyError when there is no default."),
    method_row("popitem", "($self, /, last=True)", method_popitem, kAnything, "Remove and return the last pair, or the first if last is false."),
    method_row("keys", "!($self, /)", method_keys, Effects::kWrites), method_row("values", "!($self, /)", method_values, Effects::kWrites),
    method_row("items", "!($self, /)", method_items, Effects::kWrites),
    {"update", "!($self, /, *args, **kwargs)", nullptr, kAnything, MethodKind::kMethod, nullptr, method_update},
    method_row("clear", "!($self, /)", method_clear, Effects::kWrites, "od.clear() -> None.  Remove all items from od."),
    method_row("copy", "!($self, /)", method_copy, kAnything, "od.copy() -> a shallow copy of od"),
    method_row("__reversed__", "!($self, /)", method_reversed, Effects::kWrites, "od.__reversed__() <==> reversed(od)"),
    method_row("move_to_end", "($self, /, key, last=True)", method_move_to_end, kAnything,
               "Move an existing key to the end (or to the beginning if last is false); KeyError when there is no such key."),
    {}};
const GetSetDef kFields[] = {kDictRow, {}};
const MethodDef kKeysMethods[] = {method_row("__reversed__", "!($self, /)", keys_reversed), {}};
const MethodDef kValuesMethods[] = {method_row("__reversed__", "!($self, /)", values_reversed), {}};
const MethodDef kItemsMethods[] = {method_row("__reversed__", "!($self, /)", items_reversed), {}};
const MethodDef kIteratorMethods[] = {reduce_row(iterator_reduce), {}};

Class* make_view(ClassSpec& spec, const char* name, Class* const* base, UnaryFn iter, const MethodDef* methods) {
  spec.name = name;
  spec.base = base;
  spec.basicsize = sizeof(DictView);
  spec.flags = kClassNoInstantiation;
  spec.trace_kind = TraceKind::kValues;
  spec.slots.iter = iter;
  spec.methods = methods;
  return new_builtin_class(spec);
}

}  // namespace

bool add_ordered_dict(Module* m) {
  static ClassSpec spec{.name = "collections.OrderedDict", .base = &types.dict, .basicsize = kAttributesOffset,
                        .flags = kClassBaseType | kClassHasDict | kClassHasWeakref, .trace_kind = TraceKind::kCustom, .trace = trace_odict,
                        .doc = "Dictionary that remembers insertion order", .methods = kMethods, .getset = kFields};
  Slots& s = spec.slots;
  s.repr = odict_repr;
  s.compare = odict_compare;
  s.iter = odict_iter;
  s.binary[kOr] = odict_or;
  s.inplace[kOr] = odict_inplace_or;
  s.new_ = odict_new;
  s.init = odict_init;
  static ClassSpec keys, values, items;
  static ClassSpec iterator{.name = "odict_iterator", .basicsize = sizeof(OdictIterator), .flags = kClassNoInstantiation,
                            .trace_kind = TraceKind::kCustom, .trace = trace_prefix<1>, .methods = kIteratorMethods};
  iterator.slots.iter = iter_self;
  iterator.slots.next = iterator_next;
  bool first = !odict_class;
  Shape* shape = first ? Shape::new_root(nullptr, kAttributesOffset, 0, TraceKind::kCustom) : nullptr;
  if (!add_class(m, spec, &odict_class, shape)) return false;
  if (!first) return true;
  static Value roots[4];
  heap.add_root_range(roots, roots + 4);
  roots[0] = keys_class = make_view(keys, "odict_keys", &types.dict_keys, keys_iter, kKeysMethods);
  roots[1] = values_class = make_view(values, "odict_values", &types.dict_values, values_iter, kValuesMethods);
  roots[2] = items_class = make_view(items, "odict_items", &types.dict_items, items_iter, kItemsMethods);
  roots[3] = iterator_class = new_builtin_class(iterator);
  return true;
}

}  // namespace pyjit::runtime
