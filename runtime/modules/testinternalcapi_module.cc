// _testinternalcapi: the part of CPython's test support that concerns a program: the interpreter's configuration.
#include "runtime/init.h"
#include "runtime/codecs.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/thread.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"

namespace pyjit::runtime {

namespace {

Value get_config(Value*) {
  Dict* d = new_dict();
  auto add = [d](const char* name, int64_t value) { return dict_set_str(d, intern(name), Value::from_int(value)); };
  bool ok = add("code_debug_ranges", !config.no_debug_ranges) && add("optimization_level", config.optimize);
  return ok ? Value(d) : Value();
}

Value get_recursion_depth(Value*) { return Value::from_int(thread()->recursion_depth); }

// Text ↔ bytes in the locale's encoding, which is UTF-8 here; the error handlers are those that CPython's C code knows.
bool locale_errors(Value errors, Str** out) {
  *out = errors ? errors.as<Str>() : nullptr;
  if (!errors) return true;
  for (const char* known : {"strict", "surrogateescape", "surrogatepass"}) {
    if (is_str(errors) && str_equals(*out, known)) return true;
  }
  return raise(exc.ValueError, "unsupported error handler"), false;
}
Value locale_failure(const char* what, int start_field, int reason_field) {
  if (!pending_matches(exc.UnicodeError)) return nullptr;
  Value e = take_pending();
  Value reason = e.as<Exception>()->extra[reason_field], start = e.as<Exception>()->extra[start_field];
  return raisef(exc.RuntimeError, "%s error: pos=%lld, reason=%s", what, static_cast<long long>(start.as_int()), to_utf8(reason.as<Str>()).c_str());
}
Value encode_locale(Value* a) {
  Str* errors;
  if (!locale_errors(a[2], &errors)) return nullptr;
  Str* text = TRY(expect_str(a[0], "EncodeLocaleEx", "text"));
  Bytes* b = utf8_encode(text, errors);
  return b ? Value(b) : locale_failure("encode", 2, 4);
}
Value decode_locale(Value* a) {
  Str* errors;
  if (!locale_errors(a[2], &errors)) return nullptr;
  if (!is_bytes(a[0])) return raise(exc.TypeError, "bytes expected");
  Str* s = utf8_decode(a[0].as<Bytes>()->view(), errors);
  return s ? Value(s) : locale_failure("decode", 2, 4);
}

const MethodDef kFunctions[] = {
    function_row("EncodeLocaleEx", "!($module, text, current_locale=False, errors=None, /)", encode_locale),
    function_row("DecodeLocaleEx", "!($module, text, current_locale=False, errors=None, /)", decode_locale),
    function_row("get_config", "!($module, /)", get_config, Effects::kReads),
    function_row("get_recursion_depth", "!($module, /)", get_recursion_depth, Effects::kReads),
    {}};

}  // namespace

bool init_testinternalcapi_module(Module* m) { return add_functions(m, kFunctions); }

}  // namespace pyjit::runtime
