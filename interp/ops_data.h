// Moves, names, cells, subscripts, displays, unpacking and iteration, written once over a machine.
#pragma once
#include "interp/machine.h"

namespace pyjit::interp {

template <class M> PYJIT_INLINE Outcome op_NOP(M& m) { return m.next(1); }
template <class M> PYJIT_INLINE Outcome op_MOVE(M& m) {
  m.set_reg(m.pc->a, m.reg(m.pc->b));
  return m.next(1);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_CONST(M& m) {
  m.set_reg(m.pc->a, m.constant(1));
  return m.next(2);
}
template <class M> PYJIT_INLINE Outcome op_CHECK_LOCAL(M& m) {
  if (m.is_null(m.reg(m.pc->a))) [[unlikely]] {
    m.opaque(Effects::kWrites, raise_unbound_local, m.frame(), m.pc->a);
    return Outcome::kError;
  }
  return m.next(1);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_DEREF(M& m) {
  auto v = m.cell_value(m.reg(m.pc->b));
  if (m.is_null(v)) [[unlikely]] {
    m.opaque(Effects::kWrites, raise_unbound_deref, m.frame(), m.pc->b);
    return Outcome::kError;
  }
  m.set_reg(m.pc->a, v);
  return m.next(1);
}
template <class M> PYJIT_INLINE Outcome op_STORE_DEREF(M& m) {
  m.set_cell_value(m.reg(m.pc->a), m.reg(m.pc->b));
  return m.next(1);
}

template <class M> PYJIT_INLINE Outcome op_LOAD_GLOBAL(M& m) {
  return m.result(m.pc->a, m.opaque(Effects::kCallsPython, load_global_slow, m.frame(), m.pc), 4);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_GLOBAL_MODULE(M& m) {
  const GlobalCache* cache = global_cache(m.pc);
  if (!m.dict_layout_is(m.globals(), cache->globals_version)) [[unlikely]] return op_LOAD_GLOBAL(m);
  m.set_reg(m.pc->a, m.dict_entry_value(cache->entry));
  return m.next(4);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_GLOBAL_BUILTIN(M& m) {
  const GlobalCache* cache = global_cache(m.pc);
  if (!m.dict_layout_is(m.globals(), cache->globals_version) || !m.dict_layout_is(m.builtins(), cache->builtins_version)) [[unlikely]]
    return op_LOAD_GLOBAL(m);
  m.set_reg(m.pc->a, m.dict_entry_value(cache->entry));
  return m.next(4);
}

template <class M> PYJIT_INLINE Outcome subscript(M& m, typename M::V container, typename M::V key, unsigned words) {
  typename M::V out;
  if (m.is_int(key)) [[likely]] {
    if (m.is_exact_list(container)) {
      if (m.list_item(container, key, &out)) [[likely]] {
        m.set_reg(m.pc->a, out);
        return m.next(words);
      }
    } else if (m.is_exact_tuple(container)) {
      if (m.tuple_item(container, key, &out)) [[likely]] {
        m.set_reg(m.pc->a, out);
        return m.next(words);
      }
    }
  }
  return m.result(m.pc->a, m.opaque(Effects::kCallsPython, subscr_slow, container, key), words);
}
template <class M> PYJIT_INLINE Outcome op_BINARY_SUBSCR(M& m) { return subscript(m, m.reg(m.pc->b), m.reg(m.pc->c), 1); }
template <class M> PYJIT_INLINE Outcome op_BINARY_SUBSCR_RK(M& m) { return subscript(m, m.reg(m.pc->b), m.constant(1), 2); }
template <class M> PYJIT_INLINE Outcome op_SUBSCR_SLICE(M& m) {
  const WindowWord* stop = window_word(m.pc);
  auto first = stop->flags & 1 ? m.imm(Value::none()) : m.reg(m.pc->c), end = stop->flags & 2 ? m.imm(Value::none()) : m.reg(stop->window);
  return m.result(m.pc->a, m.opaque(Effects::kCallsPython, subscr_slice_slow, m.reg(m.pc->b), first, end), 2);
}
template <class M> PYJIT_INLINE Outcome op_STORE_SUBSCR(M& m) {
  auto container = m.reg(m.pc->a), key = m.reg(m.pc->b), value = m.reg(m.pc->c);
  if (m.is_int(key) && m.is_exact_list(container) && m.list_store(container, key, value)) [[likely]] return m.next(1);
  if (!m.opaque(Effects::kCallsPython, store_subscr_slow, container, key, value)) [[unlikely]] return Outcome::kError;
  return m.next(1);
}

#define DISPLAY_OP(NAME, FUNCTION)                                                                                                          \
  template <class M> PYJIT_INLINE Outcome op_##NAME(M& m) {                                                                                 \
    const Instr* pc = m.pc;                                                                                                                \
    return m.result(pc->a, m.opaque(Effects::kWrites, FUNCTION, m.regs, register_list(pc, 1), unsigned{pc->c}), 1 + list_words(pc->c));     \
  }
DISPLAY_OP(BUILD_TUPLE, build_tuple)
DISPLAY_OP(BUILD_LIST, build_list)
DISPLAY_OP(BUILD_MAP, build_map)
DISPLAY_OP(BUILD_SLICE, build_slice)
#undef DISPLAY_OP

template <class M> PYJIT_INLINE Outcome op_LIST_APPEND(M& m) {
  auto list = m.reg(m.pc->a), value = m.reg(m.pc->b);
  if (m.is_exact_list(list) && m.list_append_fast(list, value)) return m.next(1);
  if (!m.opaque(Effects::kWrites, list_append_slow, list, value)) [[unlikely]] return Outcome::kError;
  return m.next(1);
}

template <class M> PYJIT_INLINE Outcome op_UNPACK_SEQUENCE(M& m) {
  const Instr* pc = m.pc;
  auto source = m.reg(pc->a);
  unsigned count = pc->c;
  const uint16_t* list = register_list(pc, 1);
  if (m.is_exact_tuple(source) && m.tuple_size_is(source, count)) {
    for (unsigned i = 0; i < count; ++i) m.set_reg(list[i], m.tuple_item_at(source, i));
    return m.next(1 + list_words(count));
  }
  if (m.is_exact_list(source) && m.list_size_is(source, count)) {
    for (unsigned i = 0; i < count; ++i) m.set_reg(list[i], m.list_item_at(source, i));
    return m.next(1 + list_words(count));
  }
  if (!m.opaque(Effects::kCallsPython, unpack_sequence_slow, source, m.regs, pc)) [[unlikely]] return Outcome::kError;
  return m.next(1 + list_words(count));
}

template <class M> PYJIT_INLINE Outcome op_GET_ITER(M& m) {
  return m.result(m.pc->a, m.opaque(Effects::kCallsPython, get_iter_slow, m.reg(m.pc->b)), 1);
}

// FOR_ITER (LOOP false) falls into the body, FOR_LOOP (true) jumps to it.
template <bool LOOP, class M> PYJIT_INLINE Outcome for_item(M& m, typename M::V item) {
  // The poll may collect, and the item's register is not live before the loop's body is.
  if constexpr (LOOP) {
    if (!m.poll()) return Outcome::kError;
  }
  m.set_reg(m.pc->a, item);
  if constexpr (LOOP) return m.back_edge();
  return m.next(2);
}
template <bool LOOP, class M> PYJIT_INLINE Outcome for_exhausted(M& m) {
  if constexpr (LOOP) return m.next(2);
  return m.jump();
}
template <bool LOOP, class M> PYJIT_INLINE Outcome for_iter(M& m) {
  auto iterator = m.reg(m.pc->b);
  if (m.template unpack_next_pair<LOOP>(iterator)) return Outcome::kNext;
  auto item = m.opaque(Effects::kCallsPython, for_iter_slow, iterator, m.pc);
  if (!m.is_null(item)) return for_item<LOOP>(m, item);
  if (m.thread->exception) [[unlikely]] return Outcome::kError;
  return for_exhausted<LOOP>(m);
}
template <bool LOOP, class M> PYJIT_INLINE Outcome for_range(M& m) {
  auto iterator = m.reg(m.pc->b);
  if (!m.has_shape(iterator, shapes.range_iterator)) [[unlikely]] return for_iter<LOOP>(m);
  typename M::V item;
  if (m.range_next(iterator, &item)) return for_item<LOOP>(m, item);
  return for_exhausted<LOOP>(m);
}
template <bool LOOP, class M> PYJIT_INLINE Outcome for_list(M& m) {
  auto iterator = m.reg(m.pc->b);
  if (!m.has_shape(iterator, shapes.list_iterator)) [[unlikely]] return for_iter<LOOP>(m);
  typename M::V item;
  if (m.list_next(iterator, &item)) return for_item<LOOP>(m, item);
  return for_exhausted<LOOP>(m);
}
template <bool LOOP, class M> PYJIT_INLINE Outcome for_tuple(M& m) {
  auto iterator = m.reg(m.pc->b);
  if (!m.has_shape(iterator, shapes.tuple_iterator)) [[unlikely]] return for_iter<LOOP>(m);
  typename M::V item;
  if (m.tuple_next(iterator, &item)) return for_item<LOOP>(m, item);
  return for_exhausted<LOOP>(m);
}
template <bool LOOP, class M> PYJIT_INLINE Outcome for_generator(M& m) {
  if constexpr (LOOP) {  // first of all: rounds may run in it
    Outcome outcome;
    if (m.generator_edge(&outcome)) [[unlikely]] return outcome;
  }
  auto iterator = m.reg(m.pc->b);
  if (!m.has_shape(iterator, shapes.generator)) [[unlikely]] return for_iter<LOOP>(m);
  return m.resume_generator(iterator, m.imm(Value::none()), m.pc->a);
}
#define FOR_OPS(NAME, FUNCTION)                                                                   \
  template <class M> PYJIT_INLINE Outcome op_FOR_ITER##NAME(M& m) { return FUNCTION<false>(m); }  \
  template <class M> PYJIT_INLINE Outcome op_FOR_LOOP##NAME(M& m) { return FUNCTION<true>(m); }
FOR_OPS(, for_iter)
FOR_OPS(_RANGE, for_range)
FOR_OPS(_LIST, for_list)
FOR_OPS(_TUPLE, for_tuple)
FOR_OPS(_GENERATOR, for_generator)
#undef FOR_OPS

}  // namespace pyjit::interp
