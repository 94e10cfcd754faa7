// Folds an emission: constants, algebra, facts that the types of values imply.
//
// Rules for adding a rule: (1) the result has the candidate's type; (2) floating point keeps every bit of every result, NaN and the
// sign of zero included; (3) a rule that looks through an operand's definition to *its* operands must ask is_phi() first when it
// makes a new expression of them: inside a peeled loop that definition only describes the first time round, and though the renaming
// of opt_loop.cc keeps it correct, every value so reached costs another loop-carried register.
#include "jit/arith.h"
#include "jit/builder.h"

namespace pyjit::jit {

using runtime::Value;

namespace {

Op flipped(Op op) {  // a op b == b flipped(op) a
  switch (op) {
    case Op::LT: return Op::GT;
    case Op::LE: return Op::GE;
    case Op::GT: return Op::LT;
    case Op::GE: return Op::LE;
    case Op::ULT: return Op::UGT;
    case Op::ULE: return Op::UGE;
    case Op::UGT: return Op::ULT;
    case Op::UGE: return Op::ULE;
    default: return op;
  }
}
Op inverse(Op op) {  // integers only: !(a op b) == a inverse(op) b
  switch (op) {
    case Op::EQ: return Op::NE;
    case Op::NE: return Op::EQ;
    case Op::LT: return Op::GE;
    case Op::LE: return Op::GT;
    case Op::GT: return Op::LE;
    case Op::GE: return Op::LT;
    case Op::ULT: return Op::UGE;
    case Op::ULE: return Op::UGT;
    case Op::UGT: return Op::ULE;
    case Op::UGE: return Op::ULT;
    default: return Op::NOP;
  }
}
template <class T>
bool compare(Op op, T a, T b) {
  switch (op) {
    case Op::EQ: return a == b;
    case Op::NE: return a != b;
    case Op::LT: return a < b;
    case Op::LE: return a <= b;
    case Op::GT: return a > b;
    default: return a >= b;
  }
}

}  // namespace

Builder::Fold Builder::fold(Candidate& c) {
  switch (c.op) {
    case Op::ADD: case Op::SUB: case Op::MUL: case Op::NEG: case Op::FLOORDIV: case Op::MOD:
      return c.type == Type::kF64 ? fold_float(c) : fold_int(c);
    case Op::ADDOV: case Op::SUBOV: case Op::MULOV: case Op::NEGOV: case Op::BAND: case Op::BOR: case Op::BXOR: case Op::BNOT:
    case Op::SHL: case Op::SHLOV: case Op::SHR:
      return fold_int(c);
    case Op::DIV: case Op::ABS: case Op::SQRT: case Op::FLOOR: case Op::CEIL: case Op::TRUNC:
      return fold_float(c);
    case Op::EQ: case Op::NE: case Op::LT: case Op::LE: case Op::GT: case Op::GE: case Op::ULT: case Op::ULE: case Op::UGT:
    case Op::UGE: case Op::NOT:
      return fold_compare(c);
    case Op::GTRUE: case Op::GFALSE: case Op::GINVAL:
      return fold_guard(c);
    case Op::LOAD: case Op::STORE: {
      // A constant index into an object is a field of it.
      if (is_const(c.a) || ir_.ins(c.a).op != Op::AREF || !is_const(ir_.ins(c.a).b) || ir_.type(ir_.ins(c.a).a) != Type::kObj) return Fold::kNothing;
      const Ins& at = ir_.ins(c.a);
      Mem mem(c.imm);
      int64_t index = ir_.int_of(at.b);
      if (index < 0 || index > 2000) return Fold::kNothing;
      int64_t offset = mem.offset + aref_displacement(at.imm) + (index << aref_shift(at.imm));
      if (offset < 0 || offset > INT16_MAX) return Fold::kNothing;
      c.imm = Mem(static_cast<int>(offset), mem.kind, mem.alias).pack();
      c.a = at.a;
      return Fold::kNothing;
    }
    case Op::I2F: case Op::F2I: case Op::B2I: case Op::NARROW: case Op::BOX: case Op::UNBOX: case Op::UNTAG: case Op::AREF:
      return fold_convert(c);
    default:
      return Fold::kNothing;
  }
}

Builder::Fold Builder::fold_int(Candidate& c) {
  bool wide = c.type == Type::kWord;
  auto constant = [&](int64_t value) { return done(c, wide ? ir_.k_word(static_cast<uint64_t>(value)) : ir_.k_i64(value)); };
  bool ka = is_const(c.a), kb = c.b && is_const(c.b);
  if (has(c.op, kCommutative) && ka && !kb) std::swap(c.a, c.b), std::swap(ka, kb);
  if (ka && (kb || !c.b)) {
    int64_t a = ir_.int_of(c.a), b = c.b ? ir_.int_of(c.b) : 0, r = 0;
    uint64_t ua = static_cast<uint64_t>(a), ub = static_cast<uint64_t>(b);
    bool fits = true;
    switch (c.op) {
      case Op::ADD: r = static_cast<int64_t>(ua + ub); break;
      case Op::SUB: r = static_cast<int64_t>(ua - ub); break;
      case Op::MUL: r = static_cast<int64_t>(ua * ub); break;
      case Op::NEG: r = static_cast<int64_t>(0 - ua); break;
      case Op::ADDOV: fits = add_ov(a, b, &r); break;
      case Op::SUBOV: fits = sub_ov(a, b, &r); break;
      case Op::MULOV: fits = mul_ov(a, b, &r); break;
      case Op::NEGOV: fits = sub_ov(0, a, &r); break;
      case Op::SHLOV: fits = shl_ov(a, b, &r); break;
      case Op::BAND: r = a & b; break;
      case Op::BOR: r = a | b; break;
      case Op::BXOR: r = a ^ b; break;
      case Op::BNOT: r = ~a; break;
      case Op::SHL: r = shl_i64(a, b); break;
      case Op::SHR: r = shr_i64(a, b); break;
      case Op::FLOORDIV: if (b == 0) return Fold::kNothing; r = floordiv_i64(a, b); break;
      case Op::MOD: if (b == 0) return Fold::kNothing; r = mod_i64(a, b); break;
      default: return Fold::kNothing;
    }
    if (!fits) {
      fail(Abort::kAlwaysFails);
      return constant(0);
    }
    if (wide || Value::fits_int(r)) return constant(r);
    return Fold::kNothing;
  }
  // Identities below return an operand, whose type must be the result's.
  auto same = [&](Ref ref) { return ir_.type(ref) == c.type ? done(c, ref) : Fold::kNothing; };
  if (kb) {
    int64_t b = ir_.int_of(c.b);
    auto k = [&](int64_t value) { return wide ? ir_.k_word(static_cast<uint64_t>(value)) : ir_.k_i64(value); };
    bool power = b > 0 && (b & (b - 1)) == 0;
    int log = power ? std::countr_zero(static_cast<uint64_t>(b)) : 0;
    switch (c.op) {
      case Op::ADD: case Op::ADDOV: case Op::SUB: case Op::SUBOV: case Op::BOR: case Op::BXOR: case Op::SHL: case Op::SHLOV:
      case Op::SHR:
        if (b == 0) {
          if (Fold f = same(c.a); f == Fold::kDone) return f;
        }
        if (c.op == Op::SUB && (wide || Value::fits_int(-b)) && b != INT64_MIN) return become(c, Op::ADD, c.a, k(-b));
        if (c.op == Op::SUBOV && Value::fits_int(-b)) return become(c, Op::ADDOV, c.a, ir_.k_i64(-b));
        break;
      case Op::MUL: case Op::MULOV:
        if (b == 0) return constant(0);
        if (b == 1) return same(c.a);
        if (b == -1) return become(c, c.op == Op::MUL ? Op::NEG : Op::NEGOV, c.a);
        if (power && c.op == Op::MUL) return become(c, Op::SHL, c.a, k(log));
        if (power && c.op == Op::MULOV) return become(c, Op::SHLOV, c.a, k(log));
        break;
      case Op::BAND:
        if (b == 0) return constant(0);
        if (b == -1) return same(c.a);
        break;
      case Op::FLOORDIV:
        if (b == 1) return same(c.a);
        if (power) return become(c, Op::SHR, c.a, k(log));
        break;
      case Op::MOD:
        if (b == 1 || b == -1) return constant(0);
        if (power) return become(c, Op::BAND, c.a, k(b - 1));
        break;
      default: break;
    }
    // (x + k1) + k2 and (x op k1) op k2 for the bit operations. Only where nothing can overflow in between.
    if (!is_const(c.a) && !is_phi(c.a) && ir_.ins(c.a).op == c.op && ir_.ins(c.a).b && is_const(ir_.ins(c.a).b) &&
        ir_.type(c.a) == c.type) {
      int64_t inner = ir_.int_of(ir_.ins(c.a).b);
      Ref x = ir_.ins(c.a).a;
      if (c.op == Op::ADD && wide) return become(c, c.op, x, k(static_cast<int64_t>(static_cast<uint64_t>(inner) + b)));
      if (c.op == Op::BAND) return become(c, c.op, x, k(inner & b));
      if (c.op == Op::BOR) return become(c, c.op, x, k(inner | b));
      if (c.op == Op::BXOR) return become(c, c.op, x, k(inner ^ b));
    }
  }
  if (c.a == c.b) {
    switch (c.op) {
      case Op::SUB: case Op::SUBOV: case Op::BXOR: return constant(0);
      case Op::BAND: case Op::BOR: return same(c.a);
      default: break;
    }
  }
  if (!is_const(c.a) && ir_.ins(c.a).op == c.op && (c.op == Op::NEG || c.op == Op::BNOT)) return same(ir_.ins(c.a).a);
  return Fold::kNothing;
}

Builder::Fold Builder::fold_float(Candidate& c) {
  bool ka = is_const(c.a), kb = c.b && is_const(c.b);
  if (has(c.op, kCommutative) && ka && !kb) std::swap(c.a, c.b), std::swap(ka, kb);
  if (ka && (kb || !c.b)) {
    double a = ir_.f64_of(c.a), b = c.b ? ir_.f64_of(c.b) : 0, r;
    switch (c.op) {
      case Op::ADD: r = a + b; break;
      case Op::SUB: r = a - b; break;
      case Op::MUL: r = a * b; break;
      case Op::DIV: r = a / b; break;
      case Op::NEG: r = -a; break;
      case Op::ABS: r = std::fabs(a); break;
      case Op::SQRT: r = std::sqrt(a); break;
      case Op::FLOOR: r = std::floor(a); break;
      case Op::CEIL: r = std::ceil(a); break;
      case Op::TRUNC: r = std::trunc(a); break;
      case Op::FLOORDIV: if (b == 0) return Fold::kNothing; r = floordiv_f64(a, b); break;
      case Op::MOD: if (b == 0) return Fold::kNothing; r = mod_f64(a, b); break;
      default: return Fold::kNothing;
    }
    // Two NaNs differ in bits that Python can see (struct.pack): leave those to the machine.
    return r != r ? Fold::kNothing : done(c, ir_.k_f64(r));
  }
  if (kb) {
    double b = ir_.f64_of(c.b);
    uint64_t bits = std::bit_cast<uint64_t>(b);
    if (c.op == Op::MUL && b == 1.0) return done(c, c.a);
    if (c.op == Op::MUL && b == 2.0) return become(c, Op::ADD, c.a, c.a);
    if (c.op == Op::DIV && b == 1.0) return done(c, c.a);
    if (c.op == Op::SUB && bits == 0) return done(c, c.a);                  // x - 0.0
    if (c.op == Op::ADD && bits == 1ull << 63) return done(c, c.a);         // x + -0.0
    // x / 2^k is x * 2^-k exactly, as long as the reciprocal is a normal number.
    int exponent = static_cast<int>(bits >> 52 & 0x7FF);
    if (c.op == Op::DIV && (bits & ((1ull << 52) - 1)) == 0 && exponent > 1 && exponent < 2045)
      return become(c, Op::MUL, c.a, ir_.k_f64(1.0 / b));
  }
  if (is_const(c.a)) return Fold::kNothing;
  const Ins& a = ir_.ins(c.a);
  if (c.op == Op::NEG && a.op == Op::NEG) return done(c, a.a);
  if (c.op == Op::ABS && (a.op == Op::ABS || a.op == Op::SQRT)) {
    if (a.op == Op::ABS) return done(c, c.a);
  }
  if (c.op == Op::ABS && a.op == Op::NEG) return become(c, Op::ABS, a.a);
  if ((c.op == Op::FLOOR || c.op == Op::CEIL || c.op == Op::TRUNC) &&
      (a.op == Op::FLOOR || a.op == Op::CEIL || a.op == Op::TRUNC || a.op == Op::I2F))
    return done(c, c.a);
  return Fold::kNothing;
}

Builder::Fold Builder::fold_compare(Candidate& c) {
  auto truth = [&](bool value) { return done(c, ir_.k_bool(value)); };
  if (c.op == Op::NOT) {
    if (is_const(c.a)) return truth(!ir_.int_of(c.a));
    const Ins& a = ir_.ins(c.a);
    if (a.op == Op::NOT) return done(c, a.a);
    if (a.op >= Op::EQ && a.op <= Op::UGE && (ir_.type(a.a) != Type::kF64 || a.op == Op::EQ || a.op == Op::NE))
      return become(c, inverse(a.op), a.a, a.b);
    return Fold::kNothing;
  }
  Type type = ir_.type(c.a);
  bool ka = is_const(c.a), kb = is_const(c.b);
  if (ka && kb) {
    if (type == Type::kF64) return truth(compare(c.op, ir_.f64_of(c.a), ir_.f64_of(c.b)));
    int64_t a = ir_.int_of(c.a), b = ir_.int_of(c.b);
    switch (c.op) {
      case Op::ULT: return truth(static_cast<uint64_t>(a) < static_cast<uint64_t>(b));
      case Op::ULE: return truth(static_cast<uint64_t>(a) <= static_cast<uint64_t>(b));
      case Op::UGT: return truth(static_cast<uint64_t>(a) > static_cast<uint64_t>(b));
      case Op::UGE: return truth(static_cast<uint64_t>(a) >= static_cast<uint64_t>(b));
      default: return truth(compare(c.op, a, b));
    }
  }
  // One form for each comparison: constants to the right, else < and <=.
  if (ka || (!kb && (c.op == Op::GT || c.op == Op::GE || c.op == Op::UGT || c.op == Op::UGE))) {
    std::swap(c.a, c.b);
    c.op = flipped(c.op);
    return Fold::kAgain;
  }
  if (!kb && (c.op == Op::EQ || c.op == Op::NE) && c.a > c.b) std::swap(c.a, c.b);
  if (type == Type::kF64) return Fold::kNothing;
  if (c.a == c.b) {
    switch (c.op) {
      case Op::EQ: case Op::LE: case Op::GE: case Op::ULE: case Op::UGE: return truth(true);
      default: return truth(false);
    }
  }
  const Ins* a = is_const(c.a) ? nullptr : &ir_.ins(c.a);
  bool equality = c.op == Op::EQ || c.op == Op::NE;
  if (kb && a && equality) {
    uint64_t bits = static_cast<uint64_t>(ir_.int_of(c.b));
    Value value = Value::from_bits(bits);
    // What an object can be: a pointer. What a boxed i64 can be: an int, so compare unboxed.
    if (type == Type::kObj && !value.is_object()) return truth(c.op == Op::NE);
    if (a->op == Op::BOX && (type == Type::kVal)) {
      Type inner = ir_.type(a->a);
      if (!has_type(value, inner)) return truth(c.op == Op::NE);
      if (inner == Type::kI64 || inner == Type::kBool) return become(c, c.op, a->a, ir_.add_const(inner, unbox_bits(inner, bits)));
    }
    if (type == Type::kBool) {
      bool want = (bits & 1) == (c.op == Op::EQ);
      return want ? done(c, c.a) : become(c, Op::NOT, c.a);
    }
    // Two new objects, or a new one and a constant, are never one.
    if (a->op == Op::NEW) return truth(c.op == Op::NE);
  }
  if (equality && a && !kb) {
    const Ins* b = &ir_.ins(c.b);
    if (a->op == Op::BOX && b->op == Op::BOX && ir_.type(a->a) == ir_.type(b->a) && ir_.type(a->a) != Type::kF64)
      return become(c, c.op, a->a, b->a);
    if (a->op == Op::BOX && b->op == Op::BOX && ir_.type(a->a) != ir_.type(b->a)) return truth(c.op == Op::NE);
    if (a->op == Op::NEW && b->op == Op::NEW) return truth(c.op == Op::NE);
  }
  return Fold::kNothing;
}

Builder::Fold Builder::fold_guard(Candidate& c) {
  if (c.op == Op::GINVAL) {
    // Only a call can invalidate the running trace.
    Ref previous = ir_.chain(Op::GINVAL);
    bool none_since = ir_.chain(Op::CALL) <= previous && ir_.chain(Op::CALLT) <= previous;
    if (previous && none_since) return done(c, kNoRef);
    return Fold::kNothing;
  }
  if (is_const(c.a)) {
    if ((ir_.int_of(c.a) != 0) != (c.op == Op::GTRUE)) {
      fail(Abort::kAlwaysFails);
      return Fold::kNothing;
    }
    return done(c, kNoRef);
  }
  const Ins a = ir_.ins(c.a);
  Op other = c.op == Op::GTRUE ? Op::GFALSE : Op::GTRUE;
  if (a.op == Op::NOT) return become(c, other, a.a);
  // A false integer comparison is its inverse, true: then one form is enough for CSE and ranges.
  if (c.op == Op::GFALSE && a.op >= Op::EQ && a.op <= Op::UGE && ir_.type(a.a) != Type::kF64) {
    Op op = inverse(a.op);
    Ref condition = emit(op, Type::kBool, a.a, a.b);
    if (condition == c.a) return Fold::kNothing;
    return become(c, Op::GTRUE, condition);
  }
  if (opt_on(kOptCse)) {
    for (Ref ref = ir_.chain(other); ref > c.a; ref = ir_.ins(ref).prev)
      if (ir_.ins(ref).a == c.a) {
        fail(Abort::kAlwaysFails);
        return Fold::kNothing;
      }
  }
  return Fold::kNothing;
}

Builder::Fold Builder::fold_convert(Candidate& c) {
  const Ins* a = is_const(c.a) ? nullptr : &ir_.ins(c.a);
  Type from = ir_.type(c.a);
  switch (c.op) {
    case Op::I2F:
      if (!a) return done(c, ir_.k_f64(static_cast<double>(ir_.int_of(c.a))));
      break;
    case Op::F2I: {
      int64_t value;
      if (!a && f2i(ir_.f64_of(c.a), &value)) return done(c, ir_.k_i64(value));
      if (a && a->op == Op::I2F && ir_.type(a->a) == Type::kI64) return done(c, a->a);
      break;
    }
    case Op::B2I:
      if (!a) return done(c, ir_.k_i64(ir_.int_of(c.a)));
      break;
    case Op::NARROW:
      if (from == Type::kI64) return done(c, c.a);
      if (!a && Value::fits_int(ir_.int_of(c.a))) return done(c, ir_.k_i64(ir_.int_of(c.a)));
      break;
    case Op::BOX:
      if (from == Type::kVal || from == Type::kObj) return done(c, c.a);
      if (!a) return done(c, ir_.add_const(Type::kVal, box_bits(from, static_cast<uint64_t>(ir_.int_of(c.a)))));
      // Unpacking did not lose anything. A double's NaNs are canonical once boxed.
      if (a->op == Op::UNBOX || a->op == Op::UNTAG) return done(c, a->a);
      break;
    case Op::UNBOX: case Op::UNTAG:
      if (from == c.type) return done(c, c.a);
      if (c.type == Type::kVal) return done(c, c.a);
      if (!a) {
        uint64_t bits = static_cast<uint64_t>(ir_.int_of(c.a));
        if (has_type(Value::from_bits(bits), c.type)) return done(c, ir_.add_const(c.type, unbox_bits(c.type, bits)));
        fail(Abort::kAlwaysFails);
        return Fold::kNothing;
      }
      if (from == Type::kObj) {
        fail(Abort::kAlwaysFails);
        return Fold::kNothing;
      }
      if (a->op == Op::BOX) {
        if (ir_.type(a->a) == c.type) return done(c, a->a);
        fail(Abort::kAlwaysFails);
        return Fold::kNothing;
      }
      // An UNTAG of a value whose UNBOX came before is that UNBOX, which CSE cannot see.
      if (c.op == Op::UNTAG && opt_on(kOptCse))
        for (Ref ref = ir_.chain(Op::UNBOX); ref > c.a; ref = ir_.ins(ref).prev)
          if (ir_.ins(ref).a == c.a && ir_.ins(ref).type == c.type) return done(c, ref);
      break;
    case Op::AREF: {
      // base[i + k]: the constant goes into the displacement.
      if (is_const(c.b) || is_phi(c.b)) break;
      const Ins& b = ir_.ins(c.b);
      if ((b.op != Op::ADD && b.op != Op::ADDOV) || !is_const(b.b)) break;
      int64_t sum = aref_displacement(c.imm) + static_cast<int64_t>(static_cast<uint64_t>(ir_.int_of(b.b)) << aref_shift(c.imm));
      if (ir_.int_of(b.b) > 1 << 20 || ir_.int_of(b.b) < -(1 << 20) || sum >= 1 << 22 || sum < -(1 << 22)) break;
      c.imm = pack_aref(static_cast<int32_t>(sum), aref_shift(c.imm));
      return become(c, Op::AREF, c.a, b.a);
    }
    default: break;
  }
  return Fold::kNothing;
}

}  // namespace pyjit::jit
