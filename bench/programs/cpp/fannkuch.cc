// The algorithm of ../fannkuch.py.
#include "harness.h"

#include <algorithm>
#include <array>
#include <numeric>

const int64_t default_n = 4;
constexpr size_t kSize = 9;
using Permutation = std::array<int64_t, kSize>;

static int64_t flips_of(Permutation work) {
  int64_t count = 0;
  while (int64_t first = work[0]) {
    std::reverse(work.begin(), work.begin() + first + 1);
    ++count;
  }
  return count;
}

static bool next_permutation(Permutation& permutation, Permutation& counts) {
  for (size_t i = 1; i < kSize; ++i) {
    int64_t first = permutation[0];
    for (size_t j = 0; j < i; ++j) permutation[j] = permutation[j + 1];
    permutation[i] = first;
    if (++counts[i] <= static_cast<int64_t>(i)) return true;
    counts[i] = 0;
  }
  return false;
}

std::string run(int64_t n) {
  int64_t checksum = 0;
  for (int64_t i = 0; i < n; ++i) {
    Permutation numbers, counts{};
    std::iota(numbers.begin(), numbers.end(), 0);
    std::swap(numbers[static_cast<size_t>(i) % 9], numbers[8]);
    int64_t best = 0, total = 0, sign = 1;
    do {
      if (numbers[0]) {
        int64_t flips = flips_of(numbers);
        best = std::max(best, flips);
        total += flips * sign;
      }
      sign = -sign;
    } while (next_permutation(numbers, counts));
    checksum = checksum * 7 + total * 100 + best;
  }
  return std::to_string(checksum);
}
