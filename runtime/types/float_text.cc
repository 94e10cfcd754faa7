// double ↔ text: shortest repr, the e/f/g forms, parsing of decimal literals.
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <locale.h>

#include "runtime/types/float.h"
#include "runtime/types/float_internal.h"

namespace pyjit::runtime {
namespace {

// Significant decimal digits "d1 d2 d3 ..." of a finite |d| and the position of the point: value = 0.d1d2d3... * 10^point.
struct Decimal {
  std::string digits;
  int point;
};

Decimal from_scientific(std::string_view text) {
  size_t e = text.find('e');
  Decimal r;
  r.digits.push_back(text[0]);
  if (e > 2) r.digits.append(text.substr(2, e - 2));
  int exponent = 0;
  const char* p = text.data() + e + 1;
  bool negative = *p == '-';
  std::from_chars(p + 1, text.data() + text.size(), exponent);
  r.point = (negative ? -exponent : exponent) + 1;
  return r;
}

// A double has at most 767 significant digits; what lies beyond are zeros.
constexpr int kMaxSignificant = 800;

Decimal significant_digits(double magnitude, int count) {
  char buffer[kMaxSignificant + 16];
  int exact = count < kMaxSignificant ? count : kMaxSignificant;
  auto end = std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific, exact - 1).ptr;
  return from_scientific({buffer, static_cast<size_t>(end - buffer)});
}

Decimal shortest_digits(double magnitude) {
  char buffer[40];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific).ptr;
  Decimal r = from_scientific({buffer, static_cast<size_t>(end - buffer)});
  if (magnitude == 0) r.point = 1;
  return r;
}

void append_exponent(std::string& out, int exponent, char letter) {
  char buffer[16];
  snprintf(buffer, sizeof buffer, "%c%c%02d", letter, exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
  out += buffer;
}

}  // namespace

std::string float_format(double d, char code, int precision, int flags) {
  bool upper = code == 'E' || code == 'F' || code == 'G';
  if (upper) code = static_cast<char>(code + 32);
  bool negative = std::signbit(d) && !std::isnan(d);
  std::string sign = negative ? "-" : flags & kFloatSign ? "+" : "";
  if (std::isinf(d)) return sign + (upper ? "INF" : "inf");
  if (std::isnan(d)) return sign + (upper ? "NAN" : "nan");
  double magnitude = std::fabs(d);
  bool alternate = flags & kFloatAlternate;
  std::string body;

  if (code == 'f') {
    char small[512];
    int exact = precision < 1100 ? precision : 1100;
    if (magnitude < 1e100 && exact < 400) {
      auto end = std::to_chars(small, small + sizeof small, magnitude, std::chars_format::fixed, exact).ptr;
      body.assign(small, end);
    } else {
      std::string large(static_cast<size_t>(exact) + 400, '\0');
      auto end = std::to_chars(large.data(), large.data() + large.size(), magnitude, std::chars_format::fixed, exact).ptr;
      body.assign(large.data(), end);
    }
    body.append(static_cast<size_t>(precision - exact), '0');
    if (precision == 0 && alternate) body += '.';
  } else {
    bool scientific;
    Decimal decimal;
    size_t wanted;   // digits to show; zeros are added up to it, trailing zeros beyond the point are dropped down to `keep`
    if (code == 'e') {
      decimal = significant_digits(magnitude, precision + 1);
      wanted = static_cast<size_t>(precision) + 1;
      scientific = true;
    } else if (code == 'g') {
      int p = precision == 0 ? 1 : precision;
      decimal = significant_digits(magnitude, p);
      scientific = decimal.point <= -4 || decimal.point > p - (flags & kFloatAddDot0 ? 1 : 0);
      if (!alternate) {
        while (decimal.digits.size() > 1 && decimal.digits.back() == '0') decimal.digits.pop_back();
      }
      wanted = alternate ? static_cast<size_t>(p) : decimal.digits.size();
    } else {   // 'r'
      decimal = shortest_digits(magnitude);
      scientific = decimal.point <= -4 || decimal.point > 16;
      wanted = decimal.digits.size();
    }
    if (decimal.digits.size() < wanted) decimal.digits.append(wanted - decimal.digits.size(), '0');
    if (scientific) {
      body = decimal.digits.substr(0, 1);
      if (decimal.digits.size() > 1 || alternate) body += '.';
      body.append(decimal.digits, 1);
      append_exponent(body, decimal.point - 1, upper ? 'E' : 'e');
    } else if (decimal.point <= 0) {
      body = "0." + std::string(static_cast<size_t>(-decimal.point), '0') + decimal.digits;
    } else {
      size_t point = static_cast<size_t>(decimal.point);
      if (decimal.digits.size() < point) decimal.digits.append(point - decimal.digits.size(), '0');
      body = decimal.digits.substr(0, point);
      if (decimal.digits.size() > point) body += '.' + decimal.digits.substr(point);
      else if (flags & kFloatAddDot0) body += ".0";
      else if (alternate) body += '.';
    }
  }
  if (negative && (flags & kFloatNoNegativeZero)) {
    bool zero = true;
    for (char c : body) {
      if (c == 'e' || c == 'E') break;
      if (c >= '1' && c <= '9') zero = false;
    }
    if (zero) sign = flags & kFloatSign ? "+" : "";
  }
  return sign + body;
}

std::string float_repr(double d) { return float_format(d, 'r', 0, kFloatAddDot0); }

static bool matches_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if ((text[i] | 32) != word[i]) return false;
  }
  return true;
}

size_t scan_float(std::string_view text, double* out) {
  size_t i = 0, n = text.size();
  bool negative = false;
  if (i < n && (text[i] == '+' || text[i] == '-')) negative = text[i++] == '-';
  std::string_view rest = text.substr(i);
  if (matches_word(rest, "inf")) {
    *out = negative ? -HUGE_VAL : HUGE_VAL;
    return i + (matches_word(rest, "infinity") ? 8 : 3);
  }
  if (matches_word(rest, "nan")) {
    *out = std::copysign(std::nan(""), negative ? -1.0 : 1.0);
    return i + 3;
  }
  size_t start = i, digits = 0;
  auto is_digit = [&](size_t k) { return k < n && text[k] >= '0' && text[k] <= '9'; };
  while (is_digit(i)) ++i, ++digits;
  if (i < n && text[i] == '.') {
    ++i;
    while (is_digit(i)) ++i, ++digits;
  }
  if (!digits) return 0;
  if (i < n && (text[i] == 'e' || text[i] == 'E')) {
    size_t k = i + 1;
    if (k < n && (text[k] == '+' || text[k] == '-')) ++k;
    if (is_digit(k)) {
      while (is_digit(k)) ++k;
      i = k;
    }
  }
  double value = 0;
  auto result = std::from_chars(text.data() + start, text.data() + i, value);
  if (result.ec == std::errc::result_out_of_range) {
    // Overflow or underflow: strtod tells which.
    static locale_t c_locale = newlocale(LC_ALL_MASK, "C", nullptr);
    value = strtod_l(std::string(text.substr(start, i - start)).c_str(), nullptr, c_locale);
  }
  *out = negative ? -value : value;
  return i;
}

bool remove_underscores(std::string_view text, std::string* out) {
  out->clear();
  char previous = 0;
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      if (!is_digit(previous) || i + 1 >= text.size() || !is_digit(text[i + 1])) return false;
    } else {
      out->push_back(text[i]);
    }
    previous = text[i];
  }
  return true;
}

Value float_from_text(std::string_view text, bool* valid) {
  std::string clean;
  double d;
  *valid = false;
  if (text.find('_') != std::string_view::npos) {
    if (!remove_underscores(text, &clean)) return nullptr;
    text = clean;
  }
  size_t used = scan_float(text, &d);
  if (used == 0 || used != text.size()) return nullptr;
  *valid = true;
  return Value::from_double(d);
}

double round_to_digits(double d, int digits) {
  char buffer[512];
  double result = 0;
  if (digits >= 0) {
    std::string text(static_cast<size_t>(digits) + 400, '\0');
    auto end = std::to_chars(text.data(), text.data() + text.size(), d, std::chars_format::fixed, digits).ptr;
    std::from_chars(text.data(), end, result);
    return result;
  }
  // Count the significant digits left of the place; the exact expansion decides where a tie lies.
  double magnitude = std::fabs(d);
  if (magnitude == 0) return d;
  Decimal exact = significant_digits(magnitude, kMaxSignificant);
  int keep = exact.point + digits;
  if (keep < 0) return std::copysign(0.0, d);
  if (keep == 0) {
    bool above_half = exact.digits[0] > '5' || (exact.digits[0] == '5' && exact.digits.find_first_not_of('0', 1) != std::string::npos);
    if (!above_half) return std::copysign(0.0, d);
    snprintf(buffer, sizeof buffer, "1e%d", -digits);
    if (-digits > 308) return std::copysign(HUGE_VAL, d);
    std::from_chars(buffer, buffer + strlen(buffer), result);
    return std::copysign(result, d);
  }
  auto end = std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific, keep - 1).ptr;
  if (std::from_chars(buffer, end, result).ec == std::errc::result_out_of_range) result = HUGE_VAL;
  return std::copysign(result, d);
}

}  // namespace pyjit::runtime
