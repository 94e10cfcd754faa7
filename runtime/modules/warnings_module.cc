// _warnings: warn() and warn_explicit() for code that cannot import warnings yet (importlib). They hand over to warnings.py, whose own Python
// implementation holds the filters: with one implementation there is one state.
#include "runtime/errors.h"
#include "runtime/modules/module_util.h"
#include "runtime/ops.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

Value delegate(const char* name, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value module = TRY(import_module("warnings"));
  return call_method(module, intern(name), args, nargs, kwnames);
}
Value w_warn(Value* args, uint32_t nargs, Tuple* kwnames) { return delegate("warn", args, nargs, kwnames); }
Value w_warn_explicit(Value* args, uint32_t nargs, Tuple* kwnames) { return delegate("warn_explicit", args, nargs, kwnames); }

constexpr MethodDef kFunctions[] = {
    {.name = "warn", .signature = "($module, /, message, category=None, stacklevel=1, source=None)", .kind = MethodKind::kFunction,
     .doc = "Issue a warning, or maybe ignore it or raise an exception.", .raw = w_warn},
    {.name = "warn_explicit", .signature = "!(*args, **kwargs)", .kind = MethodKind::kFunction, .doc = "Low-level interface to warnings functionality.",
     .raw = w_warn_explicit},
    {}};

}  // namespace

bool init_warnings_module(Module* m) { return add_functions(m, kFunctions); }

}  // namespace pyjit::runtime
