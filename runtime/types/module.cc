// module: a namespace in dict mode, with PEP 562's __getattr__.
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/function.h"

namespace pyjit::runtime {

namespace {

bool set_defaults(Dict* d, Value name, Value doc) {
  return dict_set_str(d, names.dunder_name, name) && dict_set_str(d, names.dunder_doc, doc) && dict_set_str(d, names.dunder_package, Value::none()) &&
         dict_set_str(d, names.dunder_loader, Value::none()) && dict_set_str(d, names.dunder_spec, Value::none());
}

Value module_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* m = allocate_instance_of<Module>(cls);
  if (!m) return nullptr;
  instance_dict(m);
  return m;
}
bool module_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"module", "(name, doc=None)"};
  static const Signature* signature = parse_signature(&def);
  Value a[2];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  if (!is_str(a[0])) return raisef(exc.TypeError, "module() argument 'name' must be str, not %.50s", type_name(a[0])), false;
  return set_defaults(instance_dict(self.as_object()), a[0], a[1] ? a[1] : Value::none());
}

bool is_initializing(Value spec) {
  if (!spec || spec.is_none()) return false;
  Value v = get_attr_or_null(spec, intern("_initializing"));
  if (!v) return clear_pending(), false;
  int t = is_true(v);
  if (t < 0) clear_pending();
  return t > 0;
}

Value module_getattr(Value self, Str* name) {
  Value v = generic_getattr_quiet(self, name);
  if (v || error_pending()) return v;
  Dict* d = instance_dict(self.as_object());
  if (Value f = dict_get_str(d, names.dunder_getattr)) return call1(f, reinterpret_cast<Object*>(name));
  Value module_name = dict_get_str(d, names.dunder_name);
  std::string attribute = to_utf8(name);
  if (!module_name || !is_str(module_name)) {
    return raise_attribute_error(new_strf("module has no attribute '%s'", attribute.c_str()), self, name);
  }
  std::string m = to_utf8(module_name.as<Str>());
  Value spec = dict_get_str(d, names.dunder_spec);
  if (is_initializing(spec)) {
    return raise_attribute_error(
        new_strf("partially initialized module '%s' has no attribute '%s' (most likely due to a circular import)", m.c_str(), attribute.c_str()), self,
        name);
  }
  Value uninitialized = spec && !spec.is_none() ? get_attr_or_null(spec, intern("_uninitialized_submodules")) : Value();
  if (error_pending()) clear_pending();
  if (uninitialized && contains(uninitialized, reinterpret_cast<Object*>(name)) > 0) {
    return raise_attribute_error(
        new_strf("cannot access submodule '%s' of module '%s' (most likely due to a circular import)", attribute.c_str(), m.c_str()), self, name);
  }
  return raise_attribute_error(new_strf("module '%s' has no attribute '%s'", m.c_str(), attribute.c_str()), self, name);
}

Value module_repr(Value self) {
  Value importlib = import_bootstrap_module();
  if (!importlib) {
    clear_pending();
    Value name = dict_get_str(instance_dict(self.as_object()), names.dunder_name);
    return new_str("<module " + (name ? to_utf8(TRY(repr(name))) : std::string("'?'")) + ">");
  }
  return call_method1(importlib, intern("_module_repr"), self);
}
Value get_dict(Value self) { return instance_dict(self.as_object()); }
Value get_annotations(Value self) {
  Dict* d = instance_dict(self.as_object());
  if (Value a = dict_get_str(d, names.dunder_annotations)) return a;
  Dict* a = TRY(new_dict());
  if (!dict_set_str(d, names.dunder_annotations, a)) return nullptr;
  return a;
}
bool set_annotations(Value self, Value v) {
  Dict* d = instance_dict(self.as_object());
  if (v) return dict_set_str(d, names.dunder_annotations, v);
  if (dict_delete(d, names.dunder_annotations) > 0) return true;
  if (!error_pending()) raise(exc.AttributeError, "__annotations__");
  return false;
}
Value module_dir(Value* args) {
  Value d = TRY(get_attr(args[0], names.dunder_dict));
  if (!is_dict(d)) return raise(exc.TypeError, "<module>.__dict__ is not a dictionary");
  if (Value f = dict_get_str(d.as<Dict>(), names.dunder_dir)) return call0(f);
  return to_list(d);
}

constexpr MethodDef kMethods[] = {{"__dir__", "!($self, /)", module_dir, Effects::kCallsPython, MethodKind::kMethod,
                                   "__dir__() -> list\nspecialized dir() implementation"}, {}};
constexpr GetSetDef kGetSet[] = {{"__dict__", get_dict}, {"__annotations__", get_annotations, set_annotations}, {}};
const ClassSpec kModuleSpec = {
    .name = "module",
    .basicsize = sizeof(Module),
    .flags = kClassBaseType | kClassHasDict | kClassHasWeakref,
    .doc = "module(name, doc=None)\n--\n\nCreate a module object.\n\nThe name must be a string; the optional docstring can have any type.",
    .slots = {.repr = module_repr, .getattr = module_getattr, .new_ = module_new, .init = module_init},
    .methods = kMethods,
    .getset = kGetSet};

}  // namespace

Module* new_module(Str* name) {
  auto* m = allocate_instance_of<Module>(types.module);
  if (!m) return nullptr;
  if (!set_defaults(instance_dict(m), name, Value::none())) return nullptr;
  return m;
}
Value module_get(Module* m, Str* name) { return dict_get_str(instance_dict(m), name); }

bool add_object(Module* m, const char* name, Value v) { return v && dict_set_str(m->dict(), intern(name), v); }
bool add_int(Module* m, const char* name, int64_t i) { return add_object(m, name, new_int(i)); }
bool add_string(Module* m, const char* name, std::string_view text) { return add_object(m, name, new_str(text)); }

void init_module_type() { types.module = new_builtin_class(kModuleSpec); }

}  // namespace pyjit::runtime
