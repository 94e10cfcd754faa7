// Forwards loads from earlier stores and loads, drops stores that change nothing, and knows which new objects nobody else sees.
//
// A load walks the STOREs backwards: one that must hit the same bytes gives the value, one that may hit them is where the walk for
// an equal LOAD ends. Calls are bounds as well, for the alias classes they clobber. A NEW that has not escaped can be changed by no
// call, and what was never stored in it is zero; that is how fields of virtual objects become plain values.
//
// Across LOOP this stays correct: the body is emitted as the second time round of a straight line, and every value of the first time
// that it reaches is renamed by a PHI (see opt_loop.cc).
#include "jit/builder.h"

namespace pyjit::jit {

// The object or word that an address is computed from.
Ref Builder::address_base(Ref address) const {
  while (!is_const(address) && ir_.ins(address).op == Op::AREF) address = ir_.ins(address).a;
  return address;
}

Builder::Alias Builder::alias(Ref p, Mem m, Ref q, Mem n) const {
  if (m.alias != n.alias) return Alias::kNo;
  auto ranges = [](int64_t a, int wa, int64_t b, int wb) {
    if (a == b && wa == wb) return Alias::kMust;
    return a + wa <= b || b + wb <= a ? Alias::kNo : Alias::kMay;
  };
  if (p == q) return ranges(m.offset, m.width(), n.offset, n.width());
  bool pa = !is_const(p) && ir_.ins(p).op == Op::AREF, qa = !is_const(q) && ir_.ins(q).op == Op::AREF;
  if (pa && qa) {
    const Ins &x = ir_.ins(p), &y = ir_.ins(q);
    if (x.a != y.a || aref_shift(x.imm) != aref_shift(y.imm)) return Alias::kMay;
    int64_t dx = aref_displacement(x.imm) + m.offset, dy = aref_displacement(y.imm) + n.offset;
    if (x.b == y.b) return ranges(dx, m.width(), dy, n.width());
    if (is_const(x.b) && is_const(y.b))
      return ranges(dx + (ir_.int_of(x.b) << aref_shift(x.imm)), m.width(), dy + (ir_.int_of(y.b) << aref_shift(y.imm)), n.width());
    return Alias::kMay;
  }
  if (pa || qa) {
    // An address inside a NEW object against another object.
    Ref x = address_base(p), y = address_base(q);
    if (x == y) return Alias::kMay;
    p = x;
    q = y;
  }
  auto is_new = [&](Ref ref) { return !is_const(ref) && ir_.ins(ref).op == Op::NEW; };
  // What was computed before an object was allocated is not that object, nor is anything while only this trace knows it.
  if (is_new(p) && (is_const(q) || is_new(q) || q < p || !escaped(p))) return Alias::kNo;
  if (is_new(q) && (is_const(p) || p < q || !escaped(q))) return Alias::kNo;
  if (p == q) return Alias::kMay;
  // Two different objects or buffers at different offsets of one class of fields.
  if (!pa && !qa && ir_.type(p) == Type::kObj && ir_.type(q) == Type::kObj && ranges(m.offset, m.width(), n.offset, n.width()) == Alias::kNo)
    return Alias::kNo;
  return Alias::kMay;
}

bool Builder::escaped(Ref allocation) const {
  size_t index = allocation - kBias;
  return index < escaped_.size() && escaped_[index];
}

void Builder::escape(Ref ref) {
  if (is_const(ref)) return;
  const Ins& ins = ir_.ins(ref);
  if (ins.op == Op::AREF || ins.op == Op::BOX) return escape(ins.a);
  if (ins.op != Op::NEW || escaped(ref)) return;
  size_t index = ref - kBias;
  if (escaped_.size() <= index) escaped_.resize(index + 64);
  escaped_[index] = true;
  for (Ref store = ir_.chain(Op::STORE); store > ref; store = ir_.ins(store).prev)
    if (address_base(ir_.ins(store).a) == ref) escape(ir_.ins(store).b);
}

void Builder::note_escapes(const Candidate& c) {
  switch (c.op) {
    case Op::STORE: {
      Ref base = address_base(c.a);
      bool inside = !is_const(base) && ir_.ins(base).op == Op::NEW && !escaped(base);
      if (!inside) escape(c.b);
      break;
    }
    case Op::CARG: escape(c.b); break;
    case Op::SSTORE: escape(c.a); break;
    default: break;
  }
}

// The last call after which the memory is unknown.
Ref Builder::last_clobber(Ref address, Mem mem) const {
  Ref base = address_base(address);
  if (!is_const(base) && ir_.ins(base).op == Op::NEW && !escaped(base)) return kNoRef;
  if (mem.alias == kAliasImmutable) return kNoRef;
  Ref limit = ir_.chain(Op::CALLT);
  for (Ref ref = ir_.chain(Op::CALL); ref > limit; ref = ir_.ins(ref).prev) {
    const CallTarget& target = ir_.calls[ir_.ins(ref).imm];
    if ((target.effects & (kCallWrites | kCallPython)) && (target.clobbers & alias_bit(mem.alias))) return ref;
  }
  return limit;
}

// What a NEW object holds where nothing was stored.
Ref Builder::initial_value(Ref allocation, Mem mem) {
  Type type = info(mem.kind).type;
  if (mem.offset >= 8) return type == Type::kObj ? kNoRef : ir_.add_const(type, 0);
  if (mem.offset < 0 || mem.offset + mem.width() > 8 || type != Type::kI64) return kNoRef;
  uint64_t header = static_cast<uint64_t>(ir_.int_of(ir_.ins(allocation).a)) >> (8 * mem.offset);
  switch (mem.kind) {
    case MemKind::kU8: return ir_.k_i64(static_cast<uint8_t>(header));
    case MemKind::kU16: return ir_.k_i64(static_cast<uint16_t>(header));
    case MemKind::kU32: return ir_.k_i64(static_cast<uint32_t>(header));
    default: return kNoRef;
  }
}

Ref Builder::forward_load(const Candidate& c) {
  Mem mem(c.imm);
  Ref clobber = last_clobber(c.a, mem), limit = clobber;
  for (Ref ref = ir_.chain(Op::STORE); ref > limit; ref = ir_.ins(ref).prev) {
    const Ins store = ir_.ins(ref);
    Alias answer = alias(c.a, mem, store.a, store.mem());
    if (answer == Alias::kNo) continue;
    // What is written once is written before anybody else has its address.
    if (answer == Alias::kMay && mem.alias == kAliasImmutable && address_base(store.a) != address_base(c.a)) continue;
    if (answer == Alias::kMust) {
      if (store.b && ir_.type(store.b) == c.type && mem.width() == 8) return store.b;
      if (mem.kind == MemKind::kWord && store.mem().kind == MemKind::kWord && ir_.type(store.b) == Type::kI64) return store.b;
      if (store.mem().kind == mem.kind && ir_.type(store.b) == c.type && mem.kind == MemKind::kBool) return store.b;
      // A boxed slot that was just written with an unboxed value.
      if (c.type == Type::kVal && store.mem().kind == MemKind::kVal) return box(store.b);
    }
    limit = ref;
  }
  for (Ref ref = ir_.chain(Op::LOAD); ref > limit; ref = ir_.ins(ref).prev) {
    const Ins& load = ir_.ins(ref);
    if (load.a == c.a && load.imm == c.imm && load.type == c.type) return ref;
  }
  if (!is_const(c.a) && ir_.ins(c.a).op == Op::NEW && limit == kNoRef && !escaped(c.a)) return initial_value(c.a, mem);
  return kNoRef;
}

// Whether a store needs no code: memory holds the value already. An earlier store that it overwrites unseen becomes a NOP.
bool Builder::drop_store(const Candidate& c) {
  Mem mem(c.imm);
  Ref clobber = last_clobber(c.a, mem);
  Ref unseen = std::max({last_guard_, last_effect_, ir_.chain(Op::CALL), ir_.loop});
  for (Ref ref = ir_.chain(Op::STORE); ref > clobber; ref = ir_.ins(ref).prev) {
    Ins& store = ir_.ins(ref);
    Alias answer = alias(c.a, mem, store.a, store.mem());
    if (answer == Alias::kNo) continue;
    if (answer == Alias::kMay) return false;
    if (store.b == c.b && store.mem().kind == mem.kind) return true;
    if (!opt_on(kOptDse) || ref < unseen || store.mem().width() != mem.width()) return false;
    for (Ref load = ir_.chain(Op::LOAD); load > ref; load = ir_.ins(load).prev)
      if (alias(ir_.ins(load).a, ir_.ins(load).mem(), c.a, mem) != Alias::kNo) return false;
    if (ir_.chain(Op::GSHAPE) > ref && mem.alias == kAliasShape) return false;
    // Unlink the dead store from its chain; whatever it made escape stays escaped.
    if (ir_.chain(Op::STORE) == ref) ir_.set_chain(Op::STORE, store.prev);
    else
      for (Ref later = ir_.chain(Op::STORE); later; later = ir_.ins(later).prev)
        if (ir_.ins(later).prev == ref) ir_.ins(later).prev = store.prev;
    store = Ins{Op::NOP, Type::kVoid, kNoRef, kNoRef, kNoRef, 0, 0, {}};
    return false;
  }
  return false;
}

bool Builder::shape_known(Ref object, uint32_t shape) const {
  Mem mem(0, MemKind::kU32, kAliasShape);
  Ref limit = last_clobber(object, mem);
  for (Ref ref = ir_.chain(Op::STORE); ref > limit; ref = ir_.ins(ref).prev) {
    const Ins& store = ir_.ins(ref);
    Alias answer = alias(object, mem, store.a, store.mem());
    if (answer == Alias::kNo) continue;
    if (answer == Alias::kMust && is_const(store.b)) return static_cast<uint32_t>(ir_.int_of(store.b)) == shape;
    limit = ref;
    break;
  }
  for (Ref ref = ir_.chain(Op::GSHAPE); ref > limit; ref = ir_.ins(ref).prev)
    if (ir_.ins(ref).a == object && ir_.ins(ref).imm == shape) return true;
  return limit == kNoRef && !is_const(object) && ir_.ins(object).op == Op::NEW && !escaped(object) &&
         static_cast<uint32_t>(ir_.int_of(ir_.ins(object).a)) == shape;
}

// A new object is young and a remembered one stays remembered until something can collect.
bool Builder::barrier_known(Ref object) const {
  Ref limit = ir_.chain(Op::CALLT);
  for (Ref ref = ir_.chain(Op::CALL); ref > limit; ref = ir_.ins(ref).prev)
    if (ir_.calls[ir_.ins(ref).imm].effects & (kCallAllocates | kCallPython | kCallWrites)) limit = ref;
  if (!is_const(object) && ir_.ins(object).op == Op::NEW && object >= limit) return true;
  for (Ref ref = ir_.chain(Op::BARRIER); ref > limit; ref = ir_.ins(ref).prev)
    if (ir_.ins(ref).a == object) return true;
  return false;
}

}  // namespace pyjit::jit
