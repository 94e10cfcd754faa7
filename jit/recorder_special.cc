// Instructions specialised by the exact types of their operands: what would be an opaque call that may run Python becomes IR, or a call
// of a function in quiet.h. The dispatcher asks specialised() first; false: nothing was emitted but guards, and the template runs.
#include "interp/ops_number.h"
#include "interp/slow.h"
#include "jit/quiet.h"
#include "jit/recorder.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/frame.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace pyjit::jit {

using interp::shapes;

namespace {

bool exact_builtin(Value v) {
  if (!v.is_object()) return !v.is_null();
  Class* cls = v.as_object()->cls();
  return cls == types.str || cls == types.int_ || cls == types.bytes || cls == types.list || cls == types.tuple || cls == types.bytearray;
}
bool number(Value v) { return v.is_int() || v.is_double() || v.is_bool() || is_bigint(v); }

}  // namespace

// --- calls that run no Python code

Ref Recorder::quiet_call(const void* fn, const char* name, Type type, uint8_t effects, uint64_t clobbers, std::initializer_list<Ref> arguments) {
  frame()->pc = pc + 1;
  if (effects & kCallAllocates) forget_temporaries();   // a collection may null them
  if (clobbers & kDictMemory) effects_pending_ = true;   // a namespace may have changed that a trace depends on
  return b.call(CallTarget{fn, name, type, static_cast<uint8_t>(effects | (clobbers ? kCallWrites : 0)), clobbers}, arguments);
}

// The call has declined if not ok: the interpreter executes the instruction. For calls that have changed nothing in that case.
void Recorder::decline_guard(Ref ok, bool effect) {
  if (effect) resume(kResume);
  b.guard(ok, true);
  if (effect) b.resume_at(reinterpret_cast<uint64_t>(pc), off(), 3);
}
Ref Recorder::not_null(Ref value) { return b.emit(Op::NE, Type::kBool, value, b.ir().k_val(Value())); }
Ref Recorder::known(V v) {
  know(v);
  if (v.v.is_object()) has_shape(v, v.v.as_object()->shape_bits);
  return b.box(v.r);
}

// --- ints beyond 48 bits
//
// Such a value has two refs: its boxed form, a call that dead-code elimination drops if nothing looks at it, and its low 64 bits, on which
// arithmetic goes on. `wide_` relates them; the bounds say whether the low bits are all of it.

bool Recorder::wide_operand(V a, Wide* w) {
  auto it = wide_.find(a.r);
  if (it != wide_.end()) {
    *w = it->second;
    return true;
  }
  if (a.v.is_int()) {
    know(a);
    Ref r = i64(a);
    w->low = to_word(r);
    w->low_bound = Value::kMinInt, w->high_bound = Value::kMaxInt;
    if (is_const(r)) {
      w->low_bound = w->high_bound = b.ir().int_of(r);
    } else {
      const Ins& ins = b.ir().ins(r);
      if (ins.op == Op::BAND && is_const(ins.b) && b.ir().int_of(ins.b) >= 0) w->low_bound = 0, w->high_bound = b.ir().int_of(ins.b);
      if (ins.op == Op::MOD && is_const(ins.b) && b.ir().int_of(ins.b) > 0) w->low_bound = 0, w->high_bound = b.ir().int_of(ins.b) - 1;
    }
    return true;
  }
  if (!is_bigint(a.v)) return false;
  auto* big = a.v.as<BigInt>();
  if (big->size != 1 && big->size != -1) return false;
  if (is_const(a.r)) {
    w->low = b.ir().k_word(static_cast<uint64_t>(quiet_low_bits(a.v)));
    __int128 magnitude = big->limbs[0];
    w->low_bound = w->high_bound = big->size < 0 ? -magnitude : magnitude;
    return true;
  }
  has_shape(a, a.v.as_object()->shape_bits);
  Ref size = b.load(obj(a), Mem(offsetof(BigInt, size), MemKind::kI64, kAliasImmutable));
  b.guard(b.emit(Op::EQ, Type::kBool, size, b.ir().k_i64(big->size)), true);
  Ref limb = b.load(obj(a), Mem(offsetof(BigInt, limbs), MemKind::kWord, kAliasImmutable));
  w->low = big->size > 0 ? limb : b.emit(Op::NEG, Type::kWord, limb);
  constexpr __int128 kLimb = (static_cast<__int128>(1) << 64) - 1;
  w->low_bound = big->size > 0 ? 0 : -kLimb;
  w->high_bound = big->size > 0 ? kLimb : 0;
  return true;
}

Ref Recorder::to_word(Ref r) {
  if (b.ir().type(r) == Type::kWord) return r;
  if (is_const(r)) return b.ir().k_word(static_cast<uint64_t>(b.ir().int_of(r)));
  return b.emit(Op::BOR, Type::kWord, r, b.ir().k_word(0));
}

bool Recorder::fits_int64(const Wide& w) { return w.low_bound >= INT64_MIN && w.high_bound <= INT64_MAX; }

bool Recorder::wide_arithmetic(BinaryOp op, V a, V c, V* out) {
  using Int128 = __int128;
  constexpr Int128 kLimit = static_cast<Int128>(1) << 100;
  Wide x, y, r;
  if (!wide_operand(a, &x) || !wide_operand(c, &y)) return false;
  out->v = interp::binary_slow(op, a.v, c.v);
  if (!out->v) return false;
  bool x_non_negative = x.low_bound >= 0, y_non_negative = y.low_bound >= 0;
  auto width = [](const Wide& w) {   // all ones above every bit of a non-negative value
    Int128 n = 1;
    while (n <= w.high_bound) n <<= 1;
    return n - 1;
  };
  switch (op) {
    case kAdd: r = {b.emit(Op::ADD, Type::kWord, x.low, y.low), x.low_bound + y.low_bound, x.high_bound + y.high_bound}; break;
    case kSub: r = {b.emit(Op::SUB, Type::kWord, x.low, y.low), x.low_bound - y.high_bound, x.high_bound - y.low_bound}; break;
    case kMul: {
      // Factors that could be out of bounds but are small: worth a guard, since it makes the product's low bits all of it.
      for (auto [w, v, other] : {std::tuple{&x, a, &y}, std::tuple{&y, c, &x}}) {
        if (!v.v.is_int() || wide_.count(v.r) || other->low_bound != other->high_bound || other->low_bound <= 0 || w->low_bound >= 0) continue;
        Int128 limit = (static_cast<Int128>(1) << 62) / other->high_bound;
        if (limit > Value::kMaxInt || v.v.as_int() < 0 || v.v.as_int() >= limit) continue;
        b.guard(b.emit(Op::ULT, Type::kBool, i64(v), b.ir().k_i64(static_cast<int64_t>(limit))), true);
        w->low_bound = 0;
        w->high_bound = limit - 1;
      }
      Int128 big = static_cast<Int128>(1) << 62;
      if (std::max(-x.low_bound, x.high_bound) >= big && std::max(-y.low_bound, y.high_bound) >= big) {
        r = {b.emit(Op::MUL, Type::kWord, x.low, y.low), -kLimit, kLimit};
        if (std::max(-x.low_bound, x.high_bound) >= big << 3 || std::max(-y.low_bound, y.high_bound) >= big << 3) r.low_bound = -(kLimit << 20), r.high_bound = kLimit << 20;
        break;
      }
      Int128 p[] = {x.low_bound * y.low_bound, x.low_bound * y.high_bound, x.high_bound * y.low_bound, x.high_bound * y.high_bound};
      r = {b.emit(Op::MUL, Type::kWord, x.low, y.low), *std::min_element(p, p + 4), *std::max_element(p, p + 4)};
      break;
    }
    case kAnd:
      if (!x_non_negative && !y_non_negative) return false;
      r.low_bound = 0;
      r.high_bound = !y_non_negative ? width(x) : !x_non_negative ? width(y) : std::min(width(x), width(y));
      if (y_non_negative && y.low_bound == y.high_bound) r.high_bound = y.high_bound;
      if (x_non_negative && x.low_bound == x.high_bound) r.high_bound = std::min(r.high_bound, x.high_bound);
      if (r.high_bound <= Value::kMaxInt) {
        out->r = b.emit(Op::BAND, Type::kI64, x.low, y.low);
        return true;
      }
      r.low = b.emit(Op::BAND, Type::kWord, x.low, y.low);
      break;
    case kOr: case kXor: {
      if (!x_non_negative || !y_non_negative) {
        if (!fits_int64(x) || !fits_int64(y)) return false;
        r.low_bound = INT64_MIN, r.high_bound = INT64_MAX;
      } else {
        r.low_bound = 0;
        r.high_bound = std::max(width(x), width(y));
      }
      r.low = b.emit(op == kOr ? Op::BOR : Op::BXOR, Type::kWord, x.low, y.low);
      break;
    }
    case kLShift: {
      if (y.low_bound != y.high_bound || y.low_bound < 0 || y.low_bound > 40) return false;
      int shift = static_cast<int>(y.low_bound);
      r = {b.emit(Op::SHL, Type::kWord, x.low, b.ir().k_i64(shift)), x.low_bound << shift, x.high_bound << shift};
      break;
    }
    case kRShift: {
      if (!fits_int64(x) || y.low_bound != y.high_bound || y.low_bound < 0 || y.low_bound > 63) return false;
      int shift = static_cast<int>(y.low_bound);
      r = {kNoRef, x.low_bound >> shift, x.high_bound >> shift};
      bool narrow = r.low_bound >= Value::kMinInt && r.high_bound <= Value::kMaxInt;
      r.low = b.emit(Op::SHR, narrow ? Type::kI64 : Type::kWord, x.low, b.ir().k_i64(shift));
      if (narrow) {
        out->r = r.low;
        return true;
      }
      break;
    }
    case kMod: case kFloorDiv: {
      if (!fits_int64(x) || !x_non_negative || y.low_bound != y.high_bound || y.low_bound <= 0 || y.low_bound > Value::kMaxInt) return false;
      Ref q = b.emit(op == kMod ? Op::MOD : Op::FLOORDIV, Type::kWord, x.low, y.low);
      r = {q, 0, op == kMod ? y.low_bound - 1 : x.high_bound / y.low_bound};
      break;
    }
    default: return false;
  }
  if (r.low_bound < -(kLimit << 22) || r.high_bound > kLimit << 22) return false;
  if (r.low_bound >= Value::kMinInt && r.high_bound <= Value::kMaxInt) {
    out->r = b.emit(Op::NARROW, Type::kI64, r.low);
    return true;
  }
  // Inside 64 bits and small as seen: most likely it always is.
  if (fits_int64(r) && out->v.is_int()) {
    out->r = b.emit(Op::NARROW, Type::kI64, r.low);
    return true;
  }
  constexpr uint8_t kEffects = kCallReads | kCallAllocates;
  constexpr Int128 kUnsigned = (static_cast<Int128>(1) << 64) - 1;
  if (fits_int64(r)) out->r = quiet_call(reinterpret_cast<const void*>(&new_int), "new_int", Type::kVal, kEffects, 0, {r.low});
  else if (r.low_bound >= 0 && r.high_bound <= kUnsigned)
    out->r = quiet_call(reinterpret_cast<const void*>(&new_int_unsigned), "new_int", Type::kVal, kEffects, 0, {r.low});
  else
    out->r = quiet_call(reinterpret_cast<const void*>(&quiet_word_binary), "int", Type::kVal, kEffects, 0,
                        {b.ir().k_word(op), b.box(a.r), b.box(c.r)});
  wide_[out->r] = r;
  return true;
}

// --- arithmetic

// What the templates do, for operands that are not the registers' own.
bool Recorder::plain_arithmetic(BinaryOp op, V a, V c, V* out) {
  know(a), know(c);
  if (a.v.is_double() || c.v.is_double()) {
    V x = a.v.is_int() ? int_to_float(a) : a, y = c.v.is_int() ? int_to_float(c) : c;
    switch (op) {
      case kAdd: return interp::float_binary<kAdd>(*this, x, y, out);
      case kSub: return interp::float_binary<kSub>(*this, x, y, out);
      case kMul: return interp::float_binary<kMul>(*this, x, y, out);
      case kTrueDiv: return interp::float_binary<kTrueDiv>(*this, x, y, out);
      default: return false;
    }
  }
  switch (op) {
    case kAdd: return interp::int_binary<kAdd>(*this, a, c, out);
    case kSub: return interp::int_binary<kSub>(*this, a, c, out);
    case kMul: return interp::int_binary<kMul>(*this, a, c, out);
    case kAnd: return interp::int_binary<kAnd>(*this, a, c, out);
    case kOr: return interp::int_binary<kOr>(*this, a, c, out);
    case kXor: return interp::int_binary<kXor>(*this, a, c, out);
    case kLShift: return interp::int_binary<kLShift>(*this, a, c, out);
    case kRShift: return interp::int_binary<kRShift>(*this, a, c, out);
    case kFloorDiv: return interp::int_binary<kFloorDiv>(*this, a, c, out);
    case kMod: return interp::int_binary<kMod>(*this, a, c, out);
    case kTrueDiv: return interp::int_binary<kTrueDiv>(*this, a, c, out);
    default: return false;
  }
}

bool Recorder::arithmetic(BinaryOp op, V a, V c, bool inplace, V* out) {
  constexpr uint8_t kEffects = kCallReads | kCallAllocates;
  if (a.v.is_bool() != c.v.is_bool() && number(a.v) && number(c.v)) {
    // A bool among numbers is its int.
    V &flag = a.v.is_bool() ? a : c, &other = a.v.is_bool() ? c : a;
    if (other.v.is_int() || other.v.is_double()) {
      know(flag);
      flag = {Value::from_int(flag.v.is_true()), b.emit(Op::B2I, Type::kI64, b.unbox(flag.r, Type::kBool))};
      if (arithmetic(op, a, c, inplace, out)) return true;
      return plain_arithmetic(op, a, c, out);
    }
  }
  bool int_a = a.v.is_int() || is_bigint(a.v), int_c = c.v.is_int() || is_bigint(c.v);
  if (int_a && int_c) {
    bool wide = wide_.count(a.r) || wide_.count(c.r) || !a.v.is_int() || !c.v.is_int();
    if (!wide) {
      know(a), know(c);
      int64_t x = a.v.as_int(), y = c.v.as_int(), r = 0;
      bool overflow = false;
      switch (op) {
        case kAdd: overflow = !Value::fits_int(x + y); break;
        case kSub: overflow = !Value::fits_int(x - y); break;
        case kMul: overflow = __builtin_mul_overflow(x, y, &r) || !Value::fits_int(r); break;
        case kLShift: overflow = y >= 0 && (y > 46 || !Value::fits_int(static_cast<int64_t>(static_cast<uint64_t>(x) << y)) || (x << y) >> y != x); break;
        case kPow: overflow = true; break;
        default: break;
      }
      if (!overflow) return false;
    }
    if (wide_arithmetic(op, a, c, out)) return true;
  }
  if (number(a.v) && number(c.v)) {
    bool floats = a.v.is_double() || c.v.is_double();
    bool plain = (a.v.is_double() || a.v.is_int()) && (c.v.is_double() || c.v.is_int());
    if (floats && plain) {
      if (op == kAdd || op == kSub || op == kMul || op == kTrueDiv) return false;
      if (op == kMod || op == kFloorDiv) {
        know(a), know(c);
        V x = a.v.is_int() ? int_to_float(a) : a, y = c.v.is_int() ? int_to_float(c) : c;
        if (y.v.as_double() == 0) return false;
        out->v = interp::binary_slow(op, x.v, y.v);
        if (!out->v) return false;
        float_is_zero(y);
        out->r = b.emit(op == kMod ? Op::MOD : Op::FLOORDIV, Type::kF64, f64(x), f64(y));
        return true;
      }
      if (op == kPow) {
        V x = a, y = c;
        know(a), know(c);
        if (a.v.is_int()) x = int_to_float(a);
        if (c.v.is_int()) y = int_to_float(c);
        double base = x.v.as_double(), exponent = y.v.as_double();
        // What is left out: errors, complex results, infinities.
        double r = std::pow(base, exponent);
        bool integral = is_const(y.r) && exponent == std::floor(exponent) && exponent >= 0;
        if (std::isfinite(r) && (integral || base > 0)) {
          if (!integral) b.guard(b.emit(Op::GT, Type::kBool, f64(x), b.ir().k_f64(0)), true);
          out->v = Value::from_double(r);
          out->r = b.call(CallTarget{reinterpret_cast<const void*>(&quiet_pow), "pow", Type::kF64, 0, 0}, {f64(x), f64(y)});
          b.guard(b.emit(Op::LT, Type::kBool, b.emit(Op::ABS, Type::kF64, out->r), b.ir().k_f64(INFINITY)), true);
          return true;
        }
      }
    }
    if (op == kMatMul || (!floats && plain && op != kPow && a.v.is_int() && c.v.is_int() && (op == kMod || op == kFloorDiv || op == kTrueDiv) && c.v.as_int() == 0))
      return false;
    Ref x = known(a), y = known(c);
    Value v = interp::binary_slow(op, a.v, c.v);
    if (!v) {
      clear_pending();
      return false;
    }
    out->v = v;
    out->r = quiet_call(reinterpret_cast<const void*>(&quiet_binary), "arithmetic", Type::kVal, kEffects, 0, {b.ir().k_word(op), x, y});
    raise_guard(not_null(out->r));
    return true;
  }
  bool str_a = a.v.is_object() && is_exact_str(a.v), str_c = c.v.is_object() && is_exact_str(c.v);
  if (op == kAdd && str_a && str_c) {
    Ref x = known(a), y = known(c);
    if (inplace) {
      out->v = str_append(a.v.as<Str>(), c.v.as<Str>());
      out->r = quiet_call(reinterpret_cast<const void*>(&quiet_str_append), "str +=", Type::kVal, kEffects, 0, {x, y});
    } else {
      out->v = str_concat(a.v.as<Str>(), c.v.as<Str>());
      out->r = quiet_call(reinterpret_cast<const void*>(&str_concat), "str +", Type::kVal, kEffects, 0, {x, y});
    }
    if (!out->v) return false;
    raise_guard(not_null(out->r));
    return true;
  }
  // Concatenation and repetition look at no item.
  bool sequence = false;
  if (a.v.is_object() && exact_builtin(a.v) && !inplace) {
    Class* cls = a.v.as_object()->cls();
    sequence = (op == kAdd && c.v.is_object() && c.v.as_object()->cls() == cls && (cls == types.list || cls == types.tuple || cls == types.bytes)) ||
               (op == kMul && c.v.is_int() && (cls == types.list || cls == types.tuple || cls == types.bytes || cls == types.str));
  }
  if (sequence) {
    Ref x = known(a), y = known(c);
    out->v = interp::binary_slow(op, a.v, c.v);
    if (!out->v) {
      clear_pending();
      return false;
    }
    out->r = quiet_call(reinterpret_cast<const void*>(&quiet_binary), "sequence", Type::kVal, kEffects, 0, {b.ir().k_word(op), x, y});
    raise_guard(not_null(out->r));
    return true;
  }
  return false;
}

// --- comparison: 1, 0, -1 not covered

int Recorder::quick_compare(CompareOp op, V a, V c, Ref* out) {
  auto emit = [&](Ref x, Ref y, int truth) {
    *out = b.emit(compare_op(op), Type::kBool, x, y);
    return truth;
  };
  if (a.v.is_int() && c.v.is_int()) {
    Wide x, y;
    if (!wide_.count(a.r) && !wide_.count(c.r)) return -1;
    if (!wide_operand(a, &x) || !wide_operand(c, &y) || !fits_int64(x) || !fits_int64(y)) return -1;
    return emit(x.low, y.low, interp::compare_slow(op, a.v, c.v).is_true());
  }
  if ((a.v.is_int() && c.v.is_double()) || (a.v.is_double() && c.v.is_int())) {
    know(a), know(c);
    V x = a.v.is_int() ? int_to_float(a) : a, y = c.v.is_int() ? int_to_float(c) : c;
    return emit(f64(x), f64(y), interp::compare_slow(op, x.v, y.v).is_true());
  }
  bool equality = op == kEq || op == kNe;
  if (a.v.is_object() && c.v.is_object() && is_exact_str(a.v) && is_exact_str(c.v)) {
    Ref x = known(a), y = known(c);
    if (equality) {
      Ref equal = b.call(CallTarget{reinterpret_cast<const void*>(&quiet_str_equal), "str ==", Type::kI64, 0, 0}, {x, y});
      *out = b.emit(op == kEq ? Op::NE : Op::EQ, Type::kBool, equal, b.ir().k_i64(0));
      return (quiet_str_equal(a.v, c.v) != 0) == (op == kEq);
    }
    Ref truth = b.call(CallTarget{reinterpret_cast<const void*>(&quiet_compare), "str <", Type::kI64, 0, 0}, {b.ir().k_word(op), x, y});
    *out = b.emit(Op::NE, Type::kBool, truth, b.ir().k_i64(0));
    return static_cast<int>(quiet_compare(op, a.v, c.v));
  }
  // Values of kinds that differ for ever.
  auto singular = [](Value v) { return v.is_none() || v.is_ellipsis(); };
  if (equality && (singular(a.v) || singular(c.v)) && exact_builtin(a.v) && exact_builtin(c.v)) {
    Ref x = known(a), y = known(c);
    *out = b.emit(compare_op(op), Type::kBool, x, y);
    return (a.v == c.v) == (op == kEq);
  }
  if (is_plain_key(a.v) && is_plain_key(c.v) && (a.v.is_object() || c.v.is_object())) {
    Value v = interp::compare_slow(op, a.v, c.v);
    if (!v || !v.is_bool()) {
      clear_pending();
      return -1;
    }
    Ref x = known(a), y = known(c);
    Ref truth = quiet_call(reinterpret_cast<const void*>(&quiet_compare), "compare", Type::kI64, kCallReads, 0, {b.ir().k_word(op), x, y});
    decline_guard(b.emit(Op::GE, Type::kBool, truth, b.ir().k_i64(0)), false);
    *out = b.emit(Op::NE, Type::kBool, truth, b.ir().k_i64(0));
    return v.is_true();
  }
  return -1;
}

// --- truth: 1, 0, -1 not covered

int Recorder::quick_truth(V a, Ref* out) {
  if (a.v.is_double()) {
    know(a);
    *out = b.emit(Op::NE, Type::kBool, f64(a), b.ir().k_f64(0));
    return a.v.as_double() != 0;
  }
  if (!a.v.is_object()) return -1;
  Class* cls = a.v.as_object()->cls();
  int offset;
  uint16_t alias = kAliasImmutable;
  if (cls == types.list) offset = 8, alias = kAliasListSize;
  else if (cls == types.tuple) offset = 8;
  else if (cls == types.str) offset = offsetof(Str, length);
  else if (cls == types.bytes) offset = offsetof(Bytes, size);
  else if (cls == types.dict) offset = offsetof(Dict, size), alias = kAliasDictSize;
  else if (cls == types.set || cls == types.frozenset) offset = offsetof(Set, size), alias = kAliasDictSize;
  else if (cls->has(kClassHeap) && !cls->slots.truth && !cls->slots.length && cls->cls() == types.type && !class_is_volatile(cls)) {
    // Instances of a class without __bool__ and __len__.
    has_shape(a, a.v.as_object()->shape_bits);
    class_version_is(cls, cls->version);
    *out = b.ir().k_bool(true);
    return 1;
  } else if (cls == types.int_) {
    has_shape(a, a.v.as_object()->shape_bits);
    *out = b.ir().k_bool(true);
    return 1;
  } else {
    return -1;
  }
  has_shape(a, a.v.as_object()->shape_bits);
  Ref size = b.load(obj(a), Mem(offset, MemKind::kI64, alias));
  *out = b.emit(Op::NE, Type::kBool, size, b.ir().k_i64(0));
  return *reinterpret_cast<uint64_t*>(reinterpret_cast<char*>(a.v.as_object()) + offset) != 0;
}

// --- subscripts

bool Recorder::bounded_index(V index, Ref size, uint64_t concrete, Ref* position) { return index.v.is_int() && item_address(index, size, concrete, position); }

bool Recorder::quick_subscript(V container, V key, V* out) {
  if (!container.v.is_object()) return false;
  Object* o = container.v.as_object();
  Class* cls = o->cls();
  if (cls == types.dict) {
    if (!is_plain_key(key.v)) return false;
    Value v = quiet_dict_get(container.v, key.v);
    if (!v) return false;
    Ref d = known(container), k = known(key);
    out->v = v;
    out->r = quiet_call(reinterpret_cast<const void*>(&quiet_dict_get), "dict get", Type::kVal, kCallReads, 0, {d, k});
    decline_guard(not_null(out->r), false);
    return true;
  }
  if (key.v.is_int() && (cls == types.str || cls == types.bytes || cls == types.bytearray)) {
    know(key);
    has_shape(container, o->shape_bits);
    Ref base = obj(container), position;
    if (cls == types.str) {
      auto* s = container.v.as<Str>();
      if (!bounded_index(key, b.load(base, Mem(offsetof(Str, length), MemKind::kI64, kAliasImmutable)), s->length, &position)) return false;
      int64_t i = key.v.as_int();
      out->v = quiet_str_item(container.v, i < 0 ? i + static_cast<int64_t>(s->length) : i);
      forget_temporaries();
      out->r = b.call(CallTarget{reinterpret_cast<const void*>(&quiet_str_item), "str item", Type::kObj, kCallReads | kCallAllocates, 0}, {base, position});
      return true;
    }
    if (cls == types.bytes) {
      auto* s = container.v.as<Bytes>();
      if (!bounded_index(key, b.load(base, Mem(offsetof(Bytes, size), MemKind::kI64, kAliasImmutable)), s->size, &position)) return false;
      int64_t i = key.v.as_int();
      out->v = Value::from_int(static_cast<uint8_t>(s->data[i < 0 ? i + static_cast<int64_t>(s->size) : i]));
      out->r = b.load(b.aref(base, position, 0, offsetof(Bytes, data)), Mem(0, MemKind::kU8, kAliasImmutable));
      return true;
    }
    auto* s = container.v.as<ByteArray>();
    if (!bounded_index(key, b.load(base, Mem(offsetof(ByteArray, size), MemKind::kI64, kAliasByteArray)), s->size, &position)) return false;
    int64_t i = key.v.as_int();
    out->v = Value::from_int(static_cast<uint8_t>(s->data()[i < 0 ? i + static_cast<int64_t>(s->size) : i]));
    out->r = b.load(byte_address(container, position), Mem(0, MemKind::kU8, kAliasBytes));
    return true;
  }
  if (is_exact(key.v, types.slice)) {
    auto* s = key.v.as<Slice>();
    has_shape(key, key.v.as_object()->shape_bits);
    auto bound = [&](Value v, int offset) { return V{v, b.load(obj(key), Mem(offset, MemKind::kVal, kAliasImmutable))}; };
    return quick_slice(container, bound(s->start, offsetof(Slice, start)), bound(s->stop, offsetof(Slice, stop)), bound(s->step, offsetof(Slice, step)), out);
  }
  return false;
}

bool Recorder::quick_slice(V container, V start, V stop, V step, V* out) {
  if (!container.v.is_object()) return false;
  Class* cls = container.v.as_object()->cls();
  if (cls != types.list && cls != types.tuple && cls != types.str && cls != types.bytes) return false;
  Value v = quiet_slice(container.v, start.v, stop.v, step.v);
  if (!v) return false;
  Ref c = known(container);
  out->v = v;
  out->r = quiet_call(reinterpret_cast<const void*>(&quiet_slice), "slice", Type::kVal, kCallReads | kCallAllocates, 0,
                      {c, b.box(start.r), b.box(stop.r), b.box(step.r)});
  decline_guard(not_null(out->r), false);
  return true;
}

Ref Recorder::byte_address(V bytearray, Ref position) {
  Ref base = obj(bytearray);
  Ref store = b.load(base, Mem(offsetof(ByteArray, store), MemKind::kObj, kAliasByteArray));
  Ref start = b.load(base, Mem(offsetof(ByteArray, start), MemKind::kI64, kAliasByteArray));
  return b.aref(b.aref(store, start, 0, offsetof(ByteStore, bytes)), position, 0, 0);
}

bool Recorder::quick_store_subscript(V container, V key, V value) {
  if (!container.v.is_object()) return false;
  Object* o = container.v.as_object();
  Class* cls = o->cls();
  if (cls == types.dict) {
    if (!is_plain_key(key.v) || !quiet_dict_set(container.v, key.v, value.v)) return false;
    Ref d = known(container), k = known(key);
    Ref ok = quiet_call(reinterpret_cast<const void*>(&quiet_dict_set), "dict set", Type::kBool, kCallReads | kCallAllocates, kDictMemory,
                        {d, k, b.box(value.r)});
    decline_guard(ok, true);
    return true;
  }
  if (cls == types.bytearray && key.v.is_int() && value.v.is_int() && static_cast<uint64_t>(value.v.as_int()) < 256) {
    auto* s = container.v.as<ByteArray>();
    know(key), know(value);
    has_shape(container, o->shape_bits);
    Ref position;
    if (!bounded_index(key, b.load(obj(container), Mem(offsetof(ByteArray, size), MemKind::kI64, kAliasByteArray)), s->size, &position)) return false;
    b.guard(b.emit(Op::ULT, Type::kBool, i64(value), b.ir().k_i64(256)), true);
    int64_t i = key.v.as_int();
    s->data()[i < 0 ? i + static_cast<int64_t>(s->size) : i] = static_cast<char>(value.v.as_int());
    b.store(byte_address(container, position), i64(value), Mem(0, MemKind::kU8, kAliasBytes));
    return true;
  }
  if (cls == types.list && is_exact(key.v, types.slice) && (is_exact(value.v, types.list) || is_exact(value.v, types.tuple))) {
    auto* s = key.v.as<Slice>();
    if (!quiet_list_store_slice(container.v, s->start, s->stop, s->step, value.v)) return false;
    Ref c = known(container), v = known(value);
    has_shape(key, key.v.as_object()->shape_bits);
    Ref bounds[3];
    int offsets[] = {offsetof(Slice, start), offsetof(Slice, stop), offsetof(Slice, step)};
    for (int i = 0; i < 3; ++i) bounds[i] = b.box(b.load(obj(key), Mem(offsets[i], MemKind::kVal, kAliasImmutable)));
    Ref ok = quiet_call(reinterpret_cast<const void*>(&quiet_list_store_slice), "slice store", Type::kBool, kCallReads | kCallAllocates, kListMemory,
                        {c, bounds[0], bounds[1], bounds[2], v});
    decline_guard(ok, true);
    return true;
  }
  return false;
}

// --- membership: 1, 0, -1 not covered

int Recorder::quick_contains(V container, V item, Ref* out) {
  if (!container.v.is_object()) return -1;
  Class* cls = container.v.as_object()->cls();
  const void* fn;
  int64_t found;
  if (cls == types.dict) found = quiet_dict_contains(container.v, item.v), fn = reinterpret_cast<const void*>(&quiet_dict_contains);
  else if (cls == types.set || cls == types.frozenset) found = quiet_set_contains(container.v, item.v), fn = reinterpret_cast<const void*>(&quiet_set_contains);
  else if (cls == types.list || cls == types.tuple)
    found = is_plain_key(item.v) ? quiet_sequence_contains(container.v, item.v) : -1, fn = reinterpret_cast<const void*>(&quiet_sequence_contains);
  else if (cls == types.str && item.v.is_object() && is_exact_str(item.v))
    found = quiet_str_contains(container.v, item.v), fn = reinterpret_cast<const void*>(&quiet_str_contains);
  else return -1;
  if (found < 0) return -1;
  Ref c = known(container), i = known(item);
  Ref answer = quiet_call(fn, "in", Type::kI64, kCallReads, 0, {c, i});
  decline_guard(b.emit(Op::GE, Type::kBool, answer, b.ir().k_i64(0)), false);
  *out = b.emit(Op::NE, Type::kBool, answer, b.ir().k_i64(0));
  return static_cast<int>(found);
}

// --- the dispatcher

// A test whose outcome is `truth`: goes on where that leads. The guard resumes at this instruction, which has had no effect.
Outcome Recorder::take_branch(Ref test, bool truth, bool sense, unsigned words, int jump) {
  b.guard(test, truth);
  pc = truth == sense ? pc + interp::jump_word(pc, jump)->jump : pc + words;
  return Outcome::kNext;
}

bool Recorder::takes_temporaries(const Instr* at) const {
  const uint16_t fields[] = {at->a, at->b, at->c};
  for (int i = 0; i < 3; ++i)
    if (char kind = interp::kOpInfo[at->op].operands[i]; (kind == 'r' || kind == 'p') && fields[i] >= frames_.back().compiled->nlocalsplus) return true;
  return false;
}

bool Recorder::specialised(Outcome* out) {
  const Instr* here = pc;
  frame()->pc = pc + 1;
  uint16_t op = here->op;
  // A collection may null what the trace's first instruction takes from the stack, so that must not decline afterwards.
  if (steps_ == 1 && !bridge_ && takes_temporaries(here)) return false;
  if (op >= interp::kBINARY_ADD && op <= interp::kBINARY_MATMUL_KR) {
    static constexpr BinaryOp kOps[] = {kAdd, kSub, kMul, kFloorDiv, kMod, kTrueDiv, kAnd, kOr, kXor, kLShift, kRShift, kPow, kMatMul};
    unsigned index = op - interp::kBINARY_ADD, form = index % 4;
    BinaryOp binary = kOps[index / 4];
    bool inplace = form == 1 || (form >= 2 && here->c);
    V a = form == 3 ? constant(1) : reg(here->b), c = form < 2 ? reg(here->c) : form == 2 ? constant(1) : reg(here->b), r;
    if (reason_) return false;
    unsigned words = form < 2 ? 1 : 2;
    if (arithmetic(binary, a, c, inplace, &r)) {
      set_reg(here->a, r);
      *out = next(words);
      return true;
    }
    return operator_frame(binary, a, c, inplace, here->a, words, out);
  }
  if (op >= interp::kCOMPARE_LT && op <= interp::kJUMP_GE_RK) {
    static constexpr CompareOp kOps[] = {kLt, kLe, kEq, kNe, kGt, kGe};
    unsigned index = op - interp::kCOMPARE_LT, form = index % 4;
    CompareOp compare = kOps[index / 4];
    V a = form < 2 ? reg(here->b) : reg(here->a);
    V c = form == 0 ? reg(here->c) : form == 1 ? constant(1) : form == 2 ? reg(here->b) : constant(2);
    Ref test;
    int truth = quick_compare(compare, a, c, &test);
    if (truth < 0) return false;
    if (form < 2) {
      set_reg(here->a, {Value::from_bool(truth), test});
      *out = next(form == 0 ? 1 : 2);
    } else {
      *out = take_branch(test, truth, here->c != 0, form == 2 ? 2 : 3, 1);
    }
    return true;
  }
  switch (op) {
    case interp::kJUMP_IF_TRUE: case interp::kJUMP_IF_FALSE: {
      Ref test;
      int truth = quick_truth(reg(here->a), &test);
      if (truth < 0) return false;
      *out = take_branch(test, truth, op == interp::kJUMP_IF_TRUE, 2, 1);
      return true;
    }
    case interp::kUNARY_NOT: {
      Ref test;
      int truth = quick_truth(reg(here->b), &test);
      if (truth < 0) return false;
      set_reg(here->a, {Value::from_bool(!truth), b.emit(Op::NOT, Type::kBool, test)});
      *out = next(1);
      return true;
    }
    case interp::kUNARY_INVERT: {
      V a = reg(here->b);
      if (!a.v.is_int()) return false;
      know(a);
      set_reg(here->a, {Value::from_int(~a.v.as_int()), b.emit(Op::BNOT, Type::kI64, i64(a))});
      *out = next(1);
      return true;
    }
    case interp::kCONTAINS: case interp::kNOT_CONTAINS: {
      Ref test;
      int truth = quick_contains(reg(here->c), reg(here->b), &test);
      if (truth < 0) return false;
      bool negate = op == interp::kNOT_CONTAINS;
      set_reg(here->a, {Value::from_bool(truth != negate), negate ? b.emit(Op::NOT, Type::kBool, test) : test});
      *out = next(1);
      return true;
    }
    case interp::kBINARY_SUBSCR: case interp::kBINARY_SUBSCR_RK: {
      bool constant_key = op == interp::kBINARY_SUBSCR_RK;
      V container = reg(here->b), key = constant_key ? constant(1) : reg(here->c), r;
      unsigned words = constant_key ? 2 : 1;
      if (reason_) return false;
      if (quick_subscript(container, key, &r)) {
        set_reg(here->a, r);
        *out = next(words);
        return true;
      }
      return special_method_frame(container, names.dunder_getitem, constant_key ? nullptr : &here->c, key, here->a, words, out);
    }
    case interp::kSUBSCR_SLICE: {
      const interp::WindowWord* stop_word = interp::window_word(here);
      V container = reg(here->b), first = stop_word->flags & 1 ? imm(Value::none()) : reg(here->c);
      V end = stop_word->flags & 2 ? imm(Value::none()) : reg(stop_word->window), r;
      if (reason_ || !quick_slice(container, first, end, imm(Value::none()), &r)) return false;
      set_reg(here->a, r);
      *out = next(2);
      return true;
    }
    case interp::kLOAD_NAME: {
      V r;
      if (!load_name(interp::word_name(here, 1), &r)) return false;
      set_reg(here->a, r);
      *out = next(2);
      return true;
    }
    case interp::kSTORE_NAME: case interp::kSTORE_GLOBAL: {
      V value = reg(here->a);
      Dict* d = op == interp::kSTORE_GLOBAL ? globals() : module_namespace();
      if (reason_ || !d || !is_exact(Value(static_cast<Object*>(d)), types.dict) || value.v.is_null()) return false;
      V name = imm(Value(static_cast<Object*>(interp::word_name(here, 1))));
      if (!quiet_dict_set(Value(static_cast<Object*>(d)), name.v, value.v)) return false;
      Ref ok = quiet_call(reinterpret_cast<const void*>(&quiet_dict_set), "store name", Type::kBool, kCallReads | kCallAllocates, kDictMemory,
                          {b.ir().k_obj(d), name.r, b.box(value.r)});
      decline_guard(ok, true);
      *out = next(2);
      return true;
    }
    case interp::kSTORE_SUBSCR:
      if (!quick_store_subscript(reg(here->a), reg(here->b), reg(here->c))) return false;
      *out = next(1);
      return true;
    case interp::kBUILD_TUPLE: case interp::kBUILD_LIST: case interp::kBUILD_SLICE: return display(out);
    case interp::kGET_ITER: {
      V r;
      if (!iterator_of(reg(here->b), &r)) return false;
      set_reg(here->a, r);
      *out = next(1);
      return true;
    }
    case interp::kMAKE_CELL: {
      unsigned r = here->a;
      Value v = regs[r];
      if (is_exact(v, types.cell)) return false;
      V value = reg(r);
      set_reg(r, make_cell_object(value));
      *out = next(1);
      return true;
    }
    case interp::kLIST_APPEND: {
      V list = reg(here->a), item = reg(here->b);
      if (!is_exact(list.v, types.list) || list.as<List>()->size < list.as<List>()->store->capacity) return false;
      return append_slowly(list, item) && (*out = next(1), true);
    }
    default: break;
  }
  if (op >= interp::kFOR_ITER && op <= interp::kFOR_LOOP_GENERATOR) return quick_for(out);
  return false;
}

// The namespace of a module's code, which is its globals too; null for class bodies and exec with two mappings.
Dict* Recorder::module_namespace() {
  if (frames_.size() != 1) return nullptr;
  Value locals = frame()->locals;
  if (!locals || !is_exact(locals, types.dict) || locals.as<Dict>() != frame()->function->globals) return nullptr;
  Dict* d = globals();
  V slot{locals, b.slot(off() - 4, Type::kObj)};
  identify(slot);
  return d;
}

bool Recorder::load_name(Str* name, V* out) {
  Dict *d = module_namespace(), *builtin = builtins();
  if (!d || !d->str_keys_only || !builtin->str_keys_only) return false;
  Value key(static_cast<Object*>(name));
  int64_t position = dict_find_str(d, name);
  if (position < 0) {
    if (name_is_volatile(d, key) || !promote_entry(builtin, name, out)) return false;
    d->watched = true;
    deps_.names.push_back({d, key});
    return true;
  }
  if (promote_entry(d, name, out)) return true;
  dict_layout_is(d, dict_layout_version(d));
  *out = dict_entry_value(&d->entries->entries[position]);
  return true;
}

bool Recorder::append_slowly(V list, V item) {
  if (!quiet_list_append(list.v, item.v)) return false;
  Ref l = known(list);
  decline_guard(quiet_call(reinterpret_cast<const void*>(&quiet_list_append), "append", Type::kBool, kCallReads | kCallAllocates, kListMemory,
                           {l, b.box(item.r)}),
                true);
  return true;
}

}  // namespace pyjit::jit
