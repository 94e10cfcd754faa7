// Integer ranges: drops overflow checks and comparisons that the values' bounds decide.
//
// One walk forwards computes [lo, hi] for each integer; a guard narrows the ranges of what it compared, for the rest of the trace. At
// LOOP the carried values start from their entry ranges; the body is walked until what they become lies within what was assumed,
// widening each bound that does not hold to infinity at once (so at most a few rounds). Besides ranges there are facts a < b between
// two values (an index and a length): one that involves a carried value holds round the loop if the same fact about the next
// round's values was established at the loop's end.
#include <set>

#include "jit/arith.h"
#include "jit/opt.h"

namespace pyjit::jit {
namespace {

using runtime::Value;

struct Range {
  int64_t lo, hi;
  bool within(const Range& other) const { return lo >= other.lo && hi <= other.hi; }
  bool operator==(const Range&) const = default;
};
constexpr Range kAny{INT64_MIN, INT64_MAX}, kInt48{Value::kMinInt, Value::kMaxInt};

class Ranges {
 public:
  explicit Ranges(Ir& ir) : ir_(ir), ranges_(ir.end() - kBias, kAny) {}

  void run() {
    if (!ir_.loop) {
      walk(Ir::begin(), ir_.end(), true);
      return;
    }
    walk(Ir::begin(), ir_.loop, true);
    std::vector<Range> at_entry = ranges_;
    std::set<std::pair<Ref, Ref>> facts_at_entry = less_;
    struct Carried {
      Ref left, right;
      Range assumed;
    };
    std::vector<Carried> carried;
    for (Ref ref = static_cast<Ref>(ir_.end() - 1); ref > ir_.loop && ir_.ins(ref).op == Op::PHI; --ref) {
      const Ins& phi = ir_.ins(ref);
      if (integral(ir_.type(phi.a))) carried.push_back({phi.a, phi.b, range(phi.a)});
      right_of_.push_back({phi.a, phi.b});
    }
    for (int round = 0;; ++round) {
      ranges_ = at_entry;
      less_ = facts_at_entry;
      for (const Carried& c : carried) ranges_[c.left - kBias] = c.assumed;
      walk(static_cast<Ref>(ir_.loop + 1), ir_.end(), false);
      bool stable = true;
      for (Carried& c : carried) {
        Range next = range(c.right);
        if (next.lo < c.assumed.lo) c.assumed.lo = limit(c.left).lo, stable = false;
        if (next.hi > c.assumed.hi) c.assumed.hi = limit(c.left).hi, stable = false;
      }
      for (auto fact = facts_at_entry.begin(); fact != facts_at_entry.end();) {
        Ref a = next_round(fact->first), b = next_round(fact->second);
        bool holds = (a == fact->first && b == fact->second) || less_.count({a, b}) || (range(a).hi < range(b).lo);
        if (holds) ++fact;
        else fact = facts_at_entry.erase(fact), stable = false;
      }
      if (stable || round > 30) {
        if (!stable) return;
        break;
      }
    }
    ranges_ = at_entry;
    less_ = facts_at_entry;
    for (const Carried& c : carried) ranges_[c.left - kBias] = c.assumed;
    walk(static_cast<Ref>(ir_.loop + 1), ir_.end(), true);
  }

 private:
  static bool integral(Type type) { return type == Type::kI64 || type == Type::kWord || type == Type::kBool; }
  Range limit(Ref ref) const {
    switch (ir_.type(ref)) {
      case Type::kI64: return kInt48;
      case Type::kBool: return {0, 1};
      default: return kAny;
    }
  }
  Range range(Ref ref) const {
    if (is_const(ref)) return {ir_.int_of(ref), ir_.int_of(ref)};
    return ranges_[ref - kBias];
  }
  Ref next_round(Ref ref) const {
    for (auto [left, right] : right_of_)
      if (left == ref) return right;
    return ref;
  }
  void narrow(Ref ref, int64_t lo, int64_t hi) {
    if (is_const(ref)) return;
    Range& r = ranges_[ref - kBias];
    r.lo = std::max(r.lo, lo);
    r.hi = std::min(r.hi, hi);
    if (r.lo > r.hi) r = {lo, lo > hi ? lo : hi};  // unreachable; any answer will do
  }

  // The exact range of the operation's mathematical result, or kAny.
  Range transfer(const Ins& ins) const {
    Range a = ins.a ? range(ins.a) : kAny, b = ins.b ? range(ins.b) : kAny;
    auto from = [](std::initializer_list<__int128> values) -> Range {
      __int128 lo = *values.begin(), hi = lo;
      for (__int128 value : values) lo = std::min(lo, value), hi = std::max(hi, value);
      if (lo < INT64_MIN || hi > INT64_MAX) return kAny;
      return {static_cast<int64_t>(lo), static_cast<int64_t>(hi)};
    };
    using W = __int128;
    switch (ins.op) {
      case Op::ADD: case Op::ADDOV: return from({W(a.lo) + b.lo, W(a.hi) + b.hi});
      case Op::SUB: case Op::SUBOV: return from({W(a.lo) - b.hi, W(a.hi) - b.lo});
      case Op::MUL: case Op::MULOV: return from({W(a.lo) * b.lo, W(a.lo) * b.hi, W(a.hi) * b.lo, W(a.hi) * b.hi});
      case Op::NEG: case Op::NEGOV: return from({-W(a.lo), -W(a.hi)});
      case Op::SHL: case Op::SHLOV:
        if (b.lo != b.hi || b.lo < 0 || b.lo > 62) return kAny;
        return from({W(a.lo) << b.lo, W(a.hi) << b.lo});
      case Op::SHR:
        if (b.lo < 0) return kAny;
        return {std::min(shr_i64(a.lo, b.lo), shr_i64(a.lo, b.hi)), std::max(shr_i64(a.hi, b.lo), shr_i64(a.hi, b.hi))};
      case Op::BAND:
        if (a.lo >= 0 && b.lo >= 0) return {0, std::min(a.hi, b.hi)};
        if (a.lo >= 0) return {0, a.hi};
        if (b.lo >= 0) return {0, b.hi};
        return kAny;
      case Op::BOR: case Op::BXOR:
        if (a.lo < 0 || b.lo < 0) return kAny;
        return {0, static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(std::max(a.hi, b.hi)) + 1) - 1)};
      case Op::BNOT: return {~a.hi, ~a.lo};
      case Op::MOD:
        if (b.lo > 0) return {0, a.lo >= 0 ? std::min(a.hi, b.hi - 1) : b.hi - 1};
        if (b.hi < 0 && b.lo > INT64_MIN) return {b.lo + 1, 0};
        return kAny;
      case Op::FLOORDIV:
        if (b.lo <= 0 || a.lo == INT64_MIN) return kAny;
        return from({floordiv_i64(a.lo, b.lo), floordiv_i64(a.lo, b.hi), floordiv_i64(a.hi, b.lo), floordiv_i64(a.hi, b.hi)});
      case Op::B2I: return {0, 1};
      case Op::NARROW: return a;
      case Op::LOAD:
        switch (ins.mem().kind) {
          case MemKind::kU8: return {0, 0xFF};
          case MemKind::kI8: return {-0x80, 0x7F};
          case MemKind::kU16: return {0, 0xFFFF};
          case MemKind::kI16: return {-0x8000, 0x7FFF};
          case MemKind::kU32: return {0, 0xFFFFFFFFll};
          case MemKind::kI32: return {INT32_MIN, INT32_MAX};
          default: return kAny;
        }
      default: return kAny;
    }
  }

  // Whether the comparison is decided: 1 true, 0 false, -1 unknown.
  int decide(const Ins& c) const {
    if (!integral(ir_.type(c.a))) return -1;
    Range a = range(c.a), b = range(c.b);
    bool signed_too = a.lo >= 0 && b.lo >= 0;  // then unsigned order is signed order
    auto less = [&](Ref x, Ref y) { return less_.count({x, y}) != 0; };
    switch (c.op) {
      case Op::EQ: return a.hi < b.lo || b.hi < a.lo ? 0 : -1;
      case Op::NE: return a.hi < b.lo || b.hi < a.lo ? 1 : -1;
      case Op::ULT:
        if (!signed_too) return -1;
        [[fallthrough]];
      case Op::LT: return a.hi < b.lo || less(c.a, c.b) ? 1 : a.lo >= b.hi ? 0 : -1;
      case Op::ULE:
        if (!signed_too) return -1;
        [[fallthrough]];
      case Op::LE: return a.hi <= b.lo || less(c.a, c.b) ? 1 : a.lo > b.hi ? 0 : -1;
      case Op::UGT:
        if (!signed_too) return -1;
        [[fallthrough]];
      case Op::GT: return a.lo > b.hi || less(c.b, c.a) ? 1 : a.hi <= b.lo ? 0 : -1;
      case Op::UGE:
        if (!signed_too) return -1;
        [[fallthrough]];
      case Op::GE: return a.lo >= b.hi || less(c.b, c.a) ? 1 : a.hi < b.lo ? 0 : -1;
      default: return -1;
    }
  }

  void learn(const Ins& c) {
    if (!integral(ir_.type(c.a))) return;
    Range a = range(c.a), b = range(c.b);
    auto below = [&](Ref x, Range xr, Ref y, Range yr, int strict) {  // x < y (strict) or x <= y
      if (yr.hi > INT64_MIN) narrow(x, INT64_MIN, yr.hi - strict);
      if (xr.lo < INT64_MAX) narrow(y, xr.lo + strict, INT64_MAX);
      if (strict) less_.insert({x, y});
    };
    switch (c.op) {
      case Op::EQ: narrow(c.a, b.lo, b.hi), narrow(c.b, a.lo, a.hi); break;
      case Op::LT: below(c.a, a, c.b, b, 1); break;
      case Op::LE: below(c.a, a, c.b, b, 0); break;
      case Op::GT: below(c.b, b, c.a, a, 1); break;
      case Op::GE: below(c.b, b, c.a, a, 0); break;
      case Op::ULT: case Op::ULE:
        // x below a non-negative y is non-negative itself.
        if (b.lo >= 0) {
          narrow(c.a, 0, INT64_MAX);
          below(c.a, range(c.a), c.b, b, c.op == Op::ULT);
        }
        break;
      case Op::NE:
        if (is_const(c.b)) {
          if (a.lo == b.lo && a.lo < a.hi) narrow(c.a, a.lo + 1, INT64_MAX);
          if (a.hi == b.lo && a.lo < a.hi) narrow(c.a, INT64_MIN, a.hi - 1);
        }
        break;
      default: break;
    }
  }

  void walk(Ref from, Ref to, bool change) {
    for (Ref ref = from; ref < to; ++ref) {
      Ins& ins = ir_.ins(ref);
      if (ins.op == Op::PHI || ins.op == Op::NOP) continue;
      if (ins.op == Op::GTRUE && !is_const(ins.a)) {
        const Ins& condition = ir_.ins(ins.a);
        if (condition.op < Op::EQ || condition.op > Op::UGE) continue;
        if (change && decide(condition) == 1) ins = Ins{Op::NOP, Type::kVoid, kNoRef, kNoRef, kNoRef, 0, 0, {}};
        else learn(condition);
        continue;
      }
      if (!integral(ins.type)) continue;
      Range exact = transfer(ins), bound = limit(ref);
      if (change && exact.within(kInt48)) {
        switch (ins.op) {
          case Op::ADDOV: ins.op = Op::ADD; break;
          case Op::SUBOV: ins.op = Op::SUB; break;
          case Op::MULOV: ins.op = Op::MUL; break;
          case Op::NEGOV: ins.op = Op::NEG; break;
          case Op::SHLOV: ins.op = Op::SHL; break;
          default: break;
        }
      }
      // A word wraps: out of range means unknown. An i64 is guarded or known to fit.
      if (bound == kAny) ranges_[ref - kBias] = exact;
      else ranges_[ref - kBias] = {std::max(exact.lo, bound.lo), std::min(exact.hi, bound.hi)};
      if (ranges_[ref - kBias].lo > ranges_[ref - kBias].hi) ranges_[ref - kBias] = bound;
      // x + k (k > 0, no overflow) is above x.
      if ((ins.op == Op::ADD || ins.op == Op::ADDOV) && ins.type == Type::kI64 && is_const(ins.b)) {
        if (ir_.int_of(ins.b) > 0) less_.insert({ins.a, ref});
        if (ir_.int_of(ins.b) < 0) less_.insert({ref, ins.a});
      }
    }
  }

  Ir& ir_;
  std::vector<Range> ranges_;
  std::set<std::pair<Ref, Ref>> less_;
  std::vector<std::pair<Ref, Ref>> right_of_;
};

}  // namespace

void opt_range(Ir& ir) {
  Ranges(ir).run();
  ir.rebuild_chains();
}

}  // namespace pyjit::jit
