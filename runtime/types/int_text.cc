// int ↔ text in any base: digits through mpn's conversions, Python's underscores, prefixes and digit limit.
#include <charconv>
#include <cstring>

#include "runtime/ops.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/str.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::runtime {

int64_t int_max_str_digits = 4300;
constexpr int64_t kDigitsNeverChecked = 640;   // shorter texts cannot be slow: sys.int_info.str_digits_check_threshold

std::string int_to_text(Value v, int base) {
  v = int_value(v);
  if (v.is_int()) {
    char buffer[64];
    auto end = std::to_chars(buffer, buffer + sizeof buffer, v.as_int(), base).ptr;
    return std::string(buffer, end);
  }
  LimbView x(v);
  Scratch copy(x.n + 1);
  if (!copy) return "0";
  mpn_copyi(copy.get(), x.p, x.n);
  std::string text(x.negative + mpn_sizeinbase(x.p, x.n, base) + 1, '-');
  auto* digits = reinterpret_cast<unsigned char*>(text.data()) + x.negative;
  size_t count = mpn_get_str(digits, base, copy.get(), x.n);
  size_t zeros = 0;
  while (zeros + 1 < count && digits[zeros] == 0) ++zeros;
  for (size_t i = zeros; i < count; ++i) digits[i - zeros] = static_cast<unsigned char>("0123456789abcdefghijklmnopqrstuvwxyz"[digits[i]]);
  text.resize(x.negative + count - zeros);
  return text;
}

static std::nullptr_t raise_too_long_to_print() {
  return raisef(exc.ValueError,
                "Exceeds the limit (%lld digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
                static_cast<long long>(int_max_str_digits));
}

Str* int_repr(Value v) {
  v = int_value(v);
  if (v.is_int()) {
    char buffer[24];
    auto end = std::to_chars(buffer, buffer + sizeof buffer, v.as_int()).ptr;
    return new_str_ascii(buffer, static_cast<size_t>(end - buffer));
  }
  LimbView x(v);
  // Refuse by size before the conversion (which is not linear), exactly after it.
  int64_t limit = int_max_str_digits;
  if (limit > 0) {
    double least_digits = static_cast<double>(bit_length_of(x.p, x.n) - 1) * 0.30102999566398119;
    if (least_digits > static_cast<double>(limit) + 1) return raise_too_long_to_print();
  }
  std::string text = int_to_text(v, 10);
  int64_t digits = static_cast<int64_t>(text.size()) - x.negative;
  if (limit > 0 && digits > limit && digits > kDigitsNeverChecked) return raise_too_long_to_print();
  return new_str_ascii(text.data(), text.size());
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 36;
}

Value int_from_text(std::string_view text, int base, bool* valid) {
  *valid = false;
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  auto prefix_base = [&]() -> int {
    if (text.size() < 2 || text[0] != '0') return 0;
    switch (text[1] | 32) {
      case 'x': return 16;
      case 'o': return 8;
      case 'b': return 2;
      default: return 0;
    }
  };
  bool old_octal = false;   // base 0: "0123" is an error, "000" is not
  if (base == 0) {
    base = prefix_base();
    if (base == 0) {
      base = 10;
      old_octal = !text.empty() && text[0] == '0';
    } else {
      text.remove_prefix(2);
      if (!text.empty() && text[0] == '_') text.remove_prefix(1);
    }
  } else if ((base == 16 || base == 8 || base == 2) && prefix_base() == base) {
    text.remove_prefix(2);
    if (!text.empty() && text[0] == '_') text.remove_prefix(1);
  }
  if (text.empty() || text[0] == '_' || text.back() == '_') return nullptr;

  std::string digits;   // values, not characters
  digits.reserve(text.size());
  bool previous_underscore = false;
  for (char c : text) {
    if (c == '_') {
      if (previous_underscore) return nullptr;
      previous_underscore = true;
      continue;
    }
    previous_underscore = false;
    int d = digit_value(c);
    if (d >= base) return nullptr;
    digits.push_back(static_cast<char>(d));
  }
  bool power_of_two = (base & (base - 1)) == 0;
  if (!power_of_two && int_max_str_digits > 0 && static_cast<int64_t>(digits.size()) > int_max_str_digits &&
      static_cast<int64_t>(digits.size()) > kDigitsNeverChecked) {
    *valid = true;
    return raisef(exc.ValueError,
                  "Exceeds the limit (%lld digits) for integer string conversion: value has %zu digits; use "
                  "sys.set_int_max_str_digits() to increase the limit",
                  static_cast<long long>(int_max_str_digits), digits.size());
  }
  size_t zeros = 0;
  while (zeros < digits.size() && digits[zeros] == 0) ++zeros;
  if (old_octal && zeros < digits.size()) return nullptr;
  *valid = true;
  size_t count = digits.size() - zeros;
  if (count == 0) return Value::from_int(0);
  if (count <= 12) {
    uint64_t u = 0;
    for (size_t i = zeros; i < digits.size(); ++i) u = u * static_cast<uint64_t>(base) + static_cast<uint64_t>(digits[i]);
    __int128 i = static_cast<__int128>(u);
    return int_from_int128(negative ? -i : i);
  }
  int bits_per_digit = 64 - __builtin_clzll(static_cast<uint64_t>(base - 1));
  size_t room = count / 64 * static_cast<size_t>(bits_per_digit) + static_cast<size_t>(bits_per_digit) + 2;
  BigInt* b = TRY(new_bigint(room));
  size_t n = mpn_set_str(limbs_of(b), reinterpret_cast<const unsigned char*>(digits.data()) + zeros, count, base);
  return finish_bigint(b, n, negative);
}

// Characters to ASCII as int() and float() want them: decimal digits of any script, whitespace as ' '; '?' for the rest.
std::string number_text_of(Str* s) {
  std::string out;
  out.reserve(s->length);
  for (uint64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (c < 128) {
      out.push_back(unicode::is_space(c) ? ' ' : static_cast<char>(c));
    } else if (unicode::is_space(c)) {
      out.push_back(' ');
    } else {
      int d = unicode::decimal_value(c);
      out.push_back(d >= 0 ? static_cast<char>('0' + d) : '?');
    }
  }
  return out;
}

std::string_view strip_spaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r'))) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || (text.back() >= '\t' && text.back() <= '\r'))) text.remove_suffix(1);
  return text;
}

Value int_from_str_object(Value text, int base) {
  Str* s = text.as<Str>();
  std::string ascii = number_text_of(s);
  bool valid;
  Value v = int_from_text(strip_spaces(ascii), base, &valid);
  if (valid) return v;
  Str* shown = s->length > 200 ? TRY(str_substring(repr_str(s), 0, 200)) : TRY(repr_str(s));
  return raisef(exc.ValueError, "invalid literal for int() with base %d: %s", base, to_utf8(shown).c_str());
}

}  // namespace pyjit::runtime
