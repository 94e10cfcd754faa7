// Loop peeling by copy-substitution: the trace becomes its own first iteration, and a second copy of it becomes the loop.
//
// Idea (Mike Pall's, of LuaJIT): emit every instruction again, through the same folding, CSE and forwarding, with operands replaced by
// what they are the second time round; a slot read at the loop's start is what the slot held at its end. What comes out unchanged is
// invariant and needs no code in the loop: loads, guards, arithmetic, allocations' shapes. What differs is carried by a PHI.
//
// Why every fact found this way holds for all later rounds: call X the first copy's instructions and subst(X) the second's. The body
// was derived from X by reasoning that used only X and facts established before. Renaming X to subst(X) throughout gives the same
// derivation for the third round, as long as *every* value of X that the body reads is what it was one round ago: that is what a PHI
// (x, subst(x)) for each such variant x provides, also for values that only snapshots or other PHIs read.
//
// Snapshots of the body: a slot has the value of the original snapshot, substituted; else what it held at the end of the last round.
#include "jit/opt.h"

namespace pyjit::jit {
namespace {

class Peeler {
 public:
  explicit Peeler(Builder& b) : b_(b), ir_(b.ir()) {}

  bool run() {
    repeat_ = static_cast<Ref>(ir_.end() - 1);
    if (ir_.ins(repeat_).op != Op::REPEAT) return false;
    snap_count_ = ir_.snaps.size();
    entry_count_ = ir_.entries_.size();
    int last = ir_.snapshot_of(repeat_);
    if (last < 0) return false;
    for (const SnapEntry& entry : ir_.entries(ir_.snaps[static_cast<size_t>(last)])) end_.push_back(entry);
    Abort before = b_.failed();

    ir_.truncate(repeat_, snap_count_, entry_count_);
    b_.manual_snapshots(true);
    ir_.loop = ir_.append(Op::LOOP, Type::kVoid, kNoRef, kNoRef, 0);
    subst_.assign(repeat_ - kBias, kNoRef);
    if (copy() && b_.failed() == Abort::kNone && phis()) {
      b_.manual_snapshots(false);
      return true;
    }
    ir_.loop = kNoRef;
    ir_.truncate(repeat_, snap_count_, entry_count_);
    ir_.append(Op::REPEAT, Type::kVoid, kNoRef, kNoRef, 0);
    b_.rewind(before);
    b_.manual_snapshots(false);
    return false;
  }

 private:
  Ref second(Ref ref) const { return !ref || is_const(ref) ? ref : subst_[ref - kBias]; }
  bool variant(Ref ref) const { return !is_const(ref) && ref < ir_.loop && subst_[ref - kBias] != ref; }

  const SnapEntry* at_end(int slot) const {
    for (const SnapEntry& entry : end_)
      if (entry.slot == slot) return &entry;
    return nullptr;
  }

  // The snapshot that guards from here on use in the first copy, as the second copy sees it.
  void copy_snapshot(size_t index) {
    if (ir_.snaps.size() > snap_count_ && !guard_since_) {
      ir_.entries_.resize(ir_.snaps.back().first);
      ir_.snaps.pop_back();
    }
    guard_since_ = false;
    Snapshot snap = ir_.snaps[index];
    std::span<const SnapEntry> old = ir_.entries(ir_.snaps[index]);
    std::vector<SnapEntry> merged;
    size_t i = 0;
    for (const SnapEntry& entry : end_) {
      for (; i < old.size() && old[i].slot < entry.slot; ++i) merged.push_back({old[i].slot, second(old[i].ref)});
      if (i < old.size() && old[i].slot == entry.slot) merged.push_back({old[i].slot, second(old[i].ref)}), ++i;
      else merged.push_back(entry);
    }
    for (; i < old.size(); ++i) merged.push_back({old[i].slot, second(old[i].ref)});
    snap.at = ir_.end();
    snap.first = static_cast<uint32_t>(ir_.entries_.size());
    snap.count = static_cast<uint16_t>(merged.size());
    ir_.entries_.insert(ir_.entries_.end(), merged.begin(), merged.end());
    ir_.snaps.push_back(snap);
  }

  bool copy() {
    size_t next_snap = 0;
    for (Ref ref = Ir::begin(); ref < repeat_; ++ref) {
      size_t current = SIZE_MAX;
      while (next_snap < snap_count_ && ir_.snaps[next_snap].at <= ref) current = next_snap++;
      if (current != SIZE_MAX) copy_snapshot(current);
      const Ins ins = ir_.ins(ref);  // by value: emission may move the list
      Ref result = ref;
      Ref before = ir_.end();
      switch (ins.op) {
        case Op::NOP: case Op::BASE: case Op::THREAD: break;
        case Op::SLOAD: {
          const SnapEntry* entry = at_end(ins.slot());
          if (entry) result = as_type(entry->ref, ins.type);
          if (!result) return false;
          break;
        }
        default: {
          result = b_.emit(ins.op, ins.type, second(ins.a), second(ins.b), ins.imm);
          break;
        }
      }
      for (Ref made = before; made < ir_.end(); ++made)
        guard_since_ |= has(ir_.ins(made).op, kGuard) && !(ir_.ins(made).op == Op::SLOAD && ir_.ins(made).type == Type::kVal);
      if (b_.failed() != Abort::kNone) return false;
      subst_[ref - kBias] = result;
      if (result != ref && result && !is_const(result) && result < ir_.loop) b_.mark_phi(result);
    }
    // A snapshot that came last and served nobody.
    if (ir_.snaps.size() > snap_count_ && !guard_since_) {
      ir_.entries_.resize(ir_.snaps.back().first);
      ir_.snaps.pop_back();
    }
    return true;
  }

  // The slot's value at the loop's end where its start expects `type`; none if the types cannot agree.
  Ref as_type(Ref ref, Type type) {
    Type have = ir_.type(ref);
    if (have == type) return ref;
    if (type == Type::kVal) return b_.box(ref);
    if (have == Type::kVal) return b_.emit(Op::UNBOX, type, ref);
    return kNoRef;
  }

  void need(Ref ref) {
    if (!ref || is_const(ref) || ref >= ir_.loop) return;
    const Ins& ins = ir_.ins(ref);
    if (ins.op == Op::CARG) {  // a list of values, not a value
      need(ins.a);
      need(ins.b);
      return;
    }
    if (!variant(ref) || needed_[ref - kBias]) return;
    needed_[ref - kBias] = true;
    work_.push_back(ref);
  }

  bool phis() {
    needed_.assign(repeat_ - kBias, false);
    for (Ref ref = static_cast<Ref>(ir_.loop + 1); ref < ir_.end(); ++ref) {
      need(ir_.ins(ref).a);
      need(ir_.ins(ref).b);
    }
    for (size_t i = snap_count_; i < ir_.snaps.size(); ++i)
      for (const SnapEntry& entry : ir_.entries(ir_.snaps[i])) need(entry.ref);
    std::vector<Ref> lefts;
    while (!work_.empty()) {
      Ref left = work_.back();
      work_.pop_back();
      lefts.push_back(left);
      need(second(left));
    }
    if (static_cast<int64_t>(lefts.size()) > params().max_phis) {
      b_.fail(Abort::kTooManyPhis);
      return false;
    }
    std::sort(lefts.begin(), lefts.end());
    for (Ref left : lefts) {
      Ref right = second(left);
      Type l = ir_.type(left), r = ir_.type(right);
      bool same = l == r || (l == Type::kVal && r == Type::kObj);
      if (!same || l == Type::kVoid) return false;
      ir_.append(Op::PHI, Type::kVoid, left, right, 0);
    }
    return true;
  }

  Builder& b_;
  Ir& ir_;
  Ref repeat_ = kNoRef;
  size_t snap_count_ = 0, entry_count_ = 0;
  std::vector<SnapEntry> end_;
  std::vector<Ref> subst_, work_;
  std::vector<bool> needed_;
  bool guard_since_ = false;
};

}  // namespace

bool opt_loop(Builder& b) { return Peeler(b).run(); }

}  // namespace pyjit::jit
