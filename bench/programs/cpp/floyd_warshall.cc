// The algorithm of ../floyd_warshall.py.
#include "harness.h"

#include <algorithm>
#include <vector>

const int64_t default_n = 320;
constexpr int64_t kFar = int64_t{1} << 40;
using Table = std::vector<std::vector<int64_t>>;

std::string run(int64_t n) {
  Table distances(static_cast<size_t>(n), std::vector<int64_t>(static_cast<size_t>(n), kFar)), following = distances;
  int64_t state = 31;
  for (int64_t i = 0; i < n; ++i) {
    distances[i][i] = 0;
    for (int k = 0; k < 5; ++k) {
      state = next_random(state);
      distances[i][(state >> 8) % n] = 1 + (state >> 4) % 100;
    }
    distances[i][(i + 1) % n] = 100;
  }
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = 0; j < n; ++j) following[i][j] = distances[i][j] < kFar ? j : -1;
  for (int64_t k = 0; k < n; ++k)
    for (int64_t i = 0; i < n; ++i) {
      int64_t through = distances[i][k], next = following[i][k];
      for (int64_t j = 0; j < n; ++j) {
        int64_t candidate = through + distances[k][j];
        if (candidate < distances[i][j]) distances[i][j] = candidate, following[i][j] = next;
      }
    }
  int64_t total = 0, longest = 0, steps = 0;
  for (const auto& row : distances)
    for (int64_t d : row) total += d, longest = std::max(longest, d);
  for (int64_t i = 0; i < n; ++i)
    for (int64_t at = i, end = (i * 7 + 3) % n; at != end; ++steps) at = following[at][end];
  return format("%ld %ld %ld", total, steps, longest);
}
