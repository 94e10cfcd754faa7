// Allocation removal: a NEW that only its own stores and snapshots mention is marked kSunk, with its stores. No code is made for
// them; an exit that needs the object builds it from the values its fields have there (assemble.cc, Engine::restore).
//
// Memory forwarding has already replaced every load of such an object's fields; a load that is left, a call, a comparison or a store
// into an object that is itself needed makes it escape. Objects may hold each other: escape spreads along stores until nothing
// changes.
//
// A loop-carried object, PHI(l, r), stays virtual if both sides have the same layout and each field is the same invariant on both or
// is carried itself, PHI(l.f, r.f); then the fields live in registers round the loop and the object nowhere. A PHI for a field that
// nothing else carries is added.
#include <map>

#include "jit/opt.h"

namespace pyjit::jit {
namespace {

class Sinker {
 public:
  explicit Sinker(Ir& ir) : ir_(ir) {}

  void run() {
    if (!ir_.chain(Op::NEW)) return;
    candidate_.assign(ir_.end() - kBias, false);
    for (Ref ref = ir_.chain(Op::NEW); ref; ref = ir_.ins(ref).prev) candidate_[ref - kBias] = true;
    for (Ref ref = Ir::begin(); ref < ir_.end(); ++ref) {
      const Ins& ins = ir_.ins(ref);
      if (ins.op == Op::PHI) phis_.push_back({ins.a, ins.b});
    }
    uses();
    written_back();
    do {
      changed_ = false;
      stores();
      carried();
    } while (changed_);
    mark();
  }

 private:
  bool candidate(Ref ref) const { return ref && !is_const(ref) && candidate_[ref - kBias]; }
  void escape(Ref ref) {
    if (!candidate(ref)) return;
    candidate_[ref - kBias] = false;
    changed_ = true;
  }
  bool left_of_phi(Ref ref) const {
    for (auto [left, right] : phis_)
      if (left == ref) return true;
    return false;
  }

  // What keeps an object real: any use but storing into it, its barrier, or a PHI.
  void uses() {
    for (Ref ref = Ir::begin(); ref < ir_.end(); ++ref) {
      const Ins& ins = ir_.ins(ref);
      if (ins.op == Op::PHI || ins.op == Op::BARRIER || ins.op == Op::NEW) continue;
      if (ins.op == Op::STORE) {
        // The other side of LOOP, or another width at the same place: too hard to describe in a snapshot.
        if (candidate(ins.a) && ir_.loop && (ins.a < ir_.loop) != (ref < ir_.loop)) escape(ins.a);
        for (Ref other = ins.prev; other && candidate(ins.a); other = ir_.ins(other).prev) {
          const Ins& store = ir_.ins(other);
          if (store.a != ins.a || store.imm == ins.imm) continue;
          int p = store.mem().offset, q = ins.mem().offset;
          if (p < q + ins.mem().width() && q < p + store.mem().width()) escape(ins.a);
        }
        continue;
      }
      escape(ins.a);
      escape(ins.b);
    }
  }

  // The state that REPEAT and JUMP write to the frame is real.
  void written_back() {
    Ref last = static_cast<Ref>(ir_.end() - 1);
    if (ir_.ins(last).op != Op::REPEAT && ir_.ins(last).op != Op::JUMP) return;
    int snap = ir_.snapshot_of(last);
    if (snap < 0) return;
    for (const SnapEntry& entry : ir_.entries(ir_.snaps[static_cast<size_t>(snap)])) escape(entry.ref);
  }

  void stores() {
    for (Ref ref = ir_.chain(Op::STORE); ref; ref = ir_.ins(ref).prev) {
      const Ins& store = ir_.ins(ref);
      if (candidate(store.b) && !candidate(store.a)) escape(store.b);
    }
  }

  using Fields = std::map<int, std::pair<uint32_t, Ref>>;  // offset -> kind and value of the last store
  Fields fields_of(Ref object) const {
    Fields fields;
    for (Ref ref = ir_.chain(Op::STORE); ref; ref = ir_.ins(ref).prev)
      if (ir_.ins(ref).a == object) fields.try_emplace(ir_.ins(ref).mem().offset, ir_.ins(ref).imm, ir_.ins(ref).b);
    return fields;
  }

  void carried() {
    for (size_t i = 0; i < phis_.size(); ++i) {
      auto [left, right] = phis_[i];
      if (!candidate(left) && !candidate(right)) continue;
      if (!candidate(left) || !candidate(right) || !same_fields(left, right)) {
        escape(left);
        escape(right);
      }
    }
    // An object of the first round that the loop keeps using without a PHI: its fields must not vary.
    for (Ref object = ir_.chain(Op::NEW); object; object = ir_.ins(object).prev) {
      if (!candidate(object) || !ir_.loop || object > ir_.loop || left_of_phi(object)) continue;
      for (auto& [offset, field] : fields_of(object))
        if (left_of_phi(field.second)) escape(object);
    }
  }

  bool same_fields(Ref left, Ref right) {
    const Ins &l = ir_.ins(left), &r = ir_.ins(right);
    if (l.imm != r.imm || l.a != r.a || left > ir_.loop || right < ir_.loop) return false;
    Fields a = fields_of(left), b = fields_of(right);
    if (a.size() != b.size()) return false;
    std::vector<std::pair<Ref, Ref>> missing;
    for (auto& [offset, field] : a) {
      auto found = b.find(offset);
      if (found == b.end() || found->second.first != field.first) return false;
      Ref x = field.second, y = found->second.second;
      Ref carried_as = kNoRef;
      for (auto [from, to] : phis_)
        if (from == x) carried_as = to;
      if (carried_as) {
        if (carried_as != y) return false;
        continue;
      }
      if (x == y) continue;
      if (is_const(x) || x > ir_.loop || ir_.type(x) != ir_.type(y)) return false;
      for (auto [from, to] : missing)
        if (from == x && to != y) return false;
      if (std::find(missing.begin(), missing.end(), std::pair{x, y}) == missing.end()) missing.push_back({x, y});
    }
    // y may come from before the loop and vary itself; then it would need to be carried as well. Rare: leave those objects alone.
    for (auto [x, y] : missing)
      if (!is_const(y) && y < ir_.loop && !left_of_phi(y)) return false;
    for (auto [x, y] : missing) {
      phis_.push_back({x, y});
      new_phis_.push_back({x, y});
      changed_ = true;
    }
    return true;
  }

  void mark() {
    for (Ref ref = Ir::begin(); ref < ir_.end(); ++ref) {
      Ins& ins = ir_.ins(ref);
      switch (ins.op) {
        case Op::NEW: if (candidate(ref)) ins.flags |= kSunk; break;
        case Op::STORE: case Op::PHI: if (candidate(ins.a)) ins.flags |= kSunk; break;
        case Op::BARRIER:
          if (candidate(ins.a)) ins = Ins{Op::NOP, Type::kVoid, kNoRef, kNoRef, kNoRef, 0, 0, {}};
          break;
        default: break;
      }
    }
    for (auto [x, y] : new_phis_) {
      Ref phi = ir_.append(Op::PHI, Type::kVoid, x, y, 0);
      if (candidate(x)) ir_.ins(phi).flags |= kSunk;
    }
    ir_.rebuild_chains();
  }

  Ir& ir_;
  std::vector<bool> candidate_;
  std::vector<std::pair<Ref, Ref>> phis_, new_phis_;
  bool changed_ = false;
};

}  // namespace

void opt_sink(Ir& ir) { Sinker(ir).run(); }

}  // namespace pyjit::jit
