// Int arithmetic against results computed by Python (number_vectors.inc).
#include "tests/unit/runtime/number_fixture.h"

#include "runtime/types/float.h"

namespace pyjit::runtime {
namespace {

class BigInt : public RuntimeTest {};

std::string float_hex(Value v) {
  if (!v) return hex_of(v);
  static Str* const kHex = intern("hex");
  return to_utf8(call_method0(v, kHex).as<Str>());
}

TEST_F(BigInt, BinaryOperations) {
  struct Row {
    const char *a, *b, *add, *sub, *mul, *floordiv, *mod, *truediv, *and_, *or_, *xor_;
  };
  static constexpr Row kRows[] = {
#define ROW(...) {__VA_ARGS__},
#define BINARY_VECTORS
#include "tests/unit/runtime/number_vectors.inc"
#undef BINARY_VECTORS
#undef ROW
  };
  for (const Row& r : kRows) {
    Value a = int_of(r.a), b = int_of(r.b);
    SCOPED_TRACE(std::string(r.a) + " op " + r.b);
    EXPECT_EQ(hex_of(a), r.a);
    EXPECT_EQ(hex_of(int_add(a, b)), r.add);
    EXPECT_EQ(hex_of(int_sub(a, b)), r.sub);
    EXPECT_EQ(hex_of(int_mul(a, b)), r.mul);
    EXPECT_EQ(hex_of(int_floordiv(a, b)), r.floordiv);
    EXPECT_EQ(hex_of(int_mod(a, b)), r.mod);
    EXPECT_EQ(float_hex(int_truediv(a, b)), r.truediv);
    EXPECT_EQ(hex_of(int_and(a, b)), r.and_);
    EXPECT_EQ(hex_of(int_or(a, b)), r.or_);
    EXPECT_EQ(hex_of(int_xor(a, b)), r.xor_);
    if (int_sign(b)) {
      Value q, m;
      ASSERT_TRUE(int_divmod(a, b, &q, &m));
      EXPECT_EQ(int_compare(int_add(int_mul(q, b), m), a), 0);
    }
    EXPECT_EQ(int_compare(a, b) < 0, int_sign(int_sub(a, b)) < 0);
  }
}

TEST_F(BigInt, ShiftsHashTextAndFloat) {
  struct Row {
    const char* n;
    int shift;
    const char *left, *right;
    int64_t hash;
    const char *decimal, *real;
  };
  static const Row kRows[] = {
#define ROW(n, shift, left, right, hash, decimal, real) {n, atoi(shift), left, right, atoll(hash), decimal, real},
#define UNARY_VECTORS
#include "tests/unit/runtime/number_vectors.inc"
#undef UNARY_VECTORS
#undef ROW
  };
  for (const Row& r : kRows) {
    Value n = int_of(r.n);
    SCOPED_TRACE(r.n);
    EXPECT_EQ(hex_of(int_lshift(n, Value::from_int(r.shift))), r.left);
    EXPECT_EQ(hex_of(int_rshift(n, Value::from_int(r.shift))), r.right);
    EXPECT_EQ(int_hash(n), r.hash);
    EXPECT_EQ(int_to_text(n, 10), r.decimal);
    bool valid;
    EXPECT_EQ(int_compare(int_from_text(r.decimal, 10, &valid), n), 0);
    double d;
    EXPECT_EQ(float_hex(int_to_double_checked(n, &d) ? Value::from_double(d) : Value()), r.real);
    EXPECT_EQ(hex_of(int_neg(int_neg(n))), r.n);
    EXPECT_EQ(hex_of(int_invert(int_invert(n))), r.n);
  }
}

TEST_F(BigInt, ModularPowers) {
  struct Row {
    const char *base, *exponent, *modulus, *result;
  };
  static constexpr Row kRows[] = {
#define ROW(...) {__VA_ARGS__},
#define POWER_VECTORS
#include "tests/unit/runtime/number_vectors.inc"
#undef POWER_VECTORS
#undef ROW
  };
  for (const Row& r : kRows) {
    SCOPED_TRACE(std::string(r.base) + " ** " + r.exponent + " % " + r.modulus);
    EXPECT_EQ(hex_of(int_pow(int_of(r.base), int_of(r.exponent), int_of(r.modulus))), r.result);
  }
}

TEST_F(BigInt, CanonicalForm) {
  Value big = int_of("0x800000000000");  // 2^47: one too many for an inline int
  EXPECT_TRUE(is_bigint(big));
  EXPECT_TRUE(int_sub(big, Value::from_int(1)).is_int());
  EXPECT_TRUE(int_neg(big).is_int());  // -2^47 is inline
  EXPECT_TRUE(is_bigint(int_neg(int_neg(big))));
  EXPECT_TRUE(int_and(big, Value::from_int(0xFFFF)).is_int());
}

TEST_F(BigInt, DigitLimit) {
  Value n = int_pow(Value::from_int(10), Value::from_int(4300), Value::none());
  EXPECT_EQ(int_repr(n), nullptr);
  clear_pending();
  EXPECT_NE(int_repr(int_sub(n, Value::from_int(1))), nullptr);
}

}  // namespace
}  // namespace pyjit::runtime
