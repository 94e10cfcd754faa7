// The module _json: speedups of the json package.
#include "runtime/modules/json.h"

namespace pyjit::runtime {
namespace {

Value scanstring(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!check_arity(nullptr, "scanstring", nargs, kwnames, 2, 3)) return nullptr;
  int64_t at, end;
  int strict = 1;
  if (!to_ssize(args[1], &at)) return nullptr;
  if (nargs > 2 && (strict = is_true(args[2])) < 0) return nullptr;
  if (!is_str(args[0])) return raisef(exc.TypeError, "first argument must be a string, not %.80s", type_name(args[0]));
  Str* s = TRY(json::scan_string(args[0].as<Str>(), at, strict == 1, &end));
  return make_tuple(s, new_int(end));
}

const MethodDef kFunctions[] = {
    {"encode_basestring_ascii", "!(string, /)", json::encode_basestring_ascii, with_raise(Effects::kPure)},
    {"encode_basestring", "!(string, /)", json::encode_basestring, with_raise(Effects::kPure)},
    {"scanstring", "!(string, end, strict=True, /)", nullptr, Effects::kCallsPython, MethodKind::kFunction, nullptr, scanstring},
    {},
};

}  // namespace

bool init_json_module(Module* module) {
  static Class* scanner = json::make_scanner_class();
  static Class* encoder = json::make_encoder_class();
  return add_functions(module, kFunctions) && add_object(module, "make_scanner", scanner) && add_object(module, "make_encoder", encoder) &&
         add_string(module, "__doc__", "json speedups\n");
}

}  // namespace pyjit::runtime
