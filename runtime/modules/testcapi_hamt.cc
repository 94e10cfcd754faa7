// _testcapi.hamt: an immutable mapping as contextvars.Context has it here: bindings in a dict that a new binding copies. (CPython's is a
// hash array mapped trie; its tests ask about the mapping, not about the trie.)
#include "runtime/heap.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {
namespace {

struct Bindings : Object { Dict* dict; };
Class* bindings_class;
Dict* dict_of(Value v) { return v.as<Bindings>()->dict; }

Value wrap(Dict* d) {
  if (!d) return nullptr;
  auto* b = TRY(allocate_instance_of<Bindings>(bindings_class));
  b->dict = d;
  write_barrier(b);
  return b;
}
Value bindings_new(Class*, Value*, uint32_t, Tuple*) { return wrap(new_dict()); }
Value bindings_set(Value* a) {
  Value bound = dict_get(dict_of(a[0]), a[1]);
  if (!bound && error_pending()) return nullptr;
  if (bound && bound == a[2]) return a[0];
  Dict* d = TRY(dict_copy(dict_of(a[0])));
  return dict_set(d, a[1], a[2]) ? wrap(d) : Value();
}
Value bindings_delete(Value* a) {
  Dict* d = TRY(dict_copy(dict_of(a[0])));
  int removed = dict_delete(d, a[1]);
  if (removed == 0) return a[0];
  return removed < 0 ? Value() : wrap(d);
}
Value bindings_get(Value* a) {
  Value v = dict_get(dict_of(a[0]), a[1]);
  if (v || error_pending()) return v;
  return a[2] ? a[2] : Value::none();
}
Value bindings_keys(Value* a) { return get_iter(TRY(call_method0(dict_of(a[0]), intern("keys")))); }
Value bindings_values(Value* a) { return get_iter(TRY(call_method0(dict_of(a[0]), intern("values")))); }
Value bindings_items(Value* a) { return get_iter(TRY(call_method0(dict_of(a[0]), intern("items")))); }
Value bindings_getitem(Value self, Value key) {
  Value v = dict_get(dict_of(self), key);
  return v || error_pending() ? v : Value(raise_key_error(key));
}
Value bindings_compare(Value a, Value b, CompareOp op) {
  if (!is_exact(b, bindings_class) || (op != kEq && op != kNe)) return Value::not_implemented();
  int equal = dict_equal(dict_of(a), dict_of(b));
  return equal < 0 ? Value() : Value::from_bool(equal == (op == kEq));
}

const MethodDef kMethods[] = {method_row("set", "!($self, key, value, /)", bindings_set), method_row("delete", "!($self, key, /)", bindings_delete),
                              method_row("get", "!($self, key, default=None, /)", bindings_get), method_row("keys", "!($self, /)", bindings_keys),
                              method_row("values", "!($self, /)", bindings_values), method_row("items", "!($self, /)", bindings_items), {}};

}  // namespace

bool add_testcapi_hamt(Module* m) {
  static ClassSpec spec{.name = "hamt", .basicsize = sizeof(Bindings), .flags = kClassHasWeakref, .trace_kind = TraceKind::kCustom,
                        .trace = trace_prefix<1>, .methods = kMethods};
  spec.slots.new_ = bindings_new;
  spec.slots.getitem = bindings_getitem;
  spec.slots.compare = bindings_compare;
  spec.slots.length = [](Value v) { return static_cast<int64_t>(dict_of(v)->size); };
  spec.slots.contains = [](Value v, Value key) { return dict_contains(dict_of(v), key); };
  spec.slots.iter = [](Value v) { return get_iter(dict_of(v)); };
  return add_class(m, spec, &bindings_class);
}

}  // namespace pyjit::runtime
