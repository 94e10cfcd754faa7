// The abstract object protocol: dispatch rules of attributes, calls, comparison, truth, hash, containers and iteration.
#include "runtime/ops.h"

#include "runtime/heap.h"
#include "runtime/format_spec.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/slots.h"
#include "runtime/types/quick_compare.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

// Attributes.

Value get_attr(Value object, Str* name) { return class_of(object)->slots.getattr(object, name); }

Value get_attr_or_null(Value object, Str* name) {
  Class* cls = class_of(object);
  if (cls->slots.getattr == generic_getattr) {
    // No exception object for the common miss.
    return generic_getattr_quiet(object, name);
  }
  Value r = cls->slots.getattr(object, name);
  if (!r && pending_matches(exc.AttributeError)) clear_pending();
  return r;
}

bool set_attr(Value object, Str* name, Value value) {
  Class* cls = class_of(object);
  if (!name->interned()) name = intern(name);
  return cls->slots.setattr(object, name, value);
}

Value lookup_special(Value object, Str* name) {
  Class* cls = class_of(object);
  Value f = class_lookup(cls, name);
  if (!f) return nullptr;
  if (auto get = class_of(f)->slots.descr_get) return get(f, object, cls);
  return f;
}

// Calls.

Value call(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  Class* cls = class_of(callable);
  if (cls->slots.call) [[likely]] return cls->slots.call(callable, args, nargs, kwnames);
  return raisef(exc.TypeError, "'%.200s' object is not callable", type_name(callable));
}

Value call_tuple_dict(Value f, Tuple* args, Dict* kwargs) {
  if (!kwargs || !kwargs->size) return call(f, args->items, static_cast<uint32_t>(args->size));
  size_t n = args->size, k = kwargs->size;
  ValueArray* window = TRY(new_value_array(n + k));
  Tuple* names = TRY(new_tuple_null(k));
  memcpy(window->items, args->items, n * sizeof(Value));
  uint64_t position = 0;
  Value key, value;
  for (size_t i = 0; dict_next(kwargs, &position, &key, &value); ++i) {
    if (!is_str(key)) return raise(exc.TypeError, "keywords must be strings");
    names->items[i] = key;
    window->items[n + i] = value;
  }
  return call(f, window->items, static_cast<uint32_t>(n), names);
}

Value call_method(Value object, Str* name, Value* args, uint32_t nargs, Tuple* kwnames) {
  Class* cls = class_of(object);
  size_t total = nargs + (kwnames ? kwnames->size : 0);
  if (cls->slots.getattr == generic_getattr && total < 8) {
    Value f = class_lookup(cls, name);
    if (f && class_of(f)->has(kClassMethodDescriptor) &&
        !(cls->has(kClassHasDict) && instance_get_attr(object.as_object(), name))) {
      Value window[9];
      window[0] = object;
      for (size_t i = 0; i < total; ++i) window[i + 1] = args[i];
      return call(f, window, nargs + 1, kwnames);
    }
  }
  Value f = TRY(get_attr(object, name));
  return call(f, args, nargs, kwnames);
}

Value call_special(Value object, Str* name, bool* found, Value* args, uint32_t nargs) { return call_dunder(object, name, args, nargs, found); }

bool is_callable(Value v) { return class_of(v)->slots.call; }

// Comparison, truth, hash.

static const char* const kCompareSymbols[] = {"<", "<=", "==", "!=", ">", ">="};
static const CompareOp kReflected[] = {kGt, kGe, kEq, kNe, kLt, kLe};

Value compare(Value a, Value b, CompareOp op) {
  if (both_ints(a, b)) {
    int64_t x = a.as_int(), y = b.as_int();
    switch (op) {
      case kLt: return Value::from_bool(x < y);
      case kLe: return Value::from_bool(x <= y);
      case kEq: return Value::from_bool(x == y);
      case kNe: return Value::from_bool(x != y);
      case kGt: return Value::from_bool(x > y);
      case kGe: return Value::from_bool(x >= y);
    }
  }
  if (a.is_double() && b.is_double()) {
    double x = a.as_double(), y = b.as_double();
    switch (op) {
      case kLt: return Value::from_bool(x < y);
      case kLe: return Value::from_bool(x <= y);
      case kEq: return Value::from_bool(x == y);
      case kNe: return Value::from_bool(x != y);
      case kGt: return Value::from_bool(x > y);
      case kGe: return Value::from_bool(x >= y);
    }
  }
  if (is_exact_str(a) && is_exact_str(b)) {
    const Str *x = a.as<Str>(), *y = b.as<Str>();
    switch (op) {
      case kEq: return Value::from_bool(str_equal(x, y));
      case kNe: return Value::from_bool(!str_equal(x, y));
      case kLt: return Value::from_bool(str_compare(x, y) < 0);
      case kLe: return Value::from_bool(str_compare(x, y) <= 0);
      case kGt: return Value::from_bool(str_compare(x, y) > 0);
      case kGe: return Value::from_bool(str_compare(x, y) >= 0);
    }
  }
  Class *ca = class_of(a), *cb = class_of(b);
  auto fa = ca->slots.compare, fb = cb->slots.compare;
  RecursionGuard guard(" in comparison");
  if (!guard.ok()) return nullptr;
  bool tried_reflected = false;
  if (ca != cb && fb && is_subclass(cb, ca)) {
    tried_reflected = true;
    Value r = fb(b, a, kReflected[op]);
    if (!r.is_not_implemented()) return r;
  }
  if (fa) {
    Value r = fa(a, b, op);
    if (!r.is_not_implemented()) return r;
  }
  if (!tried_reflected && fb) {
    Value r = fb(b, a, kReflected[op]);
    if (!r.is_not_implemented()) return r;
  }
  if (op == kEq) return Value::from_bool(a == b);
  if (op == kNe) return Value::from_bool(!(a == b));
  return raisef(exc.TypeError, "'%s' not supported between instances of '%.100s' and '%.100s'", kCompareSymbols[op],
                std::string(type_name(a)).c_str(), std::string(type_name(b)).c_str());
}

int compare_bool(Value a, Value b, CompareOp op) {
  // Identity implies equality in containers, nan included.
  if (a == b && op == kEq) return 1;
  if (a == b && op == kNe) return 0;
  Value r = compare(a, b, op);
  if (!r) return -1;
  return r.is_bool() ? r.as_bool() : is_true(r);
}

int is_true(Value v) {
  if (v.is_bool()) return v.as_bool();
  if (v.is_int()) return v.as_int() != 0;
  if (v.is_none()) return 0;
  if (v.is_double()) return v.as_double() != 0;
  Class* cls = class_of(v);
  if (cls->slots.truth) return cls->slots.truth(v);
  if (cls->slots.length) {
    int64_t n = cls->slots.length(v);
    return n < 0 ? -1 : n > 0;
  }
  return 1;
}

int64_t hash(Value v) {
  if (v.is_int()) {
    int64_t i = v.as_int();
    return i == -1 ? -2 : i;   // |i| < 2^47 < the modulus
  }
  if (is_exact_str(v)) return str_hash(v.as<Str>());
  auto slot = class_of(v)->slots.hash;
  return slot ? slot(v) : hash_not_implemented(v);
}

int64_t hash_by_identity(Value v) {
  uint64_t a = v.bits();
  int64_t h = static_cast<int64_t>(a >> 4 | a << 60);
  return h == -1 ? -2 : h;
}

int contains(Value container, Value item) {
  Class* cls = class_of(container);
  if (cls->slots.contains) return cls->slots.contains(container, item);
  Value f = class_lookup(cls, names.dunder_contains);
  if (f.is_none()) return raisef(exc.TypeError, "'%s' object is not a container", type_name(container)), -1;
  if (!is_iterable_type(container)) return raisef(exc.TypeError, "argument of type '%.200s' is not iterable", type_name(container)), -1;
  Value it = get_iter(container);
  if (!it) return -1;
  while (Value v = iter_next(it)) {
    int r = compare_bool(v, item, kEq);
    if (r) return r;
  }
  return error_pending() ? -1 : 0;
}

// isinstance / issubclass.

// The __bases__ of a class-like object: a Tuple, or null (nothing pending when it has none).
static Tuple* abstract_bases(Value cls) {
  Value bases = get_attr_or_null(cls, names.dunder_bases);
  if (!bases || !is_tuple(bases)) return nullptr;
  return bases.as<Tuple>();
}

static int abstract_is_subclass(Value derived, Value cls) {
  if (derived == cls) return 1;
  RecursionGuard guard(" in __issubclass__");
  if (!guard.ok()) return -1;
  Tuple* bases = abstract_bases(derived);
  if (!bases) return error_pending() ? -1 : 0;
  for (uint64_t i = 0; i < bases->size; ++i) {
    int r = abstract_is_subclass(bases->items[i], cls);
    if (r) return r;
  }
  return 0;
}

static bool check_class(Value cls, const char* message) {
  if (abstract_bases(cls)) return true;
  if (!error_pending()) raise(exc.TypeError, message);
  return false;
}

int recursive_isinstance(Value v, Value cls) {
  if (class_of(cls)->has(kSubType)) {
    if (is_instance(v, cls.as<Class>())) return 1;
    // Nobody claims to be of another class by a __class__ of their own.
    Class* own = class_of(v);
    if (own->slots.getattr == generic_getattr && class_lookup(own, names.dunder_class) == class_lookup(types.object, names.dunder_class)) return 0;
    Value claimed = get_attr_or_null(v, names.dunder_class);
    if (!claimed) return error_pending() ? -1 : 0;
    if (!(claimed == Value(class_of(v))) && class_of(claimed)->has(kSubType)) return is_subclass(claimed.as<Class>(), cls.as<Class>());
    return 0;
  }
  if (!check_class(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union")) return -1;
  Value claimed = get_attr_or_null(v, names.dunder_class);
  if (!claimed) return error_pending() ? -1 : 0;
  return abstract_is_subclass(claimed, cls);
}

int recursive_issubclass(Value derived, Value cls) {
  if (class_of(cls)->has(kSubType) && class_of(derived)->has(kSubType)) return is_subclass(derived.as<Class>(), cls.as<Class>());
  if (!check_class(derived, "issubclass() arg 1 must be a class")) return -1;
  if (!is_exact(cls, types.union_type) && !check_class(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union")) return -1;
  return abstract_is_subclass(derived, cls);
}

int is_instance_of(Value v, Value classinfo) {
  if (classinfo == Value(class_of(v))) return 1;
  if (is_exact(classinfo, types.type)) return recursive_isinstance(v, classinfo);
  if (is_tuple(classinfo)) {
    RecursionGuard guard(" in __instancecheck__");
    if (!guard.ok()) return -1;
    Tuple* t = classinfo.as<Tuple>();
    for (uint64_t i = 0; i < t->size; ++i) {
      int r = is_instance_of(v, t->items[i]);
      if (r) return r;
    }
    return 0;
  }
  bool found;
  RecursionGuard guard(" in __instancecheck__");
  if (!guard.ok()) return -1;
  Value r = call_dunder(classinfo, names.dunder_instancecheck, &v, 1, &found);
  if (found) return r ? is_true(r) : -1;
  return recursive_isinstance(v, classinfo);
}

int is_subclass_of(Value v, Value classinfo) {
  if (is_exact(classinfo, types.type)) {
    if (v == classinfo) return 1;
    return recursive_issubclass(v, classinfo);
  }
  if (is_tuple(classinfo)) {
    RecursionGuard guard(" in __subclasscheck__");
    if (!guard.ok()) return -1;
    Tuple* t = classinfo.as<Tuple>();
    for (uint64_t i = 0; i < t->size; ++i) {
      int r = is_subclass_of(v, t->items[i]);
      if (r) return r;
    }
    return 0;
  }
  bool found;
  RecursionGuard guard(" in __subclasscheck__");
  if (!guard.ok()) return -1;
  Value r = call_dunder(classinfo, names.dunder_subclasscheck, &v, 1, &found);
  if (found) return r ? is_true(r) : -1;
  return recursive_issubclass(v, classinfo);
}

// Containers.

int64_t length(Value v) {
  Class* cls = class_of(v);
  if (cls->slots.length) return cls->slots.length(v);
  return raisef(exc.TypeError, "object of type '%.200s' has no len()", type_name(v)), -1;
}

int64_t length_hint(Value v, int64_t fallback) {
  if (class_of(v)->slots.length) {
    int64_t n = length(v);
    if (n >= 0) return n;
    if (!pending_matches(exc.TypeError)) return -1;
    clear_pending();
  }
  bool found;
  Value r = call_dunder(v, names.dunder_length_hint, nullptr, 0, &found);
  if (!found) return fallback;
  if (!r) {
    if (!pending_matches(exc.TypeError)) return -1;
    clear_pending();
    return fallback;
  }
  if (r.is_not_implemented()) return fallback;
  if (!is_int_like(r)) return raisef(exc.TypeError, "__length_hint__ must be an integer, not %.100s", type_name(r)), -1;
  int64_t n;
  if (!int_to_int64(int_value(r), &n)) return raise(exc.OverflowError, "Python int too large to convert to C ssize_t"), -1;
  if (n < 0) return raise(exc.ValueError, "__length_hint__() should return >= 0"), -1;
  return n;
}

Value get_item(Value container, Value key) {
  Class* cls = class_of(container);
  if (cls->slots.getitem) return cls->slots.getitem(container, key);
  if (cls->has(kSubType)) {
    if (container == Value(types.type)) {
      Value args[] = {container, key};
      return new_generic_alias(args[0], args[1]);
    }
    Value f = get_attr_or_null(container, names.dunder_class_getitem);
    if (f && !f.is_none()) return call1(f, key);
    if (error_pending()) return nullptr;
    return raisef(exc.TypeError, "type '%.200s' is not subscriptable", to_utf8(container.as<Class>()->name).c_str());
  }
  return raisef(exc.TypeError, "'%.200s' object is not subscriptable", type_name(container));
}

bool set_item(Value container, Value key, Value value) {
  Class* cls = class_of(container);
  if (cls->slots.setitem) return cls->slots.setitem(container, key, value);
  // With an index, a type that has any sequence operation (every heap type has the slots) is asked as a sequence.
  bool sequence = (cls->has(kClassHeap) || cls->slots.contains || cls->slots.concat) && class_of(key)->slots.index;
  if (int64_t i; sequence && !index_to_ssize(key, &i, exc.IndexError)) return false;
  raisef(exc.TypeError,
         value      ? "'%.200s' object does not support item assignment"
         : sequence ? "'%.200s' object doesn't support item deletion"
                    : "'%.200s' object does not support item deletion",
         type_name(container));
  return false;
}

bool is_iterable_type(Value v) {
  Class* cls = class_of(v);
  return cls->slots.iter || (cls->slots.getitem && !cls->has(kSubDict));
}

Value get_iter(Value v) {
  Class* cls = class_of(v);
  if (cls->slots.iter) {
    Value it = TRY(cls->slots.iter(v));
    if (!class_of(it)->slots.next) return raisef(exc.TypeError, "iter() returned non-iterator of type '%.100s'", type_name(it));
    return it;
  }
  if (cls->slots.getitem && !cls->has(kSubDict)) return new_sequence_iterator(v);
  return raisef(exc.TypeError, "'%.200s' object is not iterable", type_name(v));
}

Value iter_next(Value iterator) {
  Class* cls = class_of(iterator);
  if (!cls->slots.next) return raisef(exc.TypeError, "'%.200s' object is not an iterator", type_name(iterator));
  Value v = cls->slots.next(iterator);
  if (!v && error_pending() && pending_matches(exc.StopIteration)) clear_pending();
  return v;
}

List* to_list(Value iterable) {
  List* list = TRY(new_list());
  if (!list_extend(list, iterable)) return nullptr;
  return list;
}

Tuple* to_tuple(Value iterable) {
  if (is_exact(iterable, types.tuple)) return iterable.as<Tuple>();
  List* list = TRY(to_list(iterable));
  return new_tuple(list->items(), list->size);
}

bool fast_sequence(Value iterable, const char* error_message, Value** items, size_t* count, Value* keep) {
  *keep = iterable;
  if (is_exact(iterable, types.tuple)) {
    *items = iterable.as<Tuple>()->items;
    *count = iterable.as<Tuple>()->size;
    return true;
  }
  if (!is_exact(iterable, types.list)) {
    Value it = get_iter(iterable);
    if (!it) {
      if (error_message && pending_matches(exc.TypeError)) {
        clear_pending();
        raise(exc.TypeError, error_message);
      }
      return false;
    }
    List* list = TRY(to_list(it));
    *keep = list;
  }
  *items = keep->as<List>()->items();
  *count = keep->as<List>()->size;
  return true;
}

// Text.

static Str* expect_text(Value r, const char* method) {
  if (!r) return nullptr;
  if (is_str(r)) return r.as<Str>();
  return raisef(exc.TypeError, "%s returned non-string (type %.200s)", method, type_name(r));
}

Str* repr(Value v) {
  if (is_exact_str(v)) return repr_str(v.as<Str>());
  RecursionGuard guard(" while getting the repr of an object");
  if (!guard.ok()) return nullptr;
  return expect_text(class_of(v)->slots.repr(v), "__repr__");
}

Str* str(Value v) {
  if (is_exact_str(v)) return v.as<Str>();
  RecursionGuard guard(" while getting the str of an object");
  if (!guard.ok()) return nullptr;
  Class* cls = class_of(v);
  if (!cls->slots.str) return repr(v);
  return expect_text(cls->slots.str(v), "__str__");
}

Str* ascii(Value v) {
  Str* s = TRY(repr(v));
  if (s->is_ascii()) return s;
  StrBuilder out;
  char buffer[16];
  for (uint64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (c < 128) {
      out.append(c);
    } else {
      snprintf(buffer, sizeof buffer, c < 256 ? "\\x%02x" : c < 65536 ? "\\u%04x" : "\\U%08x", c);
      out.append_ascii(buffer);
    }
  }
  return out.finish();
}

Value format(Value v, Value spec) {
  if (!spec) spec = reinterpret_cast<Object*>(names.empty);
  if (!is_str(spec)) return raisef(exc.TypeError, "Format specifier must be a string, not %.200s", type_name(spec));
  if (spec.as<Str>()->length == 0) {
    if (is_exact_str(v)) return v;
    if (v.is_int()) return int_repr(v);
  }
  if (v.is_int()) return format_int(v, spec.as<Str>());
  if (v.is_double()) return format_float(v, spec.as<Str>());
  bool found;
  Value r = call_dunder(v, names.dunder_format, &spec, 1, &found);
  if (!found) return raisef(exc.TypeError, "Type %.100s doesn't define __format__", type_name(v));
  if (r && !is_str(r)) return raisef(exc.TypeError, "__format__ must return a str, not %.200s", type_name(r));
  return r;
}

Value new_int(int64_t i) {
  if (Value::fits_int(i)) return Value::from_int(i);
  return int_from_int128(i);
}
Value new_int_unsigned(uint64_t u) { return u <= static_cast<uint64_t>(Value::kMaxInt) ? Value::from_int(static_cast<int64_t>(u)) : int_from_int128(u); }

Value dir(Value v) {
  Value f = lookup_special(v, names.dunder_dir);
  if (!f) return error_pending() ? nullptr : raise(exc.TypeError, "object does not provide __dir__");
  Value names_seq = TRY(call0(f));
  List* list = TRY(to_list(names_seq));
  if (!list_sort(list, nullptr, false)) return nullptr;
  return list;
}

}  // namespace pyjit::runtime
