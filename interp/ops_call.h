// Calls, returns, generators, exception state, written once over a machine.
#pragma once
#include "interp/machine.h"

namespace pyjit::interp {

template <class M> PYJIT_INLINE Outcome op_CALL(M& m) {
  const Instr* pc = m.pc;
  auto callee = m.reg(pc->b);
  unsigned count = pc->c;
  const uint16_t* args = register_list(pc, 4);
  if (m.is_plain_function(callee)) {
    if (m.function_fits(callee, count)) [[likely]] {
      if (m.push_frame(callee, m.imm(Value()), args, count, pc->a, 4 + list_words(count))) [[likely]] return m.entered();
    }
  } else if (m.is_native_function(callee)) {
    bool fits;
    auto v = m.call_native(callee, m.imm(Value()), args, count, &fits);
    if (fits) [[likely]] return m.native_result(pc->a, v, 4 + list_words(count));
  }
  return m.call_general(call_slow);
}

template <class M> PYJIT_INLINE Outcome op_CALL_METHOD(M& m) {
  const Instr* pc = m.pc;
  auto callee = m.reg(pc->b), self = m.reg(pc->b + 1u);
  unsigned count = pc->c;
  const uint16_t* args = register_list(pc, 4);
  if (m.is_plain_function(callee)) {
    if (m.is_null(self)) {
      if (m.function_fits(callee, count) && m.push_frame(callee, m.imm(Value()), args, count, pc->a, 4 + list_words(count))) return m.entered();
    } else if (m.function_fits(callee, count + 1)) [[likely]] {
      if (m.push_frame(callee, self, args, count, pc->a, 4 + list_words(count))) [[likely]] return m.entered();
    }
  } else if (m.is_native_method(callee)) {
    bool fits;
    auto v = m.call_native(callee, self, args, count, &fits);
    if (fits) [[likely]] return m.native_result(pc->a, v, 4 + list_words(count));
  }
  return m.call_general(call_method_slow);
}
template <class M> PYJIT_INLINE Outcome op_CALL_KW(M& m) { return m.call_general(call_keywords); }
template <class M> PYJIT_INLINE Outcome op_CALL_METHOD_KW(M& m) { return m.call_general(call_keywords); }
template <class M> PYJIT_INLINE Outcome op_CALL_EX(M& m) { return m.call_general(call_ex); }
template <class M> PYJIT_INLINE Outcome op_RETURN(M& m) { return m.return_value(m.reg(m.pc->a)); }
template <class M> PYJIT_INLINE Outcome op_RETURN_CONST(M& m) { return m.return_value(m.constant(1)); }

// Makes the generator of this frame and returns it to the caller.
template <class M> PYJIT_INLINE Outcome op_RETURN_GENERATOR(M& m) {
  auto generator = m.opaque(Effects::kWrites, make_generator, m.thread);
  if (m.is_null(generator)) [[unlikely]] return Outcome::kError;
  return m.return_value(generator);
}
template <class M> PYJIT_INLINE Outcome op_YIELD(M& m) { return m.yield_value(m.reg(m.pc->b)); }
template <class M> PYJIT_INLINE Outcome op_GENERATOR_RETURN(M& m) { return m.generator_return(m.reg(m.pc->a)); }

template <class M> PYJIT_INLINE Outcome op_SEND(M& m) {
  auto receiver = m.reg(m.pc->b), value = m.reg(m.pc->a);
  if (m.has_shape(receiver, shapes.generator) || m.has_shape(receiver, shapes.coroutine)) return m.resume_generator(receiver, value, m.pc->a);
  bool returned;
  auto v = m.opaque(Effects::kCallsPython, send_slow, receiver, value, &returned);
  if (m.is_null(v)) [[unlikely]] return Outcome::kError;
  if (returned) {
    m.set_reg(m.pc->c, v);
    return m.jump();
  }
  m.set_reg(m.pc->a, v);
  return m.next(2);
}
template <class M> PYJIT_INLINE Outcome op_END_ASYNC_FOR(M& m) {
  if (!m.opaque(Effects::kWrites, end_async_for, m.reg(m.pc->a))) return Outcome::kReraise;
  return m.next(1);
}

template <class M> PYJIT_INLINE Outcome op_RAISE(M& m) {
  // A bare raise goes on with the exception as it is: no new traceback entry here.
  if (m.opaque(Effects::kCallsPython, raise_slow, m.thread, m.regs, m.pc)) return Outcome::kReraise;
  return Outcome::kError;
}
template <class M> PYJIT_INLINE Outcome op_RERAISE(M& m) {
  m.opaque(Effects::kWrites, reraise, m.thread, m.reg(m.pc->a));
  return Outcome::kReraise;
}
template <class M> PYJIT_INLINE Outcome op_PUSH_EXC_INFO(M& m) {
  auto exception = m.reg(m.pc->a);
  m.set_reg(m.pc->a + 1u, exception);
  m.set_reg(m.pc->a, m.exchange_handled_exception(exception));
  return m.next(1);
}
template <class M> PYJIT_INLINE Outcome op_POP_EXCEPT(M& m) {
  m.exchange_handled_exception(m.reg(m.pc->a));
  return m.next(1);
}

}  // namespace pyjit::interp
