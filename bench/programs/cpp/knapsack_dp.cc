// The algorithm of ../knapsack_dp.py.
#include "harness.h"

#include <algorithm>
#include <vector>

const int64_t default_n = 600;
using Numbers = std::vector<int64_t>;

static int64_t knapsack(const Numbers& weights, const Numbers& values, int64_t capacity) {
  Numbers best(static_cast<size_t>(capacity + 1));
  for (size_t i = 0; i < weights.size(); ++i)
    for (int64_t room = capacity; room >= weights[i]; --room) best[room] = std::max(best[room], best[room - weights[i]] + values[i]);
  return best[capacity];
}

static int64_t change_ways(int64_t amount) {
  Numbers ways(static_cast<size_t>(amount + 1));
  ways[0] = 1;
  for (int64_t coin : {1, 2, 5, 10, 20, 50, 100, 200})
    for (int64_t total = coin; total <= amount; ++total) ways[total] = (ways[total] + ways[total - coin]) % 1000000007;
  return ways[amount];
}

static int64_t longest_increasing(const Numbers& numbers, int times) {
  Numbers tails;
  for (int k = 0; k < times; ++k)
    for (int64_t number : numbers) {
      auto at = std::lower_bound(tails.begin(), tails.end(), number);
      if (at == tails.end()) tails.push_back(number);
      else *at = number;
    }
  return static_cast<int64_t>(tails.size());
}

std::string run(int64_t n) {
  int64_t state = 13;
  Numbers weights, values, numbers;
  for (int64_t i = 0; i < n; ++i) {
    state = next_random(state);
    weights.push_back(5 + (state >> 7) % 60);
    values.push_back(10 + (state >> 13) % 90);
    for (int k = 0; k < 10; ++k) numbers.push_back(state >> k & 0xFFFF);
  }
  return format("%ld %ld %ld", knapsack(weights, values, 30 * n), change_ways(40 * n), longest_increasing(numbers, 10));
}
