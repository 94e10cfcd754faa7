// unicode_escape, raw_unicode_escape, and the backslash escapes of bytes literals.
#include "runtime/codecs_errors.h"
#include "runtime/unicode/names.h"

namespace pyjit::runtime {
namespace {

int hex_value(uint8_t c) {
  if (static_cast<uint8_t>(c - '0') < 10) return c - '0';
  c |= 0x20;
  return static_cast<uint8_t>(c - 'a') < 6 ? c - 'a' + 10 : -1;
}

// Backslash escapes that stand for one character: 0 when `c` is not one.
uint32_t simple_escape(uint8_t c) {
  switch (c) {
    case '\\': case '\'': case '"': return c;
    case 'b': return '\b';
    case 't': return '\t';
    case 'n': return '\n';
    case 'r': return '\r';
    case 'f': return '\f';
    case 'v': return '\v';
    case 'a': return '\a';
  }
  return 0;
}

uint8_t byte_at(std::string_view s, size_t i) { return static_cast<uint8_t>(s[i]); }
bool is_octal(uint8_t c) { return c >= '0' && c <= '7'; }

}  // namespace

namespace {

// Backslashes before other characters stay, for now: the first of them is worth a warning.
bool warn_invalid_escape(int character) {
  if (character < 0) return true;
  if (character >= 0x1000) {   // an octal escape beyond a byte
    char text[64];
    snprintf(text, sizeof text, "invalid octal escape sequence '\\%o'", static_cast<unsigned>(character - 0x1000));
    return warn(exc.DeprecationWarning, text, 1);
  }
  Str* shown = char_str(static_cast<uint32_t>(character));
  return warn(exc.DeprecationWarning, "invalid escape sequence '\\" + to_utf8(shown) + "'", 1);
}

}  // namespace

Bytes* unicode_escape_encode(Str* s) {
  std::string out;
  for (uint64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (c == '\\') out += "\\\\";
    else if (c == '\t') out += "\\t";
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c >= ' ' && c < 127) out.push_back(static_cast<char>(c));
    else append_escape(out, c);
  }
  return new_bytes(out);
}

Bytes* raw_unicode_escape_encode(Str* s) {
  std::string out;
  for (uint64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (c < 256) out.push_back(static_cast<char>(c));
    else append_escape(out, c);
  }
  return new_bytes(out);
}

Str* unicode_escape_decode(std::string_view data, Str* errors, int64_t* consumed) {
  DecodeContext context("unicodeescape", data, errors);
  size_t i = 0;
  int invalid = -1;
  while (i < context.input.size()) {
    std::string_view in = context.input;
    uint8_t c = byte_at(in, i);
    if (c != '\\') {
      context.out.append(uint32_t{c});
      ++i;
      continue;
    }
    size_t start = i, p = i + 1;
    const char* reason = nullptr;
    if (p >= in.size()) {
      if (consumed) break;
      reason = "\\ at end of string";
    } else {
      c = byte_at(in, p++);
      int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
      if (c == '\n') {
        i = p;
        continue;
      }
      if (uint32_t simple = simple_escape(c)) {
        context.out.append(simple);
        i = p;
        continue;
      }
      if (c >= '0' && c <= '7') {
        uint32_t value = c - '0';
        for (int k = 0; k < 2 && p < in.size() && is_octal(byte_at(in, p)); ++k) value = value * 8 + (byte_at(in, p++) - '0');
        if (value > 0xFF && invalid < 0) invalid = static_cast<int>(0x1000 + value);
        context.out.append(value);
        i = p;
        continue;
      }
      if (digits) {
        uint32_t value = 0;
        int k = 0;
        for (; k < digits && p < in.size() && hex_value(byte_at(in, p)) >= 0; ++k) value = value << 4 | static_cast<uint32_t>(hex_value(byte_at(in, p++)));
        if (k == digits && value <= 0x10FFFF) {
          context.out.append(value);
          i = p;
          continue;
        }
        if (k < digits && p >= in.size() && consumed) break;
        reason = k == digits ? "illegal Unicode character"
                             : digits == 2 ? "truncated \\xXX escape" : digits == 4 ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape";
      } else if (c == 'N') {
        reason = "malformed \\N character escape";
        if (p >= in.size()) {
          if (consumed) break;
        } else if (in[p] == '{') {
          size_t close = in.find('}', p + 1);
          if (close == in.npos) {
            if (consumed) break;
            p = in.size();
          } else if (close > p + 1) {
            char32_t named;
            reason = "unknown Unicode character name";
            std::string_view name = in.substr(p + 1, close - p - 1);
            p = close + 1;
            if (unicode::find_character(name, &named)) {
              context.out.append(static_cast<uint32_t>(named));
              i = p;
              continue;
            }
          } else {
            p = close + 1;
          }
        }
      } else {
        if (invalid < 0) invalid = c;
        context.out.append(uint32_t{'\\'});
        context.out.append(uint32_t{c});
        i = p;
        continue;
      }
    }
    if (!context.error(start, p, reason, &i)) return nullptr;
  }
  if (consumed) *consumed = static_cast<int64_t>(i);
  if (!warn_invalid_escape(invalid)) return nullptr;
  return context.out.finish();
}

Str* raw_unicode_escape_decode(std::string_view data, Str* errors, int64_t* consumed) {
  DecodeContext context("rawunicodeescape", data, errors);
  size_t i = 0;
  while (i < context.input.size()) {
    std::string_view in = context.input;
    uint8_t c = byte_at(in, i);
    if (c != '\\') {
      context.out.append(uint32_t{c});
      ++i;
      continue;
    }
    if (i + 1 >= in.size()) {
      if (consumed) break;
      context.out.append(uint32_t{'\\'});
      ++i;
      continue;
    }
    c = byte_at(in, i + 1);
    size_t start = i, p = i + 2;
    int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (!digits) {
      context.out.append(uint32_t{'\\'});
      context.out.append(uint32_t{c});
      i = p;
      continue;
    }
    uint32_t value = 0;
    int k = 0;
    for (; k < digits && p < in.size() && hex_value(byte_at(in, p)) >= 0; ++k) value = value << 4 | static_cast<uint32_t>(hex_value(byte_at(in, p++)));
    if (k == digits && value <= 0x10FFFF) {
      context.out.append(value);
      i = p;
      continue;
    }
    if (k < digits && p >= in.size() && consumed) break;
    const char* reason = k == digits ? "\\Uxxxxxxxx out of range" : digits == 4 ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape";
    if (!context.error(start, p, reason, &i)) return nullptr;
  }
  if (consumed) *consumed = static_cast<int64_t>(i);
  return context.out.finish();
}

bool escape_decode(std::string_view in, Str* errors, std::string* out) {
  int invalid = -1;
  for (size_t i = 0; i < in.size();) {
    if (in[i] != '\\') {
      *out += in[i++];
      continue;
    }
    if (++i >= in.size()) {
      raise(exc.ValueError, "Trailing \\ in string");
      return false;
    }
    uint8_t c = byte_at(in, i++);
    if (c == '\n') continue;
    if (uint32_t simple = simple_escape(c)) {
      *out += static_cast<char>(simple);
    } else if (c >= '0' && c <= '7') {
      uint32_t value = c - '0';
      for (int k = 0; k < 2 && i < in.size() && is_octal(byte_at(in, i)); ++k) value = value * 8 + (byte_at(in, i++) - '0');
      if (value > 0xFF && invalid < 0) invalid = static_cast<int>(0x1000 + value);
      *out += static_cast<char>(value);
    } else if (c == 'x') {
      if (i + 1 < in.size() && hex_value(byte_at(in, i)) >= 0 && hex_value(byte_at(in, i + 1)) >= 0) {
        *out += static_cast<char>(hex_value(byte_at(in, i)) << 4 | hex_value(byte_at(in, i + 1)));
        i += 2;
        continue;
      }
      if (!errors || str_equals(errors, "strict")) {
        raisef(exc.ValueError, "invalid \\x escape at position %zd", static_cast<ssize_t>(i - 2));
        return false;
      }
      if (str_equals(errors, "replace")) {
        *out += '?';
      } else if (!str_equals(errors, "ignore")) {
        raisef(exc.ValueError, "decoding error; unknown error handling code: %.400s", to_utf8(errors).c_str());
        return false;
      }
      if (i < in.size() && hex_value(byte_at(in, i)) >= 0) ++i;
    } else {
      if (invalid < 0) invalid = c;
      *out += '\\';
      *out += static_cast<char>(c);
    }
  }
  return warn_invalid_escape(invalid);
}

}  // namespace pyjit::runtime
