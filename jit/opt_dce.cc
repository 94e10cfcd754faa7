// Dead-code elimination: instructions whose value nobody uses and that do nothing else become NOPs.
//
// One walk backwards with a mark per instruction. Roots are what must happen (guards, stores, calls with effects, ends) and the
// entries of snapshots that some remaining guard uses.
#include "jit/opt.h"

namespace pyjit::jit {

void opt_dce(Ir& ir) {
  std::vector<bool> live(ir.end() - kBias);
  auto mark = [&](Ref ref) {
    if (ref && !is_const(ref)) live[ref - kBias] = true;
  };
  int snap = static_cast<int>(ir.snaps.size()) - 1;
  bool snap_used = false;
  bool removed = false;
  for (Ref ref = static_cast<Ref>(ir.end() - 1); ref >= Ir::begin(); --ref) {
    while (snap >= 0 && ir.snaps[static_cast<size_t>(snap)].at > ref) {
      --snap;
      snap_used = false;
    }
    Ins& ins = ir.ins(ref);
    bool guard = has(ins.op, kGuard) && !(ins.op == Op::SLOAD && ins.type == Type::kVal);
    bool effect = has(ins.op, kKeep) || guard;
    if (ins.op == Op::CALL) effect |= (ir.calls[ins.imm].effects & (kCallWrites | kCallPython)) != 0;
    // An operation that leaves when it overflows is still needed as a guard: what follows assumes it did not.
    bool keep = effect || live[ref - kBias];
    if (ins.op == Op::NOP) continue;
    if (!keep) {
      Ref prev = ins.prev;
      ins = Ins{Op::NOP, Type::kVoid, kNoRef, kNoRef, prev, 0, 0, {}};
      removed = true;
      continue;
    }
    mark(ins.a);
    mark(ins.b);
    bool leaves = guard || ins.op == Op::REPEAT || ins.op == Op::JUMP;
    if (leaves && !snap_used && snap >= 0) {
      snap_used = true;
      for (const SnapEntry& entry : ir.entries(ir.snaps[static_cast<size_t>(snap)])) mark(entry.ref);
    }
    if (ref == Ir::begin()) break;
  }
  if (!removed) return;
  // Snapshots that no guard uses may name removed values: drop their entries.
  size_t kept = 0;
  for (size_t i = 0; i < ir.snaps.size(); ++i) {
    Ref from = ir.snaps[i].at, to = i + 1 < ir.snaps.size() ? ir.snaps[i + 1].at : ir.end();
    bool used = false;
    for (Ref ref = from; ref < to && !used; ++ref) {
      const Ins& ins = ir.ins(ref);
      used = (has(ins.op, kGuard) && !(ins.op == Op::SLOAD && ins.type == Type::kVal)) || ins.op == Op::REPEAT || ins.op == Op::JUMP;
    }
    if (used || i == 0) {
      if (!used) ir.snaps[i].count = 0;
      ir.snaps[kept++] = ir.snaps[i];
    }
  }
  ir.snaps.resize(kept);
  ir.rebuild_chains();
}

}  // namespace pyjit::jit
