// The algorithm of ../tak.py.
#include "harness.h"

const int64_t default_n = 1000;

static int64_t tak(int64_t x, int64_t y, int64_t z) { return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y)); }

std::string run(int64_t n) {
  int64_t total = 0;
  for (int64_t i = 0; i < n; ++i) total = (total * 3 + tak(18, 12 - i % 3, 6)) % 1000000007;
  return std::to_string(total);
}
