// Weak references: weakref.ref, proxies, their callbacks, and the _weakref module.
//
// A side table maps each referenced object to its references (the object carries kHasWeakrefs). The collector asks, after marking, for the
// references to dead objects to be cleared; their callbacks run at the next safe point.
#include "runtime/types/weakref.h"

#include <unordered_map>

#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/heap_layout.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

struct WeakRef : Object {
  Object* overflow;
  Object* referent;     // not traced; null: dead
  Value callback;       // or null
  int64_t hash;         // -1: not computed
};

using Table = std::unordered_map<Object*, std::vector<WeakRef*>>;
Table& table() {
  static auto* t = new Table;
  return *t;
}
std::vector<Value> pending_callbacks;   // WeakRefs whose referent died

void trace_weakref(Object* o, Tracer& t) { t.visit(static_cast<WeakRef*>(o)->callback); }

Value referent(Value ref) {
  Object* o = ref.as<WeakRef>()->referent;
  return o ? Value(o) : Value::none();
}

void process_dead(bool (*is_live)(const Object*)) {
  Table& t = table();
  for (auto it = t.begin(); it != t.end();) {
    auto& refs = it->second;
    if (is_live(it->first)) {
      std::erase_if(refs, [&](WeakRef* r) { return !is_live(r); });
      if (refs.empty()) {
        it->first->flags &= static_cast<uint8_t>(~kHasWeakrefs);
        it = t.erase(it);
      } else {
        ++it;
      }
      continue;
    }
    for (WeakRef* r : refs) {
      if (!is_live(r)) continue;
      r->referent = nullptr;
      if (r->callback) {
        pending_callbacks.push_back(r);
        if (thread()) thread()->poll = thread()->poll | kPollFinalizers;
      }
    }
    it = t.erase(it);
  }
}

bool check_referent(Value v) {
  if (v.is_object() && class_of(v)->has(kClassHasWeakref)) return true;
  raisef(exc.TypeError, "cannot create weak reference to '%s' object", type_name(v));
  return false;
}

// Without a callback the plain reference (or proxy) to an object is shared.
WeakRef* find_shared(Object* o, Class* cls) {
  if (!(o->flags & kHasWeakrefs)) return nullptr;
  for (WeakRef* r : table()[o]) {
    if (r->cls() == cls && !r->callback) return r;
  }
  return nullptr;
}

Value make_reference(Class* cls, Value target, Value callback, bool share) {
  if (!check_referent(target)) return nullptr;
  if (callback && callback.is_none()) callback = nullptr;
  Object* o = target.as_object();
  if (share && !callback) {
    if (WeakRef* r = find_shared(o, cls)) return r;
  }
  auto* r = allocate_instance_of<WeakRef>(cls);
  if (!r) return nullptr;
  r->referent = o;
  r->callback = callback;
  r->hash = -1;
  o->flags |= kHasWeakrefs;
  auto& refs = table()[o];
  // The shared reference comes first, as CPython keeps it.
  if (callback) {
    refs.push_back(r);
  } else {
    refs.insert(refs.begin(), r);
  }
  return r;
}

Value ref_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs < 1 || nargs > 2) return raisef(exc.TypeError, "__new__ expected at %s, got %u", nargs < 1 ? "least 1 argument" : "most 2 arguments", nargs);
  return make_reference(cls, args[0], nargs > 1 ? args[1] : Value(), cls == types.weakref);
}
bool ref_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "ref() takes no keyword arguments"), false;
  if (nargs < 1 || nargs > 2) return raisef(exc.TypeError, "__init__ expected at %s, got %u", nargs < 1 ? "least 1 argument" : "most 2 arguments", nargs), false;
  return true;
}
Value ref_call(Value self, Value*, uint32_t nargs, Tuple* kwnames) {
  if (nargs || (kwnames && kwnames->size)) return raise(exc.TypeError, "weakref() takes no arguments");
  return referent(self);
}
int64_t ref_hash(Value self) {
  auto* r = self.as<WeakRef>();
  if (r->hash != -1) return r->hash;
  if (!r->referent) return raise(exc.TypeError, "weak object has gone away"), -1;
  return r->hash = hash(r->referent);
}
Value ref_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_instance(a, types.weakref) || !is_instance(b, types.weakref)) return Value::not_implemented();
  Value x = referent(a), y = referent(b);
  if (x.is_none() || y.is_none()) return Value::from_bool((a == b) == (op == kEq));
  return compare(x, y, op);
}
Value describe(Value self, const char* what) {
  auto* r = self.as<WeakRef>();
  void* address = reinterpret_cast<void*>(self.bits());
  if (!r->referent) return new_strf("<%s at %p; dead>", what, address);
  std::string cls = type_name(r->referent);
  Value name = get_attr_or_null(r->referent, names.dunder_name);
  if (error_pending()) clear_pending();
  std::string shown = name && is_str(name) ? " (" + to_utf8(name.as<Str>()) + ")" : "";
  return new_strf("<%s at %p; to '%s' at %p%s>", what, address, cls.c_str(), reinterpret_cast<void*>(r->referent), shown.c_str());
}
Value ref_repr(Value self) { return describe(self, "weakref"); }
Value ref_get_callback(Value self) {
  auto* r = self.as<WeakRef>();
  return r->referent && r->callback ? r->callback : Value::none();
}
Value class_getitem_alias(Value* a) { return new_generic_alias(a[0], a[1]); }
constexpr MethodDef kRefMethods[] = {
    {"__class_getitem__", "!($cls, item, /)", class_getitem_alias, Effects::kCallsPython, MethodKind::kClassMethod, "See PEP 585"}, {}};
constexpr GetSetDef kRefGetSet[] = {{"__callback__", ref_get_callback}, {}};
const ClassSpec kRefSpec = {.name = "weakref.ReferenceType",
                            .basicsize = sizeof(WeakRef),
                            .flags = kClassBaseType,
                            .trace = trace_weakref,
                            .slots = {.repr = ref_repr, .hash = ref_hash, .call = ref_call, .compare = ref_compare, .new_ = ref_new, .init = ref_init},
                            .methods = kRefMethods,
                            .getset = kRefGetSet};

// Proxies forward every operation to the referent.

bool is_proxy(Value v) { return is_exact(v, types.weakproxy) || is_exact(v, types.weakcallableproxy); }
Value unwrap(Value v) {
  if (!v || !is_proxy(v)) return v;
  Object* o = v.as<WeakRef>()->referent;
  return o ? Value(o) : Value(raise(exc.ReferenceError, "weakly-referenced object no longer exists"));
}
template <BinaryOp op>
Value proxy_binary(Value a, Value b) {
  Value x = TRY(unwrap(a)), y = TRY(unwrap(b));
  return binary_op(op, x, y);
}
template <BinaryOp op>
Value proxy_inplace(Value a, Value b) {
  Value x = TRY(unwrap(a)), y = TRY(unwrap(b));
  return inplace_op(op, x, y);
}
Value proxy_repr(Value self) { return describe(self, "weakproxy"); }
Value proxy_str(Value self) { return str(TRY(unwrap(self))); }
Value proxy_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) { return call(TRY(unwrap(self)), args, nargs, kwnames); }
Value proxy_getattr(Value self, Str* name) { return get_attr(TRY(unwrap(self)), name); }
bool proxy_setattr(Value self, Str* name, Value v) { return set_attr(TRY(unwrap(self)), name, v); }
Value proxy_compare(Value a, Value b, CompareOp op) {
  Value x = TRY(unwrap(a)), y = TRY(unwrap(b));
  return compare(x, y, op);
}
Value proxy_iter(Value self) { return get_iter(TRY(unwrap(self))); }
Value proxy_next(Value self) {
  Value v = TRY(unwrap(self));
  if (!class_of(v)->slots.next) return raisef(exc.TypeError, "Weakref proxy referenced a non-iterator '%.200s' object", type_name(v));
  return iter_next(v);
}
int64_t proxy_length(Value self) {
  Value v = unwrap(self);
  return v ? length(v) : -1;
}
Value proxy_getitem(Value self, Value key) { return get_item(TRY(unwrap(self)), TRY(unwrap(key))); }
bool proxy_setitem(Value self, Value key, Value v) { return set_item(TRY(unwrap(self)), key, v); }
int proxy_contains(Value self, Value item) {
  Value v = unwrap(self);
  return v ? contains(v, item) : -1;
}
int proxy_truth(Value self) {
  Value v = unwrap(self);
  return v ? is_true(v) : -1;
}
Value proxy_negative(Value v) { return negative(TRY(unwrap(v))); }
Value proxy_positive(Value v) { return positive(TRY(unwrap(v))); }
Value proxy_absolute(Value v) { return absolute(TRY(unwrap(v))); }
Value proxy_invert(Value v) { return invert(TRY(unwrap(v))); }
Value proxy_int(Value v) { return call1(types.int_, TRY(unwrap(v))); }
Value proxy_float(Value v) { return number_float(TRY(unwrap(v))); }
Value proxy_index(Value v) { return number_index(TRY(unwrap(v))); }
Value proxy_divmod(Value a, Value b) {
  Value x = TRY(unwrap(a)), y = TRY(unwrap(b));
  return divmod(x, y);
}
Value proxy_bytes(Value* a) { return call_method0(TRY(unwrap(a[0])), names.dunder_bytes); }
Value proxy_reversed(Value* a) { return call_method0(TRY(unwrap(a[0])), names.dunder_reversed); }
constexpr MethodDef kProxyMethods[] = {{"__bytes__", "!($self, /)", proxy_bytes}, {"__reversed__", "!($self, /)", proxy_reversed}, {}};

constexpr Slots proxy_slots(bool callable) {
  Slots s = {};
  s.repr = proxy_repr;
  s.str = proxy_str;
  s.hash = nullptr;
  s.call = callable ? proxy_call : nullptr;
  s.getattr = proxy_getattr;
  s.setattr = proxy_setattr;
  s.compare = proxy_compare;
  s.iter = proxy_iter;
  s.next = proxy_next;
  s.length = proxy_length;
  s.getitem = proxy_getitem;
  s.setitem = proxy_setitem;
  s.contains = proxy_contains;
  s.truth = proxy_truth;
#define OP(op) s.binary[op] = proxy_binary<op>, s.inplace[op] = proxy_inplace<op>
  OP(kAdd), OP(kAnd), OP(kFloorDiv), OP(kLShift), OP(kMatMul), OP(kMul), OP(kMod), OP(kOr), OP(kPow), OP(kRShift), OP(kSub), OP(kTrueDiv), OP(kXor);
#undef OP
  s.divmod = proxy_divmod;
  s.negative = proxy_negative;
  s.positive = proxy_positive;
  s.absolute = proxy_absolute;
  s.invert = proxy_invert;
  s.to_int = proxy_int;
  s.to_float = proxy_float;
  s.index = proxy_index;
  return s;
}
const ClassSpec kProxySpec = {.name = "weakref.ProxyType", .basicsize = sizeof(WeakRef), .trace = trace_weakref, .slots = proxy_slots(false), .methods = kProxyMethods};
const ClassSpec kCallableProxySpec = {
    .name = "weakref.CallableProxyType", .basicsize = sizeof(WeakRef), .trace = trace_weakref, .slots = proxy_slots(true), .methods = kProxyMethods};

Value m_proxy(Value* a) {
  Class* cls = is_callable(a[0]) ? types.weakcallableproxy : types.weakproxy;
  return make_reference(cls, a[0], a[1], true);
}
std::vector<WeakRef*>* refs_of(Value v) {
  if (!v.is_object() || !(v.as_object()->flags & kHasWeakrefs)) return nullptr;
  return &table()[v.as_object()];
}
Value m_getweakrefcount(Value* a) {
  auto* refs = refs_of(a[0]);
  return Value::from_int(refs ? static_cast<int64_t>(refs->size()) : 0);
}
Value m_getweakrefs(Value* a) {
  List* l = TRY(new_list());
  if (auto* refs = refs_of(a[0])) {
    std::vector<WeakRef*> copy = *refs;
    for (WeakRef* r : copy) {
      if (!list_append(l, r)) return nullptr;
    }
  }
  return l;
}
Value m_remove_dead(Value* a) {
  if (!is_dict(a[0])) return raisef(exc.TypeError, "_remove_dead_weakref() argument 1 must be dict, not %.50s", type_name(a[0]));
  Value v = dict_get(a[0].as<Dict>(), a[1]);
  if (!v) return error_pending() ? Value() : Value::none();
  if (!is_instance(v, types.weakref)) return raise(exc.TypeError, "not a weakref");
  if (!v.as<WeakRef>()->referent && dict_delete(a[0].as<Dict>(), a[1]) < 0) return nullptr;
  return Value::none();
}
constexpr MethodDef kFunctions[] = {
    {"proxy", "($module, object, callback=None, /)", m_proxy, Effects::kWrites, MethodKind::kFunction,
     "Create a proxy object that weakly references 'object'.\n\n'callback', if given, is called with a reference to the\nproxy when 'object' is about to be finalized."},
    {"getweakrefcount", "($module, object, /)", m_getweakrefcount, Effects::kReads, MethodKind::kFunction, "Return the number of weak references to 'object'."},
    {"getweakrefs", "($module, object, /)", m_getweakrefs, Effects::kReads, MethodKind::kFunction, "Return a list of all weak reference objects pointing to 'object'."},
    {"_remove_dead_weakref", "($module, dct, key, /)", m_remove_dead, Effects::kWrites, MethodKind::kFunction,
     "Atomically remove key from dict if it points to a dead weakref."},
    {}};

}  // namespace

Value first_weakref(Object* o) {
  if (!(o->flags & kHasWeakrefs)) return Value::none();
  auto& refs = table()[o];
  return refs.empty() ? Value::none() : Value(refs[0]);
}

void run_weakref_callbacks() {
  while (!pending_callbacks.empty()) {
    Value r = pending_callbacks.front();
    pending_callbacks.erase(pending_callbacks.begin());
    Value callback = r.as<WeakRef>()->callback;
    r.as<WeakRef>()->callback = nullptr;
    Value saved = thread()->exception;
    thread()->exception = nullptr;
    if (callback && !call1(callback, r)) write_unraisable(callback);
    thread()->exception = saved;
  }
}

bool init_weakref_module(Module* m) {
  return add_functions(m, kFunctions) && add_object(m, "ref", types.weakref) && add_object(m, "ReferenceType", types.weakref) &&
         add_object(m, "ProxyType", types.weakproxy) && add_object(m, "CallableProxyType", types.weakcallableproxy);
}

void init_weakref_types() {
  types.weakref = new_builtin_class(kRefSpec);
  types.weakproxy = new_builtin_class(kProxySpec);
  types.weakcallableproxy = new_builtin_class(kCallableProxySpec);
  add_weak_processor(process_dead);
  heap.add_root_tracer([](Tracer& t, void*) { for (Value v : pending_callbacks) t.visit(v); }, nullptr);
}

}  // namespace pyjit::runtime
