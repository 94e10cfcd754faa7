// The algorithm of ../matrix_multiply.py.
#include "harness.h"

#include <vector>

const int64_t default_n = 260;
using Matrix = std::vector<std::vector<double>>;

static Matrix make_matrix(int64_t n, int64_t seed) {
  Matrix m(static_cast<size_t>(n), std::vector<double>(static_cast<size_t>(n)));
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = 0; j < n; ++j) m[i][j] = static_cast<double>((i * 7 + j * 13 + seed) % 17 - 8) / 4.0;
  return m;
}

static Matrix multiply(const Matrix& a, const Matrix& b) {
  size_t n = a.size();
  Matrix result(n, std::vector<double>(n));
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j < n; ++j) {
      double total = 0;
      for (size_t k = 0; k < n; ++k) total += a[i][k] * b[k][j];
      result[i][j] = total;
    }
  return result;
}

static Matrix multiply_columns(const Matrix& a, const Matrix& b) {
  size_t n = a.size();
  Matrix columns(n, std::vector<double>(n)), result(n);
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j < n; ++j) columns[j][i] = b[i][j];
  for (size_t i = 0; i < n; ++i)
    for (const std::vector<double>& column : columns) {
      double total = 0;
      for (size_t k = 0; k < n; ++k) total += a[i][k] * column[k];
      result[i].push_back(total);
    }
  return result;
}

std::string run(int64_t n) {
  Matrix a = make_matrix(n, 1), b = make_matrix(n, 5), c = multiply(a, b), d = multiply_columns(c, a);
  double trace = 0, all = 0;
  for (int64_t i = 0; i < n; ++i) trace += d[i][i];
  for (const std::vector<double>& row : d) {
    double sum = 0;
    for (double x : row) sum += x;
    all += sum;
  }
  return format("%.4f %.4f %.4f", trace, c[1][2], all);
}
