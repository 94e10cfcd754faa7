// Lowers arithmetic on integers and doubles.
//
// Pattern of every function here: dest() first (going backwards, the result's life ends here and its register becomes free for an
// operand), then use() of the operands, then the instructions in reading order. An operand that is read after the result was
// written must not share its register: it is used with the result's register excluded.
#include <cpuid.h>

#include "jit/arith.h"
#include "jit/assemble.h"
#include "jit/code_arena.h"

namespace pyjit::jit {

bool has_bmi2() {
  static const bool answer = __builtin_cpu_supports("bmi2");
  return answer;
}
bool has_sse41() {
  static const bool answer = __builtin_cpu_supports("sse4.1");
  return answer;
}

bool Assembler::imm32(Ref ref, int64_t* value) const {
  if (!is_const(ref)) return false;
  *value = ir_->int_of(ref);
  return *value >= INT32_MIN && *value <= INT32_MAX;
}

// dst = a op b for instructions that overwrite their first operand.
void Assembler::two_address(InstId id, Ref ref, const Ins& ins, bool commutative) {
  Reg d = dest(ref);
  int64_t k;
  if (ins.b && imm32(ins.b, &k)) {
    Reg a = use(ins.a, ~0u, d);
    move_reg(List::kBody, d, a);
    out_.ins(id, gpq(d), imm(k));
    return;
  }
  Ref a = ins.a, b = ins.b;
  // A second operand that dies here may as well take the result's register.
  if (commutative && b && !is_const(a) && state(a).reg != kNoReg && !is_const(b) && state(b).reg == kNoReg && pinned(b) == kNoReg)
    std::swap(a, b);
  Reg rb = kNoReg;
  if (b && b != a) rb = use(b, ~bit(d));
  Reg ra = use(a, ~0u, d);
  move_reg(List::kBody, d, ra);
  if (b) out_.ins(id, gpq(d), gpq(b == a ? d : rb));
  else out_.ins(id, gpq(d));
}

// Leaves unless the value fits 48 bits.
void Assembler::check_int48(Reg value, Reg scratch, uint16_t exit) {
  out_.ins(Inst::kIdMov, gpq(scratch), gpq(value));
  out_.ins(Inst::kIdShl, gpq(scratch), imm(16));
  out_.ins(Inst::kIdSar, gpq(scratch), imm(16));
  out_.ins(Inst::kIdCmp, gpq(scratch), gpq(value));
  out_.exit_jump(Cond::kNE, exit);
}

bool Assembler::lower_arith(Ref ref, const Ins& ins) {
  if (ins.type == Type::kF64) return lower_float(ref, ins);
  uint16_t exit = static_cast<uint16_t>(current_exit_);
  int64_t k;
  switch (ins.op) {
    case Op::ADD:
      if (imm32(ins.b, &k) && !is_const(ins.a) && state(ins.a).reg != kNoReg) {
        Reg d = dest(ref);
        Reg a = use(ins.a);
        out_.ins(Inst::kIdLea, gpq(d), x86::ptr(gpq(a), static_cast<int32_t>(k)));
        return true;
      }
      if (!is_const(ins.a) && !is_const(ins.b) && state(ins.a).reg != kNoReg && state(ins.b).reg != kNoReg) {
        Reg d = dest(ref);
        Reg a = use(ins.a), b = use(ins.b);
        out_.ins(Inst::kIdLea, gpq(d), x86::ptr(gpq(a), gpq(b)));
        return true;
      }
      two_address(Inst::kIdAdd, ref, ins, true);
      return true;
    case Op::SUB: two_address(Inst::kIdSub, ref, ins, false); return true;
    case Op::BAND: two_address(Inst::kIdAnd, ref, ins, true); return true;
    case Op::BOR: two_address(Inst::kIdOr, ref, ins, true); return true;
    case Op::BXOR: two_address(Inst::kIdXor, ref, ins, true); return true;
    case Op::NEG: two_address(Inst::kIdNeg, ref, ins, false); return true;
    case Op::BNOT: two_address(Inst::kIdNot, ref, ins, false); return true;
    case Op::MUL: case Op::MULOV:
      if (imm32(ins.b, &k)) {
        Reg d = dest(ref);
        Reg t = ins.op == Op::MULOV ? temp(kGprs, bit(d)) : kNoReg;
        Reg a = use(ins.a, ~0u, d);
        out_.ins(Inst::kIdImul, gpq(d), gpq(a), imm(k));
        if (ins.op == Op::MULOV) {
          out_.exit_jump(Cond::kO, exit);
          check_int48(d, t, exit);
        }
        return true;
      }
      if (ins.op == Op::MUL) {
        two_address(Inst::kIdImul, ref, ins, true);
        return true;
      }
      [[fallthrough]];
    case Op::ADDOV: case Op::SUBOV: case Op::NEGOV: {
      Reg d = dest(ref);
      Reg t = temp(kGprs, bit(d));
      group_written_ |= bit(d);
      Reg b = kNoReg;
      bool small = ins.b && imm32(ins.b, &k);
      if (ins.b && !small && ins.b != ins.a) b = use(ins.b, ~bit(d));
      Reg a = use(ins.a, ~0u, d);
      InstId id = ins.op == Op::ADDOV ? Inst::kIdAdd : ins.op == Op::SUBOV ? Inst::kIdSub : ins.op == Op::MULOV ? Inst::kIdImul : Inst::kIdNeg;
      if (ins.op == Op::ADDOV && small && a != d) {
        out_.ins(Inst::kIdLea, gpq(d), x86::ptr(gpq(a), static_cast<int32_t>(k)));
      } else {
        move_reg(List::kBody, d, a);
        if (!ins.b) out_.ins(id, gpq(d));
        else if (small) out_.ins(id, gpq(d), imm(k));
        else out_.ins(id, gpq(d), gpq(b == kNoReg ? d : b));
      }
      if (ins.op == Op::MULOV) out_.exit_jump(Cond::kO, exit);
      check_int48(d, t, exit);
      return true;
    }
    case Op::SHL: case Op::SHLOV: case Op::SHR: shift(ref, ins, exit); return true;
    case Op::FLOORDIV: case Op::MOD: divide(ref, ins); return true;
    case Op::F2I: case Op::NARROW: {
      Reg d = dest(ref);
      Reg t = temp(kGprs, bit(d));
      Reg a = use(ins.a, ~0u, ins.op == Op::NARROW ? d : kNoReg);
      if (ins.op == Op::F2I) out_.ins(Inst::kIdCvttsd2si, gpq(d), xmm(a));
      else move_reg(List::kBody, d, a);
      check_int48(d, t, exit);
      return true;
    }
    default: return false;
  }
}

void Assembler::shift(Ref ref, const Ins& ins, uint16_t exit) {
  bool right = ins.op == Op::SHR, checked = ins.op == Op::SHLOV;
  if (is_const(ins.b)) {
    uint64_t count = static_cast<uint64_t>(ir_->int_of(ins.b));
    Reg d = dest(ref);
    if (!checked) {
      Reg a = use(ins.a, ~0u, d);
      move_reg(List::kBody, d, a);
      if (right) out_.ins(Inst::kIdSar, gpq(d), imm(count > 63 ? 63 : static_cast<int64_t>(count)));
      else if (count > 63) out_.ins(Inst::kIdXor, gpd(d), gpd(d));
      else out_.ins(Inst::kIdShl, gpq(d), imm(static_cast<int64_t>(count)));
      return;
    }
    if (count > 47) return out_.exit_jump(Cond::kAlways, exit);
    Reg t = temp(kGprs, bit(d));
    Reg a = use(ins.a, ~bit(d));
    out_.ins(Inst::kIdMov, gpq(t), gpq(a));
    out_.ins(Inst::kIdShl, gpq(t), imm(static_cast<int64_t>(16 + count)));
    out_.ins(Inst::kIdSar, gpq(t), imm(static_cast<int64_t>(16 + count)));
    out_.ins(Inst::kIdCmp, gpq(t), gpq(a));
    out_.exit_jump(Cond::kNE, exit);
    move_reg(List::kBody, d, a);
    out_.ins(Inst::kIdShl, gpq(d), imm(static_cast<int64_t>(count)));
    return;
  }
  if (!has_bmi2()) {  // a shift by cl would need its own register dance; such machines are over ten years old
    Ref arguments[2] = {ins.a, ins.b};
    if (checked) {
      why_ = Abort::kEncoding;
      return;
    }
    call_function(ref, ins.type, reinterpret_cast<const void*>(right ? &shr_i64 : &shl_i64), arguments);
    return;
  }
  Reg d = dest(ref);
  Reg t = temp(kGprs, bit(d));
  Reg count = use(ins.b, ~bit(d)), a = use(ins.a, ~bit(d));
  if (right) {
    out_.ins(Inst::kIdMov, gpd(t), imm(63));
    out_.ins(Inst::kIdCmp, gpq(count), gpq(t));
    out_.ins(Inst::kIdCmovb, gpq(t), gpq(count));
    out_.ins(Inst::kIdSarx, gpq(d), gpq(a), gpq(t));
    return;
  }
  if (!checked) {
    out_.ins(Inst::kIdCmp, gpq(count), imm(64));
    out_.ins(Inst::kIdSbb, gpq(t), gpq(t));
    out_.ins(Inst::kIdShlx, gpq(d), gpq(a), gpq(count));
    out_.ins(Inst::kIdAnd, gpq(d), gpq(t));
    return;
  }
  out_.ins(Inst::kIdCmp, gpq(count), imm(47));
  out_.exit_jump(Cond::kA, exit);
  out_.ins(Inst::kIdShlx, gpq(d), gpq(a), gpq(count));
  out_.ins(Inst::kIdSarx, gpq(t), gpq(d), gpq(count));
  out_.ins(Inst::kIdCmp, gpq(t), gpq(a));
  out_.exit_jump(Cond::kNE, exit);
  check_int48(d, t, exit);
}

// Floor division and modulo: idiv rounds to zero, so a remainder of the other sign than the divisor is put right afterwards.
// Two non-negative 32-bit operands, nearly always the case, take the much faster 32-bit division.
void Assembler::divide(Ref ref, const Ins& ins) {
  bool mod = ins.op == Op::MOD;
  if (ins.type == Type::kWord) {
    Ref arguments[2] = {ins.a, ins.b};
    return call_function(ref, ins.type, reinterpret_cast<const void*>(mod ? &mod_i64 : &floordiv_i64), arguments);
  }
  Reg d = dest(ref, bit(mod ? kRdx : kRax));
  RegSet fixed = bit(kRax) | bit(kRdx);
  for (Reg reg : {kRax, kRdx}) {
    if (!(free_ & bit(reg))) evict(reg, fixed | bit(d));
    written(reg);
  }
  locked_ |= fixed;
  Reg b = use(ins.b, kGprs & ~(fixed | bit(d)));
  locked_ |= bit(b);
  Reg a = use(ins.a, kGprs & ~(fixed | bit(d)));
  Reg t = temp(kGprs & ~fixed, bit(d));
  asmjit::Label slow = out_.new_label(), done = out_.new_label();
  Reg result = mod ? kRdx : kRax;
  out_.ins(Inst::kIdMov, gpq(kRax), gpq(a));
  out_.ins(Inst::kIdMov, gpq(t), gpq(a));
  out_.ins(Inst::kIdOr, gpq(t), gpq(b));
  out_.ins(Inst::kIdShr, gpq(t), imm(32));
  out_.ins(Inst::kIdJne, slow);
  out_.ins(Inst::kIdXor, gpd(kRdx), gpd(kRdx));
  out_.ins(Inst::kIdDiv, gpd(kRdx), gpd(kRax), gpd(b));
  out_.bind(done);
  move_reg(List::kBody, d, result);
  out_.cold_bind(slow);
  out_.cold(Inst::kIdCqo, gpq(kRdx), gpq(kRax));
  out_.cold(Inst::kIdIdiv, gpq(kRdx), gpq(kRax), gpq(b));
  out_.cold(Inst::kIdTest, gpq(kRdx), gpq(kRdx));
  out_.cold(Inst::kIdJe, done);
  out_.cold(Inst::kIdMov, gpq(t), gpq(kRdx));
  out_.cold(Inst::kIdXor, gpq(t), gpq(b));
  out_.cold(Inst::kIdJns, done);
  if (mod) out_.cold(Inst::kIdAdd, gpq(kRdx), gpq(b));
  else out_.cold(Inst::kIdDec, gpq(kRax));
  out_.cold(Inst::kIdJmp, done);
}

// --- doubles ----------------------------------------------------------------------------------------------------------------

void Assembler::float_binary(InstId id, Ref ref, const Ins& ins) {
  Reg d = dest(ref);
  Ref a = ins.a, b = ins.b;
  bool commutative = ins.op == Op::ADD || ins.op == Op::MUL;
  if (is_const(b) && state(b).reg == kNoReg && ir_->constant(b).bits != 0) {
    Reg ra = use(a, ~0u, d);
    move_reg(List::kBody, d, ra);
    out_.ins(id, xmm(d), pool(b));
    return;
  }
  if (commutative && !is_const(a) && state(a).reg != kNoReg && !is_const(b) && state(b).reg == kNoReg) std::swap(a, b);
  Reg rb = b != a ? use(b, ~bit(d)) : kNoReg;
  Reg ra = use(a, ~0u, d);
  move_reg(List::kBody, d, ra);
  out_.ins(id, xmm(d), xmm(b == a ? d : rb));
}

bool Assembler::lower_float(Ref ref, const Ins& ins) {
  switch (ins.op) {
    case Op::ADD: float_binary(Inst::kIdAddsd, ref, ins); return true;
    case Op::SUB: float_binary(Inst::kIdSubsd, ref, ins); return true;
    case Op::MUL: float_binary(Inst::kIdMulsd, ref, ins); return true;
    case Op::DIV: float_binary(Inst::kIdDivsd, ref, ins); return true;
    case Op::FLOORDIV: case Op::MOD: {
      Ref arguments[2] = {ins.a, ins.b};
      call_function(ref, Type::kF64, reinterpret_cast<const void*>(ins.op == Op::MOD ? &mod_f64 : &floordiv_f64), arguments);
      return true;
    }
    case Op::SQRT: {
      Reg d = dest(ref);
      Reg a = use(ins.a);
      out_.ins(Inst::kIdSqrtsd, xmm(d), xmm(a));
      return true;
    }
    case Op::ABS: case Op::NEG: {
      Reg d = dest(ref);
      Reg a = use(ins.a, ~0u, d);
      move_reg(List::kBody, d, a);
      ArenaConstant mask = ins.op == Op::ABS ? ArenaConstant::kAbsMask : ArenaConstant::kSignMask;
      out_.ins(ins.op == Op::ABS ? Inst::kIdAndps : Inst::kIdXorps, xmm(d), x86::ptr(arena_.constant(mask), 16));
      return true;
    }
    case Op::FLOOR: case Op::CEIL: case Op::TRUNC: {
      if (!has_sse41()) {
        Ref arguments[1] = {ins.a};
        double (*function)(double) = ins.op == Op::FLOOR ? &::floor : ins.op == Op::CEIL ? &::ceil : &::trunc;
        call_function(ref, Type::kF64, reinterpret_cast<const void*>(function), arguments);
        return true;
      }
      Reg d = dest(ref);
      Reg a = use(ins.a);
      out_.ins(Inst::kIdRoundsd, xmm(d), xmm(a), imm(ins.op == Op::FLOOR ? 9 : ins.op == Op::CEIL ? 10 : 11));
      return true;
    }
    default: return false;
  }
}

}  // namespace pyjit::jit
