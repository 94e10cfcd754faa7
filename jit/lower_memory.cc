// Lowers slots, loads, stores, allocation and the write barrier.
#include "jit/assemble.h"
#include "jit/code_arena.h"
#include "jit/stubs.h"

namespace pyjit::jit {

using runtime::Value;

bool Assembler::fusable_address(Ref ref) {
  if (is_const(ref) || !opt_on(kOptFuse)) return false;
  const Ins& ins = ir_->ins(ref);
  if (ins.op != Op::AREF || state(ref).reg != kNoReg) return false;
  if (!ir_->loop || (ref < ir_->loop) == (at_ < ir_->loop)) return true;
  // From before the loop into its body: only if it is the same every time round.
  for (Ref phi = ir_->chain(Op::PHI); phi; phi = ir_->ins(phi).prev)
    if (ir_->ins(phi).a == ref || ir_->ins(phi).a == ins.a || ir_->ins(phi).a == ins.b) return false;
  return true;
}

// An x86 operand for address + offset; an AREF that has no register of its own dissolves into it.
x86::Mem Assembler::address(Ref ref, int offset, RegSet exclude) {
  if (fusable_address(ref)) {
    const Ins& ins = ir_->ins(ref);
    int64_t displacement = aref_displacement(ins.imm) + offset, k;
    Reg base = use(ins.a, ~exclude);
    if (imm32(ins.b, &k) && ((k << aref_shift(ins.imm)) + displacement) == static_cast<int32_t>((k << aref_shift(ins.imm)) + displacement))
      return x86::ptr(gpq(base), static_cast<int32_t>((k << aref_shift(ins.imm)) + displacement), 8);
    Reg index = use(ins.b, ~exclude);
    return x86::ptr(gpq(base), gpq(index), static_cast<uint32_t>(aref_shift(ins.imm)), static_cast<int32_t>(displacement), 8);
  }
  int64_t k;
  if (imm32(ref, &k) && k + offset >= 0 && k + offset < INT32_MAX) return x86::ptr(static_cast<uint64_t>(k + offset), 8);
  return x86::ptr(gpq(use(ref, ~exclude)), offset, 8);
}

void Assembler::store_bits(x86::Mem where, uint64_t bits) {
  int64_t value = static_cast<int64_t>(bits);
  if (value >= INT32_MIN && value <= INT32_MAX) {
    out_.ins(Inst::kIdMov, where, imm(value));
    return;
  }
  where.setSize(4);
  out_.ins(Inst::kIdMov, where, imm(static_cast<int32_t>(bits)));
  where.addOffset(4);
  out_.ins(Inst::kIdMov, where, imm(static_cast<int32_t>(bits >> 32)));
}

// Stores a value of any type; kVal boxes it first.
void Assembler::store_value(const x86::Mem& place, MemKind kind, Ref value, RegSet exclude) {
  x86::Mem where = place;
  Type type = ir_->type(value);
  where.setSize(static_cast<uint32_t>(info(kind).width));
  if (is_const(value) && kind != MemKind::kF32) {
    uint64_t bits = ir_->constant(value).bits;
    if (kind == MemKind::kVal) bits = box_bits(type, bits);
    if (info(kind).width < 8) {
      int64_t narrow = info(kind).width == 1   ? static_cast<int8_t>(bits)
                       : info(kind).width == 2 ? static_cast<int16_t>(bits)
                                               : static_cast<int32_t>(bits);
      out_.ins(Inst::kIdMov, where, imm(narrow));
      return;
    }
    int64_t word = static_cast<int64_t>(bits);
    if (word >= INT32_MIN && word <= INT32_MAX) {
      out_.ins(Inst::kIdMov, where, imm(word));
      return;
    }
    Reg t = temp(kGprs, exclude);
    out_.ins(Inst::kIdMov, gpq(t), imm(word));
    out_.ins(Inst::kIdMov, where, gpq(t));
    return;
  }
  switch (kind) {
    case MemKind::kVal:
      if (type == Type::kI64 || type == Type::kF64 || type == Type::kBool) {
        Reg t = temp(kGprs, exclude);
        use(value, ~exclude);
        box_into(t, value, type);
        out_.ins(Inst::kIdMov, where, gpq(t));
        return;
      }
      out_.ins(Inst::kIdMov, where, gpq(use(value, ~exclude)));
      return;
    case MemKind::kF64: out_.ins(Inst::kIdMovsd, where, xmm(use(value, ~exclude))); return;
    case MemKind::kF32: {
      Reg v = use(value, ~exclude);
      out_.ins(Inst::kIdCvtsd2ss, xmm(kScratchXmm), xmm(v));
      out_.ins(Inst::kIdMovss, where, xmm(kScratchXmm));
      return;
    }
    case MemKind::kU8: case MemKind::kI8: case MemKind::kBool: out_.ins(Inst::kIdMov, where, gpb(use(value, ~exclude))); return;
    case MemKind::kU16: case MemKind::kI16: out_.ins(Inst::kIdMov, where, x86::gpw(use(value, ~exclude))); return;
    case MemKind::kU32: case MemKind::kI32: out_.ins(Inst::kIdMov, where, gpd(use(value, ~exclude))); return;
    default: out_.ins(Inst::kIdMov, where, gpq(use(value, ~exclude))); return;
  }
}

bool Assembler::lower_memory(Ref ref, const Ins& ins) {
  uint16_t exit = static_cast<uint16_t>(current_exit_);
  switch (ins.op) {
    case Op::SLOAD: {
      x86::Mem slot = x86::ptr(gpq(kBaseReg), 8 * ins.slot(), 8);
      if (ins.type == Type::kVal) {
        out_.ins(Inst::kIdMov, gpq(dest(ref)), slot);
        return true;
      }
      bool wanted = !unused(ref);
      if (ins.type == Type::kI64) {
        Reg d = wanted ? dest(ref) : kNoReg;
        x86::Mem tag = slot;
        tag.addOffset(6);
        tag.setSize(2);
        out_.ins(Inst::kIdCmp, tag, imm(-1));
        out_.exit_jump(Cond::kNE, exit);
        if (wanted) {
          out_.ins(Inst::kIdMov, gpq(d), slot);
          unpack(ins.type, d, d);
        }
        return true;
      }
      if (ins.type == Type::kF64) {
        Reg d = wanted ? dest(ref) : kNoReg;
        Reg t = temp(kGprs);
        out_.ins(Inst::kIdMov, gpq(t), slot);
        out_.ins(Inst::kIdSub, gpq(t), constant_mem(ArenaConstant::kDoubleOffset));
        out_.ins(Inst::kIdCmp, gpq(t), constant_mem(ArenaConstant::kDoubleRange));
        out_.exit_jump(Cond::kAE, exit);
        if (wanted) out_.ins(Inst::kIdMovq, xmm(d), gpq(t));
        return true;
      }
      Reg d = dest(ref);
      out_.ins(Inst::kIdMov, gpq(d), slot);
      if (ins.type == Type::kBool) {
        out_.ins(Inst::kIdSub, gpq(d), imm(static_cast<int64_t>(Value::kFalseBits)));
        out_.ins(Inst::kIdCmp, gpq(d), imm(1));
        out_.exit_jump(Cond::kA, exit);
      } else {
        Reg t = temp(kGprs, bit(d));
        out_.ins(Inst::kIdLea, gpq(t), x86::ptr(gpq(d), -static_cast<int32_t>(Value::kFirstPointer)));
        out_.ins(Inst::kIdCmp, gpq(t), constant_mem(ArenaConstant::kObjectRange));
        out_.exit_jump(Cond::kAE, exit);
      }
      return true;
    }
    case Op::SSTORE: store_value(x86::ptr(gpq(kBaseReg), 8 * ins.slot(), 8), MemKind::kVal, ins.a); return true;
    case Op::AREF: {
      Reg d = dest(ref);
      int64_t k;
      if (imm32(ins.b, &k) && (k << aref_shift(ins.imm)) + aref_displacement(ins.imm) == static_cast<int32_t>((k << aref_shift(ins.imm)) + aref_displacement(ins.imm))) {
        Reg a = use(ins.a);
        out_.ins(Inst::kIdLea, gpq(d), x86::ptr(gpq(a), static_cast<int32_t>((k << aref_shift(ins.imm)) + aref_displacement(ins.imm))));
        return true;
      }
      Reg a = use(ins.a), b = use(ins.b);
      out_.ins(Inst::kIdLea, gpq(d), x86::ptr(gpq(a), gpq(b), static_cast<uint32_t>(aref_shift(ins.imm)), aref_displacement(ins.imm)));
      return true;
    }
    case Op::LOAD: {
      Reg d = dest(ref);
      Mem m = ins.mem();
      x86::Mem where = address(ins.a, m.offset);
      where.setSize(static_cast<uint32_t>(m.width()));
      switch (m.kind) {
        case MemKind::kU8: case MemKind::kU16: case MemKind::kBool: out_.ins(Inst::kIdMovzx, gpd(d), where); break;
        case MemKind::kI8: case MemKind::kI16: out_.ins(Inst::kIdMovsx, gpq(d), where); break;
        case MemKind::kU32: out_.ins(Inst::kIdMov, gpd(d), where); break;
        case MemKind::kI32: out_.ins(Inst::kIdMovsxd, gpq(d), where); break;
        case MemKind::kF32:
          out_.ins(Inst::kIdXorps, xmm(d), xmm(d));
          out_.ins(Inst::kIdCvtss2sd, xmm(d), where);
          break;
        case MemKind::kF64: out_.ins(Inst::kIdMovsd, xmm(d), where); break;
        default: out_.ins(Inst::kIdMov, gpq(d), where); break;
      }
      return true;
    }
    case Op::STORE: {
      Mem m = ins.mem();
      x86::Mem where = address(ins.a, m.offset);
      store_value(where, m.kind, ins.b);
      return true;
    }
    case Op::BARRIER: {
      if (is_const(ins.a) || !engine_.hooks.barrier_slow) {
        // A constant object is old or soon will be: test it all the same, it may be young still.
        if (!engine_.hooks.barrier_slow) return true;
      }
      Reg a = use(ins.a);
      asmjit::Label slow = out_.new_label(), back = out_.new_label();
      out_.ins(Inst::kIdCmp, x86::ptr(gpq(a), engine_.hooks.barrier_offset, 1), imm(static_cast<int8_t>(engine_.hooks.barrier_value)));
      out_.ins(Inst::kIdJe, slow);
      out_.bind(back);
      out_.cold_bind(slow);
      out_.cold(Inst::kIdPush, gpq(a));
      out_.cold(Inst::kIdCall, imm(static_cast<int64_t>(Stubs::of(arena_).barrier)));
      out_.cold(Inst::kIdPop, gpq(a));
      out_.cold(Inst::kIdJmp, back);
      return true;
    }
    case Op::NEW: {
      const AllocSpec* spec = ir_->allocs[ins.imm];
      uint64_t header = static_cast<uint64_t>(ir_->int_of(ins.a));
      Reg d = dest(ref);
      Reg t = temp(kGprs, bit(d));
      auto word = [&](int64_t where) {
        return spec->thread_relative ? x86::ptr(gpq(kThreadReg), static_cast<int32_t>(where), 8)
                                     : x86::ptr(static_cast<uint64_t>(where), 8);
      };
      asmjit::Label slow = out_.new_label(), back = out_.new_label();
      if (spec->cursor) {
        out_.ins(Inst::kIdMov, gpq(d), word(spec->cursor));
        out_.ins(Inst::kIdLea, gpq(t), x86::ptr(gpq(d), static_cast<int32_t>(spec->size)));
        out_.ins(Inst::kIdCmp, gpq(t), word(spec->limit));
        out_.ins(Inst::kIdJa, slow);
        out_.ins(Inst::kIdMov, word(spec->cursor), gpq(t));
      } else {
        out_.ins(Inst::kIdJmp, slow);  // no bump interval for objects this large
      }
      out_.bind(back);
      store_bits(x86::ptr(gpq(d), 0, 8), header);
      out_.cold_bind(slow);
      out_.cold(Inst::kIdMov, gpq(d), imm(static_cast<int64_t>(reinterpret_cast<uintptr_t>(spec))));
      out_.cold(Inst::kIdPush, gpq(d));
      out_.cold(Inst::kIdCall, imm(static_cast<int64_t>(Stubs::of(arena_).alloc)));
      out_.cold(Inst::kIdPop, gpq(d));
      out_.cold(Inst::kIdJmp, back);
      return true;
    }
    default: return false;
  }
  static_cast<void>(exit);
}

}  // namespace pyjit::jit
