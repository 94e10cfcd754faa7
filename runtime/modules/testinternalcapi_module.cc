// _testinternalcapi: the part of CPython's test support that concerns a program: the interpreter's configuration.
#include "runtime/init.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/thread.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace {

Value get_config(Value*) {
  Dict* d = new_dict();
  auto add = [d](const char* name, int64_t value) { return dict_set_str(d, intern(name), Value::from_int(value)); };
  // Code objects always carry positions here; what the command line chose besides that.
  bool ok = add("code_debug_ranges", 1) && add("optimization_level", config.optimize);
  return ok ? Value(d) : Value();
}

Value get_recursion_depth(Value*) { return Value::from_int(thread()->recursion_depth); }

const MethodDef kFunctions[] = {
    function_row("get_config", "!($module, /)", get_config, Effects::kReads),
    function_row("get_recursion_depth", "!($module, /)", get_recursion_depth, Effects::kReads),
    {}};

}  // namespace

bool init_testinternalcapi_module(Module* m) { return add_functions(m, kFunctions); }

}  // namespace pyjit::runtime
