// The complex class: arithmetic, constructor with its text form, slots and methods.
#include <cerrno>
#include <cmath>

#include "runtime/format_spec.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/heap.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/float_internal.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

Complex* new_complex(double real, double imag) {
  auto* c = static_cast<Complex*>(heap.allocate(types.complex->root_shape, sizeof(Complex)));
  c->real = real;
  c->imag = imag;
  return c;
}

static ComplexValue product(ComplexValue a, ComplexValue b) {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

// Smith's division: scales by the larger part of the divisor, so that intermediate results overflow late.
ComplexValue complex_quotient(ComplexValue a, ComplexValue b, int* error) {
  double real = std::fabs(b.real), imag = std::fabs(b.imag);
  if (real >= imag) {
    if (real == 0) {
      *error = EDOM;
      return {0, 0};
    }
    double ratio = b.imag / b.real, denominator = b.real + b.imag * ratio;
    return {(a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator};
  }
  if (imag >= real) {
    double ratio = b.real / b.imag, denominator = b.real * ratio + b.imag;
    return {(a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator};
  }
  return {std::nan(""), std::nan("")};   // a part of the divisor is NaN
}

static ComplexValue general_power(ComplexValue a, ComplexValue b, int* error) {
  if (b.real == 0 && b.imag == 0) return {1, 0};
  if (a.real == 0 && a.imag == 0) {
    if (b.imag != 0 || b.real < 0) *error = EDOM;
    return {0, 0};
  }
  double size = std::hypot(a.real, a.imag);
  errno = 0;
  double length = std::pow(size, b.real);
  double angle = std::atan2(a.imag, a.real), phase = angle * b.real;
  if (b.imag != 0) {
    length *= std::exp(-angle * b.imag);
    phase += b.imag * std::log(size);
  }
  ComplexValue r{length * std::cos(phase), length * std::sin(phase)};
  // libm's verdict counts, but for underflows.
  bool overflow = std::isinf(r.real) || std::isinf(r.imag);
  *error = errno == EDOM ? EDOM : overflow ? ERANGE : 0;
  return r;
}

static ComplexValue small_integer_power(ComplexValue a, long n, int* error) {
  ComplexValue r{1, 0}, p = a;
  for (long bits = n < 0 ? -n : n, mask = 1; mask > 0 && bits >= mask; mask <<= 1) {
    if (bits & mask) r = product(r, p);
    p = product(p, p);
  }
  return n > 0 ? r : complex_quotient({1, 0}, r, error);
}

ComplexValue complex_power(ComplexValue a, ComplexValue b, int* error) {
  *error = 0;
  if (b.imag == 0 && b.real == std::floor(b.real) && std::fabs(b.real) <= 100) {
    ComplexValue r = small_integer_power(a, static_cast<long>(b.real), error);
    if (!*error && (std::isinf(r.real) || std::isinf(r.imag))) *error = ERANGE;
    return r;
  }
  return general_power(a, b, error);
}

namespace {

bool is_complex(Value v) { return v.is_object() && v.as_object()->cls()->has(kSubComplex); }
ComplexValue value_of(Value v) { return {v.as<Complex>()->real, v.as<Complex>()->imag}; }

// 1 converted, 0 not a number, -1 exception pending.
int operand(Value v, ComplexValue* out) {
  if (is_complex(v)) return *out = value_of(v), 1;
  out->imag = 0;
  return real_operand(v, &out->real);
}

#define COMPLEX_OPERANDS(a, b, x, y)                                \
  ComplexValue x, y;                                                \
  {                                                                 \
    int rx_ = operand(a, &x);                                       \
    if (rx_ <= 0) return rx_ ? Value() : Value::not_implemented();  \
    int ry_ = operand(b, &y);                                       \
    if (ry_ <= 0) return ry_ ? Value() : Value::not_implemented();  \
  }

Value boxed(ComplexValue c) { return new_complex(c.real, c.imag); }

Value slot_add(Value a, Value b) { COMPLEX_OPERANDS(a, b, x, y); return new_complex(x.real + y.real, x.imag + y.imag); }
Value slot_sub(Value a, Value b) { COMPLEX_OPERANDS(a, b, x, y); return new_complex(x.real - y.real, x.imag - y.imag); }
Value slot_mul(Value a, Value b) { COMPLEX_OPERANDS(a, b, x, y); return boxed(product(x, y)); }
Value slot_truediv(Value a, Value b) {
  COMPLEX_OPERANDS(a, b, x, y);
  int error = 0;
  ComplexValue r = complex_quotient(x, y, &error);
  if (error) return raise(exc.ZeroDivisionError, "complex division by zero");
  return boxed(r);
}
Value slot_pow(Value a, Value b) {
  COMPLEX_OPERANDS(a, b, x, y);
  int error = 0;
  ComplexValue r = complex_power(x, y, &error);
  if (error == EDOM) return raise(exc.ZeroDivisionError, "0.0 to a negative or complex power");
  if (error == ERANGE) return raise(exc.OverflowError, "complex exponentiation");
  return boxed(r);
}
Value slot_power(Value a, Value b, Value modulus) {
  COMPLEX_OPERANDS(a, b, x, y);
  (void)x, (void)y;
  if (!modulus.is_null() && !modulus.is_none()) return raise(exc.ValueError, "complex modulo");
  return slot_pow(a, b);
}
Value slot_negative(Value v) { return new_complex(-value_of(v).real, -value_of(v).imag); }
Value slot_positive(Value v) { return is_exact(v, types.complex) ? v : boxed(value_of(v)); }
Value slot_absolute(Value v) {
  ComplexValue c = value_of(v);
  double size = std::hypot(c.real, c.imag);
  if (std::isinf(size) && std::isfinite(c.real) && std::isfinite(c.imag)) return raise(exc.OverflowError, "absolute value too large");
  return Value::from_double(size);
}
int slot_truth(Value v) { return value_of(v).real != 0 || value_of(v).imag != 0; }
int64_t slot_hash(Value v) {
  uint64_t h = static_cast<uint64_t>(float_hash(value_of(v).real)) + 1000003u * static_cast<uint64_t>(float_hash(value_of(v).imag));
  return static_cast<int64_t>(h) == -1 ? -2 : static_cast<int64_t>(h);
}

Value slot_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_complex(a)) return Value::not_implemented();
  ComplexValue x = value_of(a);
  bool equal;
  if (is_int_like(b)) equal = x.imag == 0 && float_compare_int(x.real, b, kEq).is_true();
  else if (is_float_like(b)) equal = x.real == float_value(b) && x.imag == 0;
  else if (is_complex(b)) equal = x.real == value_of(b).real && x.imag == value_of(b).imag;
  else return Value::not_implemented();
  return Value::from_bool(equal == (op == kEq));
}

Value slot_repr(Value v) {
  ComplexValue c = value_of(v);
  std::string text;
  if (c.real == 0 && !std::signbit(c.real)) {
    text = float_format(c.imag, 'r', 0, 0) + "j";
  } else {
    text = "(" + float_format(c.real, 'r', 0, 0) + float_format(c.imag, 'r', 0, kFloatSign) + "j)";
  }
  return new_str(text);
}

Value make_complex(Class* cls, double real, double imag) {
  auto* c = TRY(allocate_instance_of<Complex>(cls));
  c->real = real;
  c->imag = imag;
  return c;
}

bool parse_complex(std::string_view text, ComplexValue* out) {
  std::string clean;
  if (!remove_underscores(text, &clean)) return false;
  std::string_view s = strip_spaces(clean);
  if (s.size() >= 2 && s.front() == '(' && s.back() == ')') s = strip_spaces(s.substr(1, s.size() - 2));
  auto is_j = [&](size_t i) { return i < s.size() && (s[i] | 32) == 'j'; };
  *out = {0, 0};
  double z;
  size_t used = scan_float(s, &z);
  if (used) {
    if (used < s.size() && (s[used] == '+' || s[used] == '-')) {
      out->real = z;
      s.remove_prefix(used);
      used = scan_float(s, &out->imag);
      if (!used) {   // "1+j"
        out->imag = s[0] == '+' ? 1.0 : -1.0;
        used = 1;
      }
      if (!is_j(used)) return false;
      ++used;
    } else if (is_j(used)) {
      out->imag = z;
      ++used;
    } else {
      out->real = z;
    }
  } else {
    size_t i = 0;
    out->imag = 1.0;
    if (!s.empty() && (s[0] == '+' || s[0] == '-')) out->imag = s[i++] == '-' ? -1.0 : 1.0;
    if (!is_j(i)) return false;
    used = i + 1;
  }
  return used == s.size();
}

// __complex__: absent leaves *found false. The result is a Complex or null with an exception pending.
Value call_complex_method(Value v, bool* found) {
  if (is_exact(v, types.complex)) return *found = true, v;
  Value r = call_special(v, names.dunder_complex, found);
  if (!*found || !r) return r;
  if (!is_complex(r)) return raisef(exc.TypeError, "__complex__ returned non-complex (type %.200s)", type_name(r));
  if (is_exact(r, types.complex)) return r;
  std::string message = std::string("__complex__ returned non-complex (type ") + type_name(r) +
                        ").  The ability to return an instance of a strict subclass of complex is deprecated, and may be removed in a "
                        "future version of Python.";
  return warn(exc.DeprecationWarning, message, 1) ? r : Value();
}

}  // namespace

bool to_complex(Value v, ComplexValue* out) {
  if (is_complex(v)) return *out = value_of(v), true;
  bool found;
  Value r = call_complex_method(v, &found);
  if (found) return r ? (*out = value_of(r), true) : false;
  if (error_pending()) return false;
  out->imag = 0;
  return to_double(v, &out->real);
}

namespace {

bool is_number(Value v) { return class_of(v)->slots.to_float || class_of(v)->slots.index || is_complex(v); }

Value complex_from_arguments(Class* cls, Value real, Value imag) {
  if (real && is_exact(real, types.complex) && !imag && cls == types.complex) return real;
  if (real && is_str(real)) {
    if (imag) return raise(exc.TypeError, "complex() can't take second arg if first is a string");
    ComplexValue c;
    if (!parse_complex(number_text_of(real.as<Str>()), &c)) return raise(exc.ValueError, "complex() arg is a malformed string");
    return make_complex(cls, c.real, c.imag);
  }
  if (imag && is_str(imag)) return raise(exc.TypeError, "complex() second arg can't be a string");
  ComplexValue r{0, 0}, i{0, 0};
  bool real_is_complex = false, imag_is_complex = false;
  if (real) {
    bool found;
    Value converted = call_complex_method(real, &found);
    if (found) {
      if (!converted) return nullptr;
      real = converted;
    } else if (error_pending()) {
      return nullptr;
    }
    if (!is_number(real)) {
      return raisef(exc.TypeError, "complex() first argument must be a string or a number, not '%.200s'", type_name(real));
    }
  }
  if (imag && !is_number(imag)) {
    return raisef(exc.TypeError, "complex() second argument must be a number, not '%.200s'", type_name(imag));
  }
  if (real && is_complex(real)) {
    r = value_of(real);
    real_is_complex = true;
  } else if (real && !convert_to_double(real, &r.real)) {
    return nullptr;
  }
  if (!imag) {
    i.real = r.imag;
  } else if (is_complex(imag)) {
    i = value_of(imag);
    imag_is_complex = true;
  } else if (!convert_to_double(imag, &i.real)) {
    return nullptr;
  }
  if (imag_is_complex) r.real -= i.imag;
  if (real_is_complex && imag) i.real += r.imag;
  return make_complex(cls, r.real, i.real);
}

Value complex_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  uint64_t keywords = kwnames ? kwnames->size : 0;
  if (nargs + keywords > 2) {
    return raisef(exc.TypeError, "complex() takes at most 2 %sarguments (%llu given)", nargs ? "" : "keyword ",
                  static_cast<unsigned long long>(nargs + keywords));
  }
  Value parts[2] = {nargs > 0 ? args[0] : Value(), nargs > 1 ? args[1] : Value()};
  for (uint64_t k = 0; k < keywords; ++k) {
    Str* name = kwnames->items[k].as<Str>();
    int i = str_equals(name, "real") ? 0 : str_equals(name, "imag") ? 1 : -1;
    if (i < 0) return raisef(exc.TypeError, "'%s' is an invalid keyword argument for complex()", to_utf8(name).c_str());
    if (parts[i]) return raisef(exc.TypeError, "argument for complex() given by name ('%s') and position (%d)", i ? "imag" : "real", i + 1);
    parts[i] = args[nargs + k];
  }
  return complex_from_arguments(cls, parts[0], parts[1]);
}

Value conjugate(Value* args) { return new_complex(value_of(args[0]).real, -value_of(args[0]).imag); }
Value complex_method(Value* args) { return slot_positive(args[0]); }
Value getnewargs(Value* args) {
  ComplexValue c = value_of(args[0]);
  return make_tuple(Value::from_double(c.real), Value::from_double(c.imag));
}
Value format_method(Value* args) {
  if (!is_str(args[1])) return raisef(exc.TypeError, "__format__() argument must be str, not %.200s", type_name(args[1]));
  return format_complex(args[0], args[1].as<Str>());
}
Value get_real(Value self) { return Value::from_double(value_of(self).real); }
Value get_imag(Value self) { return Value::from_double(value_of(self).imag); }

constexpr MethodDef kMethods[] = {
    {"conjugate", "($self, /)", conjugate, Effects::kPure, MethodKind::kMethod,
     "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j."},
    {"__complex__", "($self, /)", complex_method, Effects::kPure, MethodKind::kMethod, "Convert this value to exact type complex."},
    {"__getnewargs__", "($self, /)", getnewargs, Effects::kPure},
    {"__format__", "($self, format_spec, /)", format_method, Effects::kReads, MethodKind::kMethod,
     "Convert to a string according to format_spec."},
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
  s.binary[kTrueDiv] = slot_truediv;
  s.binary[kPow] = slot_pow;
  s.power = slot_power;
  s.negative = slot_negative;
  s.positive = slot_positive;
  s.absolute = slot_absolute;
  s.new_ = complex_new;
  return s;
}

constexpr ClassSpec kSpec = {
    .name = "complex",
    .basicsize = sizeof(Complex),
    .flags = kClassBaseType | kSubComplex,
    .doc = "complex(real=0, imag=0)\n--\n\nCreate a complex number from a real part and an optional imaginary part.\n\nThis is "
           "equivalent to (real + imag*1j) where imag defaults to 0.",
    .slots = make_slots(),
    .methods = kMethods,
    .getset = kGetSet,
};

}  // namespace

void init_complex_type() { types.complex = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime
