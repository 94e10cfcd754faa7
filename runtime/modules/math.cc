// The math module: libm's functions with CPython's errors, sums and products, classification.
#include <cerrno>
#include <cmath>
#include <vector>

#include "runtime/heap.h"
#include "runtime/modules/math_functions.h"
#include "runtime/modules/math_special.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

using Fn1 = double (*)(double);
using Fn2 = double (*)(double, double);

Value domain_error() { return raise(exc.ValueError, "math domain error"); }
Value range_error() { return raise(exc.OverflowError, "math range error"); }

// libm function of one argument: NaN from a number is a domain error, infinity from a finite one a domain or range error.
template <Fn1 fn, bool can_overflow>
Value unary(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  double r = fn(x);
  if (std::isnan(r) && !std::isnan(x)) return domain_error();
  if (std::isinf(r) && std::isfinite(x)) return can_overflow ? range_error() : domain_error();
  return Value::from_double(r);
}

// Function that reports through errno. ERANGE with a small result is an underflow and no error.
template <Fn1 fn>
Value unary_errno(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  errno = 0;
  double r = fn(x);
  if (errno == EDOM) return domain_error();
  if (errno == ERANGE && std::fabs(r) >= 1.5) return range_error();
  return Value::from_double(r);
}

template <Fn2 fn>
Value binary(Value* args) {
  double x, y;
  if (!to_double(args[0], &x) || !to_double(args[1], &y)) return nullptr;
  errno = 0;
  double r = fn(x, y);
  if (std::isnan(r)) errno = !std::isnan(x) && !std::isnan(y) ? EDOM : 0;
  else if (std::isinf(r)) errno = std::isfinite(x) && std::isfinite(y) ? ERANGE : 0;
  if (errno == EDOM) return domain_error();
  if (errno == ERANGE && std::fabs(r) >= 1.5) return range_error();
  return Value::from_double(r);
}

// The named special method of the argument, or null with *found false.
Value by_special(Value v, Str* name, bool* found) {
  *found = false;
  if (v.is_double()) return nullptr;
  return call_special(v, name, found);
}

Value ceil_(Value* args) {
  bool found;
  Value r = by_special(args[0], names.dunder_ceil, &found);
  if (found || error_pending()) return r;
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  return int_from_double(std::ceil(x));
}
Value floor_(Value* args) {
  bool found;
  Value r = by_special(args[0], names.dunder_floor, &found);
  if (found || error_pending()) return r;
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  return int_from_double(std::floor(x));
}
Value trunc_(Value* args) {
  if (args[0].is_double()) return int_from_double(args[0].as_double());
  bool found;
  Value r = by_special(args[0], names.dunder_trunc, &found);
  if (found || error_pending()) return r;
  return raisef(exc.TypeError, "type %.100s doesn't define __trunc__ method", type_name(args[0]));
}

// fn(v) where ints too large for a double are reduced by their exponent.
Value log_of(Value v, Fn1 fn) {
  if (is_int_like(v)) {
    if (int_sign(v) <= 0) return domain_error();
    double x = int_to_double(v);
    if (std::isfinite(x)) return Value::from_double(fn(x));
    auto bits = static_cast<int64_t>(int_bit_length(v));
    Value top = TRY(int_rshift(int_value(v), new_int(bits - 900)));
    int exponent;
    double fraction = std::frexp(int_to_double(top), &exponent);
    return Value::from_double(fn(fraction) + fn(2.0) * static_cast<double>(exponent + bits - 900));
  }
  double x;
  if (!to_double(v, &x)) return nullptr;
  errno = 0;
  double r = fn(x);
  if (errno == EDOM || (std::isnan(r) && !std::isnan(x))) return domain_error();
  return Value::from_double(r);
}

Value log_(Value* args, uint32_t nargs, Tuple*) {
  if (nargs < 1) return raise(exc.TypeError, "log expected at least 1 argument, got 0");
  if (nargs > 2) return raisef(exc.TypeError, "log expected at most 2 arguments, got %u", nargs);
  Value numerator = TRY(log_of(args[0], math_log));
  if (nargs == 1) return numerator;
  Value denominator = TRY(log_of(args[1], math_log));
  return binary_op(kTrueDiv, numerator, denominator);
}
Value log2_(Value* args) { return log_of(args[0], math_log2); }
Value log10_(Value* args) { return log_of(args[0], math_log10); }

Value frexp_(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  int exponent = 0;
  double m = std::isfinite(x) && x != 0 ? std::frexp(x, &exponent) : x;
  return make_tuple(Value::from_double(m), Value::from_int(exponent));
}

Value ldexp_(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  if (!is_int_like(args[1])) return raise(exc.TypeError, "Expected an int as second argument to ldexp.");
  int64_t exponent;
  if (!int_to_int64(args[1], &exponent)) exponent = int_sign(args[1]) < 0 ? INT64_MIN : INT64_MAX;
  if (x == 0 || !std::isfinite(x)) return Value::from_double(x);
  if (exponent > INT32_MAX) return range_error();
  if (exponent < INT32_MIN) return Value::from_double(std::copysign(0.0, x));
  double r = std::ldexp(x, static_cast<int>(exponent));
  if (std::isinf(r)) return range_error();
  return Value::from_double(r);
}

Value modf_(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  double whole, fraction = std::modf(x, &whole);
  return make_tuple(Value::from_double(fraction), Value::from_double(whole));
}

Value fmod_(Value* args) {
  double x, y;
  if (!to_double(args[0], &x) || !to_double(args[1], &y)) return nullptr;
  if (std::isinf(y) && std::isfinite(x)) return Value::from_double(x);
  double r = std::fmod(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return domain_error();
  return Value::from_double(r);
}

Value pow_(Value* args) {
  double x, y;
  if (!to_double(args[0], &x) || !to_double(args[1], &y)) return nullptr;
  double r = std::pow(x, y);
  if (std::isfinite(x) && std::isfinite(y)) {
    if (std::isnan(r)) return domain_error();
    if (std::isinf(r)) return x == 0 ? domain_error() : range_error();
  }
  return Value::from_double(r);
}

Value atan2_(Value* args) {
  double y, x;
  if (!to_double(args[0], &y) || !to_double(args[1], &x)) return nullptr;
  return Value::from_double(std::atan2(y, x));
}
Value copysign_(Value* args) {
  double x, y;
  if (!to_double(args[0], &x) || !to_double(args[1], &y)) return nullptr;
  return Value::from_double(std::copysign(x, y));
}
Value nextafter_(Value* args) {
  double x, y;
  if (!to_double(args[0], &x) || !to_double(args[1], &y)) return nullptr;
  return Value::from_double(std::nextafter(x, y));
}
Value ulp_(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  if (std::isnan(x)) return Value::from_double(x);
  x = std::fabs(x);
  if (std::isinf(x)) return Value::from_double(x);
  double next = std::nextafter(x, HUGE_VAL);
  if (std::isinf(next)) return Value::from_double(x - std::nextafter(x, -HUGE_VAL));
  return Value::from_double(next - x);
}

Value degrees_(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  return Value::from_double(x * (180.0 / M_PI));
}
Value radians_(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  return Value::from_double(x * (M_PI / 180.0));
}
template <bool (*test)(double)>
Value classify(Value* args) {
  double x;
  if (!to_double(args[0], &x)) return nullptr;
  return Value::from_bool(test(x));
}
bool is_finite(double x) { return std::isfinite(x); }
bool is_infinite(double x) { return std::isinf(x); }
bool is_nan(double x) { return std::isnan(x); }

// Shewchuk's exact sum: `partials` do not overlap and increase in size.
Value fsum(Value* args) {
  Value iterator = TRY(get_iter(args[0]));
  std::vector<double> partials;
  double special_sum = 0, infinite_sum = 0;
  while (Value item = iter_next(iterator)) {
    double x;
    if (!to_double(item, &x)) return nullptr;
    double original = x;
    size_t kept = 0;
    for (double y : partials) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      double high = x + y, low = y - (high - x);
      if (low != 0) partials[kept++] = low;
      x = high;
    }
    partials.resize(kept);
    if (x != 0) {
      if (!std::isfinite(x)) {
        // A non-finite summand, or an overflow on the way.
        if (std::isfinite(original)) return raise(exc.OverflowError, "intermediate overflow in fsum");
        if (std::isinf(original)) infinite_sum += original;
        special_sum += original;
        partials.clear();
      } else {
        partials.push_back(x);
      }
    }
  }
  if (error_pending()) return nullptr;
  if (special_sum != 0) {
    if (std::isnan(infinite_sum)) return raise(exc.ValueError, "-inf + inf in fsum");
    return Value::from_double(special_sum);
  }
  double high = 0, low = 0;
  size_t n = partials.size();
  if (n > 0) {
    high = partials[--n];
    while (n > 0) {
      double x = high, y = partials[--n];
      high = x + y;
      low = y - (high - x);
      if (low != 0) break;
    }
    // Half-even needs to know on which side the rest lies.
    if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
      double y = low * 2.0, x = high + y;
      if (y == x - high) high = x;
    }
  }
  return Value::from_double(high);
}

Value hypot_(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "math.hypot() takes no keyword arguments");
  std::vector<double> values(nargs);
  double max = 0;
  bool found_nan = false;
  for (uint32_t i = 0; i < nargs; ++i) {
    if (!to_double(args[i], &values[i])) return nullptr;
    values[i] = std::fabs(values[i]);
    found_nan |= std::isnan(values[i]);
    if (values[i] > max) max = values[i];
  }
  return Value::from_double(vector_norm(nargs, values.data(), max, found_nan));
}

Value dist(Value* args) {
  Tuple* p = TRY(is_tuple(args[0]) ? args[0].as<Tuple>() : to_tuple(args[0]));
  Tuple* q = TRY(is_tuple(args[1]) ? args[1].as<Tuple>() : to_tuple(args[1]));
  if (p->size != q->size) return raise(exc.ValueError, "both points must have the same number of dimensions");
  std::vector<double> values(p->size);
  double max = 0;
  bool found_nan = false;
  for (uint64_t i = 0; i < p->size; ++i) {
    double x, y;
    if (!to_double(p->items[i], &x) || !to_double(q->items[i], &y)) return nullptr;
    values[i] = std::fabs(x - y);
    found_nan |= std::isnan(values[i]);
    if (values[i] > max) max = values[i];
  }
  return Value::from_double(vector_norm(values.size(), values.data(), max, found_nan));
}

Value isclose(Value* args) {
  double a, b, relative = 1e-9, absolute_tolerance = 0;
  if (!to_double(args[0], &a) || !to_double(args[1], &b)) return nullptr;
  if (!args[2].is_null() && !to_double(args[2], &relative)) return nullptr;
  if (!args[3].is_null() && !to_double(args[3], &absolute_tolerance)) return nullptr;
  if (relative < 0 || absolute_tolerance < 0) return raise(exc.ValueError, "tolerances must be non-negative");
  if (a == b) return Value::from_bool(true);
  if (std::isinf(a) || std::isinf(b)) return Value::from_bool(false);
  double difference = std::fabs(b - a);
  return Value::from_bool(difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) || difference <= absolute_tolerance);
}

Value prod(Value* args) {
  Value result = args[1].is_null() ? Value::from_int(1) : args[1];
  Value iterator = TRY(get_iter(args[0]));
  while (Value item = iter_next(iterator)) {
    if (result.is_double() && item.is_double()) result = Value::from_double(result.as_double() * item.as_double());
    else result = TRY(binary_op(kMul, result, item));
  }
  if (error_pending()) return nullptr;
  return result;
}

#define F1(name, fn, overflow, doc) {name, "($module, x, /)", unary<static_cast<Fn1>(fn), overflow>, Effects::kCallsPython, MethodKind::kFunction, doc}
#define ROW(name, signature, fn, doc) {name, signature, fn, Effects::kCallsPython, MethodKind::kFunction, doc}
#define RAW(name, signature, fn, doc) {name, signature, nullptr, Effects::kCallsPython, MethodKind::kFunction, doc, fn}

constexpr MethodDef kFunctions[] = {
    F1("acos", ::acos, false, "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi."),
    F1("acosh", ::acosh, false, "Return the inverse hyperbolic cosine of x."),
    F1("asin", ::asin, false, "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2."),
    F1("asinh", ::asinh, false, "Return the inverse hyperbolic sine of x."),
    F1("atan", ::atan, false, "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2."),
    ROW("atan2", "($module, y, x, /)", atan2_,
        "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered."),
    F1("atanh", ::atanh, false, "Return the inverse hyperbolic tangent of x."),
    F1("cbrt", ::cbrt, false, "Return the cube root of x."),
    ROW("ceil", "($module, x, /)", ceil_, "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x."),
    ROW("copysign", "($module, x, y, /)", copysign_,
        "Return a float with the magnitude (absolute value) of x but the sign of y.\n\nOn platforms that support signed zeros, "
        "copysign(1.0, -0.0)\nreturns -1.0.\n"),
    F1("cos", ::cos, false, "Return the cosine of x (measured in radians)."),
    F1("cosh", ::cosh, true, "Return the hyperbolic cosine of x."),
    ROW("degrees", "($module, x, /)", degrees_, "Convert angle x from radians to degrees."),
    ROW("dist", "($module, p, q, /)", dist,
        "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) "
        "of\ncoordinates.  Both inputs must have the same dimension.\n\nRoughly equivalent to:\n    sqrt(sum((px - qx) ** 2.0 for px, qx in "
        "zip(p, q)))"),
    ROW("erf", "($module, x, /)", unary_errno<static_cast<Fn1>(::erf)>, "Error function at x."),
    ROW("erfc", "($module, x, /)", unary_errno<static_cast<Fn1>(::erfc)>, "Complementary error function at x."),
    F1("exp", ::exp, true, "Return e raised to the power of x."),
    F1("exp2", ::exp2, true, "Return 2 raised to the power of x."),
    F1("expm1", ::expm1, true,
       "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x."),
    F1("fabs", ::fabs, false, "Return the absolute value of the float x."),
    ROW("factorial", "($module, n, /)", math_factorial, "Find n!.\n\nRaise a ValueError if x is negative or non-integral."),
    ROW("floor", "($module, x, /)", floor_, "Return the floor of x as an Integral.\n\nThis is the largest integer <= x."),
    ROW("fmod", "($module, x, y, /)", fmod_, "Return fmod(x, y), according to platform C.\n\nx % y may differ."),
    ROW("frexp", "($module, x, /)", frexp_,
        "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e "
        "are both 0.  Else 0.5 <= abs(m) < 1.0."),
    ROW("fsum", "($module, seq, /)", fsum,
        "Return an accurate floating point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating point arithmetic."),
    ROW("gamma", "($module, x, /)", unary_errno<math_gamma>, "Gamma function at x."),
    ROW("gcd", "($module, *integers)", math_gcd, "Greatest Common Divisor."),
    RAW("hypot", "!($module, *coordinates)", hypot_,
        "hypot(*coordinates) -> value\n\nMultidimensional Euclidean distance from the origin to a point.\n\nRoughly equivalent to:\n    "
        "sqrt(sum(x**2 for x in coordinates))\n\nFor a two dimensional point (x, y), gives the hypotenuse\nusing the Pythagorean theorem:  "
        "sqrt(x*x + y*y).\n\nFor example, the hypotenuse of a 3/4/5 right triangle is:\n\n    >>> hypot(3.0, 4.0)\n    5.0\n"),
    ROW("isclose", "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)", isclose,
        "Determine whether two floating point numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", "
        "relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of "
        "the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be "
        "considered close, the difference between them\nmust be smaller than at least one of the tolerances.\n\n-inf, inf and NaN behave "
        "similarly to the IEEE 754 Standard.  That\nis, NaN is not close to anything, even itself.  inf and -inf are\nonly close to "
        "themselves."),
    ROW("isfinite", "($module, x, /)", classify<is_finite>, "Return True if x is neither an infinity nor a NaN, and False otherwise."),
    ROW("isinf", "($module, x, /)", classify<is_infinite>, "Return True if x is a positive or negative infinity, and False otherwise."),
    ROW("isnan", "($module, x, /)", classify<is_nan>, "Return True if x is a NaN (not a number), and False otherwise."),
    ROW("isqrt", "($module, n, /)", math_isqrt, "Return the integer part of the square root of the input."),
    ROW("lcm", "($module, *integers)", math_lcm, "Least Common Multiple."),
    ROW("ldexp", "($module, x, i, /)", ldexp_, "Return x * (2**i).\n\nThis is essentially the inverse of frexp()."),
    ROW("lgamma", "($module, x, /)", unary_errno<math_lgamma>, "Natural logarithm of absolute value of Gamma function at x."),
    RAW("log", "!($module, x, base=None, /)", log_,
        "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base not specified, returns the natural logarithm (base "
        "e) of x."),
    F1("log1p", ::log1p, false,
       "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero."),
    ROW("log10", "($module, x, /)", log10_, "Return the base 10 logarithm of x."),
    ROW("log2", "($module, x, /)", log2_, "Return the base 2 logarithm of x."),
    ROW("modf", "($module, x, /)", modf_,
        "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats."),
    ROW("pow", "($module, x, y, /)", pow_, "Return x**y (x to the power of y)."),
    ROW("radians", "($module, x, /)", radians_, "Convert angle x from degrees to radians."),
    ROW("remainder", "($module, x, y, /)", binary<math_remainder>,
        "Difference between x and the closest integer multiple of y.\n\nReturn x - n*y where n*y is the closest integer multiple of y.\nIn the "
        "case where x is exactly halfway between two multiples of\ny, the nearest even value of n is used. The result is always exact."),
    F1("sin", ::sin, false, "Return the sine of x (measured in radians)."),
    F1("sinh", ::sinh, true, "Return the hyperbolic sine of x."),
    F1("sqrt", ::sqrt, false, "Return the square root of x."),
    F1("tan", ::tan, false, "Return the tangent of x (measured in radians)."),
    F1("tanh", ::tanh, false, "Return the hyperbolic tangent of x."),
    ROW("trunc", "($module, x, /)", trunc_, "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method."),
    ROW("prod", "($module, iterable, /, *, start=1)", prod,
        "Calculate the product of all the elements in the input iterable.\n\nThe default start value for the product is 1.\n\nWhen the iterable "
        "is empty, return the start value.  This function is\nintended specifically for use with numeric values and may reject\nnon-numeric "
        "types."),
    ROW("perm", "($module, n, k=None, /)", math_perm,
        "Number of ways to choose k items from n items without repetition and with order.\n\nEvaluates to n! / (n - k)! when k <= n and "
        "evaluates\nto zero when k > n.\n\nIf k is not specified or is None, then k defaults to n\nand the function returns n!.\n\nRaises "
        "TypeError if either of the arguments are not integers.\nRaises ValueError if either of the arguments are negative."),
    ROW("comb", "($module, n, k, /)", math_comb,
        "Number of ways to choose k items from n items without repetition and without order.\n\nEvaluates to n! / (k! * (n - k)!) when k <= n "
        "and evaluates\nto zero when k > n.\n\nAlso called the binomial coefficient because it is equivalent\nto the coefficient of k-th term in "
        "polynomial expansion of the\nexpression (1 + x)**n.\n\nRaises TypeError if either of the arguments are not integers.\nRaises ValueError "
        "if either of the arguments are negative."),
    ROW("nextafter", "($module, x, y, /)", nextafter_, "Return the next floating-point value after x towards y."),
    ROW("ulp", "($module, x, /)", ulp_, "Return the value of the least significant bit of the float x."),
    {}};

}  // namespace

bool init_math_module(Module* m) {
  return add_string(m, "__doc__", "This module provides access to the mathematical functions\ndefined by the C standard.") &&
         add_functions(m, kFunctions) && add_object(m, "pi", Value::from_double(M_PI)) && add_object(m, "e", Value::from_double(M_E)) &&
         add_object(m, "tau", Value::from_double(2 * M_PI)) && add_object(m, "inf", Value::from_double(HUGE_VAL)) &&
         add_object(m, "nan", Value::from_double(std::nan("")));
}

}  // namespace pyjit::runtime
