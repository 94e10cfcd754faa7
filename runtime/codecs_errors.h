// What a codec does when text or bytes do not fit: the error handlers, as the encoders and decoders call them.
#pragma once
#include "runtime/codecs.h"

namespace pyjit::runtime {

enum class ErrorMode { kStrict, kIgnore, kReplace, kBackslash, kXmlCharRef, kSurrogateEscape, kOther };
ErrorMode error_mode(const Str* errors);

// One decoding run: output so far, and the way out of an error.
class DecodeContext {
 public:
  DecodeContext(const char* encoding, std::string_view input, Str* errors)
      : input(input), encoding_(encoding), errors_(errors), mode_(error_mode(errors)) {}
  std::string_view input;   // a handler may exchange it
  StrBuilder out;
  // Bytes [start, end) are wrong. Appends the replacement and sets *pos to where decoding goes on. False: an exception is pending.
  bool error(size_t start, size_t end, const char* reason, size_t* pos);

 private:
  const char* encoding_;
  Str* errors_;
  ErrorMode mode_;
  Value handler_, object_;
};

// One encoding run. Unencodable code points [start, end): *pos is where to go on; the replacement is text (to be encoded by the codec
// itself, where an unencodable code point raises the original error: raise_original) or finished bytes.
class EncodeContext {
 public:
  EncodeContext(const char* encoding, Str* text, Str* errors) : encoding_(encoding), text_(text), errors_(errors), mode_(error_mode(errors)) {}
  std::string out;
  struct Replacement {
    bool is_bytes = false;
    std::string bytes;      // finished bytes
    Str* text = nullptr;    // or text
  };
  bool error(uint64_t start, uint64_t end, const char* reason, uint64_t* pos, Replacement* replacement);
  std::nullptr_t raise_original(uint64_t start, uint64_t end, const char* reason);
  Str* text() const { return text_; }
  ErrorMode mode() const { return mode_; }

 private:
  const char* encoding_;
  Str* text_;
  Str* errors_;
  ErrorMode mode_;
  Value handler_;
};

Value make_decode_error(const char* encoding, Value object, size_t start, size_t end, const char* reason);
Value make_encode_error(const char* encoding, Str* text, uint64_t start, uint64_t end, const char* reason);
// Escapes as backslashreplace writes them: \xhh \uhhhh \Uhhhhhhhh.
void append_escape(std::string& out, uint32_t c);
void append_decimal_reference(std::string& out, uint32_t c);    // &#1234;

}  // namespace pyjit::runtime
