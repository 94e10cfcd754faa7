// Numbers and escapes: what literals mean.
#include "frontend/literals.h"

#include <gmp.h>

#include <charconv>
#include <cstdlib>

#include "frontend/char_class.h"
#include "frontend/parser.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::frontend {
namespace {

static_assert(sizeof(mp_limb_t) == sizeof(uint64_t));

NameHook& name_hook() {
  static NameHook hook;
  return hook;
}

int digit_of(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

double parse_double(std::string_view text) {
  double value = 0;
  auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status == std::errc()) return value;
  return std::strtod(std::string(text).c_str(), nullptr);  // out of range: zero or infinity
}

const Constant* parse_integer(Arena& arena, std::string_view text, int base, int max_digits, size_t& count) {
  Constant* out = arena.make<Constant>();
  out->kind = Constant::Kind::kInt;
  uint64_t value = 0;
  count = 0;
  bool small = true;
  for (char c : text) {
    if (c == '_') continue;
    count++;
    small = small && !__builtin_mul_overflow(value, (uint64_t)base, &value) && !__builtin_add_overflow(value, (uint64_t)digit_of(c), &value);
  }
  if (base == 10 && max_digits && count > (size_t)max_digits) return nullptr;
  if (small && value <= INT64_MAX) {
    out->integer = value;
    return out;
  }
  std::string digits;
  for (char c : text) {
    if (c != '_' && !(digits.empty() && c == '0')) digits += (char)digit_of(c);
  }
  size_t room = digits.size() * 4 / 64 + 2;
  uint64_t* limbs = (uint64_t*)arena.allocate(room * sizeof(uint64_t));
  size_t size = mpn_set_str((mp_limb_t*)limbs, (const unsigned char*)digits.data(), digits.size(), base);
  while (size && !limbs[size - 1]) size--;
  out->kind = Constant::Kind::kBigInt;
  out->integer = 0;
  out->limbs = {limbs, size};
  return out;
}

// What stands in the text for `c` once it is escaped by a simple letter; -1 when the letter is none.
int simple_escape(char c) {
  switch (c) {
    case '\\': return '\\';
    case '\'': return '\'';
    case '"': return '"';
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
  }
  return -1;
}

unsigned octal_escape(std::string_view text, size_t& i, std::string& bad_escape) {
  unsigned value = 0;
  size_t start = i;
  for (int n = 0; n < 3 && i < text.size() && text[i] >= '0' && text[i] <= '7'; n++) value = value * 8 + (text[i++] - '0');
  if (value > 0377 && bad_escape.empty()) bad_escape = text.substr(start, i - start);
  return value;
}

// CPython escapes the characters beyond ASCII to ten bytes each before it decodes; its error positions count those.
size_t codec_position(std::string_view text, size_t at) {
  size_t position = 0;
  for (size_t i = 0; i < at; i++) {
    unsigned char c = text[i];
    if (c < 0x80) {
      position++;
      if (c == '\\' && i + 1 < at) {
        if ((unsigned char)text[i + 1] >= 0x80) {
          position += 5;
        } else {
          position++;
          i++;
        }
      }
    } else if ((c & 0xC0) != 0x80) {
      position += 10;
    }
  }
  return position;
}

std::string codec_error(std::string_view text, size_t start, size_t end, const char* reason) {
  char out[160];
  start = codec_position(text, start);
  end = codec_position(text, end);
  if (end - start <= 1) {
    snprintf(out, sizeof out, "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %zu: %s", start, reason);
  } else {
    snprintf(out, sizeof out, "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s", start, end - 1, reason);
  }
  return out;
}

}  // namespace

void set_name_hook(NameHook hook) { name_hook() = std::move(hook); }

const Constant* parse_number(Arena& arena, std::string_view text, int max_digits, size_t& digits) {
  if (text.size() == 1) {
    Constant* out = arena.make<Constant>();
    out->kind = Constant::Kind::kInt;
    out->integer = text[0] - '0';
    return out;
  }
  if (text[0] == '0') {
    char c = text[1] | 0x20;
    int base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
    if (base) return parse_integer(arena, text.substr(2), base, max_digits, digits);
  }
  bool imaginary = (text.back() | 0x20) == 'j';
  if (imaginary) text.remove_suffix(1);
  // The lexer lets "01else" pass as "01" and "else"; such a number is a float.
  bool integer = !imaginary && text.find_first_of(".eE") == std::string_view::npos &&
                 (text[0] != '0' || text.find_first_not_of("0_") == std::string_view::npos);
  if (integer) return parse_integer(arena, text, 10, max_digits, digits);
  std::string plain;
  if (text.find('_') != std::string_view::npos) {
    for (char c : text) {
      if (c != '_') plain += c;
    }
    text = plain;
  }
  Constant* out = arena.make<Constant>();
  double value = parse_double(text);
  if (imaginary) {
    out->kind = Constant::Kind::kComplex;
    out->real = 0;
    out->imag = value;
  } else {
    out->kind = Constant::Kind::kFloat;
    out->real = value;
  }
  return out;
}

bool decode_str_escapes(std::string_view text, std::string& out, std::string& error, std::string& bad_escape) {
  bad_escape.clear();
  size_t i = 0;
  auto fail = [&](size_t start, const char* reason) {
    error = codec_error(text, start, i, reason);
    return false;
  };
  while (i < text.size()) {
    size_t slash = text.find('\\', i);
    if (slash == std::string_view::npos) slash = text.size();
    out.append(text, i, slash - i);
    i = slash + 1;
    if (slash == text.size()) break;
    if (i == text.size() || (unsigned char)text[i] >= 0x80) {
      out += '\\';
      continue;
    }
    char c = text[i++];
    if (int plain = simple_escape(c); plain >= 0) {
      out += (char)plain;
      continue;
    }
    switch (c) {
      case '\n':
        continue;
      case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7':
        i--;
        unicode::append_utf8(out, octal_escape(text, i, bad_escape));
        continue;
      case 'x': case 'u': case 'U': {
        int count = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        char32_t value = 0;
        for (; count && i < text.size() && is_hex_digit(text[i]); count--) value = value << 4 | digit_of(text[i++]);
        if (count) return fail(slash, c == 'x' ? "truncated \\xXX escape" : c == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape");
        if (value > 0x10FFFF) return fail(slash, "illegal Unicode character");
        unicode::append_utf8(out, value);
        continue;
      }
      case 'N': {
        if (i >= text.size() || text[i] != '{') return fail(slash, "malformed \\N character escape");
        size_t close = text.find('}', i);
        if (close == std::string_view::npos || close == i + 1) {
          i = close == std::string_view::npos ? text.size() : close;
          return fail(slash, "malformed \\N character escape");
        }
        std::string_view name = text.substr(i + 1, close - i - 1);
        i = close + 1;
        auto found = name_hook() ? name_hook()(name) : std::nullopt;
        if (!found) return fail(slash, "unknown Unicode character name");
        out += *found;
        continue;
      }
    }
    if (bad_escape.empty()) bad_escape = c;
    out += '\\';
    out += c;
  }
  return true;
}

bool decode_bytes_escapes(std::string_view text, std::string& out, std::string& error, std::string& bad_escape) {
  bad_escape.clear();
  size_t i = 0;
  while (i < text.size()) {
    size_t slash = text.find('\\', i);
    if (slash == std::string_view::npos) slash = text.size();
    out.append(text, i, slash - i);
    i = slash + 1;
    if (i >= text.size()) break;
    char c = text[i++];
    if (int plain = simple_escape(c); plain >= 0) {
      out += (char)plain;
    } else if (c == '\n') {
    } else if (c >= '0' && c <= '7') {
      i--;
      out += (char)octal_escape(text, i, bad_escape);
    } else if (c == 'x') {
      if (i + 1 >= text.size() || !is_hex_digit(text[i]) || !is_hex_digit(text[i + 1])) {
        error = "(value error) invalid \\x escape at position " + std::to_string(slash);
        return false;
      }
      out += (char)(digit_of(text[i]) << 4 | digit_of(text[i + 1]));
      i += 2;
    } else {
      if (bad_escape.empty()) bad_escape = c;
      out += '\\';
      out += c;
    }
  }
  return true;
}

}  // namespace pyjit::frontend
