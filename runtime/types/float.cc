// The float class: arithmetic with CPython's rules, constructor, slots and methods.
#include <cerrno>
#include <cmath>
#include <cstring>

#include "runtime/format_spec.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/exception.h"
#include "runtime/types/float_internal.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

double float_value(Value v) { return v.is_double() ? v.as_double() : v.as<FloatObject>()->value; }

int real_operand(Value v, double* out) {
  if (is_float_like(v)) return *out = float_value(v), 1;
  if (v.is_int()) return *out = static_cast<double>(v.as_int()), 1;
  if (!is_int_like(v)) return 0;
  return int_to_double_checked(v, out) ? 1 : -1;
}

int64_t float_hash(double d) {
  constexpr uint64_t kModulus = (1ull << 61) - 1;
  if (std::isinf(d)) return d > 0 ? 314159 : -314159;
  if (std::isnan(d)) return hash_by_identity(Value::from_double(d));
  // d = m * 2^e with m an integer of 53 bits: multiplying by 2^e modulo 2^61-1 is a rotation of 61 bits.
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent);
  uint64_t m = static_cast<uint64_t>(std::ldexp(fraction, 53));
  int rotate = (exponent - 53) % 61;
  if (rotate < 0) rotate += 61;
  uint64_t h = rotate ? ((m << rotate) & kModulus) | (m >> (61 - rotate)) : m;
  if (h == kModulus) h = 0;
  int64_t hash = d < 0 ? -static_cast<int64_t>(h) : static_cast<int64_t>(h);
  return hash == -1 ? -2 : hash;
}

static double mod_of(double a, double b) {
  double mod = std::fmod(a, b);
  if (mod != 0) {
    if ((b < 0) != (mod < 0)) mod += b;
  } else {
    mod = std::copysign(0.0, b);
  }
  return mod;
}

static double floor_div_of(double a, double b, double* mod_out) {
  double mod = std::fmod(a, b);
  double div = (a - mod) / b;   // a whole number, but for rounding
  if (mod != 0) {
    if ((b < 0) != (mod < 0)) {
      mod += b;
      div -= 1.0;
    }
  } else {
    mod = std::copysign(0.0, b);
  }
  *mod_out = mod;
  if (div == 0) return std::copysign(0.0, a / b);
  double floored = std::floor(div);
  return div - floored > 0.5 ? floored + 1.0 : floored;
}

Value float_floordiv(double a, double b) {
  if (b == 0) return raise(exc.ZeroDivisionError, "float floor division by zero");
  double mod;
  return Value::from_double(floor_div_of(a, b, &mod));
}

Value float_mod(double a, double b) {
  if (b == 0) return raise(exc.ZeroDivisionError, "float modulo");
  return Value::from_double(mod_of(a, b));
}

Value float_pow(double a, double b) {
  if (a == 0 && b < 0 && !std::isinf(b)) return raise(exc.ZeroDivisionError, "0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
    int error = 0;
    ComplexValue r = complex_power({a, 0}, {b, 0}, &error);
    if (error == ERANGE) return raise(exc.OverflowError, "complex exponentiation");
    return new_complex(r.real, r.imag);
  }
  double r = std::pow(a, b);
  if (std::isinf(r) && std::isfinite(a) && std::isfinite(b)) {
    Value args[] = {Value::from_int(ERANGE), new_str(strerror(ERANGE))};
    if (Exception* e = new_exception(exc.OverflowError, args, 2)) raise_object(e);
    return nullptr;
  }
  return Value::from_double(r);
}

// Text or buffer to double, ValueError "could not convert string to float: ...".
static bool double_from_text(Value v, double* out) {
  std::string text;
  if (is_str(v)) {
    text = number_text_of(v.as<Str>());
  } else {
    BufferView view;
    if (!get_buffer(v, &view)) return false;
    text = view.view();
    release_buffer(&view);
  }
  bool valid;
  Value d = float_from_text(strip_spaces(text), &valid);
  if (valid) return *out = d.as_double(), true;
  Str* shown = TRY(repr(v));
  Value arg = new_strf("could not convert string to float: %s", to_utf8(shown).c_str());
  raise_with_value(exc.ValueError, arg);
  return false;
}

bool convert_to_double(Value v, double* out) {
  if (v.is_double()) return *out = v.as_double(), true;
  if (v.is_int()) return *out = static_cast<double>(v.as_int()), true;
  if (is_exact_str(v)) return double_from_text(v, out);
  Class* cls = class_of(v);
  if (cls->slots.to_float) {
    Value r = cls->slots.to_float(v);
    if (!r) return false;
    if (r.is_double()) return *out = r.as_double(), true;
    std::string name = to_utf8(cls->name);
    if (!is_float_like(r)) {
      raisef(exc.TypeError, "%.50s.__float__ returned non-float (type %.50s)", name.c_str(), type_name(r));
      return false;
    }
    std::string message = name + ".__float__ returned non-float (type " + type_name(r) +
                          ").  The ability to return an instance of a strict subclass of float is deprecated, and may be removed in "
                          "a future version of Python.";
    if (!warn(exc.DeprecationWarning, message, 1)) return false;
    return *out = float_value(r), true;
  }
  if (cls->slots.index) {
    Value i = TRY(number_index(v));
    return int_to_double_checked(i, out);
  }
  if (is_float_like(v)) return *out = float_value(v), true;
  if (is_str(v) || supports_buffer(v)) return double_from_text(v, out);
  raisef(exc.TypeError, "float() argument must be a string or a real number, not '%.200s'", type_name(v));
  return false;
}

namespace {

#define REAL_OPERANDS(a, b, x, y)                                   \
  double x, y;                                                      \
  {                                                                 \
    int rx_ = real_operand(a, &x);                                  \
    if (rx_ <= 0) return rx_ ? Value() : Value::not_implemented();  \
    int ry_ = real_operand(b, &y);                                  \
    if (ry_ <= 0) return ry_ ? Value() : Value::not_implemented();  \
  }

Value slot_add(Value a, Value b) { REAL_OPERANDS(a, b, x, y); return Value::from_double(x + y); }
Value slot_sub(Value a, Value b) { REAL_OPERANDS(a, b, x, y); return Value::from_double(x - y); }
Value slot_mul(Value a, Value b) { REAL_OPERANDS(a, b, x, y); return Value::from_double(x * y); }
Value slot_truediv(Value a, Value b) {
  REAL_OPERANDS(a, b, x, y);
  if (y == 0) return raise(exc.ZeroDivisionError, "float division by zero");
  return Value::from_double(x / y);
}
Value slot_floordiv(Value a, Value b) { REAL_OPERANDS(a, b, x, y); return float_floordiv(x, y); }
Value slot_mod(Value a, Value b) { REAL_OPERANDS(a, b, x, y); return float_mod(x, y); }
Value slot_divmod(Value a, Value b) {
  REAL_OPERANDS(a, b, x, y);
  if (y == 0) return raise(exc.ZeroDivisionError, "float divmod()");
  double mod, div = floor_div_of(x, y, &mod);
  return make_tuple(Value::from_double(div), Value::from_double(mod));
}
Value slot_pow(Value a, Value b) { REAL_OPERANDS(a, b, x, y); return float_pow(x, y); }
Value slot_power(Value a, Value b, Value modulus) {
  if (!modulus.is_null() && !modulus.is_none()) {
    return raise(exc.TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  return slot_pow(a, b);
}

Value slot_compare(Value a, Value b, CompareOp op) {
  if (!is_float_like(a)) return Value::not_implemented();
  double x = float_value(a);
  if (is_float_like(b)) {
    double y = float_value(b);
    switch (op) {
      case kLt: return Value::from_bool(x < y);
      case kLe: return Value::from_bool(x <= y);
      case kEq: return Value::from_bool(x == y);
      case kNe: return Value::from_bool(x != y);
      case kGt: return Value::from_bool(x > y);
      default: return Value::from_bool(x >= y);
    }
  }
  if (is_int_like(b)) return float_compare_int(x, b, op);
  return Value::not_implemented();
}

Value slot_repr(Value v) {
  std::string text = float_repr(float_value(v));
  return new_str_ascii(text.data(), text.size());
}
int64_t slot_hash(Value v) {
  double d = float_value(v);
  return std::isnan(d) ? hash_by_identity(v) : float_hash(d);   // NaNs differ from each other
}
int slot_truth(Value v) { return float_value(v) != 0; }
Value slot_negative(Value v) { return Value::from_double(-float_value(v)); }
Value slot_positive(Value v) { return Value::from_double(float_value(v)); }
Value slot_absolute(Value v) { return Value::from_double(std::fabs(float_value(v))); }
Value slot_to_int(Value v) { return int_from_double(float_value(v)); }

Value make_float(Class* cls, double d) {
  if (cls == types.float_) return Value::from_double(d);
  auto* o = TRY(allocate_instance_of<FloatObject>(cls));
  o->value = d;
  return o;
}

Value float_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size && cls->slots.init == types.float_->slots.init) {
    return raise(exc.TypeError, "float() takes no keyword arguments");
  }
  if (nargs > 1) return raisef(exc.TypeError, "float expected at most 1 argument, got %u", nargs);
  double d = 0;
  if (nargs == 1 && !convert_to_double(args[0], &d)) return nullptr;
  return make_float(cls, d);
}

// Methods.

Value conjugate(Value* args) { return Value::from_double(float_value(args[0])); }
Value trunc_(Value* args) { return int_from_double(float_value(args[0])); }
Value floor_(Value* args) { return int_from_double(std::floor(float_value(args[0]))); }
Value ceil_(Value* args) { return int_from_double(std::ceil(float_value(args[0]))); }
Value is_integer(Value* args) {
  double d = float_value(args[0]);
  return Value::from_bool(std::isfinite(d) && std::floor(d) == d);
}
Value getnewargs(Value* args) { return make_tuple(Value::from_double(float_value(args[0]))); }

Value round_(Value* args) {
  double d = float_value(args[0]);
  if (args[1].is_null() || args[1].is_none()) {
    // std::round goes away from zero on ties.
    double rounded = std::round(d);
    if (std::fabs(d - rounded) == 0.5) rounded = 2.0 * std::round(d / 2.0);
    return int_from_double(rounded);
  }
  int64_t digits;
  if (!index_to_ssize(args[1], &digits)) return nullptr;
  if (!std::isfinite(d) || digits > 323) return Value::from_double(d);
  if (digits < -308) return Value::from_double(0.0 * d);
  double rounded = round_to_digits(d, static_cast<int>(digits));
  if (std::isinf(rounded)) return raise(exc.OverflowError, "rounded value too large to represent");
  return Value::from_double(rounded);
}

Value as_integer_ratio(Value* args) {
  double d = float_value(args[0]);
  if (std::isinf(d)) return raise(exc.OverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(d)) return raise(exc.ValueError, "cannot convert NaN to integer ratio");
  int exponent;
  double fraction = std::frexp(d, &exponent);
  while (fraction != std::floor(fraction)) {
    fraction *= 2.0;
    --exponent;
  }
  Value numerator = TRY(int_from_double(fraction)), denominator = Value::from_int(1);
  if (exponent > 0) numerator = TRY(int_lshift(numerator, Value::from_int(exponent)));
  else denominator = TRY(int_lshift(denominator, Value::from_int(-exponent)));
  return make_tuple(numerator, denominator);
}

Value hex(Value* args) {
  double d = float_value(args[0]);
  if (!std::isfinite(d)) {
    std::string text = float_repr(d);
    return new_str(text);
  }
  const char* sign = std::signbit(d) ? "-" : "";
  if (d == 0) return new_strf("%s0x0.0p+0", sign);
  uint64_t bits = std::bit_cast<uint64_t>(d);
  int exponent = static_cast<int>(bits >> 52 & 0x7FF);
  auto mantissa = static_cast<unsigned long long>(bits & ((1ull << 52) - 1));
  int power = exponent ? exponent - 1023 : -1022;
  return new_strf("%s0x%d.%013llxp%c%d", sign, exponent != 0, mantissa, power < 0 ? '-' : '+', power < 0 ? -power : power);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// "[sign]['0x']hex['.'hex]['p'[sign]dec]", inf, nan → *out. 1 fine, 0 malformed, -1 out of range.
int parse_hex_float(std::string_view text, double* out) {
  size_t i = 0, n = text.size();
  bool negative = false;
  if (i < n && (text[i] == '+' || text[i] == '-')) negative = text[i++] == '-';
  auto rest_is = [&](std::string_view word) {
    if (n - i != word.size()) return false;
    for (size_t k = 0; k < word.size(); ++k) {
      if ((text[i + k] | 32) != word[k]) return false;
    }
    return true;
  };
  if (rest_is("inf") || rest_is("infinity")) return *out = negative ? -HUGE_VAL : HUGE_VAL, 1;
  if (rest_is("nan")) return *out = std::copysign(std::nan(""), negative ? -1.0 : 1.0), 1;
  if (i + 1 < n && text[i] == '0' && (text[i + 1] | 32) == 'x') i += 2;
  std::string digits;
  int64_t fraction_digits = 0;
  for (; i < n && hex_digit(text[i]) >= 0; ++i) digits.push_back(static_cast<char>(hex_digit(text[i])));
  if (i < n && text[i] == '.') {
    for (++i; i < n && hex_digit(text[i]) >= 0; ++i, ++fraction_digits) digits.push_back(static_cast<char>(hex_digit(text[i])));
  }
  if (digits.empty()) return 0;
  int64_t exponent = 0;
  if (i < n && (text[i] | 32) == 'p') {
    ++i;
    bool minus = false;
    if (i < n && (text[i] == '+' || text[i] == '-')) minus = text[i++] == '-';
    if (i >= n || text[i] < '0' || text[i] > '9') return 0;
    for (; i < n && text[i] >= '0' && text[i] <= '9'; ++i) {
      if (exponent < (1ll << 58)) exponent = exponent * 10 + (text[i] - '0');
    }
    if (minus) exponent = -exponent;
  }
  if (i != n) return 0;
  size_t first = 0;
  while (first < digits.size() && digits[first] == 0) ++first;
  if (first == digits.size()) return *out = negative ? -0.0 : 0.0, 1;
  // The leading 64 bits with a sticky one.
  uint64_t mantissa = 0;
  size_t used = 0;
  bool sticky = false;
  for (size_t k = first; k < digits.size(); ++k) {
    if (used < 15) mantissa = mantissa << 4 | static_cast<uint64_t>(digits[k]), ++used;
    else sticky |= digits[k] != 0;
  }
  int64_t dropped = static_cast<int64_t>(digits.size() - first - used);
  // value = mantissa * 2^scale
  int64_t scale = exponent + 4 * (dropped - fraction_digits);
  int lead = __builtin_clzll(mantissa);
  mantissa <<= lead;
  scale -= lead;
  mantissa |= sticky;
  if (scale > 2000) return -1;
  double d = scale < -2000 ? 0.0 : round_mantissa(mantissa, scale);
  if (std::isinf(d)) return -1;
  *out = negative ? -d : d;
  return 1;
}

Value fromhex(Value* args) {
  if (!is_str(args[1])) return raise(exc.TypeError, "bad argument type for built-in operation");
  double d;
  std::string text = to_utf8(args[1].as<Str>());
  int r = parse_hex_float(strip_spaces(text), &d);
  if (r == 0) return raise(exc.ValueError, "invalid hexadecimal floating-point string");
  if (r < 0) return raise(exc.OverflowError, "hexadecimal value too large to represent as a float");
  if (args[0] == Value(types.float_)) return Value::from_double(d);
  return call1(args[0], Value::from_double(d));
}

Value format_method(Value* args) {
  if (!is_str(args[1])) return raisef(exc.TypeError, "__format__() argument must be str, not %.200s", type_name(args[1]));
  return format_float(args[0], args[1].as<Str>());
}

Value getformat(Value* args) {
  if (!is_str(args[1])) return raisef(exc.TypeError, "__getformat__() argument must be str, not %.200s", type_name(args[1]));
  if (!str_equals(args[1].as<Str>(), "double") && !str_equals(args[1].as<Str>(), "float")) {
    return raise(exc.ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  }
  return new_str("IEEE, little-endian");
}

Value get_real(Value self) { return Value::from_double(float_value(self)); }
Value get_imag(Value) { return Value::from_double(0.0); }

constexpr MethodDef kMethods[] = {
    {"conjugate", "($self, /)", conjugate, Effects::kPure, MethodKind::kMethod, "Return self, the complex conjugate of any float."},
    {"__trunc__", "($self, /)", trunc_, Effects::kPure, MethodKind::kMethod, "Return the Integral closest to x between 0 and x."},
    {"__floor__", "($self, /)", floor_, Effects::kPure, MethodKind::kMethod, "Return the floor as an Integral."},
    {"__ceil__", "($self, /)", ceil_, Effects::kPure, MethodKind::kMethod, "Return the ceiling as an Integral."},
    {"__round__", "($self, ndigits=None, /)", round_, Effects::kCallsPython, MethodKind::kMethod,
     "Return the Integral closest to x, rounding half toward even.\n\nWhen an argument is passed, work like built-in round(x, ndigits)."},
    {"as_integer_ratio", "($self, /)", as_integer_ratio, Effects::kPure, MethodKind::kMethod,
     "Return integer ratio.\n\nReturn a pair of integers, whose ratio is exactly equal to the original float\nand with a positive "
     "denominator.\n\nRaise OverflowError on infinities and a ValueError on NaNs.\n\n>>> (10.0).as_integer_ratio()\n(10, 1)\n>>> "
     "(0.0).as_integer_ratio()\n(0, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)"},
    {"fromhex", "($type, string, /)", fromhex, Effects::kCallsPython, MethodKind::kClassMethod,
     "Create a floating-point number from a hexadecimal string.\n\n>>> float.fromhex('0x1.ffffp10')\n2047.984375\n>>> "
     "float.fromhex('-0x1p-1074')\n-5e-324"},
    {"hex", "($self, /)", hex, Effects::kPure, MethodKind::kMethod,
     "Return a hexadecimal representation of a floating-point number.\n\n>>> (-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> "
     "3.14159.hex()\n'0x1.921f9f01b866ep+1'"},
    {"is_integer", "($self, /)", is_integer, Effects::kPure, MethodKind::kMethod, "Return True if the float is an integer."},
    {"__getnewargs__", "($self, /)", getnewargs, Effects::kPure},
    {"__getformat__", "($type, typestr, /)", getformat, Effects::kPure, MethodKind::kClassMethod,
     "You probably don't want to use this function.\n\n  typestr\n    Must be 'double' or 'float'.\n\nIt exists mainly to be used in "
     "Python's test suite.\n\nThis function returns whichever of 'unknown', 'IEEE, big-endian' or 'IEEE,\nlittle-endian' best "
     "describes the format of floating point numbers used by the\nC type named by typestr."},
    {"__format__", "($self, format_spec, /)", format_method, Effects::kReads, MethodKind::kMethod,
     "Formats the float according to format_spec."},
    {}};

constexpr GetSetDef kGetSet[] = {{"real", get_real, nullptr, "the real part of a complex number"},
                                 {"imag", get_imag, nullptr, "the imaginary part of a complex number"},
                                 {}};

constexpr Slots make_slots() {
  Slots s{};
  s.repr = slot_repr;
  s.hash = slot_hash;
  s.compare = slot_compare;
  s.getattr = generic_getattr;
  s.truth = slot_truth;
  s.binary[kAdd] = slot_add;
  s.binary[kSub] = slot_sub;
  s.binary[kMul] = slot_mul;
  s.binary[kMod] = slot_mod;
  s.binary[kFloorDiv] = slot_floordiv;
  s.binary[kTrueDiv] = slot_truediv;
  s.binary[kPow] = slot_pow;
  s.power = slot_power;
  s.divmod = slot_divmod;
  s.negative = slot_negative;
  s.positive = slot_positive;
  s.absolute = slot_absolute;
  s.to_int = slot_to_int;
  s.to_float = slot_positive;
  s.new_ = float_new;
  return s;
}

constexpr ClassSpec kSpec = {
    .name = "float",
    .basicsize = sizeof(FloatObject),
    .flags = kClassBaseType | kSubFloat,
    .doc = "float(x=0, /)\n--\n\nConvert a string or number to a floating point number, if possible.",
    .slots = make_slots(),
    .methods = kMethods,
    .getset = kGetSet,
};

}  // namespace

void init_float_type() { types.float_ = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime
