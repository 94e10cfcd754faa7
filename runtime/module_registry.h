// Native modules: a table of (name, init function). Importing one runs its init once.
#pragma once
#include <string_view>

#include "runtime/types/function.h"

namespace pyjit::runtime {

using ModuleInit = bool (*)(Module* module);   // fills the module; false: exception pending
struct NativeModule { const char* name; ModuleInit init; };
extern const NativeModule kNativeModules[];    // modules/registry.cc, ends with a null name: built from modules.def
Module* import_native_module(std::string_view name);   // null with nothing pending: no such module

// For init functions: adds name = value / a builtin class made from a spec.
bool add_object(Module* m, const char* name, Value v);
Value import_bootstrap_module();   // importlib._bootstrap; null (exception pending) before import is set up
bool add_int(Module* m, const char* name, int64_t i);
bool add_string(Module* m, const char* name, std::string_view text);

}  // namespace pyjit::runtime
