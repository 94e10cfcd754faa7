// Attribute access, written once over a machine: inline caches by shape and class version (attribute_cache.h).
#pragma once
#include "interp/machine.h"

namespace pyjit::interp {

template <class M> PYJIT_INLINE bool receiver_matches(M& m, typename M::V object, const AttributeCache* cache) {
  return m.has_shape(object, cache->shape) && m.class_version_is(cache->cls, cache->version);
}

template <class M> PYJIT_INLINE Outcome op_LOAD_ATTR(M& m) {
  return m.result(m.pc->a, m.opaque(Effects::kCallsPython, load_attr_slow, m.reg(m.pc->b), m.pc), 5);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_ATTR_SLOT(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_LOAD_ATTR(m);
  auto v = m.load_slot(object, cache->offset);
  if (m.is_null(v)) [[unlikely]] return op_LOAD_ATTR(m);  // an unset __slots__ member
  m.set_reg(m.pc->a, v);
  return m.next(5);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_ATTR_OVERFLOW(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_LOAD_ATTR(m);
  m.set_reg(m.pc->a, m.load_overflow(object, cache->extra, cache->offset));
  return m.next(5);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_ATTR_CLASS_VALUE(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_LOAD_ATTR(m);
  m.set_reg(m.pc->a, m.imm(Value::from_bits(cache->value_bits)));
  return m.next(5);
}
// A property whose getter is a plain function of one argument.
template <class M> PYJIT_INLINE Outcome op_LOAD_ATTR_PROPERTY(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_LOAD_ATTR(m);
  auto getter = m.imm(Value::from_bits(cache->value_bits));
  if (!m.function_fits(getter, 1) || !m.push_frame(getter, object, nullptr, 0, m.pc->a, 5)) [[unlikely]] return op_LOAD_ATTR(m);
  return m.entered();
}
// The receiver is a class: its version decides.
template <class M> PYJIT_INLINE Outcome op_LOAD_ATTR_TYPE(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!m.has_shape(object, cache->shape) || !m.class_version_is(object.template as<Class>(), cache->version)) [[unlikely]] return op_LOAD_ATTR(m);
  m.set_reg(m.pc->a, m.imm(Value::from_bits(cache->value_bits)));
  return m.next(5);
}
// The receiver is a module: the layout of its dict decides.
template <class M> PYJIT_INLINE Outcome op_LOAD_ATTR_MODULE(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!m.has_shape(object, cache->shape) || !m.dict_layout_is(m.module_dict(object), cache->version)) [[unlikely]] return op_LOAD_ATTR(m);
  m.set_reg(m.pc->a, m.dict_entry_value(reinterpret_cast<DictEntry*>(cache->value_bits)));
  return m.next(5);
}

// LOAD_METHOD writes the pair (callable, self), or (callable, null) when the callable needs no self.
template <class M> PYJIT_INLINE Outcome op_LOAD_METHOD(M& m) {
  if (!m.opaque(Effects::kCallsPython, load_method_slow, m.reg(m.pc->b), m.pc, m.regs + m.pc->a)) [[unlikely]] return Outcome::kError;
  return m.next(5);
}
template <class M> PYJIT_INLINE Outcome method_pair(M& m, typename M::V callable, typename M::V self) {
  m.set_reg(m.pc->a, callable);
  m.set_reg(m.pc->a + 1u, self);
  return m.next(5);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_METHOD_CACHED(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_LOAD_METHOD(m);
  return method_pair(m, m.imm(Value::from_bits(cache->value_bits)), object);
}
template <class M> PYJIT_INLINE Outcome op_LOAD_METHOD_SLOT(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_LOAD_METHOD(m);
  return method_pair(m, m.load_slot(object, cache->offset), m.imm(Value()));
}
template <class M> PYJIT_INLINE Outcome op_LOAD_METHOD_TYPE(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!m.has_shape(object, cache->shape) || !m.class_version_is(object.template as<Class>(), cache->version)) [[unlikely]] return op_LOAD_METHOD(m);
  return method_pair(m, m.imm(Value::from_bits(cache->value_bits)), m.imm(Value()));
}
template <class M> PYJIT_INLINE Outcome op_LOAD_METHOD_MODULE(M& m) {
  auto object = m.reg(m.pc->b);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!m.has_shape(object, cache->shape) || !m.dict_layout_is(m.module_dict(object), cache->version)) [[unlikely]] return op_LOAD_METHOD(m);
  return method_pair(m, m.dict_entry_value(reinterpret_cast<DictEntry*>(cache->value_bits)), m.imm(Value()));
}

template <class M> PYJIT_INLINE Outcome op_STORE_ATTR(M& m) {
  if (!m.opaque(Effects::kCallsPython, store_attr_slow, m.reg(m.pc->a), m.reg(m.pc->b), m.pc)) [[unlikely]] return Outcome::kError;
  return m.next(5);
}
template <class M> PYJIT_INLINE Outcome op_STORE_ATTR_SLOT(M& m) {
  auto object = m.reg(m.pc->a);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_STORE_ATTR(m);
  m.store_slot(object, cache->offset, m.reg(m.pc->b));
  return m.next(5);
}
template <class M> PYJIT_INLINE Outcome op_STORE_ATTR_OVERFLOW(M& m) {
  auto object = m.reg(m.pc->a);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_STORE_ATTR(m);
  m.store_overflow(object, cache->extra, cache->offset, m.reg(m.pc->b));
  return m.next(5);
}
// A new attribute in an inline slot: the transition to a known shape.
template <class M> PYJIT_INLINE Outcome op_STORE_ATTR_ADD(M& m) {
  auto object = m.reg(m.pc->a);
  const AttributeCache* cache = attribute_cache(m.pc);
  if (!receiver_matches(m, object, cache)) [[unlikely]] return op_STORE_ATTR(m);
  m.store_slot(object, cache->offset, m.reg(m.pc->b));
  m.set_shape(object, cache->extra);
  return m.next(5);
}

}  // namespace pyjit::interp
