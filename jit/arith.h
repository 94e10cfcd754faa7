// Python's arithmetic on machine integers and doubles: what the IR's operations mean. Used by folding, by the IR interpreter, and
// (floating-point modulo) called from machine code.
#pragma once
#include <cmath>
#include <cstdint>

#include "runtime/value.h"

namespace pyjit::jit {

inline int64_t floordiv_i64(int64_t a, int64_t b) {  // b != 0
  if (b == -1) return static_cast<int64_t>(0 - static_cast<uint64_t>(a));
  int64_t q = a / b;
  return q - ((a % b != 0) & ((a ^ b) < 0));
}
inline int64_t mod_i64(int64_t a, int64_t b) {  // b != 0; the sign of the result is b's
  if (b == -1) return 0;
  int64_t r = a % b;
  return r + ((r != 0) & ((r ^ b) < 0) ? b : 0);
}
inline int64_t shl_i64(int64_t a, int64_t count) {
  return static_cast<uint64_t>(count) > 63 ? 0 : static_cast<int64_t>(static_cast<uint64_t>(a) << count);
}
inline int64_t shr_i64(int64_t a, int64_t count) { return a >> (static_cast<uint64_t>(count) > 63 ? 63 : count); }

// Checked operations on ints: whether the exact result fits 48 bits.
inline bool add_ov(int64_t a, int64_t b, int64_t* result) {
  return !__builtin_add_overflow(a, b, result) && runtime::Value::fits_int(*result);
}
inline bool sub_ov(int64_t a, int64_t b, int64_t* result) {
  return !__builtin_sub_overflow(a, b, result) && runtime::Value::fits_int(*result);
}
inline bool mul_ov(int64_t a, int64_t b, int64_t* result) {
  return !__builtin_mul_overflow(a, b, result) && runtime::Value::fits_int(*result);
}
inline bool shl_ov(int64_t a, int64_t count, int64_t* result) {
  *result = 0;
  if (static_cast<uint64_t>(count) > 47) return false;  // even for 0, so that one comparison decides
  *result = static_cast<int64_t>(static_cast<uint64_t>(a) << count);
  return *result >> count == a && runtime::Value::fits_int(*result);
}
// Truncation; false if the result does not fit 48 bits or f is not a number.
inline bool f2i(double f, int64_t* result) {
  if (!(f > -140737488355329.0 && f < 140737488355328.0)) return false;
  *result = static_cast<int64_t>(f);
  return true;
}

inline double mod_f64(double a, double b) {  // b != 0
  double r = std::fmod(a, b);
  if (r == 0) return std::copysign(0.0, b);
  return (b < 0) != (r < 0) ? r + b : r;
}
inline double floordiv_f64(double a, double b) {  // b != 0
  double r = std::fmod(a, b), q = (a - r) / b;
  if (r != 0 && (b < 0) != (r < 0)) q -= 1.0;
  if (q == 0) return std::copysign(0.0, a / b);
  double whole = std::floor(q);
  return q - whole > 0.5 ? whole + 1.0 : whole;
}

}  // namespace pyjit::jit
