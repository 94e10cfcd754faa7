// dict as Python sees it: construction, subscripts with __missing__, methods, comparison, repr.
#include "runtime/types/arg_util.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

Dict* self_dict(Value v) { return v.as<Dict>(); }

Value dict_getitem(Value self, Value key) {
  Value v = dict_get(self_dict(self), key);
  if (v) return v;
  if (error_pending()) return nullptr;
  if (self.as_object()->cls() != types.dict) {
    bool found = false;
    Value missing = call_special(self, names.dunder_missing, &found, &key, 1);
    if (found || error_pending()) return missing;
  }
  return raise_key_error(key);
}

bool dict_setitem(Value self, Value key, Value value) {
  if (value) return dict_set(self_dict(self), key, value);
  int deleted = dict_delete(self_dict(self), key);
  if (deleted == 0) raise_key_error(key);
  return deleted > 0;
}

int64_t dict_length(Value self) { return static_cast<int64_t>(self_dict(self)->size); }
int dict_contains_slot(Value self, Value key) { return dict_contains(self_dict(self), key); }
Value dict_iter(Value self) { return new_dict_iterator(types.dict_key_iterator, self_dict(self)); }

Value dict_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_dict(a) || !is_dict(b)) return Value::not_implemented();
  int equal = dict_equal(self_dict(a), self_dict(b));
  if (equal < 0) return nullptr;
  return Value::from_bool(equal == (op == kEq));
}

Value dict_repr(Value self) {
  Dict* d = self_dict(self);
  if (!d->size) return new_str("{}");
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(d);
  if (!guard.entered()) return new_str("{...}");
  StrBuilder out;
  out.append_ascii("{");
  uint64_t position = 0;
  Value key, value;
  for (bool first = true; dict_next(d, &position, &key, &value); first = false) {
    if (!first) out.append_ascii(", ");
    out.append(TRY(repr(key)));
    out.append_ascii(": ");
    out.append(TRY(repr(value)));
  }
  out.append_ascii("}");
  return out.finish();
}

Value dict_or(Value a, Value b) {
  if (!is_dict(a) || !is_dict(b)) return Value::not_implemented();
  Dict* d = TRY(dict_copy(self_dict(a)));
  return dict_update(d, b) ? Value(d) : Value();
}

Value dict_inplace_or(Value self, Value other) { return dict_update(self_dict(self), other) ? self : Value(); }

Value dict_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls == types.dict) return new_dict();
  auto* d = allocate_instance_of<Dict>(cls);
  d->str_keys_only = true;
  return d;
}

// What dict() and update() share: at most one mapping or iterable, then keywords.
bool update_from_call(Dict* d, const char* function, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!check_positional(function, nargs, 0, 1)) return false;
  if (nargs && !dict_update(d, args[0])) return false;
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    if (!dict_set(d, kwnames->items[i], args[nargs + i])) return false;
  }
  return true;
}

bool dict_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  return update_from_call(self_dict(self), "dict", args, nargs, kwnames);
}

Value method_update(Value* args, uint32_t nargs, Tuple* kwnames) {
  return update_from_call(self_dict(args[0]), "update", args + 1, nargs - 1, kwnames) ? Value::none() : Value();
}

Value method_get(Value* args) {
  Value v = dict_get(self_dict(args[0]), args[1]);
  if (v) return v;
  if (error_pending()) return nullptr;
  return args[2] ? args[2] : Value::none();
}

Value method_set_default(Value* args) { return dict_set_default(self_dict(args[0]), args[1], args[2] ? args[2] : Value::none()); }

Value method_pop(Value* args) {
  Dict* d = self_dict(args[0]);
  if (!d->size && !args[2]) return raise_key_error(args[1]);   // without hashing, as CPython
  if (!d->size) return args[2];
  Value v = dict_pop(d, args[1]);
  if (v || error_pending()) return v;
  return args[2] ? args[2] : Value(raise_key_error(args[1]));
}

Value method_popitem(Value* args) {
  Value key, value;
  if (!dict_pop_last(self_dict(args[0]), &key, &value)) return raise_with_value(exc.KeyError, new_str("popitem(): dictionary is empty"));
  return make_tuple(key, value);
}

Value method_clear(Value* args) {
  dict_clear(self_dict(args[0]));
  return Value::none();
}

Value method_copy(Value* args) { return dict_copy(self_dict(args[0])); }

Value method_fromkeys(Value* args) {
  Value value = args[2] ? args[2] : Value::none();
  Value d = TRY(call0(args[0]));
  bool exact = is_exact(d, types.dict);
  if (exact && !self_dict(d)->size && is_exact(args[1], types.dict)) {
    Dict* source = self_dict(args[1]);
    if (!dict_reserve(self_dict(d), source->size)) return nullptr;
    uint64_t position = 0;
    Value key, unused;
    while (dict_next(source, &position, &key, &unused)) {
      if (!dict_set_hashed(self_dict(d), key, dict_entry_hash(source, position - 1), value)) return nullptr;
    }
    return d;
  }
  if (exact && is_any_set(args[1]) && (is_exact(args[1], types.set) || is_exact(args[1], types.frozenset))) {
    uint64_t position = 0;
    Value key;
    int64_t hash;
    while (set_next_entry(args[1].as<Set>(), &position, &key, &hash)) {
      if (!dict_set_hashed(self_dict(d), key, hash, value)) return nullptr;
    }
    return d;
  }
  Value iterator = TRY(get_iter(args[1]));
  while (Value key = iter_next(iterator)) {
    if (!(exact ? dict_set(self_dict(d), key, value) : set_item(d, key, value))) return nullptr;
  }
  return error_pending() ? Value() : d;
}

Value method_keys(Value* args) { return new_dict_view(types.dict_keys, self_dict(args[0])); }
Value method_values(Value* args) { return new_dict_view(types.dict_values, self_dict(args[0])); }
Value method_items(Value* args) { return new_dict_view(types.dict_items, self_dict(args[0])); }
Value method_reversed(Value* args) { return new_dict_iterator(types.dict_reverse_key_iterator, self_dict(args[0])); }
Value method_getitem(Value* args) { return dict_getitem(args[0], args[1]); }

Value method_contains(Value* args) {
  int present = dict_contains(self_dict(args[0]), args[1]);
  return present < 0 ? Value() : Value::from_bool(present);
}

Value method_sizeof(Value* args) {
  Dict* d = self_dict(args[0]);
  uint64_t bytes = 64;
  if (d->entries) bytes += sizeof(DictEntries) + d->entries->capacity() * (sizeof(DictEntry) + (d->hashes ? 8 : 0));
  if (d->index) bytes += sizeof(DictIndex) + (d->index->mask + 1) * 4;
  return Value::from_int(static_cast<int64_t>(bytes));
}

const MethodDef kMethods[] = {
    {"__contains__", "($self, key, /)", method_contains, Effects::kCallsPython, MethodKind::kMethod, "True if the dictionary has the key."},
    {"__getitem__", "!($self, key, /)", method_getitem, Effects::kCallsPython, MethodKind::kMethod, "x.__getitem__(y) <==> x[y]"},
    {"__sizeof__", "!($self, /)", method_sizeof, Effects::kReads, MethodKind::kMethod, "D.__sizeof__() -> bytes that the dictionary takes"},
    {"get", "($self, key, default=None, /)", method_get, Effects::kCallsPython, MethodKind::kMethod,
     "The value of the key, or default when the dictionary has no such key."},
    {"setdefault", "($self, key, default=None, /)", method_set_default, Effects::kCallsPython, MethodKind::kMethod,
     "The value of the key; a missing key is inserted with the value default first."},
    {"pop", "($self, key, default=<unrepresentable>, /)", method_pop, Effects::kCallsPython, MethodKind::kMethod,
     "Remove the key and return its value; default when it is missing, KeyError when there is no default."},
    {"popitem", "($self, /)", method_popitem, Effects::kWrites, MethodKind::kMethod,
     "Remove the pair that was inserted last and return it as (key, value); KeyError when the dictionary is empty."},
    {"keys", "!($self, /)", method_keys, Effects::kWrites, MethodKind::kMethod, "D.keys() -> a set-like view of the keys"},
    {"items", "!($self, /)", method_items, Effects::kWrites, MethodKind::kMethod, "D.items() -> a set-like view of the (key, value) pairs"},
    {"values", "!($self, /)", method_values, Effects::kWrites, MethodKind::kMethod, "D.values() -> a view of the values"},
    {"update", "!($self, /, *args, **kwargs)", nullptr, Effects::kCallsPython, MethodKind::kMethod,
     "D.update([E, ]**F) -> None\n\nTake over the pairs of the mapping or iterable of pairs E, then the keywords F.", method_update},
    {"fromkeys", "($type, iterable, value=None, /)", method_fromkeys, Effects::kCallsPython, MethodKind::kClassMethod,
     "A new dictionary with the iterable's items as keys, all with the same value."},
    {"clear", "!($self, /)", method_clear, Effects::kWrites, MethodKind::kMethod, "D.clear() -> None.  Remove all pairs."},
    {"copy", "!($self, /)", method_copy, Effects::kWrites, MethodKind::kMethod, "D.copy() -> a new dictionary with the same pairs"},
    {"__reversed__", "($self, /)", method_reversed, Effects::kWrites, MethodKind::kMethod, "An iterator over the keys, the latest first."},
    {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kWrites, MethodKind::kClassMethod, "See PEP 585"},
    {}};

}  // namespace

void init_dict_type() {
  static ClassSpec spec{.name = "dict", .basicsize = sizeof(Dict), .flags = kClassBaseType | kSubDict | kClassMappingPattern,
                        .trace_kind = TraceKind::kCustom, .trace = trace_dict,
                        .doc = "dict() -> a new empty dictionary\ndict(mapping) -> a new one with the mapping's pairs\ndict(iterable) -> a new one "
                               "with the pairs that the iterable gives\ndict(**kwargs) -> a new one with the keywords as keys",
                        .methods = kMethods};
  Slots& s = spec.slots;
  s.repr = dict_repr;
  s.compare = dict_compare;
  s.iter = dict_iter;
  s.length = dict_length;
  s.getitem = dict_getitem;
  s.setitem = dict_setitem;
  s.contains = dict_contains_slot;
  s.binary[kOr] = dict_or;
  s.inplace[kOr] = dict_inplace_or;
  s.new_ = dict_new;
  s.init = dict_init;
  types.dict = new_builtin_class(spec, dict_shape);
  static ClassSpec entries_spec{.name = "<dict entries>", .basicsize = sizeof(DictEntries), .trace_kind = TraceKind::kValues};
  static ClassSpec index_spec{.name = "<dict index>", .basicsize = sizeof(DictIndex)};
  static ClassSpec hashes_spec{.name = "<dict hashes>", .basicsize = sizeof(DictHashes)};
  types.dict_entries = new_builtin_class(entries_spec, dict_entries_shape);
  types.dict_index = new_builtin_class(index_spec, dict_index_shape);
  types.dict_hashes = new_builtin_class(hashes_spec, dict_hashes_shape);
}

}  // namespace pyjit::runtime
