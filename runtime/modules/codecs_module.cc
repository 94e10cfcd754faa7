// The module _codecs: the standard encodings and the registry as Python functions.
#include "runtime/codecs.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {
namespace {

const char* name_of(Value v) { return v.is_none() ? "None" : type_name(v); }

// errors=None
bool errors_arg(Value v, const char* function, int position, Str** out) {
  *out = nullptr;
  if (v.is_null() || v.is_none()) return true;
  if (!is_str(v)) {
    raisef(exc.TypeError, "%s() argument %d must be str or None, not %.50s", function, position, name_of(v));
    return false;
  }
  *out = v.as<Str>();
  return true;
}
bool str_arg(Value v, const char* function, const char* which, Str** out) {
  if (!is_str(v)) {
    raisef(exc.TypeError, "%s() argument %s must be str, not %.50s", function, which, name_of(v));
    return false;
  }
  *out = v.as<Str>();
  return true;
}
bool final_arg(Value v, bool fallback, bool* out) {
  *out = fallback;
  if (v.is_null()) return true;
  int n;
  if (!to_int32(v, &n)) return false;
  *out = n != 0;
  return true;
}
Value pair(Value result, int64_t size) { return result ? Value(make_tuple(result, new_int(size))) : Value(); }

// x_encode(str, errors=None)
template <class F>
Value encode_with(const char* name, Value* args, F f) {
  Str *s, *errors;
  if (!str_arg(args[0], name, "1", &s) || !errors_arg(args[1], name, 2, &errors)) return nullptr;
  return pair(f(s, errors), static_cast<int64_t>(s->length));
}
// x_decode(data, errors=None, final): f(data, errors, consumed or null)
template <class F>
Value decode_with(const char* name, Value* args, Value final_value, bool final_default, F f) {
  BufferArg data;
  Str* errors;
  bool final;
  if (!data.get(args[0]) || !errors_arg(args[1], name, 2, &errors) || !final_arg(final_value, final_default, &final)) return nullptr;
  int64_t consumed = static_cast<int64_t>(data.view().size());
  Str* s = f(data.view(), errors, final ? nullptr : &consumed);
  return pair(s, consumed);
}
// The escape decoders take text as well.
template <class F>
Value decode_text_with(const char* name, Value* args, F f) {
  if (!is_str(args[0])) return decode_with(name, args, args[2], true, f);
  Value copy[3] = {utf8_encode(args[0].as<Str>(), nullptr), args[1], args[2]};
  if (!copy[0]) return nullptr;
  return decode_with(name, copy, args[2], true, f);
}

#define ENCODER(name, fn) \
  Value name(Value* args) { return encode_with(#name, args, [](Str* s, Str* e) -> Value { return fn; }); }
ENCODER(utf_8_encode, utf8_encode(s, e))
ENCODER(utf_7_encode, utf7_encode(s, e))
ENCODER(ascii_encode, runtime::ascii_encode(s, e))
ENCODER(latin_1_encode, latin1_encode(s, e))
ENCODER(utf_16_le_encode, utf16_encode(s, e, ByteOrder::kLittle))
ENCODER(utf_16_be_encode, utf16_encode(s, e, ByteOrder::kBig))
ENCODER(utf_32_le_encode, utf32_encode(s, e, ByteOrder::kLittle))
ENCODER(utf_32_be_encode, utf32_encode(s, e, ByteOrder::kBig))
ENCODER(unicode_escape_encode, runtime::unicode_escape_encode(s))
ENCODER(raw_unicode_escape_encode, runtime::raw_unicode_escape_encode(s))
#undef ENCODER

bool order_arg(Value v, ByteOrder* out) {
  int n = 0;
  if (v && !to_int32(v, &n)) return false;
  *out = n < 0 ? ByteOrder::kLittle : n > 0 ? ByteOrder::kBig : ByteOrder::kNative;
  return true;
}
Value utf_16_encode(Value* args) {
  ByteOrder order;
  if (!order_arg(args[2], &order)) return nullptr;
  return encode_with("utf_16_encode", args, [&](Str* s, Str* e) -> Value { return utf16_encode(s, e, order); });
}
Value utf_32_encode(Value* args) {
  ByteOrder order;
  if (!order_arg(args[2], &order)) return nullptr;
  return encode_with("utf_32_encode", args, [&](Str* s, Str* e) -> Value { return utf32_encode(s, e, order); });
}
Value charmap_encode_fn(Value* args) {
  return encode_with("charmap_encode", args, [&](Str* s, Str* e) -> Value { return charmap_encode(s, e, args[2]); });
}

Value utf_8_decode(Value* a) {
  return decode_with("utf_8_decode", a, a[2], false, [](std::string_view d, Str* e, int64_t* n) { return utf8_decode(d, e, n); });
}
Value utf_7_decode(Value* a) {
  return decode_with("utf_7_decode", a, a[2], false, [](std::string_view d, Str* e, int64_t* n) { return utf7_decode(d, e, n); });
}
Value ascii_decode_fn(Value* a) {
  return decode_with("ascii_decode", a, nullptr, true, [](std::string_view d, Str* e, int64_t*) { return ascii_decode(d, e); });
}
Value latin_1_decode(Value* a) {
  return decode_with("latin_1_decode", a, nullptr, true, [](std::string_view d, Str*, int64_t*) {
    return new_str_latin1(reinterpret_cast<const uint8_t*>(d.data()), d.size());
  });
}
Value charmap_decode_fn(Value* a) {
  return decode_with("charmap_decode", a, nullptr, true, [&](std::string_view d, Str* e, int64_t*) { return charmap_decode(d, e, a[2]); });
}
Value unicode_escape_decode_fn(Value* a) {
  return decode_text_with("unicode_escape_decode", a, [](std::string_view d, Str* e, int64_t* n) { return unicode_escape_decode(d, e, n); });
}
Value raw_unicode_escape_decode_fn(Value* a) {
  return decode_text_with("raw_unicode_escape_decode", a, [](std::string_view d, Str* e, int64_t* n) { return raw_unicode_escape_decode(d, e, n); });
}

using WideDecoder = Str* (*)(std::string_view, Str*, ByteOrder*, int64_t*);
template <WideDecoder kDecode, ByteOrder kOrder>
Value wide_decode(Value* a) {
  ByteOrder order = kOrder;
  return decode_with(kDecode == utf16_decode ? "utf_16_decode" : "utf_32_decode", a, a[2], false,
                     [&](std::string_view d, Str* e, int64_t* n) { return kDecode(d, e, &order, n); });
}
template <WideDecoder kDecode>
Value wide_ex_decode(Value* a) {
  ByteOrder order;
  if (!order_arg(a[2], &order)) return nullptr;
  Value result = TRY(decode_with("utf_16_ex_decode", a, a[3], false, [&](std::string_view d, Str* e, int64_t* n) { return kDecode(d, e, &order, n); }));
  Tuple* t = result.as<Tuple>();
  return make_tuple(t->items[0], t->items[1], Value::from_int(static_cast<int>(order)));
}

Value escape_decode_fn(Value* args) {
  Str* errors;
  if (!errors_arg(args[1], "escape_decode", 2, &errors)) return nullptr;
  Value source = args[0];
  if (is_str(source)) source = TRY(utf8_encode(source.as<Str>(), nullptr));
  BufferArg data;
  std::string out;
  if (!data.get(source) || !escape_decode(data.view(), errors, &out)) return nullptr;
  return pair(new_bytes(out), static_cast<int64_t>(data.view().size()));
}

Value escape_encode(Value* args) {
  if (!is_bytes(args[0])) return raisef(exc.TypeError, "escape_encode() argument 1 must be bytes, not %.50s", name_of(args[0]));
  Str* errors;
  if (!errors_arg(args[1], "escape_encode", 2, &errors)) return nullptr;
  std::string out;
  static constexpr char kHex[] = "0123456789abcdef";
  for (char ch : args[0].as<Bytes>()->view()) {
    uint8_t c = static_cast<uint8_t>(ch);
    if (c == '\'' || c == '\\') { out += '\\'; out += ch; }
    else if (c == '\t') out += "\\t";
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c < ' ' || c >= 0x7F) { out += "\\x"; out += kHex[c >> 4]; out += kHex[c & 15]; }
    else out += ch;
  }
  return pair(new_bytes(out), static_cast<int64_t>(args[0].as<Bytes>()->size));
}

Value readbuffer_encode(Value* args) {
  Str* errors;
  if (!errors_arg(args[1], "readbuffer_encode", 2, &errors)) return nullptr;
  Value source = args[0];
  if (is_str(source)) source = TRY(utf8_encode(source.as<Str>(), nullptr));
  BufferArg data;
  if (!data.get(source)) return nullptr;
  return pair(new_bytes(data.view()), static_cast<int64_t>(data.view().size()));
}

Value charmap_build_fn(Value* args) {
  Str* s;
  return str_arg(args[0], "charmap_build", "1", &s) ? charmap_build(s) : Value();
}

bool codec_args(const char* function, Value* args, Str** encoding, Str** errors) {
  *encoding = *errors = nullptr;
  if (args[1] && !str_arg(args[1], function, "'encoding'", encoding)) return false;
  return !args[2] || str_arg(args[2], function, "'errors'", errors);
}
Value encode_fn(Value* args) {
  Str *encoding, *errors;
  return codec_args("encode", args, &encoding, &errors) ? codec_encode(args[0], encoding, errors) : Value();
}
Value decode_fn(Value* args) {
  Str *encoding, *errors;
  return codec_args("decode", args, &encoding, &errors) ? codec_decode(args[0], encoding, errors) : Value();
}
Value lookup(Value* args) {
  Str* name;
  return str_arg(args[0], "lookup", "1", &name) ? codec_lookup(name) : Value();
}
Value lookup_error(Value* args) {
  Str* name;
  return str_arg(args[0], "lookup_error", "1", &name) ? lookup_error_handler(name) : Value();
}
Value register_fn(Value* args) { return codec_register(args[0]) ? Value::none() : Value(); }
Value unregister(Value* args) { return codec_unregister(args[0]) ? Value::none() : Value(); }
Value register_error(Value* args) {
  Str* name;
  return str_arg(args[0], "register_error", "1", &name) && register_error_handler(name, args[1]) ? Value::none() : Value();
}

const MethodDef kFunctions[] = {
    {"register", "($module, search_function, /)", register_fn},
    {"unregister", "($module, search_function, /)", unregister},
    {"lookup", "($module, encoding, /)", lookup},
    {"encode", "($module, /, obj, encoding='utf-8', errors='strict')", encode_fn},
    {"decode", "($module, /, obj, encoding='utf-8', errors='strict')", decode_fn},
    {"escape_encode", "($module, data, errors=None, /)", escape_encode},
    {"escape_decode", "($module, data, errors=None, /)", escape_decode_fn},
    {"utf_8_encode", "($module, str, errors=None, /)", utf_8_encode},
    {"utf_8_decode", "($module, data, errors=None, final=False, /)", utf_8_decode},
    {"utf_7_encode", "($module, str, errors=None, /)", utf_7_encode},
    {"utf_7_decode", "($module, data, errors=None, final=False, /)", utf_7_decode},
    {"utf_16_encode", "($module, str, errors=None, byteorder=0, /)", utf_16_encode},
    {"utf_16_le_encode", "($module, str, errors=None, /)", utf_16_le_encode},
    {"utf_16_be_encode", "($module, str, errors=None, /)", utf_16_be_encode},
    {"utf_16_decode", "($module, data, errors=None, final=False, /)", wide_decode<utf16_decode, ByteOrder::kNative>},
    {"utf_16_le_decode", "($module, data, errors=None, final=False, /)", wide_decode<utf16_decode, ByteOrder::kLittle>},
    {"utf_16_be_decode", "($module, data, errors=None, final=False, /)", wide_decode<utf16_decode, ByteOrder::kBig>},
    {"utf_16_ex_decode", "($module, data, errors=None, byteorder=0, final=False, /)", wide_ex_decode<utf16_decode>},
    {"utf_32_encode", "($module, str, errors=None, byteorder=0, /)", utf_32_encode},
    {"utf_32_le_encode", "($module, str, errors=None, /)", utf_32_le_encode},
    {"utf_32_be_encode", "($module, str, errors=None, /)", utf_32_be_encode},
    {"utf_32_decode", "($module, data, errors=None, final=False, /)", wide_decode<utf32_decode, ByteOrder::kNative>},
    {"utf_32_le_decode", "($module, data, errors=None, final=False, /)", wide_decode<utf32_decode, ByteOrder::kLittle>},
    {"utf_32_be_decode", "($module, data, errors=None, final=False, /)", wide_decode<utf32_decode, ByteOrder::kBig>},
    {"utf_32_ex_decode", "($module, data, errors=None, byteorder=0, final=False, /)", wide_ex_decode<utf32_decode>},
    {"unicode_escape_encode", "($module, str, errors=None, /)", unicode_escape_encode},
    {"unicode_escape_decode", "($module, data, errors=None, final=True, /)", unicode_escape_decode_fn},
    {"raw_unicode_escape_encode", "($module, str, errors=None, /)", raw_unicode_escape_encode},
    {"raw_unicode_escape_decode", "($module, data, errors=None, final=True, /)", raw_unicode_escape_decode_fn},
    {"latin_1_encode", "($module, str, errors=None, /)", latin_1_encode},
    {"latin_1_decode", "($module, data, errors=None, /)", latin_1_decode},
    {"ascii_encode", "($module, str, errors=None, /)", ascii_encode},
    {"ascii_decode", "($module, data, errors=None, /)", ascii_decode_fn},
    {"charmap_encode", "($module, str, errors=None, mapping=None, /)", charmap_encode_fn},
    {"charmap_decode", "($module, data, errors=None, mapping=None, /)", charmap_decode_fn},
    {"charmap_build", "($module, map, /)", charmap_build_fn},
    {"readbuffer_encode", "($module, data, errors=None, /)", readbuffer_encode},
    {"register_error", "($module, errors, handler, /)", register_error},
    {"lookup_error", "($module, name, /)", lookup_error},
    {},
};

}  // namespace

bool init_codecs_module(Module* module) { return add_functions(module, kFunctions); }

}  // namespace pyjit::runtime
