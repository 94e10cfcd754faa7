// Functions of a double that libm lacks or that CPython computes in its own way, to the last bit.
#pragma once
#include <cstddef>

namespace pyjit::runtime {

// Results with errno set to EDOM or ERANGE on error.
double math_gamma(double x);
double math_lgamma(double x);
double math_log(double x);
double math_log2(double x);
double math_log10(double x);
double math_remainder(double x, double y);
// sqrt(sum of squares) of non-negative values, nearly correctly rounded. Changes `values`.
double vector_norm(size_t count, double* values, double max, bool found_nan);

}  // namespace pyjit::runtime
