// int arithmetic: inline operands in machine words, others over mpn limbs; results canonical.
#include <cmath>
#include <cstring>

#include "runtime/ops.h"
#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"

namespace pyjit::runtime {

BigInt* new_bigint(size_t count) {
  if (count > kMaxLimbs) return raise_memory_error();
  size_t bytes = sizeof(BigInt) + count * sizeof(mp_limb_t);
  Shape* shape = types.int_->root_shape;
  return static_cast<BigInt*>(bytes <= kMaxSmallSize ? heap.allocate(shape, bytes) : heap.allocate_checked(shape, bytes));
}

Value finish_bigint(BigInt* b, size_t count, bool negative) {
  while (count && b->limbs[count - 1] == 0) --count;
  if (count == 0) return Value::from_int(0);
  if (count == 1) {
    uint64_t magnitude = b->limbs[0];
    if (magnitude <= static_cast<uint64_t>(Value::kMaxInt) + negative) {
      return Value::from_int(negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude));
    }
  }
  b->size = negative ? -static_cast<int64_t>(count) : static_cast<int64_t>(count);
  return b;
}

Value int_from_limbs(const uint64_t* limbs, size_t count, bool negative) {
  while (count && limbs[count - 1] == 0) --count;
  if (count <= 1) {
    uint64_t magnitude = count ? limbs[0] : 0;
    if (magnitude <= static_cast<uint64_t>(Value::kMaxInt) + negative) {
      return Value::from_int(negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude));
    }
  }
  BigInt* b = TRY(new_bigint(count));
  memcpy(b->limbs, limbs, count * sizeof(uint64_t));
  b->size = negative ? -static_cast<int64_t>(count) : static_cast<int64_t>(count);
  return b;
}

Value int_from_int128(__int128 i) {
  if (i >= Value::kMinInt && i <= Value::kMaxInt) return Value::from_int(static_cast<int64_t>(i));
  bool negative = i < 0;
  unsigned __int128 magnitude = negative ? -static_cast<unsigned __int128>(i) : static_cast<unsigned __int128>(i);
  uint64_t limbs[] = {static_cast<uint64_t>(magnitude), static_cast<uint64_t>(magnitude >> 64)};
  return int_from_limbs(limbs, 2, negative);
}

Value int_value(Value v) {
  if (v.is_int()) return v;
  if (v.is_bool()) return Value::from_int(v.as_bool());
  if (is_bigint(v)) return v;
  return v.as<IntObject>()->value;
}

// An exact int of one limb at most, in machine arithmetic.
static inline bool as_int128(Value v, __int128* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  const BigInt* b = v.as<BigInt>();
  if (b->size != 1 && b->size != -1) return false;
  *out = b->size < 0 ? -static_cast<__int128>(b->limbs[0]) : static_cast<__int128>(b->limbs[0]);
  return true;
}

// |a| + |b| with the given sign.
static Value add_magnitudes(const LimbView& a, const LimbView& b, bool negative) {
  const LimbView& longer = a.n >= b.n ? a : b;
  const LimbView& shorter = a.n >= b.n ? b : a;
  BigInt* r = TRY(new_bigint(longer.n + 1));
  mp_limb_t carry = shorter.n ? mpn_add(limbs_of(r), longer.p, longer.n, shorter.p, shorter.n)
                              : (mpn_copyi(limbs_of(r), longer.p, longer.n), 0);
  r->limbs[longer.n] = carry;
  return finish_bigint(r, longer.n + 1, negative);
}

static int compare_magnitudes(const LimbView& a, const LimbView& b) {
  if (a.n != b.n) return a.n < b.n ? -1 : 1;
  return a.n ? mpn_cmp(a.p, b.p, a.n) : 0;
}

// |a| - |b|, negated when `negative`.
static Value subtract_magnitudes(const LimbView& a, const LimbView& b, bool negative) {
  int order = compare_magnitudes(a, b);
  if (order == 0) return Value::from_int(0);
  const LimbView& larger = order > 0 ? a : b;
  const LimbView& smaller = order > 0 ? b : a;
  BigInt* r = TRY(new_bigint(larger.n));
  if (smaller.n) mpn_sub(limbs_of(r), larger.p, larger.n, smaller.p, smaller.n);
  else mpn_copyi(limbs_of(r), larger.p, larger.n);
  return finish_bigint(r, larger.n, negative != (order < 0));
}

static Value add_slow(Value a, Value b, bool negate_b) {
  if (__int128 i, j; as_int128(a, &i) && as_int128(b, &j)) return int_from_int128(negate_b ? i - j : i + j);
  LimbView x(a), y(b);
  bool y_negative = y.negative != negate_b;
  if (x.negative == y_negative) return add_magnitudes(x, y, x.negative);
  return subtract_magnitudes(x, y, x.negative);
}

Value int_add(Value a, Value b) {
  if (both_ints(a, b)) return new_int(a.as_int() + b.as_int());
  return add_slow(a, b, false);
}

Value int_sub(Value a, Value b) {
  if (both_ints(a, b)) return new_int(a.as_int() - b.as_int());
  return add_slow(a, b, true);
}

Value int_mul(Value a, Value b) {
  if (both_ints(a, b)) return int_from_int128(static_cast<__int128>(a.as_int()) * b.as_int());
  LimbView x(a), y(b);
  if (x.n == 0 || y.n == 0) return Value::from_int(0);
  if (x.n == 1 && y.n == 1) {
    unsigned __int128 product = static_cast<unsigned __int128>(x.p[0]) * y.p[0];
    uint64_t limbs[] = {static_cast<uint64_t>(product), static_cast<uint64_t>(product >> 64)};
    return int_from_limbs(limbs, 2, x.negative != y.negative);
  }
  BigInt* r = TRY(new_bigint(x.n + y.n));
  if (x.p == y.p) mpn_sqr(limbs_of(r), x.p, x.n);
  else if (x.n >= y.n) mpn_mul(limbs_of(r), x.p, x.n, y.p, y.n);
  else mpn_mul(limbs_of(r), y.p, y.n, x.p, x.n);
  return finish_bigint(r, x.n + y.n, x.negative != y.negative);
}

// Floor division of limbs; either result may be skipped. Precondition: b is not zero, not both inline.
static bool divmod_big(Value a, Value b, Value* quotient, Value* remainder) {
  LimbView x(a), y(b);
  bool opposite = x.negative != y.negative;
  if (x.n == 1 && y.n == 1) {
    __int128 q = x.p[0] / y.p[0], r = x.p[0] % y.p[0];
    if (opposite && r) {
      ++q;
      r = y.p[0] - r;
    }
    if (quotient && !(*quotient = int_from_int128(opposite ? -q : q))) return false;
    if (remainder && !(*remainder = int_from_int128(y.negative ? -r : r))) return false;
    return true;
  }
  if (compare_magnitudes(x, y) < 0) {
    // |a| < |b|: the quotient is 0 or -1.
    bool adjust = x.n && opposite;
    if (quotient) *quotient = Value::from_int(adjust ? -1 : 0);
    if (remainder) {
      *remainder = adjust ? int_add(a, b) : a;
      if (!*remainder) return false;
    }
    return true;
  }
  BigInt* q = new_bigint(x.n - y.n + 2);
  BigInt* r = q ? new_bigint(y.n) : nullptr;
  if (!r) return false;
  mpn_tdiv_qr(limbs_of(q), limbs_of(r), 0, x.p, x.n, y.p, y.n);
  q->limbs[x.n - y.n + 1] = 0;
  if (opposite && !mpn_zero_p(limbs_of(r), y.n)) {
    mpn_add_1(limbs_of(q), limbs_of(q), x.n - y.n + 2, 1);
    mpn_sub_n(limbs_of(r), y.p, limbs_of(r), y.n);
  }
  if (quotient) *quotient = finish_bigint(q, x.n - y.n + 2, opposite);
  if (remainder) *remainder = finish_bigint(r, y.n, y.negative);
  return true;
}

static int64_t floor_div(int64_t a, int64_t b) {
  int64_t q = a / b;
  return q - ((a % b != 0) & ((a ^ b) < 0));
}
static int64_t floor_mod(int64_t a, int64_t b) {
  int64_t r = a % b;
  return r != 0 && (r ^ b) < 0 ? r + b : r;
}

Value int_floordiv(Value a, Value b) {
  if (b == Value::from_int(0)) return raise(exc.ZeroDivisionError, "integer division or modulo by zero");
  if (both_ints(a, b)) return new_int(floor_div(a.as_int(), b.as_int()));
  Value q;
  return divmod_big(a, b, &q, nullptr) ? q : nullptr;
}

Value int_mod(Value a, Value b) {
  if (b == Value::from_int(0)) return raise(exc.ZeroDivisionError, "integer modulo by zero");
  if (both_ints(a, b)) return Value::from_int(floor_mod(a.as_int(), b.as_int()));
  LimbView x(a), y(b);
  if (y.n == 1 && !y.negative && !x.negative) return new_int_unsigned(mpn_mod_1(x.p, x.n, y.p[0]));
  Value r;
  return divmod_big(a, b, nullptr, &r) ? r : nullptr;
}

bool int_divmod(Value a, Value b, Value* quotient, Value* remainder) {
  if (b == Value::from_int(0)) return raise(exc.ZeroDivisionError, "integer division or modulo by zero"), false;
  if (both_ints(a, b)) {
    *quotient = new_int(floor_div(a.as_int(), b.as_int()));
    *remainder = Value::from_int(floor_mod(a.as_int(), b.as_int()));
    return true;
  }
  return divmod_big(a, b, quotient, remainder);
}

Value int_truediv(Value a, Value b) {
  if (b == Value::from_int(0)) return raise(exc.ZeroDivisionError, "division by zero");
  if (both_ints(a, b)) return Value::from_double(static_cast<double>(a.as_int()) / static_cast<double>(b.as_int()));
  LimbView x(a), y(b);
  bool negative = x.negative != y.negative;
  if (x.n == 0) return Value::from_double(negative ? -0.0 : 0.0);
  int64_t x_bits = static_cast<int64_t>(bit_length_of(x.p, x.n)), y_bits = static_cast<int64_t>(bit_length_of(y.p, y.n));
  if (x_bits - y_bits > 1024) return raise(exc.OverflowError, "integer division result too large for a float");
  if (x_bits - y_bits < -1100) return Value::from_double(negative ? -0.0 : 0.0);
  // Scale so that the quotient has 65 or 66 bits, divide, keep the top 64 with a sticky bit, round once.
  int64_t shift = 66 - (x_bits - y_bits);   // numerator * 2^shift (negative: drop bits, which are sticky)
  size_t limbs = (shift > 0 ? x.n + static_cast<size_t>(shift) / 64 + 1 : x.n) + 1;
  Scratch numerator(limbs), quotient(limbs + 2), remainder(y.n);
  if (!numerator || !quotient || !remainder) return raise_memory_error();
  mp_limb_t* num = numerator.get();
  size_t n;
  bool sticky = false;
  if (shift >= 0) {
    size_t whole = static_cast<size_t>(shift) / 64, bits = static_cast<size_t>(shift) % 64;
    mpn_zero(num, whole);
    if (bits) num[whole + x.n] = mpn_lshift(num + whole, x.p, x.n, bits);
    else mpn_copyi(num + whole, x.p, x.n), num[whole + x.n] = 0;
    n = whole + x.n + 1;
  } else {
    size_t whole = static_cast<size_t>(-shift) / 64, bits = static_cast<size_t>(-shift) % 64;
    n = x.n - whole;
    for (size_t i = 0; i < whole; ++i) sticky |= x.p[i] != 0;
    if (bits) sticky |= mpn_rshift(num, x.p + whole, n, bits) != 0;
    else mpn_copyi(num, x.p + whole, n);
  }
  while (n && num[n - 1] == 0) --n;
  mpn_tdiv_qr(quotient.get(), remainder.get(), 0, num, n, y.p, y.n);
  sticky |= !mpn_zero_p(remainder.get(), y.n);
  size_t q_limbs = n - y.n + 1;
  while (quotient.get()[q_limbs - 1] == 0) --q_limbs;
  // 66 or 67 bits: two limbs.
  int64_t q_bits = static_cast<int64_t>(bit_length_of(quotient.get(), q_limbs));
  int drop = static_cast<int>(q_bits - 64);
  unsigned __int128 q = quotient.get()[0] | (static_cast<unsigned __int128>(q_limbs > 1 ? quotient.get()[1] : 0) << 64);
  uint64_t mantissa = static_cast<uint64_t>(q >> drop);
  sticky |= (q & ((static_cast<unsigned __int128>(1) << drop) - 1)) != 0;
  double d = round_mantissa(mantissa | sticky, drop - shift);
  if (std::isinf(d)) return raise(exc.OverflowError, "integer division result too large for a float");
  return Value::from_double(negative ? -d : d);
}

// Shift count of << and >>: false with an exception pending when negative; *huge when it exceeds int64.
static bool shift_count(Value b, int64_t* count, bool* huge) {
  *huge = false;
  if (int_sign(b) < 0) return raise(exc.ValueError, "negative shift count"), false;
  *huge = !int_to_int64(b, count);
  return true;
}

Value int_lshift(Value a, Value b) {
  int64_t count;
  bool huge;
  if (!shift_count(b, &count, &huge)) return nullptr;
  if (int_sign(a) == 0) return Value::from_int(0);
  if (huge) return raise(exc.OverflowError, "too many digits in integer");
  if (a.is_int() && count < 64) return int_from_int128(static_cast<__int128>(a.as_int()) << count);
  LimbView x(a);
  size_t whole = static_cast<size_t>(count) / 64, bits = static_cast<size_t>(count) % 64;
  if (whole > kMaxLimbs) return raise_memory_error();
  BigInt* r = TRY(new_bigint(x.n + whole + 1));
  mp_limb_t* out = limbs_of(r);
  mpn_zero(out, whole);
  if (bits) out[whole + x.n] = mpn_lshift(out + whole, x.p, x.n, bits);
  else mpn_copyi(out + whole, x.p, x.n), out[whole + x.n] = 0;
  return finish_bigint(r, x.n + whole + 1, x.negative);
}

Value int_rshift(Value a, Value b) {
  int64_t count;
  bool huge;
  if (!shift_count(b, &count, &huge)) return nullptr;
  if (huge) return Value::from_int(int_sign(a) < 0 ? -1 : 0);
  if (a.is_int()) return Value::from_int(a.as_int() >> (count > 63 ? 63 : count));
  if (__int128 i; as_int128(a, &i)) return int_from_int128(i >> (count > 127 ? 127 : count));
  LimbView x(a);
  if (x.n == 2 && !x.negative && count < 128) {
    unsigned __int128 u = (static_cast<unsigned __int128>(x.p[1]) << 64 | x.p[0]) >> count;
    uint64_t limbs[] = {static_cast<uint64_t>(u), static_cast<uint64_t>(u >> 64)};
    return int_from_limbs(limbs, 2, false);
  }
  size_t whole = static_cast<size_t>(count) / 64, bits = static_cast<size_t>(count) % 64;
  if (whole >= x.n) return Value::from_int(x.negative ? -1 : 0);
  size_t n = x.n - whole;
  BigInt* r = TRY(new_bigint(n + 1));
  mp_limb_t* out = limbs_of(r);
  bool lost = false;
  if (x.negative) lost = !mpn_zero_p(x.p, whole + 0) && whole;
  if (bits) lost |= mpn_rshift(out, x.p + whole, n, bits) != 0;
  else mpn_copyi(out, x.p + whole, n);
  out[n] = 0;
  if (x.negative && lost) mpn_add_1(out, out, n + 1, 1);   // floor, not truncation
  return finish_bigint(r, n + 1, x.negative);
}

enum class BitOp { kAnd, kOr, kXor };

// Two's complement of the view in `n` limbs (n > view.n).
static void to_twos_complement(const LimbView& v, mp_limb_t* out, size_t n) {
  mpn_copyi(out, v.p, v.n);
  mpn_zero(out + v.n, n - v.n);
  if (v.negative) mpn_neg(out, out, n);
}

static Value bit_op(Value a, Value b, BitOp op) {
  if (__int128 i, j; as_int128(a, &i) && as_int128(b, &j)) {
    return int_from_int128(op == BitOp::kAnd ? i & j : op == BitOp::kOr ? i | j : i ^ j);
  }
  LimbView x(a), y(b);
  size_t n = (x.n > y.n ? x.n : y.n) + 1;
  BigInt* r = TRY(new_bigint(n));
  Scratch other(n);
  if (!other) return raise_memory_error();
  mp_limb_t* out = limbs_of(r);
  to_twos_complement(x, out, n);
  to_twos_complement(y, other.get(), n);
  bool negative;
  switch (op) {
    case BitOp::kAnd: mpn_and_n(out, out, other.get(), n); negative = x.negative & y.negative; break;
    case BitOp::kOr: mpn_ior_n(out, out, other.get(), n); negative = x.negative | y.negative; break;
    default: mpn_xor_n(out, out, other.get(), n); negative = x.negative ^ y.negative; break;
  }
  if (negative) mpn_neg(out, out, n);
  return finish_bigint(r, n, negative);
}

Value int_and(Value a, Value b) {
  if (both_ints(a, b)) return Value::from_int(a.as_int() & b.as_int());
  // A mask that is a small non-negative number needs only the low limb.
  if (b.is_int() && b.as_int() >= 0) std::swap(a, b);
  if (a.is_int() && a.as_int() >= 0) {
    LimbView y(b);
    mp_limb_t low = y.n ? y.p[0] : 0;
    return Value::from_int(static_cast<int64_t>(static_cast<uint64_t>(a.as_int()) & (y.negative ? -low : low)));
  }
  return bit_op(a, b, BitOp::kAnd);
}
Value int_or(Value a, Value b) {
  if (both_ints(a, b)) return Value::from_int(a.as_int() | b.as_int());
  return bit_op(a, b, BitOp::kOr);
}
Value int_xor(Value a, Value b) {
  if (both_ints(a, b)) return Value::from_int(a.as_int() ^ b.as_int());
  return bit_op(a, b, BitOp::kXor);
}

Value int_neg(Value a) {
  if (a.is_int()) return new_int(-a.as_int());
  LimbView x(a);
  BigInt* r = TRY(new_bigint(x.n));
  mpn_copyi(limbs_of(r), x.p, x.n);
  return finish_bigint(r, x.n, !x.negative);
}

Value int_invert(Value a) {
  if (a.is_int()) return Value::from_int(~a.as_int());
  Value negated = TRY(int_neg(a));
  return int_sub(negated, Value::from_int(1));
}

int int_compare(Value a, Value b) {
  if (both_ints(a, b)) return (a.as_int() > b.as_int()) - (a.as_int() < b.as_int());
  LimbView x(a), y(b);
  if (x.negative != y.negative) return x.negative ? -1 : 1;
  int order = compare_magnitudes(x, y);
  return x.negative ? -order : order;
}

}  // namespace pyjit::runtime
