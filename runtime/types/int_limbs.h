// A view of any exact int as sign and limbs, for the files that implement int; nothing here is visible outside them.
#pragma once
#include <gmp.h>

#include <cstdlib>

#include "runtime/heap.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

static_assert(sizeof(mp_limb_t) == 8);
constexpr size_t kMaxLimbs = size_t{1} << 40;   // far above any memory; guards the arithmetic on sizes

// The limbs of an exact int; an inline one's lie in the view itself, so a view must not be copied and then outlive the original.
struct LimbView {
  const mp_limb_t* p;
  size_t n;         // 0 for zero
  bool negative;
  mp_limb_t small;

  explicit LimbView(Value v) {
    if (v.is_int()) {
      int64_t i = v.as_int();
      negative = i < 0;
      small = static_cast<mp_limb_t>(negative ? -i : i);
      p = &small;
      n = small != 0;
    } else {
      const BigInt* b = v.as<BigInt>();
      p = reinterpret_cast<const mp_limb_t*>(b->limbs);
      n = b->limb_count();
      negative = b->is_negative();
    }
  }
  LimbView(const LimbView&) = delete;
  LimbView& operator=(const LimbView&) = delete;
};

inline mp_limb_t* limbs_of(BigInt* b) { return reinterpret_cast<mp_limb_t*>(b->limbs); }

// A cell for `count` limbs, size not set. Null: MemoryError pending.
BigInt* new_bigint(size_t count);
// The canonical Value of a cell whose first `count` limbs are filled: strips zero limbs, may answer an inline int.
Value finish_bigint(BigInt* b, size_t count, bool negative);

// Scratch limbs: on the native stack when few, else from malloc.
class Scratch {
 public:
  explicit Scratch(size_t count)
      : p_(count <= kInline ? inline_ : static_cast<mp_limb_t*>(malloc(count * sizeof(mp_limb_t)))) {}
  ~Scratch() { if (p_ != inline_) free(p_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  mp_limb_t* get() { return p_; }
  explicit operator bool() const { return p_ != nullptr; }

 private:
  static constexpr size_t kInline = 64;
  mp_limb_t* p_;
  mp_limb_t inline_[kInline];
};

inline size_t bit_length_of(const mp_limb_t* p, size_t n) {
  return n ? n * 64 - static_cast<size_t>(__builtin_clzll(p[n - 1])) : 0;
}

}  // namespace pyjit::runtime
