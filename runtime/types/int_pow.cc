// base ** exponent and pow(base, exponent, modulus) of ints, over GMP's mpz functions on read-only views of our limbs.
#include "runtime/ops.h"
#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"

namespace pyjit::runtime {
namespace {

// An owned mpz; gives a Value of its content.
struct Mpz {
  mpz_t z;
  Mpz() { mpz_init(z); }
  ~Mpz() { mpz_clear(z); }
  Mpz(const Mpz&) = delete;
  Mpz& operator=(const Mpz&) = delete;
  Value value() const {
    static_assert(sizeof(mp_limb_t) == sizeof(uint64_t));
    return int_from_limbs(reinterpret_cast<const uint64_t*>(mpz_limbs_read(z)), mpz_size(z), mpz_sgn(z) < 0);
  }
};

// A read-only mpz over a view.
struct ReadOnly {
  mpz_t z;
  explicit ReadOnly(const LimbView& v) {
    mpz_roinit_n(z, v.p, v.negative ? -static_cast<mp_size_t>(v.n) : static_cast<mp_size_t>(v.n));
  }
};

Value power_modulo(Value a, Value b, Value modulus) {
  if (modulus == Value::from_int(0)) return raise(exc.ValueError, "pow() 3rd argument cannot be 0");
  LimbView m(modulus);
  if (m.n == 1 && m.p[0] == 1) return Value::from_int(0);
  LimbView x(a), e(b);
  ReadOnly base(x), exponent(e), mod(m);
  Mpz result, magnitude, inverse;
  mpz_abs(magnitude.z, mod.z);
  mpz_srcptr effective = base.z;
  if (e.negative) {
    if (!mpz_invert(inverse.z, base.z, magnitude.z)) {
      return raise(exc.ValueError, "base is not invertible for the given modulus");
    }
    effective = inverse.z;
    Mpz positive;
    mpz_neg(positive.z, exponent.z);
    mpz_powm(result.z, effective, positive.z, magnitude.z);
  } else {
    mpz_powm(result.z, effective, exponent.z, magnitude.z);
  }
  if (m.negative && mpz_sgn(result.z) != 0) mpz_sub(result.z, result.z, magnitude.z);
  return result.value();
}

}  // namespace

Value int_pow(Value a, Value b, Value modulus) {
  if (!modulus.is_none() && !modulus.is_null()) return power_modulo(a, b, modulus);
  int exponent_sign = int_sign(b);
  if (exponent_sign < 0) {
    double x, y;
    if (!int_to_double_checked(a, &x) || !int_to_double_checked(b, &y)) return nullptr;
    return float_pow(x, y);
  }
  if (exponent_sign == 0) return Value::from_int(1);
  if (a.is_int()) {
    int64_t base = a.as_int();
    if (base == 0 || base == 1) return a;
    if (base == -1) {
      LimbView e(b);
      return Value::from_int(e.p[0] & 1 ? -1 : 1);
    }
  }
  int64_t exponent;
  if (!int_to_int64(b, &exponent)) return raise_memory_error();
  if (a.is_int()) {
    // Squaring in machine words as long as everything fits.
    int64_t base = a.as_int(), result = 1;
    uint64_t e = static_cast<uint64_t>(exponent);
    bool fits = true;
    for (;;) {
      if (e & 1 && __builtin_mul_overflow(result, base, &result)) { fits = false; break; }
      e >>= 1;
      if (!e) break;
      if (__builtin_mul_overflow(base, base, &base)) { fits = false; break; }
    }
    if (fits) return new_int(result);
    uint64_t magnitude = static_cast<uint64_t>(a.as_int() < 0 ? -a.as_int() : a.as_int());
    if ((magnitude & (magnitude - 1)) == 0) {   // a power of two: a shift
      unsigned __int128 count = static_cast<unsigned __int128>(__builtin_ctzll(magnitude)) * static_cast<uint64_t>(exponent);
      if (count > kMaxLimbs * 64) return raise_memory_error();
      bool negative = a.as_int() < 0 && (exponent & 1);
      return int_lshift(Value::from_int(negative ? -1 : 1), new_int(static_cast<int64_t>(count)));
    }
  }
  LimbView x(a);
  unsigned __int128 bits = static_cast<unsigned __int128>(bit_length_of(x.p, x.n)) * static_cast<uint64_t>(exponent);
  if (bits > (static_cast<unsigned __int128>(1) << 42)) return raise_memory_error();
  // The result's cell comes first, so that a request that memory cannot hold fails with MemoryError and not inside GMP.
  BigInt* cell = TRY(new_bigint(static_cast<size_t>(bits / 64) + 2));
  ReadOnly base(x);
  Mpz result;
  mpz_pow_ui(result.z, base.z, static_cast<unsigned long>(exponent));
  size_t n = mpz_size(result.z);
  mpn_copyi(limbs_of(cell), mpz_limbs_read(result.z), n);
  return finish_bigint(cell, n, mpz_sgn(result.z) < 0);
}

}  // namespace pyjit::runtime
