// Codec errors → exceptions or replacements: the standard handlers and their registry.
//
// The common handlers are applied without building an exception; a registered one gets the exception and returns (replacement, position).
#include "runtime/codecs_errors.h"

#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/text_args.h"
#include "runtime/unicode/names.h"

namespace pyjit::runtime {

namespace {

Value error_registry;   // Dict: name → callable

// ORDER(extra) of exception.h: the fields of Unicode*Error. UnicodeTranslateError has no encoding but the same slots.
enum { kEncoding, kObject, kStart, kEnd, kReason };

constexpr uint32_t kReplacementChar = 0xFFFD;

bool is_surrogate(uint32_t c) { return c >= 0xD800 && c < 0xE000; }

// start and end as the exception's properties give them: clipped to the object.
struct ErrorRange {
  Exception* e;
  int64_t start, end, size;
  Str* text = nullptr;              // encode and translate errors
  std::string_view bytes;           // decode errors
};
bool range_of(Value exception, ErrorRange* out) {
  Exception* e = exception.as<Exception>();
  out->e = e;
  Value object = e->extra[kObject];
  if (is_instance(exception, exc.UnicodeDecodeError)) {
    if (!object || !is_bytes(object)) {
      raisef(exc.TypeError, "object attribute must be bytes");
      return false;
    }
    out->bytes = object.as<Bytes>()->view();
    out->size = static_cast<int64_t>(out->bytes.size());
  } else {
    if (!object || !is_str(object)) {
      raisef(exc.TypeError, "object attribute must be unicode");
      return false;
    }
    out->text = object.as<Str>();
    out->size = static_cast<int64_t>(out->text->length);
  }
  auto read = [](Value v) {
    int64_t n = 0;
    if (v && is_int_like(v)) int_to_int64(int_value(v), &n);
    return n;
  };
  out->start = std::max<int64_t>(0, read(e->extra[kStart]));
  if (out->start >= out->size) out->start = std::max<int64_t>(0, out->size - 1);
  out->end = std::max<int64_t>(1, read(e->extra[kEnd]));
  if (out->end > out->size) out->end = out->size;
  return true;
}

bool is_encode(Value e) { return is_instance(e, exc.UnicodeEncodeError); }
bool is_decode(Value e) { return is_instance(e, exc.UnicodeDecodeError); }
bool is_translate(Value e) { return is_instance(e, exc.UnicodeTranslateError); }
Value wrong_exception(Value e) { return raisef(exc.TypeError, "don't know how to handle %.200s in error callback", type_name(e)); }
Value answer(Value replacement, int64_t position) { return replacement ? Value(make_tuple(replacement, new_int(position))) : Value(); }

Value strict_errors(Value* args) {
  if (!is_exception(args[0])) return raise(exc.TypeError, "codec must pass exception instance");
  return raise_object(args[0]);
}

Value ignore_errors(Value* args) {
  ErrorRange r;
  if (!is_encode(args[0]) && !is_decode(args[0]) && !is_translate(args[0])) return wrong_exception(args[0]);
  if (!range_of(args[0], &r)) return nullptr;
  return answer(names.empty, r.end);
}

Value replace_errors(Value* args) {
  ErrorRange r;
  if (!is_encode(args[0]) && !is_decode(args[0]) && !is_translate(args[0])) return wrong_exception(args[0]);
  if (!range_of(args[0], &r)) return nullptr;
  if (is_decode(args[0])) return answer(char_str(kReplacementChar), r.end);
  int64_t count = std::max<int64_t>(0, r.end - r.start);
  return answer(str_repeat(char_str(is_encode(args[0]) ? '?' : kReplacementChar), count), r.end);
}

Value xmlcharrefreplace_errors(Value* args) {
  ErrorRange r;
  if (!is_encode(args[0])) return wrong_exception(args[0]);
  if (!range_of(args[0], &r)) return nullptr;
  std::string out;
  for (int64_t i = r.start; i < r.end; ++i) append_decimal_reference(out, r.text->at(static_cast<uint64_t>(i)));
  return answer(new_str_ascii(out.data(), out.size()), r.end);
}

Value backslashreplace_errors(Value* args) {
  ErrorRange r;
  if (!is_encode(args[0]) && !is_decode(args[0]) && !is_translate(args[0])) return wrong_exception(args[0]);
  if (!range_of(args[0], &r)) return nullptr;
  std::string out;
  for (int64_t i = r.start; i < r.end; ++i)
    append_escape(out, r.text ? r.text->at(static_cast<uint64_t>(i)) : static_cast<uint8_t>(r.bytes[static_cast<size_t>(i)]));
  return answer(new_str_ascii(out.data(), out.size()), r.end);
}

Value namereplace_errors(Value* args) {
  ErrorRange r;
  if (!is_encode(args[0])) return wrong_exception(args[0]);
  if (!range_of(args[0], &r)) return nullptr;
  std::string out;
  for (int64_t i = r.start; i < r.end; ++i) {
    uint32_t c = r.text->at(static_cast<uint64_t>(i));
    std::string name;
    if (unicode::character_name(c, &name)) out += "\\N{" + name + "}";
    else append_escape(out, c);
  }
  return answer(new_str_ascii(out.data(), out.size()), r.end);
}

enum class Utf { kUnknown, k8, k16Le, k16Be, k32Le, k32Be };
Utf standard_encoding(Value name) {
  if (!name || !is_str(name)) return Utf::kUnknown;
  std::string s = to_utf8(name.as<Str>());
  for (char& c : s) c = static_cast<char>(tolower(c));
  if (s == "cp_utf8" || s == "cp65001") return Utf::k8;
  if (!s.starts_with("utf")) return Utf::kUnknown;
  s.erase(0, 3);
  if (!s.empty() && (s[0] == '-' || s[0] == '_')) s.erase(0, 1);
  if (s == "8") return Utf::k8;
  bool wide = s.starts_with("32");
  if (!wide && !s.starts_with("16")) return Utf::kUnknown;
  s.erase(0, 2);
  if (s.empty()) return wide ? Utf::k32Le : Utf::k16Le;
  if (s[0] == '-' || s[0] == '_') s.erase(0, 1);
  if (s == "be") return wide ? Utf::k32Be : Utf::k16Be;
  if (s == "le") return wide ? Utf::k32Le : Utf::k16Le;
  return Utf::kUnknown;
}

void append_surrogate(std::string& out, uint32_t c, Utf form) {
  auto byte = [&](uint32_t b) { out.push_back(static_cast<char>(b)); };
  switch (form) {
    case Utf::k8: byte(0xE0 | c >> 12); byte(0x80 | (c >> 6 & 0x3F)); byte(0x80 | (c & 0x3F)); break;
    case Utf::k16Le: byte(c); byte(c >> 8); break;
    case Utf::k16Be: byte(c >> 8); byte(c); break;
    case Utf::k32Le: byte(c); byte(c >> 8); byte(0); byte(0); break;
    default: byte(0); byte(0); byte(c >> 8); byte(c); break;
  }
}

Value surrogatepass(Value* args) {
  Value e = args[0];
  ErrorRange r;
  if (!is_encode(e) && !is_decode(e)) return wrong_exception(e);
  if (!range_of(e, &r)) return nullptr;
  Utf form = standard_encoding(r.e->extra[kEncoding]);
  if (form == Utf::kUnknown) return raise_object(e);
  if (is_encode(e)) {
    std::string out;
    for (int64_t i = r.start; i < r.end; ++i) {
      uint32_t c = r.text->at(static_cast<uint64_t>(i));
      if (!is_surrogate(c)) return raise_object(e);
      append_surrogate(out, c, form);
    }
    return answer(new_bytes(out), r.end);
  }
  std::string_view rest = r.bytes.substr(static_cast<size_t>(r.start));
  auto at = [&](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(rest[i])); };
  size_t unit = form == Utf::k8 ? 3 : form == Utf::k16Le || form == Utf::k16Be ? 2 : 4;
  uint32_t c = 0;
  if (rest.size() >= unit) {
    switch (form) {
      case Utf::k8:
        if ((at(0) & 0xF0) == 0xE0 && (at(1) & 0xC0) == 0x80 && (at(2) & 0xC0) == 0x80) c = (at(0) & 15) << 12 | (at(1) & 63) << 6 | (at(2) & 63);
        break;
      case Utf::k16Le: c = at(1) << 8 | at(0); break;
      case Utf::k16Be: c = at(0) << 8 | at(1); break;
      case Utf::k32Le: c = at(3) << 24 | at(2) << 16 | at(1) << 8 | at(0); break;
      default: c = at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3); break;
    }
  }
  if (!is_surrogate(c)) return raise_object(e);
  return answer(char_str(c), r.start + static_cast<int64_t>(unit));
}

Value surrogateescape(Value* args) {
  Value e = args[0];
  ErrorRange r;
  if (!is_encode(e) && !is_decode(e)) return wrong_exception(e);
  if (!range_of(e, &r)) return nullptr;
  if (is_encode(e)) {
    std::string out;
    for (int64_t i = r.start; i < r.end; ++i) {
      uint32_t c = r.text->at(static_cast<uint64_t>(i));
      if (c < 0xDC80 || c > 0xDCFF) return raise_object(e);
      out.push_back(static_cast<char>(c - 0xDC00));
    }
    return answer(new_bytes(out), r.end);
  }
  StrBuilder out;
  int64_t i = r.start;
  for (; i < r.end && i < r.start + 4; ++i) {
    uint8_t byte = static_cast<uint8_t>(r.bytes[static_cast<size_t>(i)]);
    if (byte < 128) break;  // ASCII bytes are never escaped
    out.append(0xDC00u + byte);
  }
  if (i == r.start) return raise_object(e);
  return answer(out.finish(), i);
}

const MethodDef kHandlers[] = {
    {"strict_errors", "!(exception, /)", strict_errors, Effects::kCallsPython, MethodKind::kFunction},
    {"ignore_errors", "!(exception, /)", ignore_errors, Effects::kCallsPython, MethodKind::kFunction},
    {"replace_errors", "!(exception, /)", replace_errors, Effects::kCallsPython, MethodKind::kFunction},
    {"xmlcharrefreplace_errors", "!(exception, /)", xmlcharrefreplace_errors, Effects::kCallsPython, MethodKind::kFunction},
    {"backslashreplace_errors", "!(exception, /)", backslashreplace_errors, Effects::kCallsPython, MethodKind::kFunction},
    {"namereplace_errors", "!(exception, /)", namereplace_errors, Effects::kCallsPython, MethodKind::kFunction},
    {"surrogatepass", "!(exception, /)", surrogatepass, Effects::kCallsPython, MethodKind::kFunction},
    {"surrogateescape", "!(exception, /)", surrogateescape, Effects::kCallsPython, MethodKind::kFunction},
};
const char* const kHandlerNames[] = {"strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace",
                                     "surrogatepass", "surrogateescape"};

// Splits the handler's answer. `size`: length of the object, for negative positions.
bool parse_answer(Value result, const char* wrong, bool bytes_allowed, int64_t size, Value* replacement, int64_t* position) {
  Tuple* t = is_tuple(result) ? result.as<Tuple>() : nullptr;
  bool ok = t && t->size == 2 && (is_str(t->items[0]) || (bytes_allowed && is_bytes(t->items[0])));
  if (!ok) {
    raise(exc.TypeError, wrong);
    return false;
  }
  int64_t given;
  if (!index_to_ssize(t->items[1], &given, exc.IndexError)) {
    return false;
  }
  *position = given < 0 ? given + size : given;
  if (*position < 0 || *position > size) {
    raisef(exc.IndexError, "position %ld from error handler out of bounds", static_cast<long>(*position));
    return false;
  }
  *replacement = t->items[0];
  return true;
}

}  // namespace

ErrorMode error_mode(const Str* errors) {
  if (!errors || str_equals(errors, "strict")) return ErrorMode::kStrict;
  if (str_equals(errors, "surrogateescape")) return ErrorMode::kSurrogateEscape;
  if (str_equals(errors, "replace")) return ErrorMode::kReplace;
  if (str_equals(errors, "ignore")) return ErrorMode::kIgnore;
  if (str_equals(errors, "backslashreplace")) return ErrorMode::kBackslash;
  if (str_equals(errors, "xmlcharrefreplace")) return ErrorMode::kXmlCharRef;
  return ErrorMode::kOther;
}

void append_escape(std::string& out, uint32_t c) {
  char text[12];
  out.append(text, static_cast<size_t>(snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c)));
}
void append_decimal_reference(std::string& out, uint32_t c) { out += "&#" + std::to_string(c) + ";"; }

Value make_decode_error(const char* encoding, Value object, size_t start, size_t end, const char* reason) {
  Value args[] = {intern(encoding), object, new_int(static_cast<int64_t>(start)), new_int(static_cast<int64_t>(end)), new_str(reason)};
  return call(exc.UnicodeDecodeError, args, 5);
}
Value make_encode_error(const char* encoding, Str* text, uint64_t start, uint64_t end, const char* reason) {
  Value args[] = {intern(encoding), text, new_int(static_cast<int64_t>(start)), new_int(static_cast<int64_t>(end)), new_str(reason)};
  return call(exc.UnicodeEncodeError, args, 5);
}

bool DecodeContext::error(size_t start, size_t end, const char* reason, size_t* pos) {
  *pos = end;
  switch (mode_) {
    case ErrorMode::kIgnore: return true;
    case ErrorMode::kReplace: out.append(kReplacementChar); return true;
    case ErrorMode::kBackslash: {
      std::string text;
      for (size_t i = start; i < end; ++i) append_escape(text, static_cast<uint8_t>(input[i]));
      out.append_ascii(text);
      return true;
    }
    case ErrorMode::kSurrogateEscape: {
      size_t i = start;
      for (; i < end && i < start + 4 && static_cast<uint8_t>(input[i]) >= 128; ++i) out.append(0xDC00u + static_cast<uint8_t>(input[i]));
      *pos = i;
      if (i > start) return true;
      break;   // nothing escapable: the error itself
    }
    default: break;
  }
  if (!object_) object_ = new_bytes(input);
  Value exception = TRY(make_decode_error(encoding_, object_, start, end, reason));
  if (mode_ == ErrorMode::kStrict || mode_ == ErrorMode::kSurrogateEscape) {
    raise_object(exception);
    return false;
  }
  if (!handler_) handler_ = TRY(lookup_error_handler(errors_));
  Value result = TRY(call1(handler_, exception));
  Value object = exception.as<Exception>()->extra[kObject];
  if (!object || !is_bytes(object)) {
    raise(exc.TypeError, "exception attribute object must be bytes");
    return false;
  }
  object_ = object;
  input = object.as<Bytes>()->view();
  Value replacement;
  int64_t position;
  if (!parse_answer(result, "decoding error handler must return (str, int) tuple", false, static_cast<int64_t>(input.size()), &replacement, &position))
    return false;
  out.append(replacement.as<Str>());
  *pos = static_cast<size_t>(position);
  return true;
}

std::nullptr_t EncodeContext::raise_original(uint64_t start, uint64_t end, const char* reason) {
  Value e = make_encode_error(encoding_, text_, start, end, reason);
  return e ? raise_object(e) : nullptr;
}

bool EncodeContext::error(uint64_t start, uint64_t end, const char* reason, uint64_t* pos, Replacement* replacement) {
  *pos = end;
  *replacement = Replacement();
  std::string text;
  switch (mode_) {
    case ErrorMode::kIgnore:
      replacement->is_bytes = true;
      return true;
    case ErrorMode::kReplace: text.assign(end - start, '?'); break;
    case ErrorMode::kBackslash:
      for (uint64_t i = start; i < end; ++i) append_escape(text, text_->at(i));
      break;
    case ErrorMode::kXmlCharRef:
      for (uint64_t i = start; i < end; ++i) append_decimal_reference(text, text_->at(i));
      break;
    case ErrorMode::kSurrogateEscape: {
      uint64_t i = start;
      replacement->is_bytes = true;
      for (; i < end && text_->at(i) >= 0xDC80 && text_->at(i) <= 0xDCFF; ++i) replacement->bytes.push_back(static_cast<char>(text_->at(i) - 0xDC00));
      if (i == end) return true;
      raise_original(i, end, reason);
      return false;
    }
    case ErrorMode::kStrict:
      raise_original(start, end, reason);
      return false;
    case ErrorMode::kOther: break;
  }
  if (mode_ != ErrorMode::kOther) {
    replacement->text = new_str_ascii(text.data(), text.size());
    return replacement->text != nullptr;
  }
  if (!handler_) handler_ = TRY(lookup_error_handler(errors_));
  Value exception = TRY(make_encode_error(encoding_, text_, start, end, reason));
  Value result = TRY(call1(handler_, exception));
  Value value;
  int64_t position;
  if (!parse_answer(result, "encoding error handler must return (str/bytes, int) tuple", true, static_cast<int64_t>(text_->length), &value, &position))
    return false;
  *pos = static_cast<uint64_t>(position);
  if (is_bytes(value)) {
    replacement->is_bytes = true;
    replacement->bytes = value.as<Bytes>()->view();
  } else {
    replacement->text = value.as<Str>();
  }
  return true;
}

bool register_error_handler(Str* name, Value handler) {
  if (!is_callable(handler)) {
    raise(exc.TypeError, "handler must be callable");
    return false;
  }
  return dict_set(error_registry.as<Dict>(), name, handler);
}

Value lookup_error_handler(Str* name) {
  Value handler = dict_get(error_registry.as<Dict>(), name ? name : names.strict);
  if (handler || error_pending()) return handler;
  return raisef(exc.LookupError, "unknown error handler name '%.400s'", to_utf8(name).c_str());
}

void init_codec_errors() {
  heap.add_root_range(&error_registry, &error_registry + 1);
  Dict* registry = new_dict();
  error_registry = registry;
  for (size_t i = 0; i < std::size(kHandlers); ++i) {
    NativeFunction* f = new_native_function(&kHandlers[i], nullptr, nullptr);
    dict_set(registry, intern(kHandlerNames[i]), f);
  }
}

}  // namespace pyjit::runtime
