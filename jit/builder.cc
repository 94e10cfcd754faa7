// Turns emissions into IR: slots, resume points and snapshots, and the order fold, memory, CSE, append.
#include "jit/builder.h"

#include "jit/trace.h"

namespace pyjit::jit {

const char* abort_text(Abort abort) {
  static constexpr const char* kTexts[] = {
#define X(name, text) text,
      PYJIT_ABORTS(X)
#undef X
  };
  return kTexts[static_cast<int>(abort)];
}

void Builder::reset() {
  ir_.clear();
  failed_ = Abort::kNone;
  slots_.assign(static_cast<size_t>(std::max<int64_t>(params().max_slots, kVirtualEnd) - kMinSlot), kNoRef);
  in_memory_.assign(kVirtualEnd - kVirtualFirst, kNoRef);
  chain_ = 0;
  low_slot_ = high_slot_ = 0;
  undo_.clear();
  has_resume_ = snapshot_taken_ = effect_since_resume_ = guard_since_snapshot_ = manual_snapshots_ = false;
  last_guard_ = last_effect_ = kNoRef;
  phi_marks_.clear();
  escaped_.clear();
}

void Builder::start(TraceKind kind) {
  reset();
  ir_.kind = kind;
}

// A sunk object of the parent is allocated and filled again here; it is usually sunk again by opt_sink.
void Builder::start_bridge(const Exit& exit) {
  reset();
  ir_.kind = TraceKind::kBridge;
  ir_.parent = &exit;
  const Trace& trace = *exit.trace;
  chain_ = exit.chain;
  std::vector<Ref> refs(trace.values.size() + 1, kNoRef);
  std::vector<Ref> objects(exit.virtual_count, kNoRef);
  auto value_ref = [&](uint32_t index) -> Ref {
    const ExitValue& value = trace.values[index];
    switch (value.where) {
      case Where::kConst: return ir_.add_const(value.type, trace.constants[value.index]);
      case Where::kVirtual: return objects[value.index];
      default: break;
    }
    // One PARENT for all slots that hold the same value.
    for (Ref ref = ir_.chain(Op::PARENT); ref; ref = ir_.ins(ref).prev) {
      const ExitValue& other = trace.values[ir_.ins(ref).imm];
      if (other.where == value.where && other.index == value.index && other.type == value.type) return ref;
    }
    return ir_.append(Op::PARENT, value.type, kNoRef, kNoRef, index);
  };
  resume_at(exit.pc, exit.frame, exit.kind);
  for (uint32_t i = 0; i < exit.value_count; ++i)
    if (trace.values[exit.first_value + i].where != Where::kVirtual) value_ref(exit.first_value + i);
  for (uint32_t v = 0; v < exit.virtual_count; ++v)
    for (const VirtualField& field : trace.fields_of(exit, v))
      if (trace.values[field.value].where != Where::kVirtual) value_ref(field.value);
  for (uint32_t v = 0; v < exit.virtual_count; ++v) {
    const Virtual& object = trace.virtuals[exit.first_virtual + v];
    objects[v] = new_object(object.spec, object.header);
  }
  for (uint32_t v = 0; v < exit.virtual_count; ++v)
    for (const VirtualField& field : trace.fields_of(exit, v)) store(objects[v], value_ref(field.value), Mem(field.mem));
  for (uint32_t i = 0; i < exit.value_count; ++i)
    set_slot(trace.values[exit.first_value + i].slot, value_ref(exit.first_value + i));
  resume_at(exit.pc, exit.frame, exit.kind);
}

void Builder::resume_at(uint64_t pc, int frame, uint8_t kind) {
  resume_ = Snapshot{pc, kNoRef, 0, 0, static_cast<int16_t>(frame), kind, chain_};
  if (!has_resume_) ir_.start = resume_;
  has_resume_ = true;
  snapshot_taken_ = effect_since_resume_ = false;
  undo_.clear();
}

Ref Builder::slot(int index, Type type) {
  if (!in_range(index)) {
    fail(Abort::kTooManySlots);
    return type == Type::kVal ? ir_.k_val(runtime::Value::none()) : ir_.add_const(type, 0);
  }
  Ref& ref = slots_[index - kMinSlot];
  if (!ref) {
    Ref loaded = emit(Op::SLOAD, type, kNoRef, kNoRef, static_cast<uint16_t>(index));
    // Reading is not writing: a snapshot of the state at resume_at may as well name the loaded value.
    ref = loaded;
    low_slot_ = std::min(low_slot_, index);
    high_slot_ = std::max(high_slot_, index + 1);
  }
  return ref;
}

void Builder::set_slot(int index, Ref ref) {
  if (!in_range(index)) return fail(Abort::kTooManySlots);
  Ref& slot = slots_[index - kMinSlot];
  if (slot == ref) return;
  if (has_resume_ && !snapshot_taken_) undo_.push_back({static_cast<int16_t>(index), slot});
  slot = ref;
  low_slot_ = std::min(low_slot_, index);
  high_slot_ = std::max(high_slot_, index + 1);
}

void Builder::clear_slots_from(int index) {
  for (int i = std::max(index, low_slot_); i < high_slot_; ++i) set_slot(i, kNoRef);
}

void Builder::ensure_snapshot() {
  if (manual_snapshots_ || snapshot_taken_) return;
  if (!has_resume_) return fail(Abort::kNoSnapshot);
  // A snapshot that no guard used since is overwritten.
  if (!ir_.snaps.empty() && !guard_since_snapshot_) {
    ir_.entries_.resize(ir_.snaps.back().first);
    ir_.snaps.pop_back();
  }
  if (static_cast<int64_t>(ir_.snaps.size()) >= params().max_snapshots) return fail(Abort::kTooManySnapshots);
  // Look at the slots as they were at resume_at.
  for (size_t i = undo_.size(); i-- > 0;) std::swap(slots_[undo_[i].first - kMinSlot], undo_[i].second);
  Snapshot snap = resume_;
  snap.at = ir_.end();
  snap.first = static_cast<uint32_t>(ir_.entries_.size());
  for (int i = low_slot_; i < high_slot_; ++i) {
    Ref ref = slots_[i - kMinSlot];
    if (!ref || (i >= kVirtualFirst && in_memory_[static_cast<size_t>(i - kVirtualFirst)] == ref)) continue;
    if (!is_const(ref) && ir_.ins(ref).op == Op::SLOAD && ir_.ins(ref).slot() == i) continue;  // unchanged in memory
    ir_.entries_.push_back({static_cast<int16_t>(i), ref});
  }
  snap.count = static_cast<uint16_t>(ir_.entries_.size() - snap.first);
  ir_.snaps.push_back(snap);
  for (size_t i = 0; i < undo_.size(); ++i) std::swap(slots_[undo_[i].first - kMinSlot], undo_[i].second);
  undo_.clear();
  snapshot_taken_ = true;
  guard_since_snapshot_ = false;
}

Ref Builder::append(const Candidate& c) {
  // Peeling at most doubles a trace, PHIs included; the hard limit is that of 16-bit refs.
  int64_t limit = manual_snapshots_ ? 2 * params().max_instructions + 2 * params().max_phis : params().max_instructions;
  if (ir_.end() - kBias >= std::min<int64_t>(limit, 0x7F00)) {
    fail(Abort::kTooLong);
    return ir_.end() > kBias ? static_cast<Ref>(ir_.end() - 1) : kNoRef;
  }
  if (ir_.const_end() > params().max_constants) fail(Abort::kTooManyConstants);
  bool guard = has(c.op, kGuard) && !(c.op == Op::SLOAD && c.type == Type::kVal);
  if (guard) {
    // A call of a trace is an effect and a guard in one: its snapshot describes the state after the call.
    if (effect_since_resume_ && !manual_snapshots_) fail(Abort::kGuardAfterEffect);
    ensure_snapshot();
    guard_since_snapshot_ = true;
  }
  Ref ref = ir_.append(c.op, c.type, c.a, c.b, c.imm);
  if (guard) last_guard_ = ref;
  if (c.op == Op::CALL && ir_.calls[c.imm].effects & (kCallWrites | kCallPython)) last_effect_ = ref, effect_since_resume_ = true;
  if (c.op == Op::CALLT || (has(c.op, kWritesMemory) && c.op != Op::STORE && c.op != Op::BARRIER)) {
    last_effect_ = ref;
    effect_since_resume_ = true;
  }
  // Filling an object that nobody can see yet is no effect.
  if (c.op == Op::STORE && !(ir_.type(address_base(c.a)) == Type::kObj && !is_const(address_base(c.a)) &&
                             ir_.ins(address_base(c.a)).op == Op::NEW && !escaped(address_base(c.a))))
    effect_since_resume_ = true;
  return ref;
}

Ref Builder::find_same(const Candidate& c, Ref limit) const {
  if (!is_const(c.a)) limit = std::max(limit, c.a);
  if (!is_const(c.b)) limit = std::max(limit, c.b);
  for (Ref ref = ir_.chain(c.op); ref > limit; ref = ir_.ins(ref).prev) {
    const Ins& ins = ir_.ins(ref);
    if (ins.a == c.a && ins.b == c.b && ins.imm == c.imm && ins.type == c.type) return ref;
  }
  return kNoRef;
}

Ref Builder::emit(Op op, Type type, Ref a, Ref b, uint32_t imm) {
  Candidate c{op, type, a, b, imm};
  if (opt_on(kOptFold)) {
    for (Fold result = Fold::kAgain; result == Fold::kAgain;) {
      result = fold(c);
      if (result == Fold::kDone) return c.result;
    }
  }
  if (c.op == Op::LOAD) {
    if (opt_on(kOptMem))
      if (Ref found = forward_load(c)) return found;
  } else if (c.op == Op::STORE) {
    if (opt_on(kOptMem) && drop_store(c)) return kNoRef;
  } else if (c.op == Op::GSHAPE) {
    if (opt_on(kOptMem) && shape_known(c.a, c.imm)) return kNoRef;
  } else if (c.op == Op::BARRIER) {
    if (opt_on(kOptMem) && barrier_known(c.a)) return kNoRef;
  } else if (has(c.op, kPure) && opt_on(kOptCse)) {
    if (Ref found = find_same(c, kNoRef)) return has(c.op, kKeep) ? kNoRef : found;
  } else if (c.op == Op::CALL && opt_on(kOptCse)) {
    const CallTarget& target = ir_.calls[c.imm];
    if (target.effects == 0)
      if (Ref found = find_same(c, kNoRef)) return found;
  }
  Ref ref = append(c);
  note_escapes(c);
  return ref;
}

Ref Builder::box(Ref ref) {
  Type type = ir_.type(ref);
  return type == Type::kVal || type == Type::kObj ? ref : emit(Op::BOX, Type::kVal, ref);
}

Ref Builder::unbox(Ref ref, Type type) {
  Type have = ir_.type(ref);
  if (have == type || type == Type::kVal) return have == type ? ref : box(ref);
  if (have != Type::kVal && have != Type::kObj) ref = box(ref);
  return emit(Op::UNBOX, type, ref);
}

Ref Builder::new_object(const AllocSpec* spec, uint64_t header) {
  uint32_t index = 0;
  while (index < ir_.allocs.size() && ir_.allocs[index] != spec) ++index;
  if (index == ir_.allocs.size()) ir_.allocs.push_back(spec);
  return emit(Op::NEW, Type::kObj, ir_.k_word(header), kNoRef, index);
}

Ref Builder::call(const CallTarget& target, std::span<const Ref> arguments) {
  uint32_t index = 0;
  auto same = [&](const CallTarget& other) {
    return other.function == target.function && other.result == target.result &&
           ((target.effects | other.effects) & kCallPython ? (target.effects & other.effects & kCallPython) != 0
                                                           : other.effects == target.effects && other.clobbers == target.clobbers);
  };
  while (index < ir_.calls.size() && !same(ir_.calls[index])) ++index;
  if (index == ir_.calls.size()) ir_.calls.push_back(target);
  if (ir_.calls[index].effects & kCallPython) {
    ir_.calls[index].clobbers = ~0ull;
    ir_.calls[index].effects |= kCallWrites | kCallAllocates;
  }
  if (arguments.size() > kMaxArguments) fail(Abort::kTooManyArguments);
  Ref chain = kNoRef;
  for (Ref argument : arguments) chain = emit(Op::CARG, Type::kVoid, chain, argument);
  return emit(Op::CALL, target.result, chain, kNoRef, index);
}

Ref Builder::call_trace(Trace* target, int delta) {
  ir_.trace_calls.push_back({target, static_cast<int16_t>(delta)});
  return emit(Op::CALLT, Type::kVal, kNoRef, kNoRef, static_cast<uint32_t>(ir_.trace_calls.size() - 1));
}

void Builder::end_jump(Trace* target) {
  ir_.trace_calls.push_back({target, 0});
  end(Op::JUMP, kNoRef, static_cast<uint32_t>(ir_.trace_calls.size() - 1));
}

// The end has a snapshot of its own, which no guard before it shares: it is the state that is written back or resumed.
void Builder::end(Op op, Ref a, uint32_t imm) {
  effect_since_resume_ = false;
  if (op != Op::RET) ensure_snapshot();
  guard_since_snapshot_ = true;
  append({op, Type::kVoid, a, kNoRef, imm});
  if (a) escape(a);
}

void Builder::rewind(Abort failed) {
  failed_ = failed;
  last_guard_ = std::min(last_guard_, static_cast<Ref>(ir_.end() - 1));
  last_effect_ = std::min(last_effect_, static_cast<Ref>(ir_.end() - 1));
  phi_marks_.clear();
}

void Builder::mark_phi(Ref ref) {
  size_t index = ref - kBias;
  if (phi_marks_.size() <= index) phi_marks_.resize(index + 64);
  phi_marks_[index] = true;
}

}  // namespace pyjit::jit
