// Walks a trace backwards, then lays out head, body, exits and constants.
#include "jit/assemble.h"

#include <cstdio>

#include "jit/code_arena.h"
#include "jit/stubs.h"
#include "jit/text.h"

namespace pyjit::jit {

// --- preparation ------------------------------------------------------------------------------------------------------------

void Assembler::prepare() {
  const Ir& ir = *ir_;
  const_count_ = ir.const_end();
  size_t count = ir.end() - kBias;
  states_.assign(const_count_ + count, RefState{kNoReg, -1, 0});
  std::fill(std::begin(reg_ref_), std::end(reg_ref_), kNoRef);
  free_ = kGprs | kXmms;
  weak_ = locked_ = touched_ = group_written_ = 0;
  intervals_.clear();
  free_slots_.clear();
  freed_slots_.clear();
  slots_ = parent_slots_ = ir.parent ? static_cast<int>(ir.parent->trace->spill_slots) : 0;
  outgoing_ = 0;
  phis_.clear();
  phi_hint_.assign(count, kNoReg);
  back_edge_ = SIZE_MAX;
  pool_.clear();
  exits_.clear();
  values_.clear();
  virtuals_.clear();
  fields_.clear();
  sunk_objects_.clear();
  sunk_stores_.clear();
  why_ = Abort::kNone;
  rng_ = static_cast<uint64_t>(params().ra_seed);
  if (rng_) rng_ = rng_ * 0x9E3779B97F4A7C15ull + 1;

  calls_before_.assign(count + 1, 0);
  int guards = ir.kind == TraceKind::kBridge ? 0 : 1;  // exit 0 of a root: its entry, once invalidated
  for (Ref ref = Ir::begin(); ref < ir.end(); ++ref) {
    const Ins& ins = ir.ins(ref);
    size_t i = ref - kBias;
    bool calls = ins.op == Op::CALL || ins.op == Op::CALLT ||
                 ((ins.op == Op::MOD || ins.op == Op::FLOORDIV) && ins.type != Type::kI64);
    calls_before_[i + 1] = static_cast<uint16_t>(calls_before_[i] + calls);
    if (has(ins.op, kGuard) && !(ins.op == Op::SLOAD && ins.type == Type::kVal)) ++guards;
    if (ins.op == Op::NEW && (ins.flags & kSunk)) {
      sunk_objects_.push_back(ref);
      sunk_stores_.emplace_back();
    }
    if (ins.op == Op::STORE && (ins.flags & kSunk))
      for (size_t k = 0; k < sunk_objects_.size(); ++k)
        if (sunk_objects_[k] == ins.a) sunk_stores_[k].push_back(ref);
    if (ins.op == Op::PARENT) {
      const ExitValue& value = ir.parent->trace->values[ins.imm];
      if (value.where == Where::kSpill) state(ref).spill = static_cast<int16_t>(value.index);
    }
  }
  exits_.resize(static_cast<size_t>(guards));
  exit_number_ = guards;
  current_snap_ = static_cast<int>(ir.snaps.size()) - 1;
  in_loop_ = ir.loop != kNoRef;
  entry_ = out_.new_label();
  loop_label_ = out_.new_label();
}

// --- exits ------------------------------------------------------------------------------------------------------------------

// Values that the exit needs get a place: a free register (weakly), else a spill slot.
void Assembler::use_in_exit(Ref ref, bool spill_only) {
  if (is_const(ref) || pinned(ref) != kNoReg) return;
  if (sunk(ref)) {
    for (Ref object : exit_objects_)
      if (object == ref) return;
    exit_objects_.push_back(ref);
    each_sunk_field(ref, at_, [&](const Ins& store) { use_in_exit(store.b, spill_only); });
    return;
  }
  RefState& s = state(ref);
  if (s.reg != kNoReg || s.spill >= 0) return;
  RegSet free = free_ & class_of(ref);
  if (!free || spill_only) {
    spill_slot(ref, true);
    return;
  }
  assign(ref, pick(ref, free, hint_of(ref)), true);
}

uint16_t Assembler::begin_exit(Ref ref, bool spill_only) {
  const Snapshot& snap = ir_->snaps[static_cast<size_t>(current_snap_)];
  exit_objects_.clear();
  for (const SnapEntry& entry : ir_->entries(snap)) use_in_exit(entry.ref, spill_only);
  current_exit_ = --exit_number_;
  Exit& exit = exits_[static_cast<size_t>(current_exit_)];
  exit = Exit{};
  exit.pc = snap.pc;
  exit.frame = snap.frame;
  exit.kind = snap.kind;
  exit.chain = snap.chain;
  exit.number = static_cast<uint16_t>(current_exit_);
  exit.snapshot = static_cast<uint16_t>(current_snap_);
  exit.guard = ref;
  return exit.number;
}

Assembler::PendingValue Assembler::place_in_exit(int16_t slot, Ref ref) {
  Type type = ir_->type(ref);
  if (is_const(ref)) return {slot, type, PendingValue::kConst, ref};
  if (Reg fixed = pinned(ref); fixed != kNoReg) return {slot, type, PendingValue::kPinned, fixed};
  if (sunk(ref)) {
    for (uint32_t v = 0; v < exit_objects_.size(); ++v)
      if (exit_objects_[v] == ref) return {slot, type, PendingValue::kVirtual, v};
  }
  RefState& s = state(ref);
  if (s.reg != kNoReg && !(group_written_ & bit(s.reg))) return {slot, type, PendingValue::kInterval, s.interval};
  return {slot, type, PendingValue::kSpill, static_cast<uint32_t>(spill_slot(ref, true))};
}

void Assembler::end_exit() {
  Exit& exit = exits_[static_cast<size_t>(current_exit_)];
  const Snapshot& snap = ir_->snaps[static_cast<size_t>(current_snap_)];
  exit.first_value = static_cast<uint32_t>(values_.size());
  for (const SnapEntry& entry : ir_->entries(snap)) values_.push_back(place_in_exit(entry.slot, entry.ref));
  exit.value_count = static_cast<uint16_t>(values_.size() - exit.first_value);
  exit.first_virtual = static_cast<uint32_t>(virtuals_.size());
  exit.virtual_count = static_cast<uint16_t>(exit_objects_.size());
  for (Ref object : exit_objects_) {
    const Ins& ins = ir_->ins(object);
    Virtual v{ir_->allocs[ins.imm], static_cast<uint64_t>(ir_->int_of(ins.a)), static_cast<uint32_t>(fields_.size()), 0};
    each_sunk_field(object, at_, [&](const Ins& store) {
      fields_.push_back({store.imm, static_cast<uint32_t>(values_.size())});
      values_.push_back(place_in_exit(0, store.b));
      ++v.field_count;
    });
    virtuals_.push_back(v);
  }
  current_exit_ = -1;
}

// Intervals have their final registers now.
void Assembler::resolve_exits(Trace& trace) {
  trace.constants.reserve(const_count_);
  for (Ref ref = 0; ref < const_count_; ++ref) trace.constants.push_back(ir_->constant(ref).bits);
  trace.values.reserve(values_.size());
  for (const PendingValue& p : values_) {
    ExitValue value{p.slot, p.type, Where::kConst, p.index};
    Reg reg = kNoReg;
    switch (p.kind) {
      case PendingValue::kConst: break;
      case PendingValue::kVirtual: value.where = Where::kVirtual; break;
      case PendingValue::kSpill: value.where = Where::kSpill; break;
      case PendingValue::kPinned: reg = static_cast<Reg>(p.index); break;
      case PendingValue::kInterval:
        reg = intervals_[p.index].reg;
        if (reg == kNoReg) {
          value.where = Where::kSpill;
          value.index = static_cast<uint32_t>(state(intervals_[p.index].ref).spill);
        }
        break;
    }
    if (reg != kNoReg) {
      value.where = is_xmm(reg) ? Where::kXmm : Where::kGpr;
      value.index = is_xmm(reg) ? reg - kXmm0 : reg;
    }
    trace.values.push_back(value);
  }
  trace.virtuals = virtuals_;
  trace.fields = fields_;
  for (Exit& exit : exits_) {
    exit.trace = &trace;
    if (exit.deep) exit.count = 0;
  }
  trace.exits = exits_;
}

// --- the walk ---------------------------------------------------------------------------------------------------------------

void Assembler::walk() {
  const Ir& ir = *ir_;
  if (ir.loop) loop_end();
  for (Ref ref = static_cast<Ref>(ir.end() - 1); ref >= Ir::begin() && why_ == Abort::kNone; --ref) {
    const Ins& ins = ir.ins(ref);
    while (current_snap_ >= 0 && ir.snaps[static_cast<size_t>(current_snap_)].at > ref) --current_snap_;
    at_ = ref;
    if (ins.op == Op::LOOP) {
      loop_head();
      continue;
    }
    out_.begin(ref - kBias);
    instruction(ref, ins);
    out_.end();
    locked_ = group_written_ = 0;
    free_slots_.insert(free_slots_.end(), freed_slots_.begin(), freed_slots_.end());
    freed_slots_.clear();
    if (ref == Ir::begin()) break;
  }
}

void Assembler::instruction(Ref ref, const Ins& ins) {
  switch (ins.op) {
    case Op::NOP: case Op::BASE: case Op::THREAD: case Op::PARENT: case Op::CARG: case Op::PHI: return;
    case Op::CALL: return lower_call(ref, ins);
    case Op::CALLT: return lower_trace_call(ref, ins);
    case Op::REPEAT: case Op::JUMP: case Op::RET: case Op::EXIT: return tail(ref, ins);
    default: break;
  }
  if (ins.flags & kSunk) return;
  bool guard = has(ins.op, kGuard) && !(ins.op == Op::SLOAD && ins.type == Type::kVal);
  if (!guard && !has(ins.op, kKeep) && unused(ref)) return;
  if (guard) begin_exit(ref);
  bool done = lower_arith(ref, ins) || lower_convert(ref, ins) || lower_compare(ref, ins) || lower_memory(ref, ins);
  if (!done) why_ = Abort::kBadIr;
  if (guard) end_exit();
}

void Assembler::loop_end() {
  back_edge_ = out_.reserve();
  Ref last = static_cast<Ref>(ir_->end() - 1);
  at_ = last;
  for (Ref ref = last; ref > ir_->loop && ir_->ins(ref).op == Op::PHI; --ref) {
    const Ins& phi = ir_->ins(ref);
    if (phi.flags & kSunk) continue;
    PhiSource source{phi.a, phi.b, kNoPlace};
    if (!is_const(phi.b) && pinned(phi.b) == kNoReg) {
      RefState& s = state(phi.b);
      if (s.reg == kNoReg && s.spill < 0) {
        // Leave a few registers for the body.
        RegSet free = free_ & class_of(phi.b);
        if (std::popcount(free) > 3) assign(phi.b, pick(phi.b, free), false);
        else spill_slot(phi.b, true);
      }
      source.from = s.reg != kNoReg ? s.reg : kSlotPlace + static_cast<Place>(s.spill);
      if (s.reg != kNoReg) phi_hint_[phi.a - kBias] = s.reg;
    } else if (!is_const(phi.b)) {
      source.from = pinned(phi.b);
    }
    phis_.push_back(source);
  }
}

void Assembler::loop_head() {
  std::vector<Move> moves;
  auto phi_of = [&](Ref ref) -> const PhiSource* {
    for (const PhiSource& phi : phis_)
      if (phi.left == ref) return &phi;
    return nullptr;
  };
  // The registers that hold something here are what the back edge must establish.
  for (RegSet left = ~free_ & (kGprs | kXmms); left; left &= left - 1) {
    Reg reg = static_cast<Reg>(std::countr_zero(left));
    Ref ref = reg_ref_[reg];
    if (phi_of(ref)) continue;
    if (!(touched_ & bit(reg))) continue;
    if (is_const(ref)) {
      moves.push_back({reg, kNoPlace, ref});
    } else if (weak_ & bit(reg)) {
      spill_slot(ref, true);
      intervals_[state(ref).interval].reg = kNoReg;
      release(reg);
    } else {
      moves.push_back({reg, kSlotPlace + static_cast<Place>(spill_slot(ref, true)), kNoRef});
    }
  }
  weak_ = 0;
  for (const PhiSource& phi : phis_) {
    RefState& s = state(phi.left);
    Ref constant = is_const(phi.right) ? phi.right : kNoRef;
    if (s.reg != kNoReg) moves.push_back({s.reg, phi.from, constant});
    if (s.spill >= 0) moves.push_back({kSlotPlace + static_cast<Place>(s.spill), phi.from, constant});
  }
  out_.begin_reserved(back_edge_);
  parallel_move(moves);
  out_.ins(Inst::kIdJmp, loop_label_);
  out_.end();
  out_.begin(at_ - kBias);
  out_.special(MInst::kAlign);
  out_.bind(loop_label_);
  out_.end();
  in_loop_ = false;
  touched_ = group_written_ = locked_ = 0;
}

// What is live at the start: constants, and for a bridge the parent's values.
void Assembler::trace_head() {
  at_ = Ir::begin();
  out_.begin(0);
  if (ir_->kind != TraceKind::kBridge) out_.bind(entry_);
  out_.special(MInst::kFrameDown);
  std::vector<Move> moves;
  for (Ref ref = Ir::begin(); ref < ir_->end(); ++ref) {
    const Ins& ins = ir_->ins(ref);
    if (ins.op != Op::PARENT) continue;
    const ExitValue& value = ir_->parent->trace->values[ins.imm];
    Place from = value.where == Where::kGpr   ? value.index
                 : value.where == Where::kXmm ? kXmm0 + value.index
                                              : kSlotPlace + value.index;
    RefState& s = state(ref);
    if (s.spill >= 0) moves.push_back({kSlotPlace + static_cast<Place>(s.spill), from, kNoRef});
    if (s.reg != kNoReg) moves.push_back({s.reg, from, kNoRef});
  }
  for (RegSet left = ~free_ & (kGprs | kXmms); left; left &= left - 1) {
    Reg reg = static_cast<Reg>(std::countr_zero(left));
    if (is_const(reg_ref_[reg])) moves.push_back({reg, kNoPlace, reg_ref_[reg]});
  }
  parallel_move(moves);
  out_.end();
}

// The last snapshot's values go to the frame.
void Assembler::write_back(Ref ref) {
  const Snapshot& snap = ir_->snaps[static_cast<size_t>(current_snap_)];
  for (const SnapEntry& entry : ir_->entries(snap)) {
    // Each store is a group of its own; a group may lock only a few registers.
    out_.begin(ref - kBias);
    store_value(x86::ptr(gpq(kBaseReg), 8 * entry.slot, 8), MemKind::kVal, entry.ref);
    out_.end();
    locked_ = group_written_ = 0;
  }
}

void Assembler::tail(Ref ref, const Ins& ins) {
  switch (ins.op) {
    case Op::RET: {
      Reg value = is_const(ins.a) ? kNoReg : use(ins.a, ~0u, kRax);
      if (value == kNoReg) load_const(List::kBody, kRax, ins.a);
      else move_reg(List::kBody, kRax, value);
      out_.special(MInst::kFrameUp);
      out_.ins(Inst::kIdRet);
      return;
    }
    case Op::EXIT: {
      uint16_t exit = begin_exit(ref);
      out_.exit_jump(Cond::kAlways, exit);
      end_exit();
      return;
    }
    default: {
      const Trace* target = ins.op == Op::REPEAT ? nullptr : ir_->trace_calls[ins.imm].target;
      out_.special(MInst::kFrameUp);
      if (target) out_.ins(Inst::kIdJmp, imm(static_cast<int64_t>(reinterpret_cast<uintptr_t>(target->code))));
      else out_.ins(Inst::kIdJmp, entry_);
      out_.end();
      write_back(ref);
      out_.begin(ref - kBias);
      return;
    }
  }
}

// --- layout -----------------------------------------------------------------------------------------------------------------

bool Assembler::finish(Trace& trace) {
  Trace* parent = ir_->parent ? ir_->parent->trace : nullptr;
  int bytes = 8 * slots_ + outgoing_;
  bytes += (bytes & 15) == 8 ? 0 : 8;  // rsp is 8 off a 16-byte boundary at entry, on it below
  if (parent) bytes = std::max(bytes, static_cast<int>(parent->frame_size));
  trace.frame_size = static_cast<uint32_t>(bytes);
  trace.spill_slots = static_cast<uint32_t>(slots_);
  Emitter::Layout layout{reinterpret_cast<uint64_t>(arena_.next()), bytes,
                         bytes - (parent ? static_cast<int>(parent->frame_size) : 0)};
  out_.replay(layout);

  x86::Assembler& a = out_.assembler();
  const Stubs& stubs = Stubs::of(arena_);
  for (Exit& exit : exits_) {
    bool entry = ir_->kind != TraceKind::kBridge && exit.number == 0;
    if (!entry && !out_.exit_used(exit.number)) continue;
    if (!entry) a.bind(out_.exit_label(exit.number));
    // The entry's stub is reached by patching the entry: nothing has happened yet, the frame is as it was.
    exit.stub = out_.offset();
    if (entry) a.sub(x86::rsp, bytes);
    a.long_().push(imm(static_cast<int64_t>(first_exit_id_ + exit.number)));   // five bytes: patched as such by the engine
    a.jmp(imm(static_cast<int64_t>(stubs.exit)));
  }
  if (!pool_.empty()) a.align(asmjit::AlignMode::kData, 8);
  for (auto& [ref, label] : pool_) {
    a.bind(label);
    uint64_t bits = ir_->constant(ref).bits;
    a.embed(&bits, 8);
  }
  size_t size = 0;
  if (!out_.finish(arena_.writable(arena_.next()), arena_.room(), &size)) {
    why_ = out_.failed() ? Abort::kEncoding : Abort::kCodeFull;
    return false;
  }
  trace.code = arena_.next();
  trace.code_size = static_cast<uint32_t>(size);
  for (const JumpSite& site : out_.sites()) {
    if (site.inval) {
      trace.invalidation_points.push_back(site.offset);
      trace.invalidation_exits.push_back(site.exit);
      continue;
    }
    Exit& exit = exits_[site.exit];
    exit.jumps[exit.jumps[0] != 0] = site.offset;
  }
  arena_.commit(size);
  return true;
}

std::unique_ptr<Trace> Assembler::assemble(const Ir& ir, uint32_t id, Abort* why) {
  ir_ = &ir;
  asmjit::StringLogger logger;
  bool listing = options().dump & (kDumpAsm | kDumpRa);
  out_.log_to(listing ? &logger : nullptr);
  auto trace = std::make_unique<Trace>();
  trace->id = id;
  trace->kind = ir.kind;
  // A replay needs room for the largest imaginable code before it knows its size.
  if (arena_.room() < 64 * static_cast<size_t>(ir.end() - kBias) + 65536) {
    *why = Abort::kCodeFull;
    return nullptr;
  }
  if (!out_.start_code(reinterpret_cast<uint64_t>(arena_.next()))) {
    *why = Abort::kEncoding;
    return nullptr;
  }
  prepare();
  walk();
  if (why_ == Abort::kNone) {
    trace_head();
    if (ir.kind != TraceKind::kBridge) {
      exits_[0] = Exit{};
      exits_[0].pc = ir.start.pc;
      exits_[0].frame = ir.start.frame;
      exits_[0].kind = ir.start.kind;
    }
  }
  if (why_ != Abort::kNone || !finish(*trace)) {
    *why = why_;
    return nullptr;
  }
  trace->start_pc = ir.start.pc;
  trace->first_exit = first_exit_id_;
  resolve_exits(*trace);
  if (listing) dump(*trace, logger.data());
  return trace;
}

void Assembler::dump(const Trace& trace, const char* listing) {
  std::fprintf(stderr, "---- trace %u: machine code, %u bytes at %p, frame %u ----\n%s", trace.id, trace.code_size,
               static_cast<const void*>(trace.code), trace.frame_size, listing);
  if (!(options().dump & kDumpRa)) return;
  for (const Exit& exit : trace.exits) {
    std::fprintf(stderr, "exit %u snap %u guard %%%d:", exit.number, exit.snapshot, exit.guard ? exit.guard - kBias : -1);
    for (const ExitValue& value : trace.values_of(exit)) {
      static constexpr const char* kWhere[] = {"r", "xmm", "spill", "k", "virtual"};
      std::fprintf(stderr, " %d=%s:%s%u", value.slot, type_name(value.type), kWhere[static_cast<int>(value.where)], value.index);
    }
    std::fprintf(stderr, "\n");
  }
}

}  // namespace pyjit::jit
