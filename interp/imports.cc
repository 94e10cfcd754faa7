// IMPORT_NAME, IMPORT_FROM, IMPORT_STAR.
#include "interp/machine.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/str.h"
#include "runtime/module_registry.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

Value sys_get(Str* name) {
  Module* sys = import_native_module("sys");
  return sys ? module_get(sys, name) : Value();
}

bool slow_IMPORT_NAME(Thread* thread, Value* regs, const Instr* pc) {
  Frame* frame = thread->frame;
  Value import = dict_get_str(frame->function->builtins, names.dunder_import);
  if (!import) {
    if (!error_pending()) raise(exc.ImportError, "__import__ not found");
    return false;
  }
  Value args[] = {word_name(pc, 1), frame->function->globals, frame->locals ? frame->locals : Value::none(), regs[pc->c], regs[pc->b]};
  Value module = call(import, args, 5);
  if (!module) return false;
  regs[pc->a] = module;
  return true;
}

static void raise_import_error(const std::string& message, Value name, Value path) {
  raise(exc.ImportError, message);
  Value e = take_pending();
  if (e && is_instance(e, exc.ImportError)) {
    // ORDER(extra): msg name path
    e.as<Exception>()->extra[1] = name;
    e.as<Exception>()->extra[2] = path;
    write_barrier(e.as_object());
  }
  thread()->exception = e;
}

static bool is_initializing(Value module) {
  Value spec = get_attr_or_null(module, names.dunder_spec);
  Value flag = spec ? get_attr_or_null(spec, names.initializing) : Value();
  int truth = flag ? is_true(flag) : 0;
  if (error_pending()) clear_pending();
  return truth > 0;
}

bool slow_IMPORT_FROM(Thread* thread, Value* regs, const Instr* pc) {
  Value module = regs[pc->b];
  Str* name = word_name(pc, 1);
  Value v = get_attr_or_null(module, name);
  if (!v && error_pending()) return false;
  Value package;
  if (!v) {
    // A submodule that is being imported is in sys.modules before it is an attribute of its package.
    package = get_attr_or_null(module, names.dunder_name);
    if (!package && error_pending()) return false;
    if (package && is_str(package)) {
      Value modules = sys_get(names.modules);
      std::string full = to_utf8(package.as<Str>()) + "." + to_utf8(name);
      if (modules) v = is_dict(modules) ? dict_get_str(modules.as<Dict>(), new_str(full)) : get_item(modules, new_str(full));
      if (!v && error_pending()) {
        if (!pending_matches(exc.KeyError)) return false;
        clear_pending();
      }
    }
  }
  if (v) {
    regs[pc->a] = v;
    return true;
  }
  Value shown = package && is_str(package) ? package : Value(new_str("<unknown module name>"));
  Value path = get_attr_or_null(module, names.dunder_file);
  if (error_pending()) clear_pending();
  std::string head = "cannot import name " + to_utf8(repr(name)) + " from ";
  if (!path || !is_str(path)) {
    raise_import_error(head + to_utf8(repr(shown)) + " (unknown location)", shown, nullptr);
  } else if (is_initializing(module)) {
    raise_import_error(head + "partially initialized module " + to_utf8(repr(shown)) + " (most likely due to a circular import) (" +
                           to_utf8(path.as<Str>()) + ")", shown, path);
  } else {
    raise_import_error(head + to_utf8(repr(shown)) + " (" + to_utf8(path.as<Str>()) + ")", shown, path);
  }
  return false;
}

bool slow_IMPORT_STAR(Thread* thread, Value* regs, const Instr* pc) {
  Frame* frame = thread->frame;
  Value module = regs[pc->a];
  if (!frame->locals) {
    raise(exc.SystemError, "no locals found during 'import *'");
    return false;
  }
  Value all = get_attr_or_null(module, names.dunder_all);
  if (!all && error_pending()) return false;
  bool skip_underscores = !all;
  if (!all) {
    Value dict = get_attr_or_null(module, names.dunder_dict);
    if (!dict) {
      if (!error_pending()) raise(exc.ImportError, "from-import-* object has no __dict__ and no __all__");
      return false;
    }
    all = call_method0(dict, names.keys);
    if (!all) return false;
    all = to_list(all);
    if (!all) return false;
  }
  for (int64_t i = 0;; ++i) {
    Value name = get_item(all, Value::from_int(i));
    if (!name) {
      if (!pending_matches(exc.IndexError)) return false;
      clear_pending();
      return true;
    }
    if (!is_str(name)) {
      Value module_name = get_attr(module, names.dunder_name);
      if (!module_name) return false;
      if (!is_str(module_name)) {
        raisef(exc.TypeError, "module __name__ must be a string, not %.100s", type_name(module_name));
      } else {
        raisef(exc.TypeError, "%s in %s.%s must be str, not %.100s", skip_underscores ? "Key" : "Item", to_utf8(module_name.as<Str>()).c_str(),
               skip_underscores ? "__dict__" : "__all__", type_name(name));
      }
      return false;
    }
    if (skip_underscores && name.as<Str>()->length && name.as<Str>()->at(0) == '_') continue;
    Value v = get_attr(module, name.as<Str>());
    if (!v) return false;
    bool ok = is_exact(frame->locals, types.dict) ? dict_set(frame->locals.as<Dict>(), name, v) : set_item(frame->locals, name, v);
    if (!ok) return false;
  }
}

}  // namespace pyjit::interp
