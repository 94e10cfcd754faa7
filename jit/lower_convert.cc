// Lowers conversions, boxing and unboxing, comparisons and guards.
#include "jit/assemble.h"
#include "jit/code_arena.h"

namespace pyjit::jit {

using runtime::Value;

// to = the boxed form of a value in a register. `to` may be the value's own register.
void Assembler::box_into(Reg to, Ref value, Type type) {
  Reg from = use(value);
  switch (type) {
    case Type::kI64:
      move_reg(List::kBody, to, from);
      out_.ins(Inst::kIdShl, gpq(to), imm(16));
      out_.ins(Inst::kIdOr, gpq(to), imm(0xFFFF));
      out_.ins(Inst::kIdRor, gpq(to), imm(16));
      return;
    case Type::kF64:
      // NaNs whose bits would become an int's tag are made canonical, as Value::from_double does.
      out_.ins(Inst::kIdMovq, gpq(to), xmm(from));
      out_.ins(Inst::kIdAdd, gpq(to), constant_mem(ArenaConstant::kDoubleOffset));
      out_.ins(Inst::kIdCmovb, gpq(to), constant_mem(ArenaConstant::kCanonicalNaN));
      out_.ins(Inst::kIdCmp, gpq(to), constant_mem(ArenaConstant::kIntTag));
      out_.ins(Inst::kIdCmovae, gpq(to), constant_mem(ArenaConstant::kCanonicalNaN));
      return;
    case Type::kBool: out_.ins(Inst::kIdLea, gpq(to), x86::ptr(gpq(from), static_cast<int32_t>(Value::kFalseBits))); return;
    default: move_reg(List::kBody, to, from); return;
  }
}

// to = the payload of a boxed value whose tag is known.
void Assembler::unpack(Type type, Reg to, Reg from) {
  switch (type) {
    case Type::kI64:
      move_reg(List::kBody, to, from);
      out_.ins(Inst::kIdShl, gpq(to), imm(16));
      out_.ins(Inst::kIdSar, gpq(to), imm(16));
      return;
    case Type::kBool: out_.ins(Inst::kIdLea, gpq(to), x86::ptr(gpq(from), -static_cast<int32_t>(Value::kFalseBits))); return;
    default: move_reg(List::kBody, to, from); return;
  }
}

bool Assembler::lower_convert(Ref ref, const Ins& ins) {
  uint16_t exit = static_cast<uint16_t>(current_exit_);
  switch (ins.op) {
    case Op::I2F: {
      Reg d = dest(ref);
      Reg a = use(ins.a);
      out_.ins(Inst::kIdXorps, xmm(d), xmm(d));  // cvtsi2sd would wait for d's old value
      out_.ins(Inst::kIdCvtsi2sd, xmm(d), gpq(a));
      return true;
    }
    case Op::B2I: {
      Reg d = dest(ref);
      move_reg(List::kBody, d, use(ins.a, ~0u, d));
      return true;
    }
    case Op::FBITS: {
      Reg d = dest(ref);
      Reg a = use(ins.a);
      out_.ins(Inst::kIdMovq, gpq(d), xmm(a));
      return true;
    }
    case Op::BOX: {
      Reg d = dest(ref);
      Type type = ir_->type(ins.a);
      if (type == Type::kI64) use(ins.a, ~0u, d);
      box_into(d, ins.a, type);
      return true;
    }
    case Op::UNTAG: {
      Reg d = dest(ref);
      Reg a = use(ins.a, ~0u, is_xmm(d) ? kNoReg : d);
      if (ins.type != Type::kF64) {
        unpack(ins.type, d, a);
        return true;
      }
      Reg t = temp(kGprs);
      out_.ins(Inst::kIdMov, gpq(t), gpq(a));
      out_.ins(Inst::kIdSub, gpq(t), constant_mem(ArenaConstant::kDoubleOffset));
      out_.ins(Inst::kIdMovq, xmm(d), gpq(t));
      return true;
    }
    case Op::UNBOX: {
      bool wanted = !unused(ref);
      Reg d = wanted ? dest(ref) : kNoReg;
      RegSet keep = wanted && !is_xmm(d) ? bit(d) : 0;
      if (ins.type == Type::kI64) {
        Reg a = use(ins.a, ~0u, keep ? d : kNoReg);
        out_.ins(Inst::kIdCmp, gpq(a), constant_mem(ArenaConstant::kIntTag));
        out_.exit_jump(Cond::kB, exit);
        if (wanted) unpack(ins.type, d, a);
        return true;
      }
      Reg t = temp(kGprs, keep);
      Reg a = use(ins.a, ~0u, keep ? d : kNoReg);
      switch (ins.type) {
        case Type::kF64:
          out_.ins(Inst::kIdMov, gpq(t), gpq(a));
          out_.ins(Inst::kIdSub, gpq(t), constant_mem(ArenaConstant::kDoubleOffset));
          out_.ins(Inst::kIdCmp, gpq(t), constant_mem(ArenaConstant::kDoubleRange));
          out_.exit_jump(Cond::kAE, exit);
          if (wanted) out_.ins(Inst::kIdMovq, xmm(d), gpq(t));
          return true;
        case Type::kObj:
          out_.ins(Inst::kIdLea, gpq(t), x86::ptr(gpq(a), -static_cast<int32_t>(Value::kFirstPointer)));
          out_.ins(Inst::kIdCmp, gpq(t), constant_mem(ArenaConstant::kObjectRange));
          out_.exit_jump(Cond::kAE, exit);
          if (wanted) move_reg(List::kBody, d, a);
          return true;
        default:
          out_.ins(Inst::kIdLea, gpq(t), x86::ptr(gpq(a), -static_cast<int32_t>(Value::kFalseBits)));
          out_.ins(Inst::kIdCmp, gpq(t), imm(1));
          out_.exit_jump(Cond::kA, exit);
          if (wanted) move_reg(List::kBody, d, t);
          return true;
      }
    }
    default: return false;
  }
}

// --- comparisons ------------------------------------------------------------------------------------------------------------

namespace {

bool is_compare(Op op) { return op >= Op::EQ && op <= Op::UGE; }

Cond int_cond(Op op) {
  switch (op) {
    case Op::EQ: return Cond::kE;
    case Op::NE: return Cond::kNE;
    case Op::LT: return Cond::kL;
    case Op::LE: return Cond::kLE;
    case Op::GT: return Cond::kG;
    case Op::GE: return Cond::kGE;
    case Op::ULT: return Cond::kB;
    case Op::ULE: return Cond::kBE;
    case Op::UGT: return Cond::kA;
    default: return Cond::kAE;
  }
}
// Doubles: < and <= are compared the other way round, so that "unordered" (CF set) makes the condition false.
bool float_swapped(Op op) { return op == Op::LT || op == Op::LE; }
Cond float_cond(Op op) { return op == Op::LT || op == Op::GT ? Cond::kA : Cond::kAE; }

}  // namespace

void Assembler::emit_compare(const Ins& ins) {
  if (ir_->type(ins.a) == Type::kF64) {
    Ref x = float_swapped(ins.op) ? ins.b : ins.a, y = float_swapped(ins.op) ? ins.a : ins.b;
    Reg a = use(x);
    if (is_const(y) && state(y).reg == kNoReg && ir_->constant(y).bits) return out_.ins(Inst::kIdUcomisd, xmm(a), pool(y));
    Reg b = use(y);
    return out_.ins(Inst::kIdUcomisd, xmm(a), xmm(b));
  }
  int64_t k;
  if (imm32(ins.b, &k)) {
    Reg a = use(ins.a);
    bool byte = ir_->type(ins.a) == Type::kBool;
    if (k == 0 && (ins.op == Op::EQ || ins.op == Op::NE)) out_.ins(Inst::kIdTest, byte ? gpd(a) : gpq(a), byte ? gpd(a) : gpq(a));
    else out_.ins(Inst::kIdCmp, gpq(a), imm(k));
    return;
  }
  Reg a = use(ins.a), b = use(ins.b);
  out_.ins(Inst::kIdCmp, gpq(a), gpq(b));
}

// A comparison that nobody else needs in a register becomes part of the guard, if its operands mean the same here.
bool Assembler::fusable_compare(Ref condition, Ref at) {
  if (!opt_on(kOptFuse) || is_const(condition)) return false;
  const Ins& ins = ir_->ins(condition);
  if (!is_compare(ins.op) || !unused(condition)) return false;
  return !ir_->loop || (condition < ir_->loop) == (at < ir_->loop);
}

void Assembler::guard_compare(const Ins& ins, bool expected, uint16_t exit) {
  emit_compare(ins);
  if (ir_->type(ins.a) != Type::kF64) {
    Cond cond = int_cond(ins.op);
    return out_.exit_jump(expected ? inverse(cond) : cond, exit);
  }
  if (ins.op != Op::EQ && ins.op != Op::NE) {
    Cond cond = float_cond(ins.op);
    return out_.exit_jump(expected ? inverse(cond) : cond, exit);
  }
  if ((ins.op == Op::EQ) == expected) {  // must be equal and ordered
    out_.exit_jump(Cond::kP, exit);
    out_.exit_jump(Cond::kNE, exit);
  } else {                               // must be different or unordered
    asmjit::Label ordered = out_.new_label();
    out_.ins(Inst::kIdJp, ordered);
    out_.exit_jump(Cond::kE, exit);
    out_.bind(ordered);
  }
}

bool Assembler::lower_compare(Ref ref, const Ins& ins) {
  uint16_t exit = static_cast<uint16_t>(current_exit_);
  if (is_compare(ins.op)) {
    Reg d = dest(ref);
    bool floating = ir_->type(ins.a) == Type::kF64;
    bool parity = floating && (ins.op == Op::EQ || ins.op == Op::NE);
    Reg t = parity ? temp(kGprs, bit(d)) : kNoReg;
    emit_compare(ins);
    Cond cond = floating && !parity ? float_cond(ins.op) : int_cond(ins.op);
    out_.ins(set_id(cond), gpb(d));
    if (parity) {
      out_.ins(ins.op == Op::EQ ? Inst::kIdSetnp : Inst::kIdSetp, gpb(t));
      out_.ins(ins.op == Op::EQ ? Inst::kIdAnd : Inst::kIdOr, gpb(d), gpb(t));
    }
    out_.ins(Inst::kIdMovzx, gpd(d), gpb(d));
    return true;
  }
  switch (ins.op) {
    case Op::NOT: {
      Reg d = dest(ref);
      move_reg(List::kBody, d, use(ins.a, ~0u, d));
      out_.ins(Inst::kIdXor, gpd(d), imm(1));
      return true;
    }
    case Op::GTRUE: case Op::GFALSE: {
      bool expected = ins.op == Op::GTRUE;
      if (fusable_compare(ins.a, ref)) {
        guard_compare(ir_->ins(ins.a), expected, exit);
        return true;
      }
      Reg a = use(ins.a);
      out_.ins(Inst::kIdTest, gpd(a), gpd(a));
      out_.exit_jump(expected ? Cond::kE : Cond::kNE, exit);
      return true;
    }
    case Op::GSHAPE: {
      x86::Mem where = address(ins.a, 0);
      where.setSize(4);
      out_.ins(Inst::kIdCmp, where, imm(static_cast<int32_t>(ins.imm)));
      out_.exit_jump(Cond::kNE, exit);
      return true;
    }
    case Op::GINVAL: out_.special(MInst::kInval, exit); return true;
    case Op::POLL:
      out_.ins(Inst::kIdCmp, x86::ptr(gpq(kThreadReg), static_cast<int32_t>(ins.imm), 4), imm(0));
      out_.exit_jump(Cond::kNE, exit);
      return true;
    case Op::STKCHK:
      out_.ins(Inst::kIdCmp, x86::rsp, x86::ptr(gpq(kThreadReg), static_cast<int32_t>(ins.imm), 8));
      out_.exit_jump(Cond::kB, exit);
      return true;
    default: return false;
  }
}

}  // namespace pyjit::jit
