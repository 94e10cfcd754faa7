// What the native modules share: adding classes, binding constructor arguments by a signature, tracing simple layouts.
#pragma once
#include "runtime/module_registry.h"
#include "runtime/native.h"
#include "runtime/types/arg_util.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

// Makes the class once for the life of the process (a module may be initialised again) and adds it under its short name.
bool add_class(Module* m, const ClassSpec& spec, Class** cls, Shape* root_shape = nullptr);

// Binds a constructor's call by a signature text: "(iterable, func=None, *, initial=None)".
class Binder {
 public:
  Binder(const char* name, const char* signature) : def_{name, signature, nullptr, Effects::kCallsPython, MethodKind::kFunction} {}
  bool operator()(Value* args, uint32_t nargs, Tuple* kwnames, Value* out) {
    if (!signature_) signature_ = parse_signature(&def_);
    return bind_arguments(&def_, signature_, args, nargs, kwnames, out);
  }

 private:
  MethodDef def_;
  const Signature* signature_ = nullptr;
};

// Class::trace for layouts that begin with kCount Values (or object pointers) behind the header.
template <int kCount>
void trace_prefix(Object* o, Tracer& tracer) {
  auto* first = reinterpret_cast<Value*>(o + 1);
  tracer.visit_range(first, first + kCount);
}

// Rows for method tables.
constexpr MethodDef method_row(const char* name, const char* signature, NativeFn fn, Effects effects = Effects::kCallsPython,
                               const char* doc = nullptr) {
  return {name, signature, fn, effects, MethodKind::kMethod, doc};
}
constexpr MethodDef function_row(const char* name, const char* signature, NativeFn fn, Effects effects = Effects::kCallsPython,
                                 const char* doc = nullptr) {
  return {name, signature, fn, effects, MethodKind::kFunction, doc};
}
constexpr MethodDef kClassGetItemRow = {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kWrites, MethodKind::kClassMethod,
                                        "See PEP 585"};
constexpr MethodDef reduce_row(NativeFn fn) {
  return {"__reduce__", "!($self, /)", fn, Effects::kCallsPython, MethodKind::kMethod, "Return state information for pickling."};
}
constexpr MethodDef setstate_row(NativeFn fn) {
  return {"__setstate__", "!($self, state, /)", fn, Effects::kCallsPython, MethodKind::kMethod, "Set state information for unpickling."};
}

// __dict__ of instances of a class with kClassHasDict.
inline Value get_instance_dict_row(Value self) { return instance_dict(self.as_object()); }
bool set_instance_dict_row(Value self, Value value);
constexpr GetSetDef kDictRow = {"__dict__", get_instance_dict_row, set_instance_dict_row};

}  // namespace pyjit::runtime
