// Arithmetic, comparison and branches, written once over a machine.
//
// Each binary operation: both ints, both floats, else the general rules in one opaque call. An int result that leaves 48 bits takes the
// general way too.
#pragma once
#include "interp/machine.h"

namespace pyjit::interp {

// The operation on two ints. False: its result is not an inline int, or the operation raises.
template <BinaryOp OP, class M> PYJIT_INLINE bool int_binary(M& m, typename M::V a, typename M::V b, typename M::V* out) {
  if constexpr (OP == kAdd) return m.int_add(a, b, out);
  if constexpr (OP == kSub) return m.int_sub(a, b, out);
  if constexpr (OP == kMul) return m.int_mul(a, b, out);
  if constexpr (OP == kAnd) { *out = m.int_and(a, b); return true; }
  if constexpr (OP == kOr) { *out = m.int_or(a, b); return true; }
  if constexpr (OP == kXor) { *out = m.int_xor(a, b); return true; }
  if constexpr (OP == kLShift) return m.int_lshift(a, b, out);
  if constexpr (OP == kRShift) return m.int_rshift(a, b, out);
  if constexpr (OP == kFloorDiv) { if (m.int_is_zero(b)) return false; return m.int_floordiv(a, b, out); }
  if constexpr (OP == kMod) { if (m.int_is_zero(b)) return false; *out = m.int_mod(a, b); return true; }
  if constexpr (OP == kTrueDiv) { if (m.int_is_zero(b)) return false; *out = m.int_truediv(a, b); return true; }
  return false;
}
// On two floats.
template <BinaryOp OP, class M> PYJIT_INLINE bool float_binary(M& m, typename M::V a, typename M::V b, typename M::V* out) {
  if constexpr (OP == kAdd) *out = m.float_add(a, b);
  if constexpr (OP == kSub) *out = m.float_sub(a, b);
  if constexpr (OP == kMul) *out = m.float_mul(a, b);
  if constexpr (OP == kTrueDiv) { if (m.float_is_zero(b)) return false; *out = m.float_div(a, b); }
  return true;
}

// Each way ends on its own: a common end would cost the interpreter jumps.
template <BinaryOp OP, class M>
PYJIT_INLINE Outcome binary(M& m, typename M::V a, typename M::V b, bool inplace, unsigned words) {
  typename M::V out;
  unsigned destination = m.pc->a;
  if (m.both_int(a, b)) {
    if (int_binary<OP>(m, a, b, &out)) [[likely]] {
      m.set_reg(destination, out);
      return m.next(words);
    }
  } else if constexpr (OP == kAdd || OP == kSub || OP == kMul || OP == kTrueDiv) {
    if (m.both_float(a, b)) {
      if (float_binary<OP>(m, a, b, &out)) [[likely]] {
        m.set_reg(destination, out);
        return m.next(words);
      }
    } else if (m.is_float(a) && m.is_int(b)) {
      if (float_binary<OP>(m, a, m.int_to_float(b), &out)) [[likely]] {
        m.set_reg(destination, out);
        return m.next(words);
      }
    } else if (m.is_float(b) && m.is_int(a)) {
      if (float_binary<OP>(m, m.int_to_float(a), b, &out)) [[likely]] {
        m.set_reg(destination, out);
        return m.next(words);
      }
    }
  }
  out = m.opaque(Effects::kCallsPython, inplace ? inplace_slow : binary_slow, OP, a, b);
  return m.result(destination, out, words);
}

#define BINARY_OPS(NAME, OP)                                                                                                     \
  template <class M> PYJIT_INLINE Outcome op_BINARY_##NAME(M& m) { return binary<OP>(m, m.reg(m.pc->b), m.reg(m.pc->c), false, 1); } \
  template <class M> PYJIT_INLINE Outcome op_INPLACE_##NAME(M& m) { return binary<OP>(m, m.reg(m.pc->b), m.reg(m.pc->c), true, 1); } \
  template <class M> PYJIT_INLINE Outcome op_BINARY_##NAME##_RK(M& m) { return binary<OP>(m, m.reg(m.pc->b), m.constant(1), m.pc->c, 2); } \
  template <class M> PYJIT_INLINE Outcome op_BINARY_##NAME##_KR(M& m) { return binary<OP>(m, m.constant(1), m.reg(m.pc->b), m.pc->c, 2); }
BINARY_OPS(ADD, kAdd)
BINARY_OPS(SUB, kSub)
BINARY_OPS(MUL, kMul)
BINARY_OPS(FLOORDIV, kFloorDiv)
BINARY_OPS(MOD, kMod)
BINARY_OPS(TRUEDIV, kTrueDiv)
BINARY_OPS(AND, kAnd)
BINARY_OPS(OR, kOr)
BINARY_OPS(XOR, kXor)
BINARY_OPS(LSHIFT, kLShift)
BINARY_OPS(RSHIFT, kRShift)
BINARY_OPS(POW, kPow)
BINARY_OPS(MATMUL, kMatMul)
#undef BINARY_OPS

template <class M> PYJIT_INLINE Outcome op_UNARY_NEGATIVE(M& m) {
  auto a = m.reg(m.pc->b);
  typename M::V out;
  unsigned destination = m.pc->a;
  if (m.is_int(a) && m.int_negate(a, &out)) {
    m.set_reg(destination, out);
    return m.next(1);
  }
  if (m.is_float(a)) {
    m.set_reg(destination, m.float_negate(a));
    return m.next(1);
  }
  return m.result(destination, m.opaque(Effects::kCallsPython, runtime::negative, a), 1);
}

// 1, 0, or -1 with an exception pending.
template <class M> PYJIT_INLINE int truth(M& m, typename M::V a) {
  if (m.is_true_constant(a)) return 1;
  if (m.is_false_constant(a) || m.is_none(a)) return 0;
  if (m.is_int(a)) return !m.int_is_zero(a);
  return m.opaque(Effects::kCallsPython, truth_slow, a);
}

template <class M> PYJIT_INLINE Outcome op_UNARY_NOT(M& m) {
  int t = truth(m, m.reg(m.pc->b));
  if (t < 0) [[unlikely]] return Outcome::kError;
  m.set_reg(m.pc->a, m.boolean(!t));
  return m.next(1);
}

template <CompareOp OP, class M> PYJIT_INLINE Outcome compare_value(M& m, typename M::V a, typename M::V b, unsigned words) {
  unsigned destination = m.pc->a;
  if (m.both_int(a, b)) {
    m.set_reg(destination, m.boolean(m.template int_compare<OP>(a, b)));
    return m.next(words);
  }
  if (m.both_float(a, b)) {
    m.set_reg(destination, m.boolean(m.template float_compare<OP>(a, b)));
    return m.next(words);
  }
  return m.result(destination, m.opaque(Effects::kCallsPython, compare_slow, OP, a, b), words);
}

template <CompareOp OP, class M> PYJIT_INLINE Outcome compare_jump(M& m, typename M::V a, typename M::V b, unsigned words) {
  if (m.both_int(a, b)) {
    if (unsigned{m.template int_compare<OP>(a, b)} == m.pc->c) return m.jump();
    return m.next(words);
  }
  if (m.both_float(a, b)) {
    if (unsigned{m.template float_compare<OP>(a, b)} == m.pc->c) return m.jump();
    return m.next(words);
  }
  int t = m.template compare_truth<OP>(a, b);
  if (t < 0) [[unlikely]] return Outcome::kError;
  if (static_cast<unsigned>(t) == m.pc->c) return m.jump();
  return m.next(words);
}

#define COMPARE_OPS(NAME, OP)                                                                                                         \
  template <class M> PYJIT_INLINE Outcome op_COMPARE_##NAME(M& m) { return compare_value<OP>(m, m.reg(m.pc->b), m.reg(m.pc->c), 1); }   \
  template <class M> PYJIT_INLINE Outcome op_COMPARE_##NAME##_RK(M& m) { return compare_value<OP>(m, m.reg(m.pc->b), m.constant(1), 2); } \
  template <class M> PYJIT_INLINE Outcome op_JUMP_##NAME(M& m) { return compare_jump<OP>(m, m.reg(m.pc->a), m.reg(m.pc->b), 2); }       \
  template <class M> PYJIT_INLINE Outcome op_JUMP_##NAME##_RK(M& m) { return compare_jump<OP>(m, m.reg(m.pc->a), m.constant(2), 3); }
COMPARE_OPS(LT, kLt)
COMPARE_OPS(LE, kLe)
COMPARE_OPS(EQ, kEq)
COMPARE_OPS(NE, kNe)
COMPARE_OPS(GT, kGt)
COMPARE_OPS(GE, kGe)
#undef COMPARE_OPS

template <class M> PYJIT_INLINE Outcome op_IS(M& m) {
  m.set_reg(m.pc->a, m.boolean(m.same(m.reg(m.pc->b), m.reg(m.pc->c))));
  return m.next(1);
}
template <class M> PYJIT_INLINE Outcome op_IS_NOT(M& m) {
  m.set_reg(m.pc->a, m.boolean(!m.same(m.reg(m.pc->b), m.reg(m.pc->c))));
  return m.next(1);
}
template <class M> PYJIT_INLINE Outcome op_JUMP_IS(M& m) {
  if (m.same(m.reg(m.pc->a), m.reg(m.pc->b)) == (m.pc->c != 0)) return m.jump();
  return m.next(2);
}
template <class M> PYJIT_INLINE Outcome op_CONTAINS(M& m) {
  int t = m.opaque(Effects::kCallsPython, contains_slow, m.reg(m.pc->c), m.reg(m.pc->b));
  if (t < 0) [[unlikely]] return Outcome::kError;
  m.set_reg(m.pc->a, m.boolean(t));
  return m.next(1);
}
template <class M> PYJIT_INLINE Outcome op_NOT_CONTAINS(M& m) {
  int t = m.opaque(Effects::kCallsPython, contains_slow, m.reg(m.pc->c), m.reg(m.pc->b));
  if (t < 0) [[unlikely]] return Outcome::kError;
  m.set_reg(m.pc->a, m.boolean(!t));
  return m.next(1);
}

template <class M> PYJIT_INLINE Outcome op_JUMP(M& m) { return m.jump(); }
template <class M> PYJIT_INLINE Outcome op_LOOP(M& m) { return m.poll_loop(); }
template <class M> PYJIT_INLINE Outcome op_JUMP_IF_TRUE(M& m) {
  int t = truth(m, m.reg(m.pc->a));
  if (t < 0) [[unlikely]] return Outcome::kError;
  return t ? m.jump() : m.next(2);
}
template <class M> PYJIT_INLINE Outcome op_JUMP_IF_FALSE(M& m) {
  int t = truth(m, m.reg(m.pc->a));
  if (t < 0) [[unlikely]] return Outcome::kError;
  return t ? m.next(2) : m.jump();
}
template <class M> PYJIT_INLINE Outcome op_JUMP_IF_NONE(M& m) { return m.is_none(m.reg(m.pc->a)) ? m.jump() : m.next(2); }
template <class M> PYJIT_INLINE Outcome op_JUMP_IF_NOT_NONE(M& m) { return m.is_none(m.reg(m.pc->a)) ? m.next(2) : m.jump(); }

}  // namespace pyjit::interp
