// Registers and spill slots, going backwards: see assemble.h for the idea.
#include "jit/assemble.h"

namespace pyjit::jit {

Reg Assembler::pinned(Ref ref) const {
  if (is_const(ref)) return kNoReg;
  Op op = ir_->ins(ref).op;
  return op == Op::BASE ? kBaseReg : op == Op::THREAD ? kThreadReg : kNoReg;
}

void Assembler::assign(Ref ref, Reg reg, bool weak) {
  RefState& s = state(ref);
  s.reg = reg;
  s.interval = static_cast<uint32_t>(intervals_.size());
  intervals_.push_back({ref, reg});
  reg_ref_[reg] = ref;
  free_ &= ~bit(reg);
  weak_ = weak ? weak_ | bit(reg) : weak_ & ~bit(reg);
  // Inside a loop a value from outside sits in its register all the way round unless somebody writes it; the value's own
  // definition, if inside, marks it as written.
}

void Assembler::release(Reg reg) {
  state(reg_ref_[reg]).reg = kNoReg;
  reg_ref_[reg] = kNoRef;
  free_ |= bit(reg);
  weak_ &= ~bit(reg);
}

bool Assembler::crosses_call(Ref ref) const {
  int defined = is_const(ref) ? 0 : calls_before_[ref - kBias];
  return calls_before_[at_ - kBias] != defined;
}

Reg Assembler::hint_of(Ref ref) {
  if (is_const(ref)) return kNoReg;
  if (in_loop_ && ref < ir_->loop && phi_hint_[ref - kBias] != kNoReg) return phi_hint_[ref - kBias];
  const Ins& ins = ir_->ins(ref);
  if (ins.op == Op::PARENT && ir_->parent) {
    const ExitValue& value = ir_->parent->trace->values[ins.imm];
    if (value.where == Where::kGpr) return static_cast<Reg>(value.index);
    if (value.where == Where::kXmm) return static_cast<Reg>(kXmm0 + value.index);
  }
  return kNoReg;
}

Reg Assembler::pick(Ref ref, RegSet allowed, Reg hint) {
  allowed &= kGprs | kXmms;
  RegSet free = free_ & allowed & ~locked_;
  if (rng_) {
    rng_ = rng_ * 6364136223846793005ull + 1442695040888963407ull;
    uint32_t random = static_cast<uint32_t>(rng_ >> 33);
    RegSet choice = free && random % 4 ? free : allowed & ~locked_;
    int skip = static_cast<int>(random >> 8) % std::popcount(choice);
    while (skip--) choice &= choice - 1;
    Reg reg = static_cast<Reg>(std::countr_zero(choice));
    if (!(free_ & bit(reg))) evict(reg);
    return reg;
  }
  if (free) {
    if (hint != kNoReg && (free & bit(hint))) return hint;
    RegSet preferred = ref && crosses_call(ref) ? free & kCalleeSaved : free & ~kCalleeSaved;
    return static_cast<Reg>(std::countr_zero(preferred ? preferred : free));
  }
  // Constants cost an immediate, weak values nothing; else take what is needed furthest back.
  Reg best = kNoReg;
  uint32_t best_cost = ~0u;
  for (RegSet left = allowed & ~locked_; left; left &= left - 1) {
    Reg reg = static_cast<Reg>(std::countr_zero(left));
    Ref held = reg_ref_[reg];
    uint32_t cost = is_const(held) ? 1 : weak_ & bit(reg) ? 0 : 2u + held + (state(held).spill < 0 ? 0x100 : 0);
    if (cost < best_cost) best_cost = cost, best = reg;
  }
  evict(best);
  return best;
}

// Slots are reused once the value that had them is defined (nothing earlier needs it). A slot that must be right over a range of
// instructions already passed, or round the loop, has to be fresh.
int Assembler::spill_slot(Ref ref, bool fresh) {
  RefState& s = state(ref);
  if (s.spill >= 0) return s.spill;
  if (in_loop_ && !is_const(ref) && ref < ir_->loop) fresh = true;
  if (!fresh && !free_slots_.empty()) {
    s.spill = free_slots_.back();
    free_slots_.pop_back();
  } else {
    s.spill = static_cast<int16_t>(slots_++);
    if (slots_ > 4000) why_ = Abort::kTooManySpills;
  }
  return s.spill;
}

void Assembler::evict(Reg reg, RegSet avoid) {
  Ref ref = reg_ref_[reg];
  RefState& s = state(ref);
  if (is_const(ref)) {
    release(reg);
    written(reg);
    return load_const(List::kAfter, reg, ref);
  }
  if (weak_ & bit(reg)) {
    spill_slot(ref, true);
    intervals_[s.interval].reg = kNoReg;
    return release(reg);
  }
  // Another register, if one is free and this instruction leaves it alone: a move costs less than a store and a load.
  RegSet elsewhere = free_ & (is_xmm(reg) ? kXmms : kGprs) & ~(avoid | group_written_ | locked_ | bit(reg));
  bool move = elsewhere && s.spill < 0 && (!crosses_call(ref) || (elsewhere & kCalleeSaved));
  if (move) {
    RegSet better = elsewhere & (crosses_call(ref) ? kCalleeSaved : ~kCalleeSaved);
    Reg other = static_cast<Reg>(std::countr_zero(better ? better : elsewhere));
    release(reg);
    written(reg);
    assign(ref, other, false);
    return move_reg(List::kAfter, reg, other);
  }
  int slot = spill_slot(ref, false);
  release(reg);
  written(reg);
  load_spill(List::kAfter, reg, slot);
}

Reg Assembler::use(Ref ref, RegSet allowed, Reg hint) {
  if (Reg fixed = pinned(ref); fixed != kNoReg) return fixed;
  RefState& s = state(ref);
  if (s.reg == kNoReg) {
    Reg wanted = hint_of(ref);
    Reg reg = pick(ref, allowed & class_of(ref), hint != kNoReg ? hint : wanted);
    assign(ref, reg, false);
  } else {
    make_strong(s.reg);
  }
  locked_ |= bit(s.reg);
  return s.reg;
}

Reg Assembler::dest(Ref ref, RegSet allowed) {
  RefState& s = state(ref);
  Reg reg = s.reg;
  if (reg != kNoReg) release(reg);
  else reg = pick(ref, allowed & class_of(ref));
  written(reg);
  if (s.spill >= 0) {
    if (is_xmm(reg)) out_.store(Inst::kIdMovsd, spill_mem(s.spill), xmm(reg));
    else out_.store(Inst::kIdMov, spill_mem(s.spill), gpq(reg));
    // Not before this instruction is done: its reloads come after the store.
    if (s.spill >= parent_slots_) freed_slots_.push_back(s.spill);
  }
  return reg;
}

Reg Assembler::temp(RegSet allowed, RegSet exclude) {
  Reg reg = pick(kNoRef, allowed & ~exclude);
  written(reg);
  locked_ |= bit(reg);
  return reg;
}

x86::Mem Assembler::pool(Ref constant) {
  for (auto& [ref, label] : pool_)
    if (ref == constant) return x86::ptr(label, 0, 8);
  pool_.push_back({constant, out_.new_label()});
  return x86::ptr(pool_.back().second, 0, 8);
}

void Assembler::load_const(List list, Reg reg, Ref constant) {
  const Const& k = ir_->constant(constant);
  if (is_xmm(reg)) {
    if (k.bits == 0) put(list, Inst::kIdXorps, xmm(reg), xmm(reg));
    else put(list, Inst::kIdMovsd, xmm(reg), pool(constant));
  } else if (k.bits <= 0xFFFFFFFFu) {
    put(list, Inst::kIdMov, gpd(reg), imm(static_cast<int64_t>(k.bits)));
  } else {
    put(list, Inst::kIdMov, gpq(reg), imm(static_cast<int64_t>(k.bits)));
  }
}

void Assembler::load_spill(List list, Reg reg, int slot) {
  if (is_xmm(reg)) put(list, Inst::kIdMovsd, xmm(reg), spill_mem(slot));
  else put(list, Inst::kIdMov, gpq(reg), spill_mem(slot));
}

void Assembler::move_reg(List list, Reg to, Reg from) {
  if (to == from) return;
  if (is_xmm(to)) put(list, Inst::kIdMovaps, xmm(to), xmm(from));
  else put(list, Inst::kIdMov, gpq(to), gpq(from));
}

void Assembler::emit_move(const Move& m) {
  if (m.constant) {
    if (m.to < kSlotPlace) return load_const(List::kBody, static_cast<Reg>(m.to), m.constant);
    return store_bits(spill_mem(static_cast<int>(m.to - kSlotPlace)), ir_->constant(m.constant).bits);
  }
  bool to_reg = m.to < kSlotPlace, from_reg = m.from < kSlotPlace;
  Reg to = static_cast<Reg>(m.to), from = static_cast<Reg>(m.from);
  if (to_reg && from_reg) return move_reg(List::kBody, to, from);
  if (to_reg) return load_spill(List::kBody, to, static_cast<int>(m.from - kSlotPlace));
  x86::Mem slot = spill_mem(static_cast<int>(m.to - kSlotPlace));
  if (from_reg && is_xmm(from)) return out_.ins(Inst::kIdMovsd, slot, xmm(from));
  if (from_reg) return out_.ins(Inst::kIdMov, slot, gpq(from));
  out_.ins(Inst::kIdMovsd, xmm(kScratchXmm), spill_mem(static_cast<int>(m.from - kSlotPlace)));
  out_.ins(Inst::kIdMovsd, slot, xmm(kScratchXmm));
}

// All moves at once: whoever's target nobody still reads goes first; a cycle is broken by a fresh spill slot.
void Assembler::parallel_move(std::vector<Move>& moves) {
  std::erase_if(moves, [](const Move& m) { return !m.constant && m.to == m.from; });
  // Constants read nothing: last.
  while (!moves.empty()) {
    bool progress = false;
    for (size_t i = 0; i < moves.size(); ++i) {
      bool blocked = false;
      for (size_t k = 0; k < moves.size() && !blocked; ++k) blocked = k != i && !moves[k].constant && moves[k].from == moves[i].to;
      if (blocked) continue;
      emit_move(moves[i]);
      moves.erase(moves.begin() + static_cast<ptrdiff_t>(i));
      progress = true;
      break;
    }
    if (progress) continue;
    Place from = moves[0].from, slot = kSlotPlace + static_cast<Place>(slots_++);
    emit_move({slot, from, kNoRef});
    for (Move& m : moves)
      if (!m.constant && m.from == from) m.from = slot;
  }
}

}  // namespace pyjit::jit
