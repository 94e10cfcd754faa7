// printf-style formatting: str % args and bytes % args.
//
// One engine, templated over the two targets: what differs is how a key is made, the text conversions (s r a b c) and the errors.
#include <charconv>

#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {
namespace {

struct Spec {
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  bool no_negative_zero = false;   // bytes only: "z", -0.0 is written without its sign
  int64_t width = -1;
  int precision = -1;
  uint32_t type = 0;
};

// The piece that one conversion makes: ASCII for numbers, else a Str or bytes.
struct Converted {
  std::string ascii;              // numbers; a leading '-' is the sign
  bool numeric = false;
};

bool is_mapping(Value v) { return class_of(v)->slots.getitem && !v.is_null() && !is_tuple(v) && !is_str(v); }

// Digits of an int in `type` (d i u o x X) with at least `precision` of them; "-0x1f" form.
std::string int_digits(Value integer, const Spec& spec) {
  int base = spec.type == 'o' ? 8 : spec.type == 'x' || spec.type == 'X' ? 16 : 10;
  std::string digits = int_to_text(integer, base);
  bool negative = !digits.empty() && digits[0] == '-';
  if (negative) digits.erase(0, 1);
  if (static_cast<int64_t>(digits.size()) < spec.precision) digits.insert(0, static_cast<size_t>(spec.precision) - digits.size(), '0');
  std::string out = negative ? "-" : "";
  if (spec.alternate && base != 10) out += base == 8 ? "0o" : "0x";
  out += digits;
  if (spec.type == 'X')
    for (char& c : out) c = static_cast<char>(toupper(c));
  return out;
}

bool format_integer(Value v, const Spec& spec, Converted* out) {
  bool index_only = spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
  Value integer;
  if (is_int_like(v)) {
    integer = int_value(v);
  } else {
    const Slots& slots = class_of(v)->slots;
    bool numeric = slots.index || slots.to_int || slots.to_float;
    if (numeric) {
      integer = index_only ? number_index(v) : number_int(v);
      if (!integer && !pending_matches(exc.TypeError)) return false;
    }
    if (!integer) {
      clear_pending();
      raisef(exc.TypeError, index_only ? "%%%c format: an integer is required, not %.200s" : "%%%c format: a real number is required, not %.200s",
             static_cast<int>(spec.type), type_name(v));
      return false;
    }
    integer = int_value(integer);
  }
  if (!index_only && int_max_str_digits > 0) {  // the conversion's digit limit
    if (!integer.is_int() && !int_repr(integer)) return false;
  }
  out->ascii = int_digits(integer, spec);
  out->numeric = true;
  return true;
}

bool format_real(Value v, const Spec& spec, const char* wrong_type, Converted* out) {
  double d;
  if (v.is_double()) {
    d = v.as_double();
  } else {
    if (!to_double(v, &d)) {
      if (wrong_type && pending_matches(exc.TypeError)) {
        clear_pending();
        raisef(exc.TypeError, wrong_type, type_name(v));
      }
      return false;
    }
  }
  int flags = (spec.alternate ? kFloatAlternate : 0) | (spec.no_negative_zero ? kFloatNoNegativeZero : 0);
  out->ascii = float_format(d, static_cast<char>(spec.type), spec.precision < 0 ? 6 : spec.precision, flags);
  out->numeric = true;
  return true;
}

struct StrTarget {
  using Text = Str*;
  static constexpr const char* kKind = "string";
  const Str* format;
  StrBuilder& out;
  Text text = nullptr;
  int64_t text_length = 0;

  uint32_t at(uint64_t i) const { return format->at(i); }
  uint64_t length() const { return format->length; }
  void literal(uint64_t start, uint64_t end) { out.append(format, start, end); }
  void ascii(std::string_view s) { out.append_ascii(s); }
  void fill(char c, int64_t count) { out.append_fill(static_cast<uint8_t>(c), static_cast<size_t>(count)); }
  void put_text() { out.append(text, 0, static_cast<uint64_t>(text_length)); }
  Value key(uint64_t start, uint64_t end) const { return str_substring(const_cast<Str*>(format), start, end); }
  // -1: error; 0: not a text conversion; 1: text holds the result.
  int convert(Value v, const Spec& spec) {
    switch (spec.type) {
      case 's': text = is_exact_str(v) ? v.as<Str>() : str(v); break;
      case 'r': text = repr(v); break;
      case 'a': text = runtime::ascii(v); break;
      case 'c': return character(v);
      default: return 0;
    }
    if (!text) return -1;
    text_length = static_cast<int64_t>(text->length);
    if (spec.precision >= 0) text_length = std::min<int64_t>(text_length, spec.precision);
    return 1;
  }
  int character(Value v) {
    text_length = 1;
    if (is_str(v)) {
      text = v.as<Str>();
      if (text->length == 1) return 1;
      raise(exc.TypeError, "%c requires int or char");
      return -1;
    }
    Value index = is_int_like(v) ? int_value(v) : class_of(v)->slots.index ? number_index(v) : Value();
    if (!index) {
      if (error_pending() && !pending_matches(exc.TypeError)) return -1;
      clear_pending();
      raise(exc.TypeError, "%c requires int or char");
      return -1;
    }
    int64_t c;
    if (!int_to_int64(index, &c) || c < 0 || c > 0x10FFFF) {
      raise(exc.OverflowError, "%c arg not in range(0x110000)");
      return -1;
    }
    text = char_str(static_cast<uint32_t>(c));
    return 1;
  }
  static constexpr const char* kWrongReal = nullptr;
};

struct BytesTarget {
  static constexpr const char* kKind = "bytes";
  static constexpr const char* kWrongReal = "float argument required, not %.200s";
  std::string_view format;
  std::string& out;
  std::string text;
  int64_t text_length = 0;

  uint32_t at(uint64_t i) const { return static_cast<uint8_t>(format[i]); }
  uint64_t length() const { return format.size(); }
  void literal(uint64_t start, uint64_t end) { out.append(format.substr(start, end - start)); }
  void ascii(std::string_view s) { out.append(s); }
  void fill(char c, int64_t count) { out.append(static_cast<size_t>(count), c); }
  void put_text() { out.append(text, 0, static_cast<size_t>(text_length)); }
  Value key(uint64_t start, uint64_t end) const { return new_bytes(format.substr(start, end - start)); }

  int convert(Value v, const Spec& spec) {
    if (spec.type == 's' || spec.type == 'b') {
      if (!to_bytes(v)) return -1;
    } else if (spec.type == 'r' || spec.type == 'a') {
      Str* s = runtime::ascii(v);
      if (!s) return -1;
      text = to_utf8(s);
    } else if (spec.type == 'c') {
      return character(v);
    } else {
      return 0;
    }
    text_length = static_cast<int64_t>(text.size());
    if (spec.precision >= 0) text_length = std::min<int64_t>(text_length, spec.precision);
    return 1;
  }
  bool to_bytes(Value v) {
    if (!is_bytes(v) && !is_exact(v, types.bytearray)) {
      bool found;
      Value result = call_special(v, names.dunder_bytes, &found);
      if (found) {
        if (!result) return false;
        if (!is_bytes(result)) {
          raisef(exc.TypeError, "__bytes__ returned non-bytes (type %.200s)", type_name(result));
          return false;
        }
        v = result;
      } else if (!supports_buffer(v)) {
        raisef(exc.TypeError, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%.100s'", type_name(v));
        return false;
      }
    }
    BufferView view;
    if (!get_buffer(v, &view)) return false;
    text.assign(view.view());
    release_buffer(&view);
    return true;
  }
  int character(Value v) {
    text_length = 1;
    if (is_bytes(v) || (v.is_object() && is_instance(v, types.bytearray))) {
      BufferView view;
      if (!get_buffer(v, &view)) return -1;
      text.assign(view.view());
      release_buffer(&view);
      if (text.size() == 1) return 1;
    } else {
      Value index = is_int_like(v) ? int_value(v) : class_of(v)->slots.index ? number_index(v) : Value();
      if (index) {
        int64_t c;
        if (!int_to_int64(index, &c) || c < 0 || c > 255) {
          raise(exc.OverflowError, "%c arg not in range(256)");
          return -1;
        }
        text.assign(1, static_cast<char>(c));
        return 1;
      }
      if (error_pending() && !pending_matches(exc.TypeError)) return -1;
      clear_pending();
    }
    raise(exc.TypeError, "%c requires an integer in range(256) or a single byte");
    return -1;
  }
};

template <class Target>
class Percent {
 public:
  Percent(Target& target, Value args) : t_(target), args_(args) {
    if (is_tuple(args)) {
      items_ = args.as<Tuple>();
      count_ = static_cast<int64_t>(items_->size);
      next_ = 0;
    }
    if (is_mapping(args)) mapping_ = args;
  }

  bool run() {
    uint64_t n = t_.length();
    for (uint64_t i = 0; i < n;) {
      uint64_t start = i;
      while (i < n && t_.at(i) != '%') ++i;
      if (i > start) t_.literal(start, i);
      if (i == n) break;
      pos_ = i + 1;
      if (pos_ < n && t_.at(pos_) == '%') {
        t_.ascii("%");
        i = pos_ + 1;
        continue;
      }
      if (!conversion()) return false;
      i = pos_;
    }
    if (next_ < count_ && !mapping_) {
      raisef(exc.TypeError, "not all arguments converted during %s formatting", Target::kKind);
      return false;
    }
    return true;
  }

 private:
  Value next_argument() {
    if (next_ < count_) {
      int64_t i = next_++;
      return count_ < 0 ? args_ : items_->items[i];
    }
    return raise(exc.TypeError, "not enough arguments for format string");
  }

  bool incomplete() {
    raise(exc.ValueError, "incomplete format");
    return false;
  }

  bool key() {
    uint64_t start = ++pos_;
    for (int depth = 1; pos_ < t_.length(); ++pos_) {
      uint32_t c = t_.at(pos_);
      if (c == ')' && --depth == 0) break;
      if (c == '(') ++depth;
    }
    if (pos_ >= t_.length()) {
      raise(exc.ValueError, "incomplete format key");
      return false;
    }
    Value key = TRY(t_.key(start, pos_));
    ++pos_;
    args_ = TRY(get_item(mapping_, key));
    items_ = nullptr;
    count_ = -1;
    next_ = -2;
    return true;
  }

  // "*": the width or precision is the next argument.
  bool star(int64_t* out, bool precision) {
    Value v = TRY(next_argument());
    if (!is_int_like(v)) {
      raise(exc.TypeError, "* wants int");
      return false;
    }
    if (!int_to_int64(int_value(v), out) || (precision && (*out > INT32_MAX || *out < INT32_MIN))) {
      raise(exc.OverflowError, precision ? "Python int too large to convert to C int" : "Python int too large to convert to C ssize_t");
      return false;
    }
    return true;
  }

  bool number(int64_t limit, const char* message, int64_t* out) {
    *out = 0;
    for (; pos_ < t_.length() && t_.at(pos_) - '0' < 10; ++pos_) {
      int64_t digit = t_.at(pos_) - '0';
      if (*out > (limit - digit) / 10) {
        raise(exc.ValueError, message);
        return false;
      }
      *out = *out * 10 + digit;
    }
    return true;
  }

  bool parse(Spec* spec) {
    if (pos_ < t_.length() && t_.at(pos_) == '(') {
      if (!mapping_) {
        raise(exc.TypeError, "format requires a mapping");
        return false;
      }
      if (!key()) return false;
    }
    for (; pos_ < t_.length(); ++pos_) {
      uint32_t c = t_.at(pos_);
      if (c == '-') spec->left = true;
      else if (c == '+') spec->plus = true;
      else if (c == ' ') spec->blank = true;
      else if (c == '#') spec->alternate = true;
      else if (c == '0') spec->zero = true;
      else if (c == 'z' && std::is_same_v<Target, BytesTarget>) spec->no_negative_zero = true;
      else break;
    }
    auto current = [&] { return pos_ < t_.length() ? t_.at(pos_) : 0; };
    if (current() == '*') {
      ++pos_;
      if (!star(&spec->width, false)) return false;
      if (spec->width < 0) {
        spec->left = true;
        spec->width = -spec->width;
      }
    } else if (current() - '0' < 10 && !number(INT64_MAX, "width too big", &spec->width)) {
      return false;
    }
    if (current() == '.') {
      ++pos_;
      int64_t precision = 0;
      if (current() == '*') {
        ++pos_;
        if (!star(&precision, true)) return false;
        precision = std::max<int64_t>(precision, 0);
      } else if (!number(INT32_MAX, std::is_same_v<Target, StrTarget> ? "precision too big" : "prec too big", &precision)) {
        return false;
      }
      spec->precision = static_cast<int>(precision);
    }
    uint32_t c = current();
    if (pos_ < t_.length() && (c == 'h' || c == 'l' || c == 'L')) ++pos_;
    if (pos_ >= t_.length()) return incomplete();
    spec->type = t_.at(pos_++);
    return true;
  }

  bool conversion() {
    Spec spec;
    if (!parse(&spec)) return false;
    Value v = TRY(next_argument());
    if ((spec.type == 'd' || spec.type == 'i') && v.is_int() && spec.precision < 0 && spec.width <= 1000) {
      char buffer[24];
      auto end = std::to_chars(buffer, buffer + sizeof buffer, v.as_int()).ptr;
      put_number({buffer, static_cast<size_t>(end - buffer)}, spec);
      return true;
    }
    Converted number;
    int text = t_.convert(v, spec);
    if (text < 0) return false;
    if (text == 0) {
      switch (spec.type) {
        case 'i': case 'd': case 'u': case 'o': case 'x': case 'X':
          if (std::is_same_v<Target, BytesTarget> && spec.type == 'i') spec.type = 'd';   // as its error message names it
          if (!format_integer(v, spec, &number)) return false;
          break;
        case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
          if (!format_real(v, spec, Target::kWrongReal, &number)) return false;
          break;
        default:
          raisef(exc.ValueError, "unsupported format character '%c' (0x%x) at index %ld",
                 spec.type > 31 && spec.type < 128 ? static_cast<int>(spec.type) : '?', spec.type, static_cast<long>(pos_ - 1));
          return false;
      }
    }
    if (spec.width > (int64_t{1} << 38)) {
      raise_memory_error();
      return false;
    }
    if (text) {
      int64_t padding = std::max<int64_t>(0, spec.width - t_.text_length);
      if (!spec.left) t_.fill(' ', padding);
      t_.put_text();
      if (spec.left) t_.fill(' ', padding);
      return true;
    }
    put_number(number.ascii, spec);
    return true;
  }

  void put_number(std::string_view body, const Spec& spec) {
    std::string_view sign, prefix;
    if (!body.empty() && (body[0] == '-' || body[0] == '+')) {
      sign = body.substr(0, 1);
      body.remove_prefix(1);
    } else if (spec.plus) {
      sign = "+";
    } else if (spec.blank) {
      sign = " ";
    }
    if (spec.alternate && (spec.type == 'x' || spec.type == 'X' || spec.type == 'o')) {
      prefix = body.substr(0, 2);
      body.remove_prefix(2);
    }
    int64_t padding = std::max<int64_t>(0, spec.width - static_cast<int64_t>(sign.size() + prefix.size() + body.size()));
    if (!spec.left && !spec.zero) t_.fill(' ', padding);
    t_.ascii(sign);
    t_.ascii(prefix);
    if (!spec.left && spec.zero) t_.fill('0', padding);
    t_.ascii(body);
    if (spec.left) t_.fill(' ', padding);
  }

  Target& t_;
  Value args_;
  Tuple* items_ = nullptr;
  int64_t count_ = -1, next_ = -2;   // count -1: args_ itself is the one argument (next_ -2), or used up (-1)
  Value mapping_;
  uint64_t pos_ = 0;
};

}  // namespace

Value str_percent(Str* format, Value args) {
  StrBuilder out;
  StrTarget target{format, out};
  Percent<StrTarget> percent(target, args);
  if (!percent.run()) return nullptr;
  return out.finish();
}

bool bytes_percent(std::string_view format, Value args, std::string* out) {
  // Arguments may run code that resizes a bytearray: work on a copy.
  std::string copy(format);
  BytesTarget target{copy, *out};
  Percent<BytesTarget> percent(target, args);
  return percent.run();
}

}  // namespace pyjit::runtime
