// Collects machine instructions backwards by group and replays them through asmjit's Assembler.
#include "jit/emit_x64.h"

#include <cstring>

namespace pyjit::jit {

InstId jump_id(Cond cond) {
  static constexpr InstId kIds[] = {Inst::kIdJe, Inst::kIdJne, Inst::kIdJl,  Inst::kIdJle, Inst::kIdJg, Inst::kIdJge,
                                    Inst::kIdJb, Inst::kIdJbe, Inst::kIdJa,  Inst::kIdJae, Inst::kIdJo, Inst::kIdJp,
                                    Inst::kIdJnp, Inst::kIdJs, Inst::kIdJns, Inst::kIdJmp};
  return kIds[static_cast<int>(cond)];
}
InstId set_id(Cond cond) {
  static constexpr InstId kIds[] = {Inst::kIdSete, Inst::kIdSetne, Inst::kIdSetl,  Inst::kIdSetle, Inst::kIdSetg,
                                    Inst::kIdSetge, Inst::kIdSetb, Inst::kIdSetbe, Inst::kIdSeta,  Inst::kIdSetae,
                                    Inst::kIdSeto, Inst::kIdSetp,  Inst::kIdSetnp, Inst::kIdSets,  Inst::kIdSetns};
  return kIds[static_cast<int>(cond)];
}
Cond inverse(Cond cond) {
  static constexpr Cond kInverse[] = {Cond::kNE, Cond::kE,  Cond::kGE, Cond::kG, Cond::kLE, Cond::kL,  Cond::kAE, Cond::kA,
                                      Cond::kBE, Cond::kB,  Cond::kO,  Cond::kNP, Cond::kP, Cond::kNS, Cond::kS};
  return kInverse[static_cast<int>(cond)];
}

void Emitter::reset() {
  code_.reset(asmjit::ResetPolicy::kSoft);
  errors_.failed = false;
  all_.clear();
  body_.clear();
  store_.clear();
  after_.clear();
  cold_.clear();
  groups_.clear();
  exit_labels_.clear();
  sites_.clear();
  reserved_ = SIZE_MAX;
}

bool Emitter::start_code(uint64_t address) {
  reset();
  asmjit::Environment environment = asmjit::Environment::host();
  if (code_.init(environment, address) != asmjit::kErrorOk) return false;
  code_.setErrorHandler(&errors_);
  if (logger_) code_.setLogger(logger_);
  return code_.attach(&assembler_) == asmjit::kErrorOk;
}

void Emitter::begin(uint32_t tag) { tag_ = tag; }

void Emitter::end() {
  Group group{tag_, static_cast<uint32_t>(all_.size()), 0};
  all_.insert(all_.end(), body_.begin(), body_.end());
  all_.insert(all_.end(), store_.begin(), store_.end());
  all_.insert(all_.end(), after_.rbegin(), after_.rend());  // each was found going backwards
  group.count = static_cast<uint32_t>(all_.size()) - group.first;
  body_.clear();
  store_.clear();
  after_.clear();
  if (reserved_ != SIZE_MAX) {
    groups_[reserved_] = group;
    reserved_ = SIZE_MAX;
  } else if (group.count) {
    groups_.push_back(group);
  }
}

size_t Emitter::reserve() {
  groups_.push_back({0, 0, 0});
  return groups_.size() - 1;
}
void Emitter::begin_reserved(size_t place) {
  reserved_ = place;
  tag_ = 0;
}

asmjit::Label Emitter::new_label() { return assembler_.newLabel(); }

asmjit::Label Emitter::exit_label(uint16_t exit) {
  if (exit_labels_.size() <= exit) exit_labels_.resize(exit + 16);
  if (!exit_labels_[exit].isValid()) exit_labels_[exit] = assembler_.newLabel();
  return exit_labels_[exit];
}

void Emitter::exit_jump(Cond cond, uint16_t exit) {
  body_.push_back({jump_id(cond), MInst::kExit, exit, 1, {exit_label(exit)}});
}
void Emitter::special(MInst::Kind kind, uint16_t exit) {
  if (kind == MInst::kInval) exit_label(exit);
  body_.push_back({0, kind, exit, 0, {}});
}

void Emitter::play(const MInst& m, const Layout& layout) {
  switch (m.kind) {
    case MInst::kPlain: {
      asmjit::Operand_ ops[3] = {m.ops[0], m.ops[1], m.ops[2]};
      for (int i = 0; i < m.count; ++i) {
        if (!ops[i].isMem()) continue;
        x86::Mem& mem = static_cast<x86::Mem&>(ops[i]);
        if (mem.hasBaseReg() && mem.baseId() == kRsp && mem.offsetLo32() > kSpillMark / 2)
          mem.setOffset(mem.offsetLo32() - kSpillMark + layout.frame_size);
      }
      assembler_._emitOpArray(m.id, ops, m.count);
      return;
    }
    case MInst::kExit:
      assembler_.long_();
      assembler_.emit(m.id, m.ops[0]);
      sites_.push_back({m.exit, false, offset() - 4});
      return;
    case MInst::kInval: {
      static constexpr uint8_t kNop5[] = {0x0F, 0x1F, 0x44, 0x00, 0x00};
      sites_.push_back({m.exit, true, offset()});
      assembler_.embed(kNop5, sizeof kNop5);
      return;
    }
    case MInst::kBind: assembler_.bind(asmjit::Label(m.ops[0].id())); return;
    case MInst::kFrameDown:
      // Long form: a root's entry must leave room for the jump that invalidation writes over it.
      assembler_.long_();
      assembler_.emit(Inst::kIdSub, x86::rsp, imm(layout.frame_down));
      return;
    case MInst::kFrameUp: assembler_.emit(Inst::kIdAdd, x86::rsp, imm(layout.frame_size)); return;
    case MInst::kAlign: assembler_.align(asmjit::AlignMode::kCode, 16); return;
  }
}

void Emitter::replay(const Layout& layout) {
  for (size_t i = groups_.size(); i-- > 0;) {
    const Group& group = groups_[i];
    if (logger_ && group.count) logger_->logf("; %%%u\n", group.tag);
    for (uint32_t k = 0; k < group.count; ++k) play(all_[group.first + k], layout);
  }
  if (logger_ && !cold_.empty()) logger_->logf("; cold\n");
  for (const MInst& m : cold_) play(m, layout);
}

bool Emitter::finish(uint8_t* writable, size_t capacity, size_t* size) {
  if (errors_.failed || code_.flatten() != asmjit::kErrorOk || code_.resolveUnresolvedLinks() != asmjit::kErrorOk) return false;
  if (code_.relocateToBase(code_.baseAddress()) != asmjit::kErrorOk || errors_.failed) return false;
  *size = code_.codeSize();
  if (*size > capacity) return false;
  return code_.copyFlattenedData(writable, *size) == asmjit::kErrorOk;
}

}  // namespace pyjit::jit
