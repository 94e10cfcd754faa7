// FormatSpec → text of int, float and complex values; and the parser of the mini-language.
#include "runtime/format_spec.h"

#include <charconv>
#include <clocale>
#include <cstring>
#include <climits>
#include <cmath>
#include <string>

#include "runtime/ops.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

constexpr int64_t kMaxSize = INT64_MAX;

bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// Decimal digits at *pos. Returns how many were read, -1 when the number does not fit (ValueError pending).
int64_t read_number(Str* spec, uint64_t* pos, int64_t* out) {
  int64_t n = 0, digits = 0;
  for (; *pos < spec->length; ++*pos, ++digits) {
    uint32_t c = spec->at(*pos);
    if (c < '0' || c > '9') break;
    int64_t d = c - '0';
    if (n > (kMaxSize - d) / 10) {
      raise(exc.ValueError, "Too many decimal digits in format string");
      return -1;
    }
    n = n * 10 + d;
  }
  if (digits) *out = n;
  return digits;
}

// How digits are grouped: sizes from the right as in struct lconv (the last repeats; CHAR_MAX stops), and the two marks.
struct LocaleMarks {
  std::string decimal_point = ".", separator, grouping;
};

LocaleMarks marks_for(const FormatSpec& spec, bool locale_type) {
  LocaleMarks marks;
  if (locale_type) {
    const lconv* lc = localeconv();
    marks.decimal_point = lc->decimal_point;
    marks.separator = lc->thousands_sep;
    marks.grouping = lc->grouping;
  } else if (spec.thousands) {
    marks.separator = std::string(1, spec.thousands);
    bool power_of_two = spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
    marks.grouping = spec.thousands == '_' && power_of_two ? "\4" : "\3";
  }
  return marks;
}

// Digits with separators, zero-extended on the left until the text has min_width columns (it never starts with a separator).
// Sets *columns to its length in code points.
std::string group_digits(std::string_view digits, int64_t min_width, const LocaleMarks& marks, size_t* columns) {
  if (digits.empty()) { *columns = 0; return {}; }
  int64_t separator_columns = 0;
  for (char c : marks.separator) separator_columns += (c & 0xC0) != 0x80;
  std::string reversed;   // built from the right; the separator is reversed with it
  std::string backwards(marks.separator.rbegin(), marks.separator.rend());
  int64_t left = static_cast<int64_t>(digits.size()), width_left = min_width;
  size_t group = 0;
  *columns = 0;
  bool first = true;
  for (;;) {
    int64_t size = INT64_MAX;
    if (group < marks.grouping.size() && marks.grouping[group] != CHAR_MAX) size = marks.grouping[group];
    if (group + 1 < marks.grouping.size()) ++group;
    if (!first) {
      reversed += backwards;
      *columns += separator_columns;
    }
    first = false;
    int64_t take = std::min(size, std::max(std::max(left, width_left), int64_t{1}));
    for (int64_t i = 0; i < take; ++i) {
      reversed.push_back(left > 0 ? digits[left - 1] : '0');
      --left;
    }
    *columns += take;
    width_left -= take + separator_columns;
    if (left <= 0 && width_left + separator_columns <= 0) break;
  }
  return std::string(reversed.rbegin(), reversed.rend());
}

// A number split for layout: sign, prefix ("0x"), digits to group, and what follows them (fraction, exponent, "%", "inf").
struct NumberText {
  bool negative = false;
  std::string_view prefix;
  std::string_view digits;
  bool has_point = false;
  std::string_view tail;
};

struct Layout {
  std::string sign;     // "", "-", "+", " "
  std::string grouped;
  size_t grouped_columns;
  size_t columns;       // all but padding
  size_t left_padding, middle_padding, right_padding;
};

std::string sign_text(bool negative, char option) {
  if (negative) return "-";
  return option == '+' ? "+" : option == ' ' ? " " : "";
}

size_t utf8_columns(std::string_view text) {
  size_t n = 0;
  for (char c : text) n += (c & 0xC0) != 0x80;
  return n;
}

Layout lay_out(const NumberText& number, const FormatSpec& spec, const LocaleMarks& marks) {
  Layout layout{};
  layout.sign = sign_text(number.negative, spec.sign);
  size_t others = layout.sign.size() + number.prefix.size() + number.tail.size() +
                  (number.has_point ? utf8_columns(marks.decimal_point) : 0);
  int64_t min_width = 0;
  if (spec.fill == '0' && spec.align == '=') min_width = std::max<int64_t>(0, spec.width - static_cast<int64_t>(others));
  layout.grouped = group_digits(number.digits, min_width, marks, &layout.grouped_columns);
  layout.columns = others + layout.grouped_columns;
  int64_t padding = std::max<int64_t>(0, spec.width - static_cast<int64_t>(layout.columns));
  switch (spec.align) {
    case '<': layout.right_padding = padding; break;
    case '^': layout.left_padding = padding / 2; layout.right_padding = padding - padding / 2; break;
    case '=': layout.middle_padding = padding; break;
    default: layout.left_padding = padding; break;
  }
  return layout;
}

// Widths come from the program: refuse what cannot be allocated before anything is built.
bool width_is_sane(const FormatSpec& spec) {
  if (spec.width <= (1ll << 40)) return true;
  raise_memory_error();
  return false;
}

void append_laid_out(StrBuilder& out, const NumberText& number, const FormatSpec& spec, const LocaleMarks& marks) {
  Layout layout = lay_out(number, spec, marks);
  out.append_fill(spec.fill, layout.left_padding);
  out.append_ascii(layout.sign);
  out.append_ascii(number.prefix);
  out.append_fill(spec.fill, layout.middle_padding);
  out.append_utf8(layout.grouped);
  if (number.has_point) out.append_utf8(marks.decimal_point);
  out.append_ascii(number.tail);
  out.append_fill(spec.fill, layout.right_padding);
}

// Without grouping or locale, and with an ASCII fill, a number goes straight into its string. `body`: all that follows sign and prefix.
bool is_plain(const FormatSpec& spec) { return !spec.thousands && spec.type != 'n' && spec.fill < 128; }

Str* plain_number(bool negative, std::string_view prefix, std::string_view body, const FormatSpec& spec) {
  char sign = negative ? '-' : spec.sign == '-' ? 0 : spec.sign;
  size_t columns = (sign != 0) + prefix.size() + body.size();
  size_t padding = spec.width > static_cast<int64_t>(columns) ? static_cast<size_t>(spec.width) - columns : 0;
  size_t left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0, middle = spec.align == '=' ? padding : 0;
  if (columns + padding == 1) return char_str(static_cast<uint8_t>(body.empty() ? sign : body[0]));
  Str* s = TRY(new_str_uninitialized(columns + padding, 1, true));
  char* to = s->inline_data;
  auto fill = [&](size_t n) {
    for (; n; --n) *to++ = static_cast<char>(spec.fill);
  };
  fill(left);
  if (sign) *to++ = sign;
  for (char c : prefix) *to++ = c;
  fill(middle);
  memcpy(to, body.data(), body.size());
  to += body.size();
  fill(padding - left - middle);
  return s;
}

// "-12.5e+10" → its parts; the sign is cut off.
NumberText split_float_text(std::string_view text) {
  NumberText number;
  if (!text.empty() && text[0] == '-') {
    number.negative = true;
    text.remove_prefix(1);
  }
  size_t n = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  number.digits = text.substr(0, n);
  number.has_point = n < text.size() && text[n] == '.';
  number.tail = text.substr(n + number.has_point);
  return number;
}

bool is_float_code(uint32_t c) {
  return c == 'e' || c == 'E' || c == 'f' || c == 'F' || c == 'g' || c == 'G' || c == 'n' || c == '%';
}

Value format_double(double d, FormatSpec spec, const char* type_name) {
  if (spec.type != 0 && !is_float_code(spec.type)) return raise_unknown_format_code(spec.type, type_name);
  if (spec.precision > INT_MAX) return raise(exc.ValueError, "precision too big");
  if (!width_is_sane(spec)) return nullptr;
  int flags = 0;
  if (spec.alternate) flags |= kFloatAlternate;
  if (spec.no_negative_zero) flags |= kFloatNoNegativeZero;
  bool percent = spec.type == '%';
  uint32_t code = spec.type;
  int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
  if (code == 0) {
    flags |= kFloatAddDot0;
    code = spec.precision < 0 ? 'r' : 'g';
  } else if (code == 'n') {
    code = 'g';
  } else if (percent) {
    code = 'f';
    d *= 100;
  }
  std::string text = float_format(d, static_cast<char>(code), precision, flags);
  if (percent) text += '%';
  if (is_plain(spec)) {
    bool negative = !text.empty() && text[0] == '-';
    return plain_number(negative, {}, std::string_view(text).substr(negative), spec);
  }
  LocaleMarks marks = marks_for(spec, spec.type == 'n');
  NumberText number = split_float_text(text);
  StrBuilder out;
  append_laid_out(out, number, spec, marks);
  return out.finish();
}

Value format_integer(Value v, const FormatSpec& spec) {
  if (spec.precision >= 0) return raise(exc.ValueError, "Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) {
    return raise(exc.ValueError, "Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (!width_is_sane(spec)) return nullptr;
  StrBuilder out;
  if (spec.type == 'c') {
    if (spec.sign) return raise(exc.ValueError, "Sign not allowed with integer format specifier 'c'");
    if (spec.alternate) return raise(exc.ValueError, "Alternate form (#) not allowed with integer format specifier 'c'");
    int64_t code;
    if (!int_to_int64(v, &code)) return raise(exc.OverflowError, "Python int too large to convert to C long");
    if (code < 0 || code > 0x10FFFF) return raise(exc.OverflowError, "%c arg not in range(0x110000)");
    size_t left, right;
    padding_for(spec, 1, &left, &right);
    out.append_fill(spec.fill, left);
    out.append(static_cast<uint32_t>(code));
    out.append_fill(spec.fill, right);
    return out.finish();
  }
  int base = spec.type == 'b' ? 2 : spec.type == 'o' ? 8 : spec.type == 'x' || spec.type == 'X' ? 16 : 10;
  if (base == 10 && v.is_int() && is_plain(spec)) {
    char buffer[24];
    int64_t i = v.as_int();
    auto end = std::to_chars(buffer, buffer + sizeof buffer, i < 0 ? -i : i).ptr;
    return plain_number(i < 0, {}, {buffer, static_cast<size_t>(end - buffer)}, spec);
  }
  std::string text;
  if (base == 10) {
    Str* digits = TRY(int_repr(v));
    text = ascii_view(digits);
  } else {
    text = int_to_text(v, base);
  }
  NumberText number;
  std::string_view digits = text;
  if (digits[0] == '-') {
    number.negative = true;
    digits.remove_prefix(1);
  }
  if (spec.alternate && base != 10) {
    number.prefix = spec.type == 'b' ? "0b" : spec.type == 'o' ? "0o" : spec.type == 'x' ? "0x" : "0X";
  }
  if (spec.type == 'X') {
    for (char& c : text) if (c >= 'a' && c <= 'f') c -= 32;
  }
  number.digits = digits;
  if (is_plain(spec)) return plain_number(number.negative, number.prefix, digits, spec);
  append_laid_out(out, number, spec, marks_for(spec, spec.type == 'n'));
  return out.finish();
}

// object.__format__'s answer to an empty spec; a subclass's __str__ counts.
Value plain_text(Value v) { return Value(str(v)); }

}  // namespace

std::nullptr_t raise_unknown_format_code(uint32_t code, const char* type_name) {
  if (code > 32 && code < 128) {
    return raisef(exc.ValueError, "Unknown format code '%c' for object of type '%.200s'", static_cast<char>(code), type_name);
  }
  return raisef(exc.ValueError, "Unknown format code '\\x%x' for object of type '%.200s'", code, type_name);
}

bool parse_format_spec(Str* spec, char default_type, char default_align, const char* type_name, FormatSpec* out) {
  *out = FormatSpec{};
  out->align = default_align;
  out->type = static_cast<unsigned char>(default_type);
  uint64_t pos = 0, end = spec->length;
  auto peek = [&](uint64_t ahead = 0) -> uint32_t { return pos + ahead < end ? spec->at(pos + ahead) : UINT32_MAX; };

  bool fill_given = false, align_given = false;
  if (is_align(peek(1))) {
    out->fill = peek();
    out->align = static_cast<char>(peek(1));
    fill_given = align_given = true;
    pos += 2;
  } else if (is_align(peek())) {
    out->align = static_cast<char>(peek());
    align_given = true;
    ++pos;
  }
  if (uint32_t c = peek(); c == '+' || c == '-' || c == ' ') out->sign = static_cast<char>(c), ++pos;
  if (peek() == 'z') out->no_negative_zero = true, ++pos;
  if (peek() == '#') out->alternate = true, ++pos;
  if (!fill_given && peek() == '0') {
    out->fill = '0';
    if (!align_given && default_align == '>') out->align = '=';
    ++pos;
  }
  if (read_number(spec, &pos, &out->width) < 0) return false;

  bool both = false;
  if (peek() == ',') out->thousands = ',', ++pos;
  if (peek() == '_') {
    both = out->thousands == ',';
    out->thousands = '_';
    ++pos;
  }
  if (both || (peek() == ',' && out->thousands == '_')) return raise(exc.ValueError, "Cannot specify both ',' and '_'."), false;

  if (peek() == '.') {
    ++pos;
    int64_t digits = read_number(spec, &pos, &out->precision);
    if (digits < 0) return false;
    if (digits == 0) return raise(exc.ValueError, "Format specifier missing precision"), false;
  }
  if (end - pos > 1) {
    std::string text = to_utf8(spec);
    raisef(exc.ValueError, "Invalid format specifier '%s' for object of type '%.200s'", text.c_str(), type_name);
    return false;
  }
  if (end - pos == 1) out->type = spec->at(pos);

  if (out->thousands) {
    switch (out->type) {
      case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case '%': case 'F': case 0: break;
      case 'b': case 'o': case 'x': case 'X':
        if (out->thousands == '_') break;
        [[fallthrough]];
      default:
        if (out->type > 32 && out->type < 128) {
          raisef(exc.ValueError, "Cannot specify '%c' with '%c'.", out->thousands, static_cast<char>(out->type));
        } else {
          raisef(exc.ValueError, "Cannot specify '%c' with '\\x%x'.", out->thousands, out->type);
        }
        return false;
    }
  }
  return true;
}

void padding_for(const FormatSpec& spec, size_t count, size_t* left, size_t* right) {
  size_t total = spec.width > static_cast<int64_t>(count) ? static_cast<size_t>(spec.width) - count : 0;
  *left = spec.align == '>' || spec.align == '=' ? total : spec.align == '^' ? total / 2 : 0;
  *right = total - *left;
}

Value format_int(Value v, Str* spec_text) {
  if (spec_text->length == 0) return plain_text(v);
  FormatSpec spec;
  if (!parse_format_spec(spec_text, 'd', '>', type_name(v), &spec)) return nullptr;
  switch (spec.type) {
    case 'b': case 'c': case 'd': case 'o': case 'x': case 'X': case 'n': return format_integer(int_value(v), spec);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': {
      double d;
      if (!int_to_double_checked(int_value(v), &d)) return nullptr;
      return format_double(d, spec, type_name(v));
    }
    default: return raise_unknown_format_code(spec.type, type_name(v));
  }
}

Value format_float(Value v, Str* spec_text) {
  if (spec_text->length == 0) return plain_text(v);
  FormatSpec spec;
  if (!parse_format_spec(spec_text, 0, '>', type_name(v), &spec)) return nullptr;
  return format_double(float_value(v), spec, type_name(v));
}

Value format_complex(Value v, Str* spec_text) {
  if (spec_text->length == 0) return plain_text(v);
  FormatSpec spec;
  if (!parse_format_spec(spec_text, 0, '>', type_name(v), &spec)) return nullptr;
  if (spec.type != 0 && (!is_float_code(spec.type) || spec.type == '%')) return raise_unknown_format_code(spec.type, type_name(v));
  if (spec.precision > INT_MAX) return raise(exc.ValueError, "precision too big");
  if (spec.fill == '0') return raise(exc.ValueError, "Zero padding is not allowed in complex format specifier");
  if (spec.align == '=') return raise(exc.ValueError, "'=' alignment flag is not allowed in complex format specifier");
  if (!width_is_sane(spec)) return nullptr;

  const Complex* c = v.as<Complex>();
  double real = c->real, imag = c->imag;
  int flags = (spec.alternate ? kFloatAlternate : 0) | (spec.no_negative_zero ? kFloatNoNegativeZero : 0);
  uint32_t code = spec.type;
  int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
  bool skip_real = false, parentheses = false;
  if (code == 0) {
    code = spec.precision < 0 ? 'r' : 'g';
    if (real == 0.0 && std::copysign(1.0, real) == 1.0) skip_real = true;
    else parentheses = true;
  } else if (code == 'n') {
    code = 'g';
  }
  LocaleMarks marks = marks_for(spec, spec.type == 'n');
  std::string real_text = float_format(real, static_cast<char>(code), precision, flags);
  std::string imag_text = float_format(imag, static_cast<char>(code), precision, flags);

  // The parts are laid out without width; padding goes around the whole.
  FormatSpec part = spec;
  part.width = -1;
  part.align = '>';
  StrBuilder body;
  if (parentheses) body.append('(');
  if (!skip_real) append_laid_out(body, split_float_text(real_text), part, marks);
  if (!skip_real) part.sign = '+';   // the imaginary part carries its sign between them
  append_laid_out(body, split_float_text(imag_text), part, marks);
  body.append('j');
  if (parentheses) body.append(')');
  Str* text = TRY(body.finish());
  size_t left, right;
  padding_for(spec, text->length, &left, &right);
  StrBuilder out;
  out.append_fill(spec.fill, left);
  out.append(text);
  out.append_fill(spec.fill, right);
  return out.finish();
}

}  // namespace pyjit::runtime
