// The algorithm of ../sieve.py.
#include "harness.h"

#include <numeric>
#include <vector>

const int64_t default_n = 8000000;

static std::vector<int64_t> primes_by_list(int64_t limit) {
  std::vector<char> prime(static_cast<size_t>(limit + 1), 1);
  prime[0] = prime[1] = 0;
  for (int64_t i = 2; i * i <= limit; ++i)
    if (prime[i])
      for (int64_t j = i * i; j <= limit; j += i) prime[j] = 0;
  std::vector<int64_t> found;
  for (int64_t i = 0; i <= limit; ++i)
    if (prime[i]) found.push_back(i);
  return found;
}

static int64_t count_by_bytes(int64_t limit) {
  std::vector<uint8_t> composite(static_cast<size_t>(limit + 1));
  int64_t count = 0;
  for (int64_t i = 2; i <= limit; ++i)
    if (!composite[i]) {
      ++count;
      for (int64_t j = i * i; j <= limit; j += i) composite[j] = 1;
    }
  return count;
}

std::string run(int64_t n) {
  std::vector<int64_t> primes = primes_by_list(n);
  int64_t sum = std::accumulate(primes.begin(), primes.end(), int64_t{0});
  return format("%zu %ld %ld %ld", primes.size(), primes.back(), sum % 1000003, count_by_bytes(n));
}
