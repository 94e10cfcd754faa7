// Gamma, log-gamma (Lanczos's approximation), logarithms with CPython's errors, IEEE remainder, Euclidean norm.
#include "runtime/modules/math_special.h"

#include <cerrno>
#include <cfloat>
#include <cmath>
#include <iterator>

namespace pyjit::runtime {
namespace {

constexpr double kPi = 3.141592653589793238462643383279502884197;
constexpr double kLogPi = 1.144729885849400174143427351353058711647;

// C. Lanczos's sum for g = 6.0246..., 13 terms, as a rational function (coefficients published with Boost.Math).
constexpr double kG = 6.024680040776729583740234375, kGMinusHalf = 5.524680040776729583740234375;
constexpr double kNumerator[] = {23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
                                 35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
                                 6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
                                 248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
                                 2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
                                 8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
                                 2.5066282746310002701649081771338373386264310793408};
constexpr double kDenominator[] = {0.0,     39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
                                   2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};

double lanczos_sum(double x) {
  double numerator = 0, denominator = 0;
  constexpr int n = static_cast<int>(std::size(kNumerator));
  if (x < 5.0) {
    for (int i = n; --i >= 0;) {
      numerator = numerator * x + kNumerator[i];
      denominator = denominator * x + kDenominator[i];
    }
  } else {   // in powers of 1/x, so that large x cannot overflow
    for (int i = 0; i < n; ++i) {
      numerator = numerator / x + kNumerator[i];
      denominator = denominator / x + kDenominator[i];
    }
  }
  return numerator / denominator;
}

// sin(pi*x), exact at multiples of 1/2.
double sin_pi(double x) {
  double y = std::fmod(std::fabs(x), 2.0), r;
  switch (static_cast<int>(std::round(2.0 * y))) {
    case 0: r = std::sin(kPi * y); break;
    case 1: r = std::cos(kPi * (y - 0.5)); break;
    case 2: r = std::sin(kPi * (1.0 - y)); break;   // not sin(pi*(y-1)): -0.0 at 1
    case 3: r = -std::cos(kPi * (y - 1.5)); break;
    default: r = std::sin(kPi * (y - 2.0)); break;
  }
  return std::copysign(1.0, x) * r;
}

constexpr double kFactorials[] = {1.0, 1.0, 2.0, 6.0, 24.0, 120.0, 720.0, 5040.0, 40320.0, 362880.0, 3628800.0, 39916800.0, 479001600.0,
                                  6227020800.0, 87178291200.0, 1307674368000.0, 20922789888000.0, 355687428096000.0, 6402373705728000.0,
                                  121645100408832000.0, 2432902008176640000.0, 51090942171709440000.0, 1124000727777607680000.0};

}  // namespace

double math_gamma(double x) {
  if (!std::isfinite(x)) {
    if (std::isnan(x) || x > 0) return x;
    errno = EDOM;
    return std::nan("");
  }
  if (x == 0) {
    errno = EDOM;
    return std::copysign(HUGE_VAL, x);
  }
  if (x == std::floor(x)) {
    if (x < 0) {
      errno = EDOM;
      return std::nan("");
    }
    if (x <= static_cast<double>(std::size(kFactorials))) return kFactorials[static_cast<int>(x) - 1];
  }
  double size = std::fabs(x), r;
  if (size < 1e-20) {
    r = 1.0 / x;
    if (std::isinf(r)) errno = ERANGE;
    return r;
  }
  if (size > 200.0) {
    if (x < 0) return 0.0 / sin_pi(x);
    errno = ERANGE;
    return HUGE_VAL;
  }
  double y = size + kGMinusHalf, z;
  // z makes up for the rounding of y.
  if (size > kGMinusHalf) {
    double q = y - size;
    z = q - kGMinusHalf;
  } else {
    double q = y - kGMinusHalf;
    z = q - size;
  }
  z = z * kG / y;
  if (x < 0) {
    r = -kPi / sin_pi(size) / size * std::exp(y) / lanczos_sum(size);
    r -= z * r;
    if (size < 140.0) {
      r /= std::pow(y, size - 0.5);
    } else {
      double root = std::pow(y, size / 2.0 - 0.25);
      r /= root;
      r /= root;
    }
  } else {
    r = lanczos_sum(size) / std::exp(y);
    r += z * r;
    if (size < 140.0) {
      r *= std::pow(y, size - 0.5);
    } else {
      double root = std::pow(y, size / 2.0 - 0.25);
      r *= root;
      r *= root;
    }
  }
  if (std::isinf(r)) errno = ERANGE;
  return r;
}

double math_lgamma(double x) {
  if (!std::isfinite(x)) return std::isnan(x) ? x : HUGE_VAL;
  if (x == std::floor(x) && x <= 2.0) {
    if (x <= 0) {
      errno = EDOM;
      return HUGE_VAL;
    }
    return 0.0;
  }
  double size = std::fabs(x);
  if (size < 1e-20) return -std::log(size);
  double r = std::log(lanczos_sum(size)) - kG;
  r += (size - 0.5) * (std::log(size + kG - 0.5) - 1);
  if (x < 0) r = kLogPi - std::log(std::fabs(sin_pi(size))) - std::log(size) - r;
  if (std::isinf(r)) errno = ERANGE;
  return r;
}

template <double (*fn)(double)>
static double checked_log(double x) {
  if (std::isfinite(x)) {
    if (x > 0) return fn(x);
    errno = EDOM;
    return x == 0 ? -HUGE_VAL : std::nan("");
  }
  if (std::isnan(x) || x > 0) return x;
  errno = EDOM;
  return std::nan("");
}

double math_log(double x) { return checked_log<static_cast<double (*)(double)>(::log)>(x); }
double math_log2(double x) { return checked_log<static_cast<double (*)(double)>(::log2)>(x); }
double math_log10(double x) { return checked_log<static_cast<double (*)(double)>(::log10)>(x); }

double math_remainder(double x, double y) {
  if (std::isfinite(x) && std::isfinite(y) && y != 0) return std::remainder(x, y);
  if (std::isnan(x)) return x;
  if (std::isnan(y)) return y;
  if (std::isinf(x) || y == 0) {
    errno = EDOM;
    return std::nan("");
  }
  return x;   // y infinite
}

double vector_norm(size_t count, double* values, double max, bool found_nan) {
  if (std::isinf(max)) return max;
  if (found_nan) return std::nan("");
  if (max == 0.0 || count <= 1) return max;
  int exponent;
  std::frexp(max, &exponent);
  if (exponent < -1023) {   // 2**-exponent would overflow: lift subnormals first
    for (size_t i = 0; i < count; ++i) values[i] /= DBL_MIN;
    return DBL_MIN * vector_norm(count, values, max / DBL_MIN, found_nan);
  }
  double scale = std::ldexp(1.0, -exponent);
  // The sum is kept as high part and two accumulated errors; it starts at 1 so that it always exceeds what is added.
  double sum = 1.0, error_products = 0.0, error_sums = 0.0;
  auto add = [&](double a, double b) {
    double high = a * b, low = std::fma(a, b, -high), old = sum;
    sum += high;
    error_products += low;
    error_sums += (old - sum) + high;
  };
  for (size_t i = 0; i < count; ++i) {
    double x = values[i] * scale;
    add(x, x);
  }
  double h = std::sqrt(sum - 1.0 + (error_products + error_sums));
  add(-h, h);
  double rest = sum - 1.0 + (error_products + error_sums);
  h += rest / (2.0 * h);   // one step of Newton's method on what the root left over
  return h / scale;
}

}  // namespace pyjit::runtime
