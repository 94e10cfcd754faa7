// The algorithm of ../mandelbrot.py.
#include "harness.h"

#include <complex>

const int64_t default_n = 900;
constexpr int kLimit = 50;

static int escape_floats(double cr, double ci) {
  double zr = 0, zi = 0;
  for (int i = 0; i < kLimit; ++i) {
    double rr = zr * zr, ii = zi * zi;
    if (rr + ii > 4) return i;
    zi = 2 * zr * zi + ci;
    zr = rr - ii + cr;
  }
  return kLimit;
}

static int escape_complex(std::complex<double> c) {
  std::complex<double> z = 0;
  for (int i = 0; i < kLimit; ++i) {
    if (std::abs(z) > 2) return i;
    z = z * z + c;
  }
  return kLimit;
}

std::string run(int64_t n) {
  int64_t total = 0, rows = 0;
  double size = static_cast<double>(n);
  for (int64_t y = 0; y < n; ++y) {
    double ci = 2.0 * static_cast<double>(y) / size - 1.0;
    int64_t row = 0;
    for (int64_t x = 0; x < n; ++x) row += escape_floats(2.0 * static_cast<double>(x) / size - 1.5, ci);
    rows = (rows * 31 + row) % 1000000007;
    if (y % 4 == 0)
      for (int64_t x = 0; x < n; x += 2) total += escape_complex({2.0 * static_cast<double>(x) / size - 1.5, ci});
  }
  return std::to_string(rows * 1000 + total % 1000);
}
