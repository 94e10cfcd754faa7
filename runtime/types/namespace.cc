// mappingproxy (a class's __dict__) and types.SimpleNamespace.
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

struct MappingProxy : Object { Value mapping; };
struct SimpleNamespace : Object { Object* overflow; };

Value inner(Value self) { return self.as<MappingProxy>()->mapping; }
void trace_proxy(Object* o, Tracer& t) { t.visit(static_cast<MappingProxy*>(o)->mapping); }

Value proxy_new(Class*, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"mappingproxy", "(mapping)"};
  static const Signature* signature = parse_signature(&def);
  Value a[1];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return nullptr;
  Class* c = class_of(a[0]);
  if (!c->slots.getitem || c->has(kSubList) || c->has(kSubTuple)) {
    return raisef(exc.TypeError, "mappingproxy() argument must be a mapping, not %s", type_name(a[0]));
  }
  return new_mappingproxy(a[0]);
}
Value proxy_getitem(Value self, Value key) { return get_item(inner(self), key); }
int64_t proxy_length(Value self) { return length(inner(self)); }
int proxy_contains(Value self, Value key) { return contains(inner(self), key); }
Value proxy_iter(Value self) { return get_iter(inner(self)); }
Value proxy_str(Value self) { return str(inner(self)); }
Value proxy_repr(Value self) { return new_str("mappingproxy(" + to_utf8(TRY(repr(inner(self)))) + ")"); }
Value proxy_compare(Value a, Value b, CompareOp op) { return compare(inner(a), b, op); }
Value unwrap(Value v) { return is_exact(v, types.mappingproxy) ? inner(v) : v; }
Value proxy_or(Value a, Value b) { return binary_op(kOr, unwrap(a), unwrap(b)); }
Value proxy_ior(Value a, Value b) {
  return raisef(exc.TypeError, "'|=' is not supported by %s; use '|' instead", type_name(a));
}
Value proxy_get(Value* a) {
  Value args[] = {a[1], a[2] ? a[2] : Value::none()};
  return call_method(inner(a[0]), names.get, args, 2);
}
Value proxy_keys(Value* a) { return call_method0(inner(a[0]), names.keys); }
Value proxy_values(Value* a) { return call_method0(inner(a[0]), names.values); }
Value proxy_items(Value* a) { return call_method0(inner(a[0]), names.items); }
Value proxy_copy(Value* a) { return call_method0(inner(a[0]), names.copy); }
Value proxy_reversed(Value* a) { return call_method0(inner(a[0]), names.dunder_reversed); }
Value class_getitem(Value* a) { return new_generic_alias(a[0], a[1]); }

constexpr MethodDef kProxyMethods[] = {
    {"get", "!($self, key, default=None, /)", proxy_get, Effects::kCallsPython, MethodKind::kMethod, "Return the value for key if key is in the mapping, else default."},
    {"keys", "!($self, /)", proxy_keys, Effects::kCallsPython, MethodKind::kMethod, "D.keys() -> a set-like object providing a view on D's keys"},
    {"values", "!($self, /)", proxy_values, Effects::kCallsPython, MethodKind::kMethod, "D.values() -> an object providing a view on D's values"},
    {"items", "!($self, /)", proxy_items, Effects::kCallsPython, MethodKind::kMethod, "D.items() -> a set-like object providing a view on D's items"},
    {"copy", "!($self, /)", proxy_copy, Effects::kCallsPython, MethodKind::kMethod, "D.copy() -> a shallow copy of D"},
    {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kCallsPython, MethodKind::kClassMethod, "See PEP 585"},
    {"__reversed__", "!($self, /)", proxy_reversed, Effects::kCallsPython, MethodKind::kMethod, "D.__reversed__() -> reverse iterator"},
    {}};
const ClassSpec kProxySpec = {.name = "mappingproxy",
                              .basicsize = sizeof(MappingProxy),
                              .flags = kClassMappingPattern,
                              .trace = trace_proxy,
                              .doc = "mappingproxy(mapping)\n--\n\nRead-only proxy of a mapping.",
                              .slots = {.repr = proxy_repr,
                                        .str = proxy_str,
                                        .compare = proxy_compare,
                                        .iter = proxy_iter,
                                        .length = proxy_length,
                                        .getitem = proxy_getitem,
                                        .contains = proxy_contains,
                                        .binary = {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, proxy_or},
                                        .inplace = {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, proxy_ior},
                                        .new_ = proxy_new},
                              .methods = kProxyMethods};

// SimpleNamespace

Value namespace_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }
bool namespace_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs) return raisef(exc.TypeError, "no positional arguments expected"), false;
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    if (!instance_set_attr(self.as_object(), kwnames->items[i].as<Str>(), args[i])) return false;
  }
  return true;
}
Value namespace_repr(Value self) {
  std::string name = class_of(self) == types.simple_namespace ? "namespace" : type_name(self);
  Object* o = self.as_object();
  if (o->flags & kInRepr) return new_str(name + "(...)");
  o->flags |= kInRepr;
  StrBuilder out;
  out.append_utf8(name + "(");
  Dict* d = instance_dict(o);
  uint64_t position = 0;
  Value key, value;
  bool first = true, ok = true;
  while (ok && dict_next(d, &position, &key, &value)) {
    if (!is_str(key) || !key.as<Str>()->length) continue;
    if (!first) out.append_ascii(", ");
    first = false;
    out.append(key.as<Str>());
    out.append_ascii("=");
    Str* r = repr(value);
    if (r) out.append(r);
    ok = r;
  }
  o->flags &= static_cast<uint8_t>(~kInRepr);
  if (!ok) return nullptr;
  out.append_ascii(")");
  return out.finish();
}
Value namespace_compare(Value a, Value b, CompareOp op) {
  if (!is_instance(a, types.simple_namespace) || !is_instance(b, types.simple_namespace)) return Value::not_implemented();
  return compare(instance_dict(a.as_object()), instance_dict(b.as_object()), op);
}
Value namespace_dict(Value self) { return instance_dict(self.as_object()); }
Value namespace_reduce(Value* a) { return make_tuple(Value(class_of(a[0])), Value(empty_tuple()), Value(instance_dict(a[0].as_object()))); }
constexpr MethodDef kNamespaceMethods[] = {
    {"__reduce__", "!($self, /)", namespace_reduce, Effects::kReads, MethodKind::kMethod, "Return state information for pickling"}, {}};
constexpr GetSetDef kNamespaceGetSet[] = {{"__dict__", namespace_dict}, {}};
const ClassSpec kNamespaceSpec = {
    .name = "types.SimpleNamespace",
    .basicsize = sizeof(SimpleNamespace),
    .flags = kClassBaseType | kClassHasDict,
    .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
    .slots = {.repr = namespace_repr, .hash = nullptr, .compare = namespace_compare, .new_ = namespace_new, .init = namespace_init},
    .methods = kNamespaceMethods,
    .getset = kNamespaceGetSet};

}  // namespace

Value new_mappingproxy(Value mapping) {
  auto* p = static_cast<MappingProxy*>(heap.allocate(types.mappingproxy->root_shape, sizeof(MappingProxy)));
  p->mapping = mapping;
  return p;
}

void init_namespace_types() {
  types.mappingproxy = new_builtin_class(kProxySpec);
  types.simple_namespace = new_builtin_class(kNamespaceSpec);
}

}  // namespace pyjit::runtime
