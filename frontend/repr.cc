// repr() of constants.
#include <gmp.h>

#include <charconv>
#include <cmath>
#include <cstdio>

#include "frontend/unparse.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::frontend {
namespace {

char quote_for(std::string_view text) {
  return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
}

void append_hex(std::string& out, const char* prefix, unsigned value, int digits) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%s%0*x", prefix, digits, value);
  out += buffer;
}

// The escapes that str and bytes share; false: not one of them.
bool append_common(std::string& out, char32_t c, char quote) {
  switch (c) {
    case '\n':
      out += "\\n";
      return true;
    case '\r':
      out += "\\r";
      return true;
    case '\t':
      out += "\\t";
      return true;
    default:
      if (c != (char32_t)quote && c != '\\') return false;
      out += '\\';
      out += (char)c;
      return true;
  }
}

std::string repr_bytes(std::string_view bytes) {
  char quote = quote_for(bytes);
  std::string out = "b";
  out += quote;
  for (unsigned char c : bytes) {
    if (append_common(out, c, quote)) continue;
    if (c < 0x20 || c >= 0x7f)
      append_hex(out, "\\x", c, 2);
    else
      out += (char)c;
  }
  return out + quote;
}

std::string shortest(double v, bool add_point) {
  if (std::isnan(v)) return "nan";
  if (std::isinf(v)) return v < 0 ? "-inf" : "inf";
  char buffer[40];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::scientific).ptr;
  std::string_view text(buffer, (size_t)(end - buffer));
  size_t e = text.find('e');
  int exponent = std::atoi(buffer + e + 1);
  std::string digits;
  for (char c : text.substr(0, e))
    if (c >= '0' && c <= '9') digits += c;
  std::string out = text[0] == '-' ? "-" : "";
  if (exponent < -4 || exponent >= 16) {
    out += digits[0];
    if (digits.size() > 1) out += "." + digits.substr(1);
    std::snprintf(buffer, sizeof buffer, "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
    return out + buffer;
  }
  if (exponent < 0) return out + "0." + std::string((size_t)(-exponent - 1), '0') + digits;
  if ((int)digits.size() <= exponent + 1) {
    out += digits + std::string((size_t)(exponent + 1 - (int)digits.size()), '0');
    return add_point ? out + ".0" : out;
  }
  return out + digits.substr(0, (size_t)exponent + 1) + "." + digits.substr((size_t)exponent + 1);
}

std::string repr_complex(double real, double imag) {
  if (real == 0 && !std::signbit(real)) return shortest(imag, false) + "j";
  std::string im = shortest(imag, false);
  if (im[0] != '-') im = "+" + im;
  return "(" + shortest(real, false) + im + "j)";
}

std::string repr_int(const Constant* c) {
  if (c->kind == Constant::Kind::kInt) return std::to_string(c->integer);
  mpz_t z;
  mpz_init(z);
  mpz_import(z, c->limbs.size(), -1, 8, 0, 0, c->limbs.data());
  if (c->negative) mpz_neg(z, z);
  std::string out(mpz_sizeinbase(z, 10) + 2, '\0');
  mpz_get_str(out.data(), 10, z);
  mpz_clear(z);
  out.resize(std::char_traits<char>::length(out.data()));
  return out;
}

}  // namespace

std::string repr_float(double value) { return shortest(value, true); }

std::string repr_text(std::string_view text) {
  char quote = quote_for(text);
  std::string out(1, quote);
  const char *p = text.data(), *end = p + text.size();
  while (p < end) {
    const char* start = p;
    char32_t c = unicode::decode_utf8(p, end);
    if (append_common(out, c, quote)) continue;
    if (c >= 0x20 && c < 0x7f) {
      out += (char)c;
    } else if (c >= 0x80 && unicode::is_printable(c)) {
      out.append(start, p);
    } else if (c < 0x100) {
      append_hex(out, "\\x", c, 2);
    } else if (c < 0x10000) {
      append_hex(out, "\\u", c, 4);
    } else {
      append_hex(out, "\\U", c, 8);
    }
  }
  return out + quote;
}

std::string repr(const Constant* c) {
  using Kind = Constant::Kind;
  auto items = [c] {
    std::string out;
    for (const Constant* item : c->items) out += (out.empty() ? "" : ", ") + repr(item);
    return out;
  };
  switch (c->kind) {
    case Kind::kNone:
      return "None";
    case Kind::kFalse:
      return "False";
    case Kind::kTrue:
      return "True";
    case Kind::kEllipsis:
      return "Ellipsis";
    case Kind::kInt:
    case Kind::kBigInt:
      return repr_int(c);
    case Kind::kFloat:
      return repr_float(c->real);
    case Kind::kComplex:
      return repr_complex(c->real, c->imag);
    case Kind::kStr:
      return repr_text(c->text);
    case Kind::kBytes:
      return repr_bytes(c->text);
    case Kind::kTuple:
      return "(" + items() + (c->items.size() == 1 ? ",)" : ")");
    case Kind::kFrozenSet:
      return c->items.empty() ? "frozenset()" : "frozenset({" + items() + "})";
    case Kind::kCode:
      return "<code>";
  }
  return "";
}

}  // namespace pyjit::frontend
