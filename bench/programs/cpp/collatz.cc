// The algorithm of ../collatz.py.
#include "harness.h"

#include <vector>

const int64_t default_n = 1500000;

static int64_t chain_length(int64_t number) {
  int64_t length = 1;
  for (; number != 1; ++length) number = number % 2 == 0 ? number / 2 : 3 * number + 1;
  return length;
}

std::string run(int64_t n) {
  int64_t total = 0;
  for (int64_t start = 1; start < n / 20; ++start) total += chain_length(start);
  std::vector<int64_t> known(static_cast<size_t>(n));
  known[1] = 1;
  int64_t best = 1, best_start = 1;
  for (int64_t start = 2; start < n; ++start) {
    int64_t number = start, steps = 0;
    while (number >= start) {
      number = number & 1 ? 3 * number + 1 : number >> 1;
      ++steps;
    }
    known[start] = steps + known[number];
    if (known[start] > best) best = known[start], best_start = start;
  }
  return format("%ld %ld %ld", total, best, best_start);
}
