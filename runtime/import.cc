// The import system's native half: bootstrapping importlib from the standard library, IMPORT_NAME, and importing by name from C++.
//
// importlib itself is Debian's: importlib/_bootstrap.py and _bootstrap_external.py (their .pyc when it is current), run under the module names
// that CPython gives to its frozen copies.
#include <sys/stat.h>

#include <cstdio>

#include "runtime/builtins.h"
#include "runtime/codecs.h"
#include "runtime/compile.h"
#include "runtime/errors.h"
#include "runtime/frozen.h"
#include "runtime/heap.h"
#include "runtime/marshal.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/code.h"
#include "runtime/types/containers.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

static Value bootstrap_module;   // importlib._bootstrap as _frozen_importlib
static Value bootstrap_external_module;

Value import_bootstrap_module() { return bootstrap_module ? bootstrap_module : Value(raise(exc.ImportError, "importlib is not set up")); }

bool read_file(const std::string& path, std::string* out) {
  FILE* f = fopen(path.c_str(), "rb");
  if (!f) return false;
  struct stat st;
  bool endless = fstat(fileno(f), &st) == 0 && S_ISCHR(st.st_mode);
  char buffer[65536];
  size_t n;
  while ((n = fread(buffer, 1, sizeof buffer, f)) > 0) {
    out->append(buffer, n);
    if (endless && memchr(buffer, 0, n)) break;   // /dev/zero: no source anyway
  }
  bool ok = !ferror(f);
  fclose(f);
  return ok;
}

// Replaces co_filename here and in nested code objects that have the same old name.
void replace_filename(Code* code, Str* old_name, Str* new_name) {
  if (!str_equal(code->filename, old_name)) return;
  code->filename = new_name;
  write_barrier(code);
  for (uint64_t i = 0; i < code->consts->size; ++i) {
    if (is_exact(code->consts->items[i], types.code)) replace_filename(code->consts->items[i].as<Code>(), old_name, new_name);
  }
}

// The cached .pyc of `source_path` if its header matches the source file; null (nothing pending) otherwise.
static Value load_current_pyc(const std::string& source_path, const struct stat& st) {
  size_t slash = source_path.rfind('/');
  std::string name = source_path.substr(slash + 1, source_path.size() - slash - 4);
  std::string data;
  if (!read_file(source_path.substr(0, slash) + "/__pycache__/" + name + ".cpython-311.pyc", &data) || data.size() < 16) return nullptr;
  constexpr uint32_t kMagic = 3495 | 0x0A0D0000;
  uint32_t header[4];
  memcpy(header, data.data(), 16);
  if (header[0] != kMagic || header[1] != 0 || header[2] != static_cast<uint32_t>(st.st_mtime) || header[3] != static_cast<uint32_t>(st.st_size)) {
    return nullptr;
  }
  size_t position = 16;
  Value v = marshal_load(data, &position);
  if (!v || !is_exact(v, types.code)) {
    clear_pending();
    return nullptr;
  }
  return v;
}

Value load_frozen_code(const std::string& source_path, std::string_view shown_name) {
  struct stat st;
  if (stat(source_path.c_str(), &st) != 0) return raisef(exc.ImportError, "No such frozen object named %s", source_path.c_str());
  Str* filename = intern("<frozen " + std::string(shown_name) + ">");
  Value code = load_current_pyc(source_path, st);
  if (code) {
    replace_filename(code.as<Code>(), code.as<Code>()->filename, filename);
    return code;
  }
  CompileRequest r;
  if (!read_file(source_path, &r.source)) return raise_os_error(errno, fs_decode(source_path));
  r.filename = filename;
  r.is_text = false;
  return compile_source(r);
}

static Value run_bootstrap(const char* module_name, const char* file, const char* shown_name) {
  Value code = TRY(load_frozen_code(std::string(kStdlibDirectory) + "/importlib/" + file, shown_name));
  Module* m = TRY(new_module(intern(module_name)));
  Dict* d = m->dict();
  if (!dict_set_str(d, names.dunder_builtins, get_builtins_module()) || !dict_set_str(sys_modules(), intern(module_name), m)) return nullptr;
  TRY(eval_code_hook(code.as<Code>(), d, d, nullptr));
  return m;
}

bool setup_import() {
  static Value* const roots = &bootstrap_module;
  heap.add_root_range(roots, roots + 1);
  heap.add_root_range(&bootstrap_external_module, &bootstrap_external_module + 1);
  bootstrap_module = TRY(run_bootstrap("_frozen_importlib", "_bootstrap.py", "importlib._bootstrap"));
  Module* imp = TRY(import_native_module("_imp"));
  if (!dict_set_str(sys_modules(), intern("_imp"), imp)) return false;
  Value args[] = {sys_modules() ? dict_get_str(sys_modules(), intern("sys")) : Value(), imp};
  TRY(call_method(bootstrap_module, intern("_install"), args, 2));
  bootstrap_external_module = TRY(run_bootstrap("_frozen_importlib_external", "_bootstrap_external.py", "importlib._bootstrap_external"));
  TRY(call_method0(bootstrap_module, intern("_install_external_importers")));
  // Archives on sys.path; a broken zipimport is no reason not to start.
  Value zipimport = import_module("zipimport");
  Value importer = zipimport ? get_attr(zipimport, intern("zipimporter")) : Value();
  Value hooks = importer ? sys_get(intern("path_hooks")) : Value();
  if (hooks && is_list(hooks)) return list_insert(hooks.as<List>(), 0, importer);
  clear_pending();
  return true;
}

// The package that relative imports in this namespace start from: __package__, __spec__.parent, or from __name__ and __path__.
static Str* resolve_package(Dict* globals) {
  Value package = dict_get_str(globals, names.dunder_package);
  Value spec = dict_get_str(globals, names.dunder_spec);
  if (package && !package.is_none()) {
    if (!is_str(package)) return raise(exc.TypeError, "package must be a string");
    if (spec && !spec.is_none()) {
      Value parent = TRY(get_attr(spec, intern("parent")));
      int equal = compare_bool(package, parent, kEq);
      if (equal < 0) return nullptr;
      if (!equal && !warn(exc.ImportWarning, "__package__ != __spec__.parent", 1)) return nullptr;
    }
    return package.as<Str>();
  }
  if (spec && !spec.is_none()) {
    Value parent = TRY(get_attr(spec, intern("parent")));
    if (!is_str(parent)) return raise(exc.TypeError, "__spec__.parent must be a string");
    return parent.as<Str>();
  }
  if (!warn(exc.ImportWarning, "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__", 1)) return nullptr;
  Value name = dict_get_str(globals, names.dunder_name);
  if (!name) return raise(exc.KeyError, "'__name__' not in globals");
  if (!is_str(name)) return raise(exc.TypeError, "__name__ must be a string");
  if (dict_get_str(globals, names.dunder_path)) return name.as<Str>();
  std::string text = to_utf8(name.as<Str>());
  size_t dot = text.rfind('.');
  if (dot == std::string::npos) return raise(exc.ImportError, "attempted relative import with no known parent package");
  return new_str(text.substr(0, dot));
}

static Str* resolve_name(Str* name, Value globals, int level) {
  if (!globals || !is_dict(globals)) {
    return raise(globals ? exc.TypeError : exc.KeyError, globals ? "globals must be a dict" : "'__name__' not in globals");
  }
  Str* package = TRY(resolve_package(globals.as<Dict>()));
  if (!package->length) return raise(exc.ImportError, "attempted relative import with no known parent package");
  std::string base = to_utf8(package);
  for (int i = 1; i < level; ++i) {
    size_t dot = base.rfind('.');
    if (dot == std::string::npos) return raise(exc.ImportError, "attempted relative import beyond top-level package");
    base.resize(dot);
  }
  return name->length ? new_str(base + "." + to_utf8(name)) : new_str(base);
}

// Frames of importlib in the traceback of a failed import say nothing to the user: they go, as in CPython, all of them for ImportError and
// trailing runs that end in _call_with_frames_removed for others.
static void remove_importlib_frames() {
  Value e = thread()->exception;
  if (!e || !is_exception(e)) return;
  bool always = is_instance(e, exc.ImportError);
  Traceback* first = e.as<Exception>()->traceback && is_exact(e.as<Exception>()->traceback, types.traceback)
                         ? e.as<Exception>()->traceback.as<Traceback>() : nullptr;
  Traceback** previous = &first;
  Traceback** outer = nullptr;
  bool in_importlib = false;
  Traceback* tb = first;
  while (tb) {
    Code* code = tb->frame->frame->code;
    std::string file = to_utf8(code->filename);
    bool now = file == "<frozen importlib._bootstrap>" || file == "<frozen importlib._bootstrap_external>";
    if (now && !in_importlib) outer = previous;
    in_importlib = now;
    if (in_importlib && (always || str_equals(code->name, "_call_with_frames_removed"))) {
      *outer = tb->next;
      previous = outer;
    } else {
      previous = &tb->next;
    }
    tb = tb->next;
  }
  e.as<Exception>()->traceback = first ? Value(first) : Value::none();
  write_barrier(e.as_object());
}

static bool is_initializing(Value module) {
  Value spec = get_attr_or_null(module, names.dunder_spec);
  if (!spec || spec.is_none()) return clear_pending(), false;
  Value flag = get_attr_or_null(spec, names.initializing);
  if (!flag) return clear_pending(), false;
  return is_true(flag) > 0;
}

Value import_name(Value name_value, Value globals, Value fromlist, int level) {
  if (!is_str(name_value)) return raise(exc.TypeError, "module name must be a string");
  Str* name = name_value.as<Str>();
  if (level < 0) return raise(exc.ValueError, "level must be >= 0");
  Str* absolute = name;
  if (level > 0) {
    absolute = resolve_name(name, globals, level);
    if (!absolute) return nullptr;
  } else if (!name->length) {
    return raise(exc.ValueError, "Empty module name");
  }
  Value module = dict_get(sys_modules(), absolute);
  if (!module && error_pending()) return nullptr;
  if (module && !module.is_none()) {
    if (is_initializing(module)) {
      TRY(call_method1(TRY(import_bootstrap_module()), intern("_lock_unlock_module"), absolute));
    }
  } else {
    Value args[] = {absolute, builtin_function("__import__")};
    module = call_method(TRY(import_bootstrap_module()), names.find_and_load, args, 2);
    if (!module) {
      remove_importlib_frames();
      return nullptr;
    }
  }
  int has_from = 0;
  if (fromlist && !fromlist.is_none()) {
    has_from = is_true(fromlist);
    if (has_from < 0) return nullptr;
  }
  if (!has_from) {
    std::string text = to_utf8(name);
    size_t dot = text.find('.');
    if (level == 0 || name->length) {
      if (dot == std::string::npos) return module;
      if (level == 0) return import_name(new_str(text.substr(0, dot)), nullptr, nullptr, 0);
      // from .a.b: the module that is `a`'s package within the resolved name.
      std::string full = to_utf8(absolute);
      std::string top = full.substr(0, full.size() - (text.size() - dot));
      Value v = dict_get(sys_modules(), new_str(top));
      if (v) return v;
      if (error_pending()) return nullptr;
      return raisef(exc.KeyError, "'%s' not in sys.modules as expected", top.c_str());
    }
    return module;
  }
  Value path = get_attr_or_null(module, names.dunder_path);
  if (!path) return error_pending() ? Value() : module;
  if (path.is_none()) return module;
  Value args[] = {module, fromlist, builtin_function("__import__")};
  Value r = call_method(bootstrap_module, names.handle_fromlist, args, 3);
  if (!r) remove_importlib_frames();
  return r;
}

Value import_module(std::string_view name) {
  Str* full = intern(name);
  Value m = dict_get_str(sys_modules(), full);
  if (m && !m.is_none()) return m;
  if (!bootstrap_module) {
    Module* native = import_native_module(name);
    if (native || error_pending()) return native;
  }
  // A non-empty fromlist makes the leaf module the result.
  Value leaf = make_tuple(Value(names.dunder_name));
  return import_name(full, nullptr, leaf, 0);
}

Module* import_native_module(std::string_view name) {
  for (const NativeModule* n = kNativeModules; n->name; ++n) {
    if (name != n->name) continue;
    Module* m = TRY(new_module(intern(name)));
    if (!n->init(m)) return nullptr;
    return m;
  }
  return nullptr;
}

}  // namespace pyjit::runtime
