// cmath: functions of complex numbers. Finite arguments follow W. Kahan's formulas ("Branch Cuts for Complex Elementary Functions",
// 1987) as CPython evaluates them; infinities and NaNs follow Annex G of C99, which libm implements.
#include <cerrno>
#include <cfloat>
#include <cmath>

#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/float_internal.h"

namespace pyjit::runtime {
namespace {

using C = ComplexValue;
using CFn = C (*)(C);

constexpr double kLarge = DBL_MAX / 4;
const double kSqrtLarge = std::sqrt(kLarge), kLogLarge = std::log(kLarge), kSqrtMin = std::sqrt(DBL_MIN);
constexpr int kScaleUp = 53, kScaleDown = -27;

bool finite(C z) { return std::isfinite(z.real) && std::isfinite(z.imag); }
bool large(C z) { return std::fabs(z.real) > kLarge || std::fabs(z.imag) > kLarge; }

const double kNan = std::nan("");

// libm's answer for arguments that are not finite. Where the standard leaves the sign of a zero or an infinity open, the callers settle
// it as CPython's tables do.
template <class Fn>
C by_libm(C z, Fn fn) {
  _Complex double in;
  __real__ in = z.real;
  __imag__ in = z.imag;
  _Complex double out = fn(in);
  return {__real__ out, __imag__ out};
}
#define LIBM(z, name) by_libm(z, [](_Complex double v) { return __builtin_##name(v); })

void check_overflow(C r) {
  if (std::isinf(r.real) || std::isinf(r.imag)) errno = ERANGE;
}

C c_sqrt(C z) {
  if (!finite(z)) return LIBM(z, csqrt);
  if (z.real == 0 && z.imag == 0) return {0, z.imag};
  double ax = std::fabs(z.real), ay = std::fabs(z.imag), s;
  if (ax < DBL_MIN && ay < DBL_MIN && (ax > 0 || ay > 0)) {   // hypot would be subnormal
    ax = std::ldexp(ax, kScaleUp);
    s = std::ldexp(std::sqrt(ax + std::hypot(ax, std::ldexp(ay, kScaleUp))), kScaleDown);
  } else {
    ax /= 8.0;
    s = 2.0 * std::sqrt(ax + std::hypot(ax, ay / 8.0));
  }
  double d = ay / (2.0 * s);
  if (z.real >= 0) return {s, std::copysign(d, z.imag)};
  return {d, std::copysign(s, z.imag)};
}

double log_large(C z) { return std::log(std::hypot(z.real / 2, z.imag / 2)) + M_LN2 * 2; }

C c_acos(C z) {
  if (std::isinf(z.real) && std::isnan(z.imag)) return {kNan, HUGE_VAL};
  if (!finite(z)) return LIBM(z, cacos);
  if (large(z)) {
    double size = log_large(z);
    return {std::atan2(std::fabs(z.imag), z.real), z.real < 0 ? -std::copysign(size, z.imag) : std::copysign(size, -z.imag)};
  }
  C a = c_sqrt({1 - z.real, -z.imag}), b = c_sqrt({1 + z.real, z.imag});
  return {2 * std::atan2(a.real, b.real), std::asinh(b.real * a.imag - b.imag * a.real)};
}

C c_acosh(C z) {
  if (z.real == 0 && std::isnan(z.imag)) return {kNan, kNan};
  if (!finite(z)) return LIBM(z, cacosh);
  if (large(z)) return {log_large(z), std::atan2(z.imag, z.real)};
  C a = c_sqrt({z.real - 1, z.imag}), b = c_sqrt({z.real + 1, z.imag});
  return {std::asinh(a.real * b.real + a.imag * b.imag), 2 * std::atan2(a.imag, b.real)};
}

C c_asinh(C z) {
  if (std::isnan(z.real) && std::isinf(z.imag)) return {HUGE_VAL, kNan};
  if (!finite(z)) return LIBM(z, casinh);
  if (large(z)) {
    double size = log_large(z);
    return {z.imag >= 0 ? std::copysign(size, z.real) : -std::copysign(size, -z.real), std::atan2(z.imag, std::fabs(z.real))};
  }
  C a = c_sqrt({1 + z.imag, -z.real}), b = c_sqrt({1 - z.imag, z.real});
  return {std::asinh(a.real * b.imag - b.real * a.imag), std::atan2(z.imag, a.real * b.real - a.imag * b.imag)};
}

C c_atanh(C z) {
  if (std::isnan(z.real) && std::isinf(z.imag)) return {0, std::copysign(M_PI / 2, z.imag)};
  if (!finite(z)) return LIBM(z, catanh);
  if (std::signbit(z.real)) {
    C r = c_atanh({-z.real, -z.imag});
    return {-r.real, -r.imag};
  }
  double ay = std::fabs(z.imag);
  if (z.real > kSqrtLarge || ay > kSqrtLarge) {
    double h = std::hypot(z.real / 2, z.imag / 2);
    return {z.real / 4 / h / h, -std::copysign(M_PI / 2, -z.imag)};
  }
  if (z.real == 1 && ay < kSqrtMin) {
    if (ay == 0) {
      errno = EDOM;
      return {HUGE_VAL, z.imag};
    }
    return {-std::log(std::sqrt(ay) / std::sqrt(std::hypot(ay, 2.0))), std::copysign(std::atan2(2.0, -ay) / 2, z.imag)};
  }
  return {std::log1p(4 * z.real / ((1 - z.real) * (1 - z.real) + ay * ay)) / 4,
          -std::atan2(-2 * z.imag, (1 - z.real) * (1 + z.real) - ay * ay) / 2};
}

C c_cosh(C z) {
  if (!finite(z)) {
    if (std::isinf(z.imag) && !std::isnan(z.real)) errno = EDOM;
    if (std::isnan(z.real) && z.imag == 0) return {kNan, 0};
    if (z.real == 0) return {kNan, 0};
    int keep = errno;
    C r = LIBM(z, ccosh);
    errno = keep;
    return r;
  }
  C r;
  if (std::fabs(z.real) > kLogLarge) {
    double less = z.real - std::copysign(1.0, z.real);
    r = {std::cos(z.imag) * std::cosh(less) * M_E, std::sin(z.imag) * std::sinh(less) * M_E};
  } else {
    r = {std::cos(z.imag) * std::cosh(z.real), std::sin(z.imag) * std::sinh(z.real)};
  }
  check_overflow(r);
  return r;
}

C c_sinh(C z) {
  if (!finite(z)) {
    if (std::isinf(z.imag) && !std::isnan(z.real)) errno = EDOM;
    if (z.real == 0) return {0, kNan};
    int keep = errno;
    C r = LIBM(z, csinh);
    errno = keep;
    return r;
  }
  C r;
  if (std::fabs(z.real) > kLogLarge) {
    double less = z.real - std::copysign(1.0, z.real);
    r = {std::cos(z.imag) * std::sinh(less) * M_E, std::sin(z.imag) * std::cosh(less) * M_E};
  } else {
    r = {std::cos(z.imag) * std::sinh(z.real), std::sin(z.imag) * std::cosh(z.real)};
  }
  check_overflow(r);
  return r;
}

C c_tanh(C z) {
  if (!finite(z)) {
    if (std::isinf(z.imag) && std::isfinite(z.real)) errno = EDOM;
    if (z.real == 0) return {kNan, kNan};   // CPython follows the first edition of Annex G here
    if (std::isinf(z.real) && !std::isfinite(z.imag)) return {std::copysign(1.0, z.real), 0};
    int keep = errno;
    C r = LIBM(z, ctanh);
    errno = keep;
    return r;
  }
  if (std::fabs(z.real) > kLogLarge) {
    return {std::copysign(1.0, z.real), 4 * std::sin(z.imag) * std::cos(z.imag) * std::exp(-2 * std::fabs(z.real))};
  }
  double tx = std::tanh(z.real), ty = std::tan(z.imag), cx = 1 / std::cosh(z.real), product = tx * ty, denominator = 1 + product * product;
  return {tx * (1 + ty * ty) / denominator, ((ty / denominator) * cx) * cx};
}

C c_exp(C z) {
  if (!finite(z)) {
    if (std::isinf(z.imag) && (std::isfinite(z.real) || (std::isinf(z.real) && z.real > 0))) errno = EDOM;
    if (std::isinf(z.real) && z.real < 0 && !std::isfinite(z.imag)) return {0, 0};
    int keep = errno;
    C r = LIBM(z, cexp);
    errno = keep;
    return r;
  }
  C r;
  if (z.real > kLogLarge) {
    double size = std::exp(z.real - 1);
    r = {size * std::cos(z.imag) * M_E, size * std::sin(z.imag) * M_E};
  } else {
    double size = std::exp(z.real);
    r = {size * std::cos(z.imag), size * std::sin(z.imag)};
  }
  errno = 0;
  check_overflow(r);
  return r;
}

C c_log(C z) {
  if (!finite(z)) return LIBM(z, clog);
  double ax = std::fabs(z.real), ay = std::fabs(z.imag), real;
  if (ax > kLarge || ay > kLarge) {
    real = std::log(std::hypot(ax / 2, ay / 2)) + M_LN2;
  } else if (ax < DBL_MIN && ay < DBL_MIN) {
    if (ax > 0 || ay > 0) {
      real = std::log(std::hypot(std::ldexp(ax, DBL_MANT_DIG), std::ldexp(ay, DBL_MANT_DIG))) - DBL_MANT_DIG * M_LN2;
    } else {
      errno = EDOM;
      return {-HUGE_VAL, std::atan2(z.imag, z.real)};
    }
  } else {
    double h = std::hypot(ax, ay);
    if (0.71 <= h && h <= 1.73) {   // near 1, log1p of |z|^2 - 1 keeps the digits
      double most = ax > ay ? ax : ay, least = ax > ay ? ay : ax;
      real = std::log1p((most - 1) * (most + 1) + least * least) / 2;
    } else {
      real = std::log(h);
    }
  }
  return {real, std::atan2(z.imag, z.real)};
}

C c_log10(C z) {
  C r = c_log(z);
  return {r.real / M_LN10, r.imag / M_LN10};
}

// f(z) = -i g(iz)
template <CFn g>
C rotated(C z) {
  C r = g({-z.imag, z.real});
  return {r.imag, -r.real};
}
C c_cos(C z) { return c_cosh({-z.imag, z.real}); }

std::nullptr_t math_error() {
  if (errno == EDOM) return raise(exc.ValueError, "math domain error");
  return raise(exc.OverflowError, "math range error");
}

template <CFn fn>
Value unary(Value* args) {
  C z;
  if (!to_complex(args[0], &z)) return nullptr;
  errno = 0;
  C r = fn(z);
  if (errno == EDOM) return math_error();
  if (errno == ERANGE && (std::isinf(r.real) || std::isinf(r.imag)) && finite(z)) return math_error();
  return new_complex(r.real, r.imag);
}

Value log_(Value* args) {
  C z;
  if (!to_complex(args[0], &z)) return nullptr;
  errno = 0;
  C r = c_log(z);
  if (args[1]) {
    C base;
    if (!to_complex(args[1], &base)) return nullptr;
    errno = 0;   // the quotient decides: log(0, 10) is (-inf+nanj)
    int error = 0;
    r = complex_quotient(r, c_log(base), &error);
    if (error) errno = error;
  }
  if (errno == EDOM) return math_error();
  return new_complex(r.real, r.imag);
}

Value phase(Value* args) {
  C z;
  if (!to_complex(args[0], &z)) return nullptr;
  return Value::from_double(std::atan2(z.imag, z.real));
}

Value polar(Value* args) {
  C z;
  if (!to_complex(args[0], &z)) return nullptr;
  double size = std::hypot(z.real, z.imag);
  if (std::isinf(size) && finite(z)) return raise(exc.OverflowError, "math range error");
  return make_tuple(Value::from_double(size), Value::from_double(std::atan2(z.imag, z.real)));
}

Value rect(Value* args) {
  double r, phi;
  if (!to_double(args[0], &r) || !to_double(args[1], &phi)) return nullptr;
  double inf = HUGE_VAL, nan = std::nan("");
  if (std::isfinite(r) && std::isfinite(phi)) {
    if (phi == 0) return new_complex(r, r * phi);
    return new_complex(r * std::cos(phi), r * std::sin(phi));
  }
  if (std::isinf(phi) && r != 0 && !std::isnan(r)) return raise(exc.ValueError, "math domain error");
  if (std::isinf(r)) {
    if (std::isnan(phi)) return new_complex(inf, nan);
    double sign = r > 0 ? 1 : -1;
    if (phi == 0) return new_complex(r, sign * phi);
    return new_complex(sign * std::copysign(inf, std::cos(phi)), sign * std::copysign(inf, std::sin(phi)));
  }
  if (std::isnan(r)) return phi == 0 ? new_complex(nan, 0) : new_complex(nan, nan);
  if (r == 0) return new_complex(0, 0);
  return new_complex(nan, nan);
}

template <bool (*test)(C)>
Value classify(Value* args) {
  C z;
  if (!to_complex(args[0], &z)) return nullptr;
  return Value::from_bool(test(z));
}
bool any_nan(C z) { return std::isnan(z.real) || std::isnan(z.imag); }
bool any_inf(C z) { return std::isinf(z.real) || std::isinf(z.imag); }

Value isclose(Value* args) {
  C a, b;
  double relative = 1e-9, absolute_tolerance = 0;
  if (!to_complex(args[0], &a) || !to_complex(args[1], &b)) return nullptr;
  if (args[2] && !to_double(args[2], &relative)) return nullptr;
  if (args[3] && !to_double(args[3], &absolute_tolerance)) return nullptr;
  if (relative < 0 || absolute_tolerance < 0) return raise(exc.ValueError, "tolerances must be non-negative");
  if (a.real == b.real && a.imag == b.imag) return Value::from_bool(true);
  if (any_inf(a) || any_inf(b)) return Value::from_bool(false);
  double difference = std::hypot(a.real - b.real, a.imag - b.imag);
  return Value::from_bool(difference <= relative * std::hypot(b.real, b.imag) || difference <= relative * std::hypot(a.real, a.imag) ||
                          difference <= absolute_tolerance);
}

#define Z(name, fn, doc) {name, "($module, z, /)", fn, Effects::kCallsPython, MethodKind::kFunction, doc}

constexpr MethodDef kFunctions[] = {
    Z("acos", unary<c_acos>, "Return the arc cosine of z."),
    Z("acosh", unary<c_acosh>, "Return the inverse hyperbolic cosine of z."),
    Z("asin", unary<rotated<c_asinh>>, "Return the arc sine of z."),
    Z("asinh", unary<c_asinh>, "Return the inverse hyperbolic sine of z."),
    Z("atan", unary<rotated<c_atanh>>, "Return the arc tangent of z."),
    Z("atanh", unary<c_atanh>, "Return the inverse hyperbolic tangent of z."),
    Z("cos", unary<c_cos>, "Return the cosine of z."),
    Z("cosh", unary<c_cosh>, "Return the hyperbolic cosine of z."),
    Z("exp", unary<c_exp>, "Return the exponential value e**z."),
    {"isclose", "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)", isclose, Effects::kCallsPython, MethodKind::kFunction,
     "Determine whether two complex numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to "
     "the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude "
     "of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the "
     "difference between them must be\nsmaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 "
     "Standard. That is, NaN is\nnot close to anything, even itself. inf and -inf are only close to themselves."},
    Z("isfinite", classify<finite>, "Return True if both the real and imaginary parts of z are finite, else False."),
    Z("isinf", classify<any_inf>, "Checks if the real or imaginary part of z is infinite."),
    Z("isnan", classify<any_nan>, "Checks if the real or imaginary part of z not a number (NaN)."),
    {"log", "($module, z, base=<unrepresentable>, /)", log_, Effects::kCallsPython, MethodKind::kFunction,
     "log(z[, base]) -> the logarithm of z to the given base.\n\nIf the base not specified, returns the natural logarithm (base e) of z."},
    Z("log10", unary<c_log10>, "Return the base-10 logarithm of z."),
    Z("phase", phase, "Return argument, also known as the phase angle, of a complex."),
    Z("polar", polar, "Convert a complex from rectangular coordinates to polar coordinates.\n\nr is the distance from 0 and phi the phase angle."),
    {"rect", "($module, r, phi, /)", rect, Effects::kCallsPython, MethodKind::kFunction, "Convert from polar coordinates to rectangular coordinates."},
    Z("sin", unary<rotated<c_sinh>>, "Return the sine of z."),
    Z("sinh", unary<c_sinh>, "Return the hyperbolic sine of z."),
    Z("sqrt", unary<c_sqrt>, "Return the square root of z."),
    Z("tan", unary<rotated<c_tanh>>, "Return the tangent of z."),
    Z("tanh", unary<c_tanh>, "Return the hyperbolic tangent of z."),
    {}};

}  // namespace

bool init_cmath_module(Module* m) {
  double inf = HUGE_VAL, nan = std::nan("");
  return add_string(m, "__doc__", "This module provides access to mathematical functions for complex\nnumbers.") && add_functions(m, kFunctions) &&
         add_object(m, "pi", Value::from_double(M_PI)) && add_object(m, "e", Value::from_double(M_E)) &&
         add_object(m, "tau", Value::from_double(2 * M_PI)) && add_object(m, "inf", Value::from_double(inf)) &&
         add_object(m, "infj", new_complex(0, inf)) && add_object(m, "nan", Value::from_double(nan)) && add_object(m, "nanj", new_complex(0, nan));
}

}  // namespace pyjit::runtime
