// math's functions of integers: factorial, comb, perm, gcd, lcm, isqrt.
#include <gmp.h>

#include "runtime/modules/math_functions.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/int_limbs.h"

namespace pyjit::runtime {
namespace {

struct Mpz {
  mpz_t z;
  Mpz() { mpz_init(z); }
  explicit Mpz(Value v) {
    LimbView view(v);
    mpz_init(z);
    mpz_t source;
    mpz_roinit_n(source, view.p, view.negative ? -static_cast<mp_size_t>(view.n) : static_cast<mp_size_t>(view.n));
    mpz_set(z, source);
  }
  ~Mpz() { mpz_clear(z); }
  Mpz(const Mpz&) = delete;
  Mpz& operator=(const Mpz&) = delete;
  Value value() const { return int_from_limbs(reinterpret_cast<const uint64_t*>(mpz_limbs_read(z)), mpz_size(z), mpz_sgn(z) < 0); }
};

constexpr uint64_t kSmallFactorials[] = {1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800, 479001600, 6227020800, 87178291200, 1307674368000};

// Arguments this large give results that no memory holds.
constexpr int64_t kLargestFactorial = int64_t{1} << 33;

Value falling_product(Value n, int64_t k) {   // n * (n-1) * ... * (n-k+1)
  // By halves, so that factors stay balanced.
  struct Walk {
    static bool run(Mpz& out, mpz_srcptr n, int64_t from, int64_t count) {
      if (count <= 8) {
        mpz_sub_ui(out.z, n, static_cast<unsigned long>(from));
        Mpz factor;
        mpz_set(factor.z, out.z);
        for (int64_t i = 1; i < count; ++i) {
          mpz_sub_ui(factor.z, factor.z, 1);
          mpz_mul(out.z, out.z, factor.z);
        }
        return true;
      }
      Mpz right;
      run(out, n, from, count / 2);
      run(right, n, from + count / 2, count - count / 2);
      mpz_mul(out.z, out.z, right.z);
      return true;
    }
  };
  if (k == 0) return Value::from_int(1);
  Mpz base(n), result;
  Walk::run(result, base.z, 0, k);
  return result.value();
}

bool too_large(Value n, int64_t k) {
  unsigned __int128 bits = static_cast<unsigned __int128>(int_bit_length(n)) * static_cast<uint64_t>(k);
  if (bits <= (static_cast<unsigned __int128>(1) << 40)) return false;
  raise_memory_error();
  return true;
}

}  // namespace

Value math_factorial(Value* args) {
  Value n = TRY(number_index(args[0]));
  int64_t i;
  if (!int_to_int64(n, &i)) {
    if (int_sign(n) < 0) return raise(exc.ValueError, "factorial() not defined for negative values");
    return raise(exc.OverflowError, "factorial() argument should not exceed 9223372036854775807");
  }
  if (i < 0) return raise(exc.ValueError, "factorial() not defined for negative values");
  if (i < static_cast<int64_t>(std::size(kSmallFactorials))) return new_int_unsigned(kSmallFactorials[i]);
  if (i > kLargestFactorial) return raise_memory_error();
  Mpz result;
  mpz_fac_ui(result.z, static_cast<unsigned long>(i));
  return result.value();
}

Value math_perm(Value* args) {
  if (args[1].is_null() || args[1].is_none()) return math_factorial(args);
  Value n = TRY(number_index(args[0])), k = TRY(number_index(args[1]));
  if (int_sign(n) < 0) return raise(exc.ValueError, "n must be a non-negative integer");
  if (int_sign(k) < 0) return raise(exc.ValueError, "k must be a non-negative integer");
  if (int_compare(n, k) < 0) return Value::from_int(0);
  int64_t count;
  if (!int_to_int64(k, &count)) return raise(exc.OverflowError, "k must not exceed 9223372036854775807");
  if (too_large(n, count)) return nullptr;
  return falling_product(n, count);
}

Value math_comb(Value* args) {
  Value n = TRY(number_index(args[0])), k = TRY(number_index(args[1]));
  if (int_sign(n) < 0) return raise(exc.ValueError, "n must be a non-negative integer");
  if (int_sign(k) < 0) return raise(exc.ValueError, "k must be a non-negative integer");
  Value rest = TRY(int_sub(n, k));
  if (int_sign(rest) < 0) return Value::from_int(0);
  if (int_compare(rest, k) < 0) k = rest;
  int64_t count;
  if (!int_to_int64(k, &count)) return raise(exc.OverflowError, "min(n - k, k) must not exceed 9223372036854775807");
  if (count == 0) return Value::from_int(1);
  if (count == 1) return n;
  if (too_large(n, count)) return nullptr;
  Mpz base(n), result;
  mpz_bin_ui(result.z, base.z, static_cast<unsigned long>(count));
  return result.value();
}

static Value gcd_of(Value a, Value b) {
  if (both_ints(a, b)) {
    uint64_t x = static_cast<uint64_t>(std::abs(a.as_int())), y = static_cast<uint64_t>(std::abs(b.as_int()));
    while (y) {
      uint64_t r = x % y;
      x = y;
      y = r;
    }
    return new_int_unsigned(x);
  }
  Mpz x(a), y(b), result;
  mpz_gcd(result.z, x.z, y.z);
  return result.value();
}

static Value absolute_of(Value v) { return int_sign(v) < 0 ? int_neg(v) : v; }

Value math_gcd(Value* args) {
  auto* values = args[0].as<Tuple>();
  Value result = Value::from_int(0);
  for (uint64_t i = 0; i < values->size; ++i) {
    Value v = TRY(number_index(values->items[i]));
    result = TRY(i == 0 ? absolute_of(v) : gcd_of(result, v));
  }
  return result;
}

Value math_lcm(Value* args) {
  auto* values = args[0].as<Tuple>();
  Value result = Value::from_int(1);
  for (uint64_t i = 0; i < values->size; ++i) {
    Value v = TRY(number_index(values->items[i]));
    if (i == 0) {
      result = TRY(absolute_of(v));
      continue;
    }
    if (int_sign(result) == 0) continue;   // stays 0, but every argument is checked
    if (int_sign(v) == 0) {
      result = v;
      continue;
    }
    Value g = TRY(gcd_of(result, v));
    Value part = TRY(int_floordiv(result, g));
    Value product = TRY(int_mul(part, v));
    result = TRY(absolute_of(product));
  }
  return result;
}

Value math_isqrt(Value* args) {
  Value n = TRY(number_index(args[0]));
  if (int_sign(n) < 0) return raise(exc.ValueError, "isqrt() argument must be nonnegative");
  Mpz x(n), root;
  mpz_sqrt(root.z, x.z);
  return root.value();
}

}  // namespace pyjit::runtime
