// set and frozenset as Python sees them: methods, operators, comparison, repr, iterator.
#include "runtime/types/arg_util.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

extern Shape* set_table_shape;
void trace_set(Object* o, Tracer& tracer);
void trace_set_table(Object* o, Tracer& tracer);
int64_t frozenset_hash(Value self);

namespace {

Set* self_set(Value v) { return v.as<Set>(); }
bool is_exact_any_set(Value v) { return is_exact(v, types.set) || is_exact(v, types.frozenset); }
Value none_if(bool ok) { return ok ? Value::none() : Value(); }
Value bool_or_error(int result) { return result < 0 ? Value() : Value::from_bool(result); }

// An unhashable set stands for the frozenset with the same items when it is looked up in a set.
template <int (*operation)(Set*, Value)>
int with_set_key(Set* s, Value key) {
  int result = operation(s, key);
  if (result >= 0 || !is_any_set(key) || !is_subclass(key.as_object()->cls(), types.set) || !pending_matches(exc.TypeError)) return result;
  clear_pending();
  Set* frozen = make_set(types.frozenset, key);
  return frozen ? operation(s, frozen) : -1;
}

int set_contains_slot(Value self, Value key) { return with_set_key<set_contains>(self_set(self), key); }
int64_t set_length(Value self) { return static_cast<int64_t>(self_set(self)->size); }

Value set_repr(Value self) {
  Set* s = self_set(self);
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(s);
  StrBuilder out;
  bool plain = s->cls() == types.set;
  if (!guard.entered() || !s->size) {
    out.append_utf8(type_name(self));
    out.append_ascii(guard.entered() ? "()" : "(...)");
    return out.finish();
  }
  List* items = TRY(to_list(self));
  Str* text = TRY(repr(items));
  if (!plain) {
    out.append_utf8(type_name(self));
    out.append_ascii("(");
  }
  out.append_ascii("{");
  out.append(text, 1, text->length - 1);
  out.append_ascii(plain ? "}" : "})");
  return out.finish();
}

Value set_compare(Value a, Value b, CompareOp op) {
  if (!is_any_set(b)) return Value::not_implemented();
  Set *x = self_set(a), *y = self_set(b);
  int result = 0;
  switch (op) {
    case kEq:
    case kNe:
      result = x->size == y->size && !(x->hash != -1 && y->hash != -1 && x->hash != y->hash) ? set_is_subset(x, y) : 0;
      if (op == kNe && result >= 0) result = !result;
      break;
    case kLe: result = set_is_subset(x, y); break;
    case kGe: result = set_is_subset(y, x); break;
    case kLt: result = x->size < y->size ? set_is_subset(x, y) : 0; break;
    case kGt: result = x->size > y->size ? set_is_subset(y, x) : 0; break;
  }
  return bool_or_error(result);
}

// Operators: both sides must be sets.
Value set_or(Value a, Value b) {
  if (!is_any_set(a) || !is_any_set(b)) return Value::not_implemented();
  Set* result = TRY(set_copy(self_set(a)));
  return a == b || set_update(result, b) ? Value(result) : Value();
}
Value set_and(Value a, Value b) {
  if (!is_any_set(a) || !is_any_set(b)) return Value::not_implemented();
  return set_intersection(self_set(a), b);
}
Value set_sub(Value a, Value b) {
  if (!is_any_set(a) || !is_any_set(b)) return Value::not_implemented();
  return set_difference(self_set(a), b);
}
Value set_xor(Value a, Value b) {
  if (!is_any_set(a) || !is_any_set(b)) return Value::not_implemented();
  return set_symmetric_difference(self_set(a), b);
}
bool intersection_update(Set* s, Value other) {
  Set* result = set_intersection(s, other);
  if (result) set_swap_bodies(s, result);
  return result;
}
template <bool (*operation)(Set*, Value)>
Value set_inplace(Value self, Value other) {
  if (!is_any_set(other)) return Value::not_implemented();
  return operation(self_set(self), other) ? self : Value();
}

Value set_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) { return make_set(cls, nullptr); }

bool set_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  Set* s = self_set(self);
  if (!no_keywords("set", kwnames)) return false;
  if (!check_positional("set", nargs, 0, 1)) return false;
  if (s->fill) set_clear(s);
  s->hash = -1;
  return !nargs || set_update(s, args[0]);
}

Value frozenset_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == types.frozenset->slots.init && !no_keywords("frozenset", kwnames)) return nullptr;
  if (!check_positional("frozenset", nargs, 0, 1)) return nullptr;
  if (cls != types.frozenset) return make_set(cls, nargs ? args[0] : Value());
  if (nargs && is_exact(args[0], types.frozenset)) return args[0];
  return new_frozenset(nargs ? args[0] : Value());
}

Value method_add(Value* args) { return none_if(set_add(self_set(args[0]), args[1]) >= 0); }
Value method_clear(Value* args) {
  set_clear(self_set(args[0]));
  return Value::none();
}
Value method_copy(Value* args) { return set_copy(self_set(args[0])); }
Value frozenset_copy(Value* args) { return is_exact(args[0], types.frozenset) ? args[0] : Value(set_copy(self_set(args[0]))); }
Value method_discard(Value* args) { return none_if(with_set_key<set_discard>(self_set(args[0]), args[1]) >= 0); }
Value method_remove(Value* args) {
  int removed = with_set_key<set_discard>(self_set(args[0]), args[1]);
  if (removed == 0) return raise_key_error(args[1]);
  return none_if(removed > 0);
}
Value method_pop(Value* args) { return set_pop(self_set(args[0])); }
Value method_contains(Value* args) { return bool_or_error(set_contains_slot(args[0], args[1])); }

// args = {self, (others...)}.
template <bool (*operation)(Set*, Value)>
Value update_with_all(Value* args) {
  Tuple* others = args[1].as<Tuple>();
  for (uint64_t i = 0; i < others->size; ++i) {
    if (!operation(self_set(args[0]), others->items[i])) return nullptr;
  }
  return Value::none();
}

Value method_union(Value* args) {
  Tuple* others = args[1].as<Tuple>();
  Set* result = TRY(set_copy(self_set(args[0])));
  for (uint64_t i = 0; i < others->size; ++i) {
    if (!(others->items[i] == args[0]) && !set_update(result, others->items[i])) return nullptr;
  }
  return result;
}

Set* intersect_all(Set* s, Tuple* others) {
  if (!others->size) return set_copy(s);
  for (uint64_t i = 0; i < others->size; ++i) s = TRY(set_intersection(s, others->items[i]));
  return s;
}
Value method_intersection(Value* args) {
  if (!args[1].as<Tuple>()->size && is_exact(args[0], types.frozenset)) return args[0];
  return intersect_all(self_set(args[0]), args[1].as<Tuple>());
}
Value method_intersection_update(Value* args) {
  Set* result = TRY(intersect_all(self_set(args[0]), args[1].as<Tuple>()));
  set_swap_bodies(self_set(args[0]), result);
  return Value::none();
}

Value method_difference(Value* args) {
  Tuple* others = args[1].as<Tuple>();
  if (!others->size) return is_exact(args[0], types.frozenset) ? args[0] : Value(set_copy(self_set(args[0])));
  Set* result = TRY(set_difference(self_set(args[0]), others->items[0]));
  for (uint64_t i = 1; i < others->size; ++i) {
    if (!set_difference_update(result, others->items[i])) return nullptr;
  }
  return result;
}

Value method_symmetric_difference(Value* args) { return set_symmetric_difference(self_set(args[0]), args[1]); }
Value method_symmetric_difference_update(Value* args) { return none_if(set_symmetric_difference_update(self_set(args[0]), args[1])); }

Value method_isdisjoint(Value* args) {
  Set* s = self_set(args[0]);
  Value other = args[1], key;
  int64_t hash;
  if (other == args[0]) return Value::from_bool(!s->size);
  if (is_exact_any_set(other)) {
    Set* o = other.as<Set>();
    if (o->size > s->size) std::swap(s, o);
    uint64_t position = 0;
    while (set_next_entry(o, &position, &key, &hash)) {
      int present = set_contains_hashed(s, key, hash);
      if (present) return bool_or_error(present < 0 ? -1 : 0);
    }
    return Value::from_bool(true);
  }
  Value iterator = TRY(get_iter(other));
  while ((key = iter_next(iterator))) {
    int present = set_contains(s, key);
    if (present) return bool_or_error(present < 0 ? -1 : 0);
  }
  return error_pending() ? Value() : Value::from_bool(true);
}

Value method_issubset(Value* args) {
  Set* s = self_set(args[0]);
  if (is_any_set(args[1])) return bool_or_error(set_is_subset(s, args[1].as<Set>()));
  Set* common = TRY(set_intersection(s, args[1]));
  return Value::from_bool(common->size == s->size);
}

Value method_issuperset(Value* args) {
  Set* s = self_set(args[0]);
  if (is_any_set(args[1])) return bool_or_error(set_is_subset(args[1].as<Set>(), s));
  Value iterator = TRY(get_iter(args[1]));
  while (Value key = iter_next(iterator)) {
    int present = set_contains(s, key);
    if (present <= 0) return bool_or_error(present);
  }
  return error_pending() ? Value() : Value::from_bool(true);
}

Value method_reduce(Value* args) {
  List* items = TRY(to_list(args[0]));
  Value state = TRY(call_method0(args[0], names.dunder_getstate));
  return make_tuple(class_of(args[0]), make_tuple(items), state);
}

Value method_sizeof(Value* args) {
  Set* s = self_set(args[0]);
  uint64_t bytes = 200 + (s->mask + 1 > 8 ? (s->mask + 1) * sizeof(SetEntry) : 0);
  return Value::from_int(static_cast<int64_t>(bytes));
}

#define ROW(name, signature, fn, effects, doc) {name, signature, fn, Effects::effects, MethodKind::kMethod, doc}
#define SHARED_ROWS                                                                                                                     \
  ROW("__contains__", "!($self, key, /)", method_contains, kCallsPython, "x.__contains__(y) <==> y in x."),                           \
  ROW("difference", "!($self, /, *others)", method_difference, kCallsPython, "A new set with the items that none of the others has."), \
  ROW("intersection", "!($self, /, *others)", method_intersection, kCallsPython, "A new set with the items that all others have too."), \
  ROW("isdisjoint", "!($self, other, /)", method_isdisjoint, kCallsPython, "True if the two have no item in common."),                \
  ROW("issubset", "!($self, other, /)", method_issubset, kCallsPython, "True if other has every item of this set."),                  \
  ROW("issuperset", "!($self, other, /)", method_issuperset, kCallsPython, "True if this set has every item of other."),              \
  ROW("__reduce__", "!($self, /)", method_reduce, kCallsPython, "Return state information for pickling."),                            \
  ROW("__sizeof__", "!($self, /)", method_sizeof, kReads, "S.__sizeof__() -> bytes that the set takes"),                              \
  ROW("symmetric_difference", "!($self, other, /)", method_symmetric_difference, kCallsPython,                                        \
      "A new set with the items that exactly one of the two has."),                                                                   \
  ROW("union", "!($self, /, *others)", method_union, kCallsPython, "A new set with the items of all."),                               \
  {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kWrites, MethodKind::kClassMethod, "See PEP 585"}

const MethodDef kSetMethods[] = {
    ROW("add", "!($self, item, /)", method_add, kCallsPython, "Put an item into the set, unless it is there."),
    ROW("clear", "!($self, /)", method_clear, kWrites, "Remove all items."),
    ROW("copy", "!($self, /)", method_copy, kWrites, "A new set with the same items."),
    ROW("discard", "!($self, item, /)", method_discard, kCallsPython, "Remove an item if it is there."),
    ROW("difference_update", "!($self, /, *others)", update_with_all<set_difference_update>, kCallsPython, "Remove all items of the others."),
    ROW("intersection_update", "!($self, /, *others)", method_intersection_update, kCallsPython, "Keep only the items that all others have too."),
    ROW("pop", "!($self, /)", method_pop, kWrites, "Remove some item and return it; KeyError when the set is empty."),
    ROW("remove", "!($self, item, /)", method_remove, kCallsPython, "Remove an item; KeyError when it is not there."),
    ROW("symmetric_difference_update", "!($self, other, /)", method_symmetric_difference_update, kCallsPython,
        "Remove the items that other has and add those that only other has."),
    ROW("update", "!($self, /, *others)", update_with_all<set_update>, kCallsPython, "Add all items of the others."),
    SHARED_ROWS, {}};
const MethodDef kFrozenSetMethods[] = {ROW("copy", "!($self, /)", frozenset_copy, kPure, "The set itself."), SHARED_ROWS, {}};

// set_iterator.
struct SetIterator : Object { Set* set; uint64_t size, position, left; };

void trace_set_iterator(Object* o, Tracer& tracer) { tracer.visit(static_cast<SetIterator*>(o)->set); }

Value set_iter(Value self) {
  auto* it = static_cast<SetIterator*>(heap.allocate(types.set_iterator->root_shape, sizeof(SetIterator)));
  it->set = self_set(self);
  it->size = it->left = it->set->size;
  return it;
}

Value set_iterator_next(Value self) {
  auto* it = self.as<SetIterator>();
  if (!it->set) return nullptr;
  if (it->size != it->set->size) {
    it->size = ~0ull;
    return raise(exc.RuntimeError, "Set changed size during iteration");
  }
  Value key;
  if (!set_next(it->set, &it->position, &key)) {
    it->set = nullptr;
    return nullptr;
  }
  --it->left;
  return key;
}

Value set_iterator_length_hint(Value* args) {
  auto* it = args[0].as<SetIterator>();
  return new_int(it->set && it->size == it->set->size ? static_cast<int64_t>(it->left) : 0);
}

Value set_iterator_reduce(Value* args) {
  auto* it = args[0].as<SetIterator>();
  auto* copy = static_cast<SetIterator*>(heap.allocate(it->shape(), sizeof(SetIterator)));
  copy->set = it->set;
  copy->size = it->size;
  copy->position = it->position;
  copy->left = it->left;
  List* items = TRY(to_list(copy));
  Value iter = TRY(builtin_named("iter"));
  return make_tuple(iter, make_tuple(items));
}

const MethodDef kIteratorMethods[] = {
    ROW("__length_hint__", "!($self, /)", set_iterator_length_hint, kReads, "Private method returning an estimate of len(list(it))."),
    ROW("__reduce__", "!($self, /)", set_iterator_reduce, kCallsPython, "Return state information for pickling."),
    {}};
#undef ROW

void fill_slots(Slots& s) {
  s.repr = set_repr;
  s.compare = set_compare;
  s.iter = set_iter;
  s.length = set_length;
  s.contains = set_contains_slot;
  s.binary[kOr] = set_or;
  s.binary[kAnd] = set_and;
  s.binary[kSub] = set_sub;
  s.binary[kXor] = set_xor;
}

}  // namespace

void init_set_types() {
  static ClassSpec table_spec{.name = "<set table>", .basicsize = sizeof(SetTable), .trace_kind = TraceKind::kCustom, .trace = trace_set_table};
  types.set_table = new_builtin_class(table_spec);
  set_table_shape = types.set_table->root_shape;

  static ClassSpec set_spec{.name = "set", .basicsize = sizeof(Set), .flags = kClassBaseType | kClassHasWeakref | kSubSet, .trace_kind = TraceKind::kCustom,
                            .trace = trace_set,
                            .doc = "set() -> new empty set object\nset(iterable) -> new set object\n\nAn unordered collection of distinct items.",
                            .methods = kSetMethods};
  fill_slots(set_spec.slots);
  set_spec.slots.inplace[kOr] = set_inplace<set_update>;
  set_spec.slots.inplace[kAnd] = set_inplace<intersection_update>;
  set_spec.slots.inplace[kSub] = set_inplace<set_difference_update>;
  set_spec.slots.inplace[kXor] = set_inplace<set_symmetric_difference_update>;
  set_spec.slots.new_ = set_new;
  set_spec.slots.init = set_init;
  types.set = new_builtin_class(set_spec);

  static ClassSpec frozen_spec{.name = "frozenset", .basicsize = sizeof(Set), .flags = kClassBaseType | kClassHasWeakref | kSubFrozenSet,
                               .trace_kind = TraceKind::kCustom, .trace = trace_set,
                               .doc = "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nAn immutable unordered "
                                      "collection of distinct items.",
                               .methods = kFrozenSetMethods};
  fill_slots(frozen_spec.slots);
  frozen_spec.slots.hash = frozenset_hash;
  frozen_spec.slots.new_ = frozenset_new;
  types.frozenset = new_builtin_class(frozen_spec);

  static ClassSpec iterator_spec{.name = "set_iterator", .basicsize = sizeof(SetIterator), .flags = kClassNoInstantiation,
                                 .trace_kind = TraceKind::kCustom, .trace = trace_set_iterator, .methods = kIteratorMethods};
  iterator_spec.slots.iter = iter_self;
  iterator_spec.slots.next = set_iterator_next;
  types.set_iterator = new_builtin_class(iterator_spec);
}

}  // namespace pyjit::runtime
