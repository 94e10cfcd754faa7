// The two halves of _json: strings and scanner (text → values), encoder (values → text).
#pragma once
#include "runtime/module_registry.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime::json {

void append_quoted(StrBuilder& out, const Str* s, bool ascii_only);
// The string whose opening quote is just before `at`; *end: behind the closing one. Null: JSONDecodeError pending.
Str* scan_string(Str* s, int64_t at, bool strict, int64_t* end);
std::nullptr_t raise_decode_error(const char* message, Str* s, int64_t position);
Class* make_scanner_class();
Class* make_encoder_class();
Value encode_basestring(Value* args);
Value encode_basestring_ascii(Value* args);

}  // namespace pyjit::runtime::json
