// Slots: from a dunder method to the native slot that calls it, and from a native slot to the dunder that wraps it.
#include "runtime/slots.h"

#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

Value call_dunder(Value self, Str* name, Value* args, uint32_t nargs, bool* found) {
  Value f = class_lookup(class_of(self), name);
  if (!f) {
    *found = false;
    return nullptr;
  }
  *found = true;
  Class* fc = class_of(f);
  Value window[8];
  if (fc->has(kClassMethodDescriptor) && nargs < 8) {
    window[0] = self;
    for (uint32_t i = 0; i < nargs; ++i) window[i + 1] = args[i];
    return call(f, window, nargs + 1);
  }
  if (fc->slots.descr_get) f = TRY(fc->slots.descr_get(f, self, reinterpret_cast<Object*>(class_of(self))));
  return call(f, args, nargs);
}

namespace {

// The dunder is known to exist when a dispatcher runs, unless the class changed under it.
Value must_call(Value self, Str* name, Value* args, uint32_t nargs) {
  bool found;
  Value r = call_dunder(self, name, args, nargs, &found);
  if (!found) raise(exc.AttributeError, to_utf8(name));
  return r;
}
Value must_call0(Value self, Str* name) { return must_call(self, name, nullptr, 0); }

#define UNARY_SLOT(slot, dunder) \
  Value slot(Value self) { return must_call0(self, names.dunder); }
UNARY_SLOT(slot_repr, dunder_repr)
UNARY_SLOT(slot_str, dunder_str)
UNARY_SLOT(slot_negative, dunder_neg)
UNARY_SLOT(slot_positive, dunder_pos)
UNARY_SLOT(slot_absolute, dunder_abs)
UNARY_SLOT(slot_invert, dunder_invert)
UNARY_SLOT(slot_to_int, dunder_int)
UNARY_SLOT(slot_to_float, dunder_float)
UNARY_SLOT(slot_index, dunder_index)
#undef UNARY_SLOT

int64_t slot_hash(Value self) {
  Value f = class_lookup(class_of(self), names.dunder_hash);
  if (!f || f.is_none()) return hash_not_implemented(self);
  Value r = must_call0(self, names.dunder_hash);
  if (!r) return -1;
  if (!is_int_like(r)) {
    raise(exc.TypeError, "__hash__ method should return an integer");
    return -1;
  }
  int64_t h;
  r = int_value(r);
  if (!int_to_int64(r, &h)) h = int_hash(r);
  return h == -1 ? -2 : h;
}

Value slot_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value f = class_lookup(class_of(self), names.dunder_call);
  if (!f) return raisef(exc.TypeError, "'%s' object is not callable", type_name(self));
  Class* fc = class_of(f);
  RecursionGuard guard(" while calling a Python object");
  if (!guard.ok()) return nullptr;
  if (fc->has(kClassMethodDescriptor)) {
    size_t total = nargs + (kwnames ? kwnames->size : 0);
    Value small[16];
    ValueArray* big = total + 1 > 16 ? new_value_array(total + 1) : nullptr;
    Value* window = big ? big->items : small;
    window[0] = self;
    for (size_t i = 0; i < total; ++i) window[i + 1] = args[i];
    return call(f, window, nargs + 1, kwnames);
  }
  if (fc->slots.descr_get) f = TRY(fc->slots.descr_get(f, self, reinterpret_cast<Object*>(class_of(self))));
  return call(f, args, nargs, kwnames);
}

Value slot_getattr(Value self, Str* name) {
  Class* cls = class_of(self);
  Value getattribute = class_lookup(cls, names.dunder_getattribute);
  Value r;
  auto* w = getattribute ? getattribute.as<WrapperDescriptor>() : nullptr;
  if (w && is_exact(getattribute, types.wrapper_descriptor) && w->slot == reinterpret_cast<void*>(&generic_getattr)) {
    r = generic_getattr(self, name);
  } else {
    Value arg = reinterpret_cast<Object*>(name);
    r = must_call(self, names.dunder_getattribute, &arg, 1);
  }
  if (r || !pending_matches(exc.AttributeError)) return r;
  if (!class_lookup(cls, names.dunder_getattr)) return nullptr;
  clear_pending();
  Value arg = reinterpret_cast<Object*>(name);
  return must_call(self, names.dunder_getattr, &arg, 1);
}

bool slot_setattr(Value self, Str* name, Value value) {
  Value args[] = {reinterpret_cast<Object*>(name), value};
  return value ? bool(must_call(self, names.dunder_setattr, args, 2)) : bool(must_call(self, names.dunder_delattr, args, 1));
}

Value slot_compare(Value a, Value b, CompareOp op) {
  Str* const dunder[] = {names.dunder_lt, names.dunder_le, names.dunder_eq, names.dunder_ne, names.dunder_gt, names.dunder_ge};
  bool found;
  Value r = call_dunder(a, dunder[op], &b, 1, &found);
  return found ? r : Value::not_implemented();
}

Value slot_iter(Value self) {
  Value f = class_lookup(class_of(self), names.dunder_iter);
  if (f.is_none()) return raisef(exc.TypeError, "'%s' object is not iterable", type_name(self));
  return must_call0(self, names.dunder_iter);
}

Value slot_next(Value self) {
  Value r = must_call0(self, names.dunder_next);
  return r;  // StopIteration stays pending: iter_next() turns it into exhaustion
}

Value none_or_call(Value self, Str* name, const char* message) {
  Value f = class_lookup(class_of(self), name);
  if (!f || f.is_none()) return raisef(exc.TypeError, message, type_name(self));
  return must_call0(self, name);
}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
Value slot_await(Value self) { return none_or_call(self, names.dunder_await, "object %s can't be used in 'await' expression"); }
Value slot_aiter(Value self) { return none_or_call(self, names.dunder_aiter, "'async for' requires an object with __aiter__ method, got %s"); }
Value slot_anext(Value self) { return none_or_call(self, names.dunder_anext, "'async for' requires an iterator with __anext__ method, got %s"); }
#pragma GCC diagnostic pop

Value slot_descr_get(Value self, Value instance, Value owner) {
  Value args[] = {instance ? instance : Value::none(), owner ? owner : Value::none()};
  bool found;
  Value r = call_dunder(self, names.dunder_get, args, 2, &found);
  return found ? r : self;
}

bool slot_descr_set(Value self, Value instance, Value value) {
  Value args[] = {instance, value};
  return value ? bool(must_call(self, names.dunder_set, args, 2)) : bool(must_call(self, names.dunder_delete, args, 1));
}

bool slot_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value f = class_lookup(class_of(self), names.dunder_init);
  Value r;
  if (class_of(f)->has(kClassMethodDescriptor)) {
    size_t total = nargs + (kwnames ? kwnames->size : 0);
    Value small[16];
    ValueArray* big = total + 1 > 16 ? new_value_array(total + 1) : nullptr;
    Value* window = big ? big->items : small;
    window[0] = self;
    for (size_t i = 0; i < total; ++i) window[i + 1] = args[i];
    r = TRY(call(f, window, nargs + 1, kwnames));
  } else {
    if (class_of(f)->slots.descr_get) f = TRY(class_of(f)->slots.descr_get(f, self, reinterpret_cast<Object*>(class_of(self))));
    r = TRY(call(f, args, nargs, kwnames));
  }
  if (!r.is_none()) return raisef(exc.TypeError, "__init__() should return None, not '%.200s'", type_name(r)), false;
  return true;
}

void slot_del(Value self) {
  bool found;
  call_dunder(self, names.dunder_del, nullptr, 0, &found);
  if (error_pending()) {
    Value f = class_lookup(class_of(self), names.dunder_del);
    write_unraisable(f);
  }
}

struct OpNames { Str* Names::*left; Str* Names::*right; Str* Names::*inplace; };
constexpr OpNames kOpNames[] = {
    {&Names::dunder_add, &Names::dunder_radd, &Names::dunder_iadd},
    {&Names::dunder_and, &Names::dunder_rand, &Names::dunder_iand},
    {&Names::dunder_floordiv, &Names::dunder_rfloordiv, &Names::dunder_ifloordiv},
    {&Names::dunder_lshift, &Names::dunder_rlshift, &Names::dunder_ilshift},
    {&Names::dunder_matmul, &Names::dunder_rmatmul, &Names::dunder_imatmul},
    {&Names::dunder_mul, &Names::dunder_rmul, &Names::dunder_imul},
    {&Names::dunder_mod, &Names::dunder_rmod, &Names::dunder_imod},
    {&Names::dunder_or, &Names::dunder_ror, &Names::dunder_ior},
    {&Names::dunder_pow, &Names::dunder_rpow, &Names::dunder_ipow},
    {&Names::dunder_rshift, &Names::dunder_rrshift, &Names::dunder_irshift},
    {&Names::dunder_sub, &Names::dunder_rsub, &Names::dunder_isub},
    {&Names::dunder_truediv, &Names::dunder_rtruediv, &Names::dunder_itruediv},
    {&Names::dunder_xor, &Names::dunder_rxor, &Names::dunder_ixor},
};

Value maybe_call(Value self, Str* name, Value other) {
  bool found;
  Value r = call_dunder(self, name, &other, 1, &found);
  return found ? r : Value::not_implemented();
}

// True when the right operand's class overrides the reflected method of the left operand's class.
bool is_overloaded(Value left, Value right, Str* name) {
  Value b = class_lookup(class_of(right), name);
  if (!b) return false;
  Value a = class_lookup(class_of(left), name);
  return !a || !(a == b);
}

// A binary slot is called with an instance of the Python class on either side; the rules decide which method runs (language reference,
// 3.3.8: the reflected method of a subclass goes first if it is overridden).
Value dispatch_binary(Value self, Value other, bool self_has, bool other_has, Str* left, Str* right) {
  Class *sc = class_of(self), *oc = class_of(other);
  bool do_other = sc != oc && other_has;
  if (self_has) {
    if (do_other && is_subclass(oc, sc) && is_overloaded(self, other, right)) {
      Value r = maybe_call(other, right, self);
      if (!r.is_not_implemented()) return r;
      do_other = false;
    }
    Value r = maybe_call(self, left, other);
    if (!r.is_not_implemented() || sc == oc) return r;
  }
  return do_other ? maybe_call(other, right, self) : Value::not_implemented();
}

template <BinaryOp op>
Value slot_binary(Value self, Value other) {
  return dispatch_binary(self, other, class_of(self)->slots.binary[op] == slot_binary<op>, class_of(other)->slots.binary[op] == slot_binary<op>,
                         names.*kOpNames[op].left, names.*kOpNames[op].right);
}
Value slot_divmod(Value self, Value other) {
  return dispatch_binary(self, other, class_of(self)->slots.divmod == slot_divmod, class_of(other)->slots.divmod == slot_divmod,
                         names.dunder_divmod, names.dunder_rdivmod);
}
template <BinaryOp op>
Value slot_inplace(Value self, Value other) { return must_call(self, names.*kOpNames[op].inplace, &other, 1); }

Value slot_power(Value self, Value other, Value modulus) {
  if (modulus.is_none()) return slot_binary<kPow>(self, other);
  // Three-argument pow never tries the reflected method.
  if (class_of(self)->slots.power != slot_power) return Value::not_implemented();
  Value args[] = {other, modulus};
  return must_call(self, names.dunder_pow, args, 2);
}

int slot_truth(Value self) {
  bool found;
  Value r = call_dunder(self, names.dunder_bool, nullptr, 0, &found);
  if (!r) return -1;
  if (!r.is_bool()) return raisef(exc.TypeError, "__bool__ should return bool, returned %s", type_name(r)), -1;
  return r.as_bool();
}

int64_t slot_length(Value self) {
  Value r = must_call0(self, names.dunder_len);
  if (!r) return -1;
  r = number_index(r);
  if (!r) return -1;
  if (int_sign(r) < 0) return raise(exc.ValueError, "__len__() should return >= 0"), -1;
  int64_t n;
  if (!int_to_int64(r, &n)) return raise(exc.OverflowError, "cannot fit 'int' into an index-sized integer"), -1;
  return n;
}

Value slot_getitem(Value self, Value key) { return must_call(self, names.dunder_getitem, &key, 1); }
bool slot_setitem(Value self, Value key, Value value) {
  Value args[] = {key, value};
  return value ? bool(must_call(self, names.dunder_setitem, args, 2)) : bool(must_call(self, names.dunder_delitem, args, 1));
}
int slot_contains(Value self, Value item) {
  Value f = class_lookup(class_of(self), names.dunder_contains);
  if (f.is_none()) return raisef(exc.TypeError, "'%s' object is not a container", type_name(self)), -1;
  Value r = must_call(self, names.dunder_contains, &item, 1);
  return r ? is_true(r) : -1;
}

// Wrappers: dunder call → native slot.

bool check_count(const SlotDef& def, uint32_t nargs, Tuple* kwnames, uint32_t low, uint32_t high) {
  if (kwnames && kwnames->size) {
    raisef(exc.TypeError, "wrapper %s() takes no keyword arguments", to_utf8(*def.name).c_str());
    return false;
  }
  if (nargs >= low && nargs <= high) return true;
  if (low == high) {
    raisef(exc.TypeError, "expected %u argument%s, got %u", low, low == 1 ? "" : "s", nargs);
  } else {
    raisef(exc.TypeError, "expected at %s %u argument%s, got %u", nargs < low ? "least" : "most", nargs < low ? low : high,
           (nargs < low ? low : high) == 1 ? "" : "s", nargs);
  }
  return false;
}
#define CHECK_COUNT(low, high) \
  if (!check_count(def, nargs, kwnames, low, high)) return nullptr
#define WRAPPER(name) Value name(const SlotDef& def, void* slot, Value self, Value* args, uint32_t nargs, Tuple* kwnames)
#define SLOT_AS(type) reinterpret_cast<type>(slot)

WRAPPER(wrap_unary) { CHECK_COUNT(0, 0); return SLOT_AS(UnaryFn)(self); }
WRAPPER(wrap_binary) { CHECK_COUNT(1, 1); return SLOT_AS(BinaryFn)(self, args[0]); }
WRAPPER(wrap_reflected) { CHECK_COUNT(1, 1); return SLOT_AS(BinaryFn)(args[0], self); }
WRAPPER(wrap_repeat) {
  CHECK_COUNT(1, 1);
  return SLOT_AS(BinaryFn)(self, args[0]);
}
WRAPPER(wrap_hash) { CHECK_COUNT(0, 0); int64_t h = SLOT_AS(int64_t (*)(Value))(self); return h == -1 ? Value() : new_int(h); }
WRAPPER(wrap_call) { return SLOT_AS(CallFn)(self, args, nargs, kwnames); }
bool attribute_name(Value v) {
  if (is_str(v)) return true;
  raisef(exc.TypeError, "attribute name must be string, not '%s'", type_name(v));
  return false;
}
WRAPPER(wrap_getattr) {
  CHECK_COUNT(1, 1);
  if (!attribute_name(args[0])) return nullptr;
  return SLOT_AS(Value (*)(Value, Str*))(self, args[0].as<Str>());
}
// object.__setattr__ must not go around a builtin type's own rule (Carlo Verre's hack).
bool hack_check(const SlotDef& def, void* slot, Value self) {
  Class* cls = class_of(self);
  while (cls && cls->has(kClassHeap)) cls = cls->base;
  if (cls && reinterpret_cast<void*>(cls->slots.setattr) != slot && is_subclass(cls, types.type)) {
    raisef(exc.TypeError, "can't apply this %s to %s object", to_utf8(*def.name).c_str(), type_name(self));
    return false;
  }
  return true;
}
WRAPPER(wrap_setattr) {
  CHECK_COUNT(2, 2);
  if (!attribute_name(args[0]) || !hack_check(def, slot, self)) return nullptr;
  return SLOT_AS(bool (*)(Value, Str*, Value))(self, args[0].as<Str>(), args[1]) ? Value::none() : Value();
}
WRAPPER(wrap_delattr) {
  CHECK_COUNT(1, 1);
  if (!attribute_name(args[0]) || !hack_check(def, slot, self)) return nullptr;
  return SLOT_AS(bool (*)(Value, Str*, Value))(self, args[0].as<Str>(), nullptr) ? Value::none() : Value();
}
template <CompareOp op>
WRAPPER(wrap_compare) { CHECK_COUNT(1, 1); return SLOT_AS(Value (*)(Value, Value, CompareOp))(self, args[0], op); }
WRAPPER(wrap_next) {
  CHECK_COUNT(0, 0);
  Value r = SLOT_AS(UnaryFn)(self);
  if (!r && !error_pending()) return raise_stop_iteration(Value::none());
  return r;
}
WRAPPER(wrap_descr_get) {
  CHECK_COUNT(1, 2);
  Value instance = args[0].is_none() ? Value() : args[0];
  Value owner = nargs < 2 || args[1].is_none() ? Value() : args[1];
  if (!instance && !owner) return raise(exc.TypeError, "__get__(None, None) is invalid");
  return SLOT_AS(Value (*)(Value, Value, Value))(self, instance, owner);
}
WRAPPER(wrap_descr_set) {
  CHECK_COUNT(2, 2);
  return SLOT_AS(bool (*)(Value, Value, Value))(self, args[0], args[1]) ? Value::none() : Value();
}
WRAPPER(wrap_descr_delete) {
  CHECK_COUNT(1, 1);
  return SLOT_AS(bool (*)(Value, Value, Value))(self, args[0], nullptr) ? Value::none() : Value();
}
WRAPPER(wrap_init) { return SLOT_AS(bool (*)(Value, Value*, uint32_t, Tuple*))(self, args, nargs, kwnames) ? Value::none() : Value(); }
WRAPPER(wrap_del) { CHECK_COUNT(0, 0); SLOT_AS(void (*)(Value))(self); return Value::none(); }
WRAPPER(wrap_pow) {
  CHECK_COUNT(1, 2);
  Class* cls = class_of(self);
  if (nargs == 2 && !args[1].is_none() && cls->slots.power) return cls->slots.power(self, args[0], args[1]);
  return SLOT_AS(BinaryFn)(self, args[0]);
}
WRAPPER(wrap_rpow) {
  CHECK_COUNT(1, 2);
  Class* cls = class_of(args[0]);
  if (nargs == 2 && !args[1].is_none() && cls->slots.power) return cls->slots.power(args[0], self, args[1]);
  return SLOT_AS(BinaryFn)(args[0], self);
}
WRAPPER(wrap_truth) { CHECK_COUNT(0, 0); int t = SLOT_AS(int (*)(Value))(self); return t < 0 ? Value() : Value::from_bool(t); }
WRAPPER(wrap_length) { CHECK_COUNT(0, 0); int64_t n = SLOT_AS(int64_t (*)(Value))(self); return n < 0 ? Value() : new_int(n); }
WRAPPER(wrap_setitem) {
  CHECK_COUNT(2, 2);
  return SLOT_AS(bool (*)(Value, Value, Value))(self, args[0], args[1]) ? Value::none() : Value();
}
WRAPPER(wrap_delitem) {
  CHECK_COUNT(1, 1);
  return SLOT_AS(bool (*)(Value, Value, Value))(self, args[0], nullptr) ? Value::none() : Value();
}
WRAPPER(wrap_contains) {
  CHECK_COUNT(1, 1);
  int r = SLOT_AS(int (*)(Value, Value))(self, args[0]);
  return r < 0 ? Value() : Value::from_bool(r);
}

}  // namespace

int64_t hash_not_implemented(Value v) { return raisef(exc.TypeError, "unhashable type: '%.200s'", type_name(v)), -1; }

template <class F>
static void* slot_pointer(F* f) { return reinterpret_cast<void*>(f); }
static void* slot_pointer(std::nullptr_t) { return nullptr; }

#define SLOT(dunder, field, dispatcher, wrapper, signature, doc) \
  {&names.dunder_##dunder, offsetof(Slots, field), slot_pointer(dispatcher), wrapper, signature, doc},
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
const SlotDef kSlotDefs[] = {
#include "runtime/slotdefs.def"
};
#pragma GCC diagnostic pop
#undef SLOT
const size_t kSlotDefCount = sizeof(kSlotDefs) / sizeof(kSlotDefs[0]);

static WrapperDescriptor* new_wrapper(const SlotDef* def, void* slot, Class* owner) {
  auto* w = static_cast<WrapperDescriptor*>(heap.allocate(types.wrapper_descriptor->root_shape, sizeof(WrapperDescriptor)));
  w->def = def;
  w->slot = slot;
  w->owner = owner;
  return w;
}

void add_slot_wrappers(Class* cls) {
  for (size_t i = 0; i < kSlotDefCount; ++i) {
    const SlotDef& def = kSlotDefs[i];
    void* slot = slot_at(cls->slots, def.offset);
    if (!slot || !def.wrapper || dict_get_str(cls->dict, *def.name)) continue;
    if (slot == reinterpret_cast<void*>(&hash_not_implemented)) {
      dict_set_str(cls->dict, *def.name, Value::none());
      continue;
    }
    dict_set_str(cls->dict, *def.name, new_wrapper(&def, slot, cls));
  }
}

void inherit_slots(Class* cls) {
  bool own_compare = cls->slots.compare, own_hash = cls->slots.hash;
  for (uint64_t i = 1; i < cls->mro->size; ++i) {
    Class* base = cls->mro->items[i].as<Class>();
    for (size_t offset = 0; offset < sizeof(Slots); offset += sizeof(void*)) {
      if (offset == offsetof(Slots, hash) || offset == offsetof(Slots, compare)) continue;
      if (!slot_at(cls->slots, offset)) slot_at(cls->slots, offset) = slot_at(base->slots, offset);
    }
    // Comparison and hash go together: who defines one does not inherit the other.
    if (!own_compare && !own_hash && !cls->slots.compare && !cls->slots.hash) {
      cls->slots.compare = base->slots.compare;
      cls->slots.hash = base->slots.hash;
    }
  }
  if (!cls->slots.hash) cls->slots.hash = hash_not_implemented;
  if (!cls->slots.compare && cls->base) cls->slots.compare = cls->base->slots.compare;
}

static void update_slot(Class* cls, size_t first_row) {
  size_t offset = kSlotDefs[first_row].offset;
  void *specific = nullptr, *generic = nullptr;
  bool use_generic = false;
  for (size_t i = first_row; i < kSlotDefCount; ++i) {
    const SlotDef& def = kSlotDefs[i];
    if (def.offset != offset) continue;
    Value v = class_lookup(cls, *def.name);
    if (!v) continue;
    if (is_exact(v, types.wrapper_descriptor)) {
      auto* w = v.as<WrapperDescriptor>();
      if (*w->def->name == *def.name) {
        if (w->def->offset != offset && is_subclass(cls, w->owner)) continue;  // e.g. list.__add__ is `concat`, not binary[kAdd]
        generic = def.dispatcher;
        if ((!specific || specific == w->slot) && w->def->wrapper == def.wrapper && is_subclass(cls, w->owner)) {
          specific = w->slot;
        } else {
          use_generic = true;
        }
        continue;
      }
    }
    if (v.is_none() && *def.name == names.dunder_hash) {
      specific = reinterpret_cast<void*>(&hash_not_implemented);
      continue;
    }
    if (!def.dispatcher) continue;
    use_generic = true;
    generic = def.dispatcher;
  }
  void* chosen = specific && !use_generic ? specific : generic;
  if (offset == offsetof(Slots, power) && !use_generic) {
    // A builtin's three-argument pow has no dunder row of its own: it comes with the binary one.
    Value v = class_lookup(cls, names.dunder_pow);
    if (v && is_exact(v, types.wrapper_descriptor) && is_subclass(cls, v.as<WrapperDescriptor>()->owner)) chosen = reinterpret_cast<void*>(v.as<WrapperDescriptor>()->owner->slots.power);
  }
  slot_at(cls->slots, offset) = chosen;
}

Value slot_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames);  // types/type.cc

void update_slots(Class* cls) {
  static const std::vector<size_t> first_rows = [] {
    std::vector<size_t> rows;
    for (size_t i = 0; i < kSlotDefCount; ++i) {
      bool first = true;
      for (size_t j = 0; j < i; ++j) first = first && kSlotDefs[j].offset != kSlotDefs[i].offset;
      if (first) rows.push_back(i);
    }
    return rows;
  }();
  for (size_t row : first_rows) update_slot(cls, row);
  for (uint64_t i = 1; i < cls->mro->size; ++i) {
    Class* base = cls->mro->items[i].as<Class>();
    if (!cls->slots.get_buffer) cls->slots.get_buffer = base->slots.get_buffer, cls->slots.release_buffer = base->slots.release_buffer;
  }
  // __new__: a builtin's own (it is a builtin_function bound to the class that made it) or the dispatcher.
  Value n = class_lookup(cls, names.dunder_new);
  if (n && is_exact(n, types.builtin_function) && class_of(n.as<NativeFunction>()->self)->has(kSubType)) {
    cls->slots.new_ = n.as<NativeFunction>()->self.as<Class>()->slots.new_;
  } else {
    cls->slots.new_ = n ? slot_new : nullptr;
  }
}

}  // namespace pyjit::runtime
