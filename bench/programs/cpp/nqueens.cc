// The algorithm of ../nqueens.py.
#include "harness.h"

#include <vector>

const int64_t default_n = 12;

// Each solution goes to a function, where Python has a generator.
template <typename Use>
static void place(int64_t n, int64_t row, std::vector<char>& columns, std::vector<char>& rising, std::vector<char>& falling,
                  std::vector<int64_t>& chosen, Use& use) {
  if (row == n) return use(chosen);
  for (int64_t column = 0; column < n; ++column) {
    if (columns[column] || rising[row + column] || falling[row - column + n]) continue;
    columns[column] = rising[row + column] = falling[row - column + n] = 1;
    chosen.push_back(column);
    place(n, row + 1, columns, rising, falling, chosen, use);
    chosen.pop_back();
    columns[column] = rising[row + column] = falling[row - column + n] = 0;
  }
}

static int64_t count_masks(int64_t full, int64_t columns, int64_t rising, int64_t falling) {
  if (columns == full) return 1;
  int64_t total = 0, free = full & ~(columns | rising | falling);
  while (free) {
    int64_t bit = free & -free;
    free ^= bit;
    total += count_masks(full, columns | bit, (rising | bit) << 1, (falling | bit) >> 1);
  }
  return total;
}

std::string run(int64_t n) {
  int64_t checksum = 0, found = 0;
  auto use = [&](const std::vector<int64_t>& solution) {
    ++found;
    for (int64_t column : solution) checksum = (checksum * 11 + column) % 1000003;
  };
  size_t size = static_cast<size_t>(2 * n + 1);
  std::vector<char> columns(size), rising(size), falling(size);
  std::vector<int64_t> chosen;
  place(n, 0, columns, rising, falling, chosen, use);
  return format("%ld %ld %ld", found, checksum, count_masks((int64_t{1} << (n + 1)) - 1, 0, 0, 0));
}
