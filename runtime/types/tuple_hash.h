// The hash of a tuple from the hashes of its items, as CPython's (xxHash's rounds).
#pragma once
#include <cstdint>

namespace pyjit::runtime {

class TupleHash {
 public:
  void add(int64_t lane) {
    acc_ += static_cast<uint64_t>(lane) * kPrime2;
    acc_ = (acc_ << 31) | (acc_ >> 33);
    acc_ *= kPrime1;
  }
  int64_t finish(uint64_t size) const {
    uint64_t acc = acc_ + (size ^ (kPrime5 ^ 3527539ull));
    return acc == ~0ull ? 1546275796 : static_cast<int64_t>(acc);
  }

 private:
  static constexpr uint64_t kPrime1 = 11400714785074694791ull, kPrime2 = 14029467366897019727ull, kPrime5 = 2870177450012600261ull;
  uint64_t acc_ = kPrime5;
};

inline int64_t tuple_hash_of(const int64_t* lanes, uint64_t n) {
  TupleHash hash;
  for (uint64_t i = 0; i < n; ++i) hash.add(lanes[i]);
  return hash.finish(n);
}

}  // namespace pyjit::runtime
