// _imp: what importlib asks of the interpreter.
#include "runtime/init.h"
#include "runtime/builtins.h"
#include "runtime/errors.h"
#include "runtime/frozen.h"
#include "runtime/heap.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/function.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

constexpr FrozenModule kFrozen[] = {{"zipimport", "zipimport.py", false, nullptr},
                                    {"abc", "abc.py", false, nullptr},
                                    {"codecs", "codecs.py", false, nullptr},
                                    {"io", "io.py", false, nullptr},
                                    {"_collections_abc", "_collections_abc.py", false, nullptr},
                                    {"_sitebuiltins", "_sitebuiltins.py", false, nullptr},
                                    {"genericpath", "genericpath.py", false, nullptr},
                                    {"ntpath", "ntpath.py", false, nullptr},
                                    {"posixpath", "posixpath.py", false, nullptr},
                                    {"os.path", "posixpath.py", false, "posixpath"},
                                    {"os", "os.py", false, nullptr},
                                    {"site", "site.py", false, nullptr},
                                    {"stat", "stat.py", false, nullptr},
                                    {"importlib.util", "importlib/util.py", false, nullptr},
                                    {"importlib.machinery", "importlib/machinery.py", false, nullptr},
                                    {"runpy", "runpy.py", false, nullptr},
                                    {"__hello__", "__hello__.py", false, nullptr},
                                    {"__phello__", "__phello__/__init__.py", true, nullptr},
                                    {"__phello__.spam", "__phello__/spam.py", false, nullptr}};

bool frozen_override_off = false;

Str* text_argument(Value v, const char* function) {
  if (is_str(v)) return v.as<Str>();
  return raisef(exc.TypeError, "%s() argument must be str, not %.50s", function, type_name(v));
}
const FrozenModule* lookup(Str* name) { return frozen_override_off ? nullptr : find_frozen_module(to_utf8(name)); }

Value imp_lock_held(Value*) { return Value::from_bool(false); }
Value imp_nothing(Value*) { return Value::none(); }
Value imp_extension_suffixes(Value*) { return new_list(); }
Value imp_is_builtin(Value* a) {
  Str* name = TRY(text_argument(a[0], "is_builtin"));
  std::string text = to_utf8(name);
  for (const NativeModule* n = kNativeModules; n->name; ++n) {
    if (text == n->name) return Value::from_int(text == "sys" || text == "builtins" ? -1 : 1);
  }
  return Value::from_int(0);
}
Value imp_create_builtin(Value* a) {
  Value name = TRY(get_attr(a[0], names.name));
  if (!is_str(name)) return raise(exc.TypeError, "expected string");
  if (Value m = dict_get(sys_modules(), name)) return m;
  Module* m = import_native_module(to_utf8(name.as<Str>()));
  if (m) return m;
  return error_pending() ? Value() : Value::none();
}
Value imp_exec_builtin(Value*) { return Value::from_int(0); }
Value imp_find_frozen(Value* a) {
  Str* name = TRY(text_argument(a[0], "find_frozen"));
  const FrozenModule* f = lookup(name);
  if (!f) return Value::none();
  Value original = f->original ? intern(f->original) : intern(f->name);
  return make_tuple(Value::none(), Value::from_bool(f->is_package), original);
}
std::string path_of(const FrozenModule* f) { return std::string(kStdlibDirectory) + "/" + f->file; }
Value imp_get_frozen_object(Value* a) {
  Str* name = TRY(text_argument(a[0], "get_frozen_object"));
  const FrozenModule* f = lookup(name);
  if (!f) return raisef(exc.ImportError, "No such frozen object named %s", to_utf8(name).c_str());
  return load_frozen_code(path_of(f), f->original ? f->original : f->name);
}
Value imp_is_frozen(Value* a) {
  Str* name = TRY(text_argument(a[0], "is_frozen"));
  return Value::from_bool(lookup(name));
}
Value imp_is_frozen_package(Value* a) {
  Str* name = TRY(text_argument(a[0], "is_frozen_package"));
  const FrozenModule* f = lookup(name);
  if (!f) return raisef(exc.ImportError, "No such frozen object named %s", to_utf8(name).c_str());
  return Value::from_bool(f->is_package);
}
Value imp_frozen_module_names(Value*) {
  List* l = TRY(new_list());
  for (auto& f : kFrozen) {
    if (!list_append(l, intern(f.name))) return nullptr;
  }
  return l;
}
Value imp_override_frozen(Value* a) {
  int64_t n;
  if (!to_int64(a[0], &n)) return nullptr;
  frozen_override_off = n < 0;
  return Value::none();
}
Value imp_create_dynamic(Value* a) {
  Value name = TRY(get_attr(a[0], names.name));
  return raisef(exc.ImportError, "pyjit cannot load the CPython extension module '%s'", is_str(name) ? to_utf8(name.as<Str>()).c_str() : "?");
}
Value imp_fix_co_filename(Value* a) {
  if (!is_exact(a[0], types.code) || !is_str(a[1])) return raise(exc.TypeError, "_fix_co_filename() arguments must be code and str");
  Code* code = a[0].as<Code>();
  if (!str_equal(code->filename, a[1].as<Str>())) replace_filename(code, code->filename, a[1].as<Str>());
  return Value::none();
}
Value imp_source_hash(Value* a) {
  int64_t key;
  if (!to_int64(a[0], &key)) return nullptr;
  BufferView view;
  if (!get_buffer(a[1], &view)) return nullptr;
  uint64_t h = siphash13_keyed(static_cast<uint64_t>(key), 0, view.data, static_cast<size_t>(view.length));
  release_buffer(&view);
  return new_bytes({reinterpret_cast<char*>(&h), 8});
}

#define FN(name, signature, fn) {name, signature, fn, Effects::kCallsPython, MethodKind::kFunction}
constexpr MethodDef kFunctions[] = {FN("extension_suffixes", "($module, /)", imp_extension_suffixes),
                                    FN("lock_held", "($module, /)", imp_lock_held),
                                    FN("acquire_lock", "($module, /)", imp_nothing),
                                    FN("release_lock", "($module, /)", imp_nothing),
                                    FN("is_builtin", "($module, name, /)", imp_is_builtin),
                                    FN("create_builtin", "($module, spec, /)", imp_create_builtin),
                                    FN("exec_builtin", "($module, mod, /)", imp_exec_builtin),
                                    FN("find_frozen", "($module, name, /, *, withdata=False)", imp_find_frozen),
                                    FN("get_frozen_object", "($module, name, data=None, /)", imp_get_frozen_object),
                                    FN("is_frozen", "($module, name, /)", imp_is_frozen),
                                    FN("is_frozen_package", "($module, name, /)", imp_is_frozen_package),
                                    FN("init_frozen", "($module, name, /)", imp_nothing),
                                    FN("_frozen_module_names", "($module, /)", imp_frozen_module_names),
                                    FN("_override_frozen_modules_for_tests", "($module, override, /)", imp_override_frozen),
                                    FN("create_dynamic", "($module, spec, file=<unrepresentable>, /)", imp_create_dynamic),
                                    FN("exec_dynamic", "($module, mod, /)", imp_exec_builtin),
                                    FN("_fix_co_filename", "($module, code, path, /)", imp_fix_co_filename),
                                    FN("source_hash", "($module, /, key, source)", imp_source_hash),
                                    {}};
#undef FN

}  // namespace

const FrozenModule* find_frozen_module(std::string_view name) {
  for (auto& f : kFrozen) {
    if (name == f.name) return &f;
  }
  return nullptr;
}

bool init_imp(Module* m) { return add_functions(m, kFunctions) && add_string(m, "check_hash_based_pycs", config.check_hash_pycs.c_str()); }

}  // namespace pyjit::runtime
