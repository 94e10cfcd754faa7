// The algorithm of ../spectral_norm.py.
#include "harness.h"

#include <cmath>
#include <vector>

const int64_t default_n = 550;
using Vector = std::vector<double>;

static double element(int64_t i, int64_t j) { return 1.0 / static_cast<double>((i + j) * (i + j + 1) / 2 + i + 1); }

template <bool transposed>
static Vector times(const Vector& vector) {
  int64_t size = static_cast<int64_t>(vector.size());
  Vector result;
  for (int64_t i = 0; i < size; ++i) {
    double total = 0;
    for (int64_t j = 0; j < size; ++j) total += (transposed ? element(j, i) : element(i, j)) * vector[j];
    result.push_back(total);
  }
  return result;
}

std::string run(int64_t n) {
  Vector u(static_cast<size_t>(n), 1.0), v = u;
  for (int k = 0; k < 10; ++k) {
    v = times<true>(times<false>(u));
    u = times<true>(times<false>(v));
  }
  double top = 0, bottom = 0;
  for (int64_t i = 0; i < n; ++i) top += u[i] * v[i], bottom += v[i] * v[i];
  return format("%.9f", std::sqrt(top / bottom));
}
