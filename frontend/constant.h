// A compile-time constant: what a literal denotes and what co_consts holds, before the runtime makes objects of it.
//
// Immutable and allocated in the compilation's Arena; pointers stay valid while the Arena lives. Text is UTF-8 in which
// lone surrogates appear as their three-byte form (as CPython's "surrogatepass" writes them).
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pyjit::frontend {

struct Code;

struct Constant {
  enum class Kind : uint8_t { kNone, kFalse, kTrue, kEllipsis, kInt, kBigInt, kFloat, kComplex, kStr, kBytes, kTuple, kFrozenSet, kCode };

  Kind kind = Kind::kNone;
  bool negative = false;                   // kBigInt: sign of the magnitude in `limbs`
  union {
    int64_t integer;                       // kInt: any value that fits in 64 bits
    double real;                           // kFloat, kComplex
    const Code* code;                      // kCode
  };
  double imag = 0;                         // kComplex
  std::string_view text;                   // kStr (UTF-8 + surrogates), kBytes (raw)
  std::span<const uint64_t> limbs;         // kBigInt: magnitude, least significant limb first, no leading zero limb
  std::span<const Constant* const> items;  // kTuple, kFrozenSet (without duplicates, in the order in which the set is filled)
  constexpr Constant() : integer(0) {}
};

}  // namespace pyjit::frontend
