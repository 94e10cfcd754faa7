// int ↔ double, int64, hash, and the measures of an int (sign, bit length).
#include <cmath>

#include "runtime/ops.h"
#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"

namespace pyjit::runtime {

constexpr uint64_t kHashModulus = (1ull << 61) - 1;

double round_mantissa(uint64_t mantissa, int64_t exponent) {
  // A normal double keeps 53 of the 64 bits; below 2^-1022 it keeps fewer.
  int64_t top = exponent + 63;                      // exponent of the leading bit
  if (top > 1023) return HUGE_VAL;
  int64_t drop = 11;
  if (top < -1022) drop += -1022 - top;
  if (drop > 64) return 0.0;
  uint64_t kept, rest, half = 1ull << (drop - 1);
  if (drop == 64) {
    kept = 0;
    rest = mantissa;
  } else {
    kept = mantissa >> drop;
    rest = mantissa & ((1ull << drop) - 1);
  }
  if (rest > half || (rest == half && (kept & 1))) ++kept;
  return std::ldexp(static_cast<double>(kept), static_cast<int>(exponent + drop));
}

double int_to_double(Value v) {
  v = int_value(v);
  if (v.is_int()) return static_cast<double>(v.as_int());
  LimbView x(v);
  size_t bits = bit_length_of(x.p, x.n);
  if (bits > 1024) return x.negative ? -HUGE_VAL : HUGE_VAL;
  // The top 64 bits, with a sticky lowest bit.
  unsigned lead = static_cast<unsigned>(__builtin_clzll(x.p[x.n - 1]));
  uint64_t mantissa = x.p[x.n - 1] << lead;
  bool sticky = false;
  if (x.n > 1) {
    if (lead) {
      mantissa |= x.p[x.n - 2] >> (64 - lead);
      sticky = (x.p[x.n - 2] << lead) != 0;
    } else {
      sticky = x.p[x.n - 2] != 0;
    }
    for (size_t i = 0; !sticky && i + 2 < x.n; ++i) sticky = x.p[i] != 0;
  }
  double d = round_mantissa(mantissa | sticky, static_cast<int64_t>(bits) - 64);
  return x.negative ? -d : d;
}

bool int_to_double_checked(Value v, double* out) {
  *out = int_to_double(v);
  if (!std::isinf(*out)) return true;
  raise(exc.OverflowError, "int too large to convert to float");
  return false;
}

Value int_from_double(double d) {
  if (std::isinf(d)) return raise(exc.OverflowError, "cannot convert float infinity to integer");
  if (std::isnan(d)) return raise(exc.ValueError, "cannot convert float NaN to integer");
  d = std::trunc(d);
  if (std::fabs(d) < 9.2e18) return new_int(static_cast<int64_t>(d));
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent);        // d = fraction * 2^exponent, 0.5 <= fraction < 1
  uint64_t mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  Value m = new_int(d < 0 ? -static_cast<int64_t>(mantissa) : static_cast<int64_t>(mantissa));
  return int_lshift(m, Value::from_int(exponent - 53));
}

bool int_to_int64(Value v, int64_t* out) {
  v = int_value(v);
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  LimbView x(v);
  if (x.n != 1) return false;
  if (x.p[0] > static_cast<uint64_t>(INT64_MAX) + x.negative) return false;
  *out = x.negative ? static_cast<int64_t>(-x.p[0]) : static_cast<int64_t>(x.p[0]);
  return true;
}

int64_t int_hash(Value v) {
  v = int_value(v);
  LimbView x(v);
  uint64_t h = x.n == 0 ? 0 : x.n == 1 ? x.p[0] % kHashModulus : mpn_mod_1(x.p, static_cast<mp_size_t>(x.n), kHashModulus);
  int64_t hash = x.negative ? -static_cast<int64_t>(h) : static_cast<int64_t>(h);
  return hash == -1 ? -2 : hash;
}

int int_sign(Value v) {
  v = int_value(v);
  if (v.is_int()) return (v.as_int() > 0) - (v.as_int() < 0);
  return v.as<BigInt>()->is_negative() ? -1 : 1;
}

uint64_t int_bit_length(Value v) {
  v = int_value(v);
  LimbView x(v);
  return bit_length_of(x.p, x.n);
}

Value float_compare_int(double a, Value b, CompareOp op) {
  b = int_value(b);
  int order;  // of a against b
  if (std::isnan(a)) return Value::from_bool(op == kNe);
  if (std::isinf(a)) {
    order = a > 0 ? 1 : -1;
  } else if (b.is_int()) {
    double d = static_cast<double>(b.as_int());   // 48 bits: exact
    order = (a > d) - (a < d);
  } else {
    int sign_a = (a > 0) - (a < 0), sign_b = int_sign(b);
    if (sign_a != sign_b) {
      order = sign_a < sign_b ? -1 : 1;
    } else {
      int exponent;
      std::frexp(a, &exponent);
      int64_t bits = static_cast<int64_t>(int_bit_length(b));
      if (exponent != bits) {
        order = (exponent < bits ? -1 : 1) * sign_a;
      } else {
        double whole = std::trunc(a);
        order = int_compare(int_from_double(whole), b);
        if (order == 0 && a != whole) order = sign_a;
      }
    }
  }
  bool result = op == kLt ? order < 0 : op == kLe ? order <= 0 : op == kEq ? order == 0 : op == kNe ? order != 0 : op == kGt ? order > 0 : order >= 0;
  return Value::from_bool(result);
}

}  // namespace pyjit::runtime
