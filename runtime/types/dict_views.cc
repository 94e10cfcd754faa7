// Views of a dict (keys, values, items; set operations on keys and items) and the six iterators over dicts.
#include "runtime/types/dict_views.h"

#include "runtime/types/arg_util.h"
#include "runtime/types/sequence_util.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

enum class Part { kKey, kValue, kItem };

Value part_of(const DictEntry& e, Part part) {
  switch (part) {
    case Part::kKey: return e.key;
    case Part::kValue: return e.value;
    default: return make_tuple(e.key, e.value);
  }
}

// Iterators.

void trace_dict_iterator(Object* o, Tracer& tracer) { tracer.visit(static_cast<DictIterator*>(o)->dict); }

bool still_same_size(DictIterator* it) {
  if (it->size == it->dict->size) [[likely]] return true;
  raise(exc.RuntimeError, "dictionary changed size during iteration");
  it->size = ~0ull;
  return false;
}

template <Part P>
Value forward_next(Value self) {
  auto* it = self.as<DictIterator>();
  Dict* d = it->dict;
  if (!d || !still_same_size(it)) return nullptr;
  uint64_t i = static_cast<uint64_t>(it->position);
  while (i < d->used && d->entries->entries[i].key.is_null()) ++i;
  if (i >= d->used) {
    it->dict = nullptr;
    return nullptr;
  }
  if (!it->left) {
    it->dict = nullptr;
    return raise(exc.RuntimeError, "dictionary keys changed during iteration");
  }
  it->position = static_cast<int64_t>(i) + 1;
  --it->left;
  return part_of(d->entries->entries[i], P);
}

template <Part P>
Value backward_next(Value self) {
  auto* it = self.as<DictIterator>();
  Dict* d = it->dict;
  if (!d || !still_same_size(it)) return nullptr;
  int64_t i = it->position;
  if (i >= static_cast<int64_t>(d->used)) i = static_cast<int64_t>(d->used) - 1;
  while (i >= 0 && d->entries->entries[i].key.is_null()) --i;
  if (i < 0) {
    it->dict = nullptr;
    return nullptr;
  }
  it->position = i - 1;
  --it->left;
  return part_of(d->entries->entries[i], P);
}

Value iterator_length_hint(Value* args) {
  auto* it = args[0].as<DictIterator>();
  return new_int(it->dict && it->size == it->dict->size ? static_cast<int64_t>(it->left) : 0);
}

// (iter, ([what is left],)): a copy is run to its end.
Value iterator_reduce(Value* args) {
  auto* it = args[0].as<DictIterator>();
  auto* copy = static_cast<DictIterator*>(heap.allocate(it->shape(), sizeof(DictIterator)));
  copy->dict = it->dict;
  copy->size = it->size;
  copy->position = it->position;
  copy->left = it->left;
  List* items = TRY(to_list(copy));
  Value iter = TRY(builtin_named("iter"));
  return make_tuple(iter, make_tuple(items));
}

const MethodDef kIteratorMethods[] = {
    {"__length_hint__", "!($self, /)", iterator_length_hint, Effects::kReads, MethodKind::kMethod,
     "Private method returning an estimate of len(list(it))."},
    {"__reduce__", "!($self, /)", iterator_reduce, Effects::kCallsPython, MethodKind::kMethod, "Return state information for pickling."},
    {}};

Class* make_iterator_class(ClassSpec& spec, const char* name, UnaryFn next) {
  spec.name = name;
  spec.basicsize = sizeof(DictIterator);
  spec.flags = kClassNoInstantiation;
  spec.trace_kind = TraceKind::kCustom;
  spec.trace = trace_dict_iterator;
  spec.slots.iter = iter_self;
  spec.slots.next = next;
  spec.methods = kIteratorMethods;
  return new_builtin_class(spec);
}

// Views.

Dict* viewed(Value v) { return v.as<DictView>()->dict; }
bool is_set_view(Value v) {
  return v.is_object() && (is_subclass(v.as_object()->cls(), types.dict_keys) || is_subclass(v.as_object()->cls(), types.dict_items));
}
bool is_items_view(Value v) { return v.is_object() && is_subclass(v.as_object()->cls(), types.dict_items); }

int64_t view_length(Value self) { return static_cast<int64_t>(viewed(self)->size); }

Value keys_iter(Value self) { return new_dict_iterator(types.dict_key_iterator, viewed(self)); }
Value values_iter(Value self) { return new_dict_iterator(types.dict_value_iterator, viewed(self)); }
Value items_iter(Value self) { return new_dict_iterator(types.dict_item_iterator, viewed(self)); }
Value keys_reversed(Value* args) { return new_dict_iterator(types.dict_reverse_key_iterator, viewed(args[0])); }
Value values_reversed(Value* args) { return new_dict_iterator(types.dict_reverse_value_iterator, viewed(args[0])); }
Value items_reversed(Value* args) { return new_dict_iterator(types.dict_reverse_item_iterator, viewed(args[0])); }

int keys_contains(Value self, Value key) { return dict_contains(viewed(self), key); }

int items_contains(Value self, Value item) {
  if (!is_tuple(item) || item.as<Tuple>()->size != 2) return 0;
  Value found = dict_get(viewed(self), item.as<Tuple>()->items[0]);
  if (!found) return error_pending() ? -1 : 0;
  return compare_bool(found, item.as<Tuple>()->items[1], kEq);
}

Value view_repr(Value self) {
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(self.as_object());
  if (!guard.entered()) return new_str("...");
  List* items = TRY(to_list(self));
  Str* text = TRY(repr(items));
  StrBuilder out;
  out.append_utf8(type_name(self));
  out.append_ascii("(");
  out.append(text);
  out.append_ascii(")");
  return out.finish();
}

Value view_mapping(Value self) { return call1(types.mappingproxy, viewed(self)); }

// Are all of self's items in other?
int all_contained_in(Value self, Value other) {
  Value iterator = get_iter(self);
  if (!iterator) return -1;
  while (Value item = iter_next(iterator)) {
    int present = contains(other, item);
    if (present <= 0) return present;
  }
  return error_pending() ? -1 : 1;
}

Value view_compare(Value self, Value other, CompareOp op) {
  if (!is_any_set(other) && !is_set_view(other)) return Value::not_implemented();
  int64_t a = length(self), b = length(other);
  if (a < 0 || b < 0) return nullptr;
  int result = 0;
  switch (op) {
    case kEq:
    case kNe:
      if (a == b) result = all_contained_in(self, other);
      if (op == kNe && result >= 0) result = !result;
      break;
    case kLt: if (a < b) result = all_contained_in(self, other); break;
    case kLe: if (a <= b) result = all_contained_in(self, other); break;
    case kGt: if (a > b) result = all_contained_in(other, self); break;
    case kGe: if (a >= b) result = all_contained_in(other, self); break;
  }
  return result < 0 ? Value() : Value::from_bool(result);
}

// The set that an operator's left operand becomes.
Set* to_set(Value v) {
  if (v.is_object() && v.as_object()->cls() == types.dict_keys && viewed(v)->cls() == types.dict) return new_set(viewed(v));
  return new_set(v);
}

Value view_sub(Value a, Value b) {
  Set* result = TRY(to_set(a));
  return set_difference_update(result, b) ? Value(result) : Value();
}

Value view_or(Value a, Value b) {
  Set* result = TRY(to_set(a));
  return set_update(result, b) ? Value(result) : Value();
}

Value view_and(Value a, Value b) {
  if (!is_set_view(a)) std::swap(a, b);
  int64_t size = view_length(a);
  if (is_exact(b, types.set) && size <= static_cast<int64_t>(b.as<Set>()->size)) return call_method1(b, intern("intersection"), a);
  if (is_set_view(b) && view_length(b) > size) std::swap(a, b);
  Set* result = TRY(new_set(nullptr));
  Value iterator = TRY(get_iter(b));
  bool items = is_items_view(a);
  while (Value key = iter_next(iterator)) {
    int present = items ? items_contains(a, key) : keys_contains(a, key);
    if (present < 0 || (present && set_add(result, key) < 0)) return nullptr;
  }
  return error_pending() ? Value() : Value(result);
}

Value items_xor(Dict* a, Dict* b) {
  Dict* rest = TRY(dict_copy(a));
  Set* result = TRY(new_set(nullptr));
  uint64_t position = 0;
  Value key, value;
  while (dict_next(b, &position, &key, &value)) {
    int64_t hash = dict_entry_hash(b, position - 1), found = dict_find(rest, key, hash);
    if (found == -2) return nullptr;
    if (found >= 0) {
      int equal = compare_bool(rest->entries->entries[found].value, value, kEq);
      if (equal < 0) return nullptr;
      if (equal) {
        if (dict_delete_hashed(rest, key, hash) < 0) return nullptr;
        continue;
      }
    }
    if (set_add(result, make_tuple(key, value)) < 0) return nullptr;
  }
  return set_update(result, new_dict_view(types.dict_items, rest)) ? Value(result) : Value();
}

Value view_xor(Value a, Value b) {
  if (is_exact(a, types.dict_items) && is_exact(b, types.dict_items)) return items_xor(viewed(a), viewed(b));
  Set* result = TRY(to_set(a));
  return set_symmetric_difference_update(result, b) ? Value(result) : Value();
}

Value view_isdisjoint(Value* args) {
  Value self = args[0], other = args[1];
  if (self == other) return Value::from_bool(view_length(self) == 0);
  if (is_any_set(other) || is_set_view(other)) {
    int64_t n = length(other);
    if (n < 0) return nullptr;
    if (n > view_length(self)) std::swap(self, other);
  }
  Value iterator = TRY(get_iter(other));
  while (Value item = iter_next(iterator)) {
    int present = contains(self, item);
    if (present < 0) return nullptr;
    if (present) return Value::from_bool(false);
  }
  return error_pending() ? Value() : Value::from_bool(true);
}

#define REVERSED(fn) {"__reversed__", "!($self, /)", fn, Effects::kWrites, MethodKind::kMethod, "An iterator that begins with the latest."}
#define DISJOINT \
  {"isdisjoint", "!($self, other, /)", view_isdisjoint, Effects::kCallsPython, MethodKind::kMethod, "True if the two have nothing in common."}
const MethodDef kKeysMethods[] = {DISJOINT, REVERSED(keys_reversed), {}};
const MethodDef kItemsMethods[] = {DISJOINT, REVERSED(items_reversed), {}};
const MethodDef kValuesMethods[] = {REVERSED(values_reversed), {}};
#undef REVERSED
#undef DISJOINT
const GetSetDef kViewFields[] = {{"mapping", view_mapping, nullptr, "A read-only proxy of the dictionary."}, {}};

Class* make_view_class(ClassSpec& spec, const char* name, UnaryFn iter, int (*contains)(Value, Value), const MethodDef* methods) {
  spec.name = name;
  spec.basicsize = sizeof(DictView);
  spec.flags = kClassNoInstantiation;
  spec.trace_kind = TraceKind::kValues;
  Slots& s = spec.slots;
  s.repr = view_repr;
  s.iter = iter;
  s.length = view_length;
  if (contains) {
    s.contains = contains;
    s.compare = view_compare;
    s.binary[kSub] = view_sub;
    s.binary[kAnd] = view_and;
    s.binary[kOr] = view_or;
    s.binary[kXor] = view_xor;
  }
  spec.methods = methods;
  spec.getset = kViewFields;
  return new_builtin_class(spec);
}

}  // namespace

Value new_dict_view(Class* cls, Dict* d) {
  auto* v = static_cast<DictView*>(heap.allocate(cls->root_shape, sizeof(DictView)));
  v->dict = d;
  return v;
}

Value new_dict_iterator(Class* cls, Dict* d) {
  auto* it = static_cast<DictIterator*>(heap.allocate(cls->root_shape, sizeof(DictIterator)));
  it->dict = d;
  it->size = it->left = d->size;
  bool backwards = cls == types.dict_reverse_key_iterator || cls == types.dict_reverse_value_iterator || cls == types.dict_reverse_item_iterator;
  it->position = backwards ? static_cast<int64_t>(d->used) - 1 : 0;
  return it;
}

// Views of mappings are made of dicts only: dict.keys(d) checks its argument, so `dict` is never null.
void init_dict_view_types() {
  static ClassSpec keys, values, items, iter_specs[6];
  types.dict_keys = make_view_class(keys, "dict_keys", keys_iter, keys_contains, kKeysMethods);
  types.dict_values = make_view_class(values, "dict_values", values_iter, nullptr, kValuesMethods);
  types.dict_items = make_view_class(items, "dict_items", items_iter, items_contains, kItemsMethods);
  types.dict_key_iterator = make_iterator_class(iter_specs[0], "dict_keyiterator", forward_next<Part::kKey>);
  types.dict_value_iterator = make_iterator_class(iter_specs[1], "dict_valueiterator", forward_next<Part::kValue>);
  types.dict_item_iterator = make_iterator_class(iter_specs[2], "dict_itemiterator", forward_next<Part::kItem>);
  types.dict_reverse_key_iterator = make_iterator_class(iter_specs[3], "dict_reversekeyiterator", backward_next<Part::kKey>);
  types.dict_reverse_value_iterator = make_iterator_class(iter_specs[4], "dict_reversevalueiterator", backward_next<Part::kValue>);
  types.dict_reverse_item_iterator = make_iterator_class(iter_specs[5], "dict_reverseitemiterator", backward_next<Part::kItem>);
}

}  // namespace pyjit::runtime
