// Turns one trace's IR into machine code: register allocation backwards over the trace, lowering, exits, heads and tails.
//
// Register allocation is a reverse linear scan. Going backwards, the first sight of a value is its last use: there it gets a
// register, which is free again at its definition. Taking a register from a value that is needed later ("evict") reloads it after the
// current instruction; a value that has ever been spilled is stored once, at its definition.
//
// Three things make exits cheap here:
//  - A value that only exits still want holds its register weakly. Evicting it costs no reload: its "interval" moves to the spill slot,
//    and all exits recorded in that interval with it.
//  - A guard's snapshot is bound to places after its instruction was allocated, to what is true *before* the instruction; a register
//    that the instruction itself overwrites is replaced by the value's spill slot.
//  - Sunk allocations take no register; their fields' values are what the exit keeps alive.
//
// Loops: the back edge is one parallel move into the state at the head: loop-carried values to where the head has them, and
// invariants whose register was written somewhere in the body from their spill slot.
//
// Files: regalloc.cc (allocation), lower_*.cc (one function per operation family), assemble.cc (order, exits, heads and tails).
#pragma once
#include "jit/code_arena.h"
#include "jit/emit_x64.h"
#include "jit/engine.h"

namespace pyjit::jit {

class Assembler {
 public:
  Assembler(Engine& engine, CodeArena& arena) : engine_(engine), arena_(arena) {}
  // Null with *why set if it cannot be done. On success the code is in the arena and the trace complete, bridges not yet linked.
  std::unique_ptr<Trace> assemble(const Ir& ir, uint32_t id, Abort* why);
  void set_first_exit_id(uint32_t id) { first_exit_id_ = id; }

 private:
  struct RefState {
    Reg reg;
    int16_t spill;
    uint32_t interval;
  };
  struct Interval {
    Ref ref;
    Reg reg;  // kNoReg: the spill slot
  };
  // Where an exit finds a value, before intervals are resolved.
  struct PendingValue {
    int16_t slot;
    Type type;
    enum Kind : uint8_t { kInterval, kSpill, kConst, kVirtual, kPinned } kind;
    uint32_t index;
  };
  // A place for parallel moves: 0-31 registers, 32+ spill slots.
  using Place = uint32_t;
  static constexpr Place kSlotPlace = 32, kNoPlace = ~0u;
  struct Move {
    Place to, from;
    Ref constant;  // instead of from
  };
  struct PhiSource {
    Ref left, right;
    Place from;
  };

  // --- assemble.cc
  void prepare();
  void walk();
  void instruction(Ref ref, const Ins& ins);
  void loop_end();
  void loop_head();
  void trace_head();
  void tail(Ref ref, const Ins& ins);
  void write_back(Ref ref);
  bool finish(Trace& trace);
  void cold_exits();
  void resolve_exits(Trace& trace);
  void dump(const Trace& trace, const char* listing);

  // --- regalloc.cc
  RefState& state(Ref ref) { return states_[is_const(ref) ? ref : const_count_ + (ref - kBias)]; }
  Reg pinned(Ref ref) const;
  RegSet class_of(Ref ref) const { return ir_->type(ref) == Type::kF64 ? kXmms : kGprs; }
  void assign(Ref ref, Reg reg, bool weak);
  void release(Reg reg);
  void make_strong(Reg reg) { weak_ &= ~bit(reg); }
  Reg pick(Ref ref, RegSet allowed, Reg hint = kNoReg);
  void evict(Reg reg, RegSet avoid = 0);
  int spill_slot(Ref ref, bool fresh);
  bool crosses_call(Ref ref) const;
  Reg hint_of(Ref ref);
  // A register with the value, until the instruction is done. `allowed` only matters if it has none yet.
  Reg use(Ref ref, RegSet allowed = ~0u, Reg hint = kNoReg);
  // The register for the result, free again for operands.
  Reg dest(Ref ref, RegSet allowed = ~0u);
  Reg temp(RegSet allowed, RegSet exclude = 0);
  void written(Reg reg) { touched_ |= bit(reg), group_written_ |= bit(reg); }
  bool unused(Ref ref) { return state(ref).reg == kNoReg && state(ref).spill < 0; }
  void parallel_move(std::vector<Move>& moves);
  void emit_move(const Move& move);
  enum class List { kBody, kAfter, kStore };
  template <class... O>
  void put(List list, InstId id, const O&... operands) {
    if (list == List::kBody) out_.ins(id, operands...);
    else if (list == List::kAfter) out_.after(id, operands...);
    else out_.store(id, operands...);
  }
  void load_const(List list, Reg reg, Ref constant);
  void load_spill(List list, Reg reg, int slot);
  void move_reg(List list, Reg to, Reg from);
  x86::Mem pool(Ref constant);

  // --- exits (assemble.cc)
  uint16_t begin_exit(Ref ref, bool spill_only = false);
  void end_exit();
  void use_in_exit(Ref ref, bool spill_only);
  PendingValue place_in_exit(int16_t slot, Ref ref);
  uint32_t virtual_in_exit(Ref ref);
  bool sunk(Ref ref) const { return !is_const(ref) && (ir_->ins(ref).flags & kSunk); }
  template <class F>
  void each_sunk_field(Ref object, Ref before, F f) const;

  // --- lower_*.cc
  bool lower_arith(Ref ref, const Ins& ins);
  bool lower_float(Ref ref, const Ins& ins);
  bool lower_convert(Ref ref, const Ins& ins);
  bool lower_compare(Ref ref, const Ins& ins);
  bool lower_memory(Ref ref, const Ins& ins);
  void lower_call(Ref ref, const Ins& ins);
  void lower_trace_call(Ref ref, const Ins& ins);
  void call_function(Ref ref, Type result, const void* function, std::span<const Ref> arguments);
  void two_address(InstId id, Ref ref, const Ins& ins, bool commutative);
  void check_int48(Reg value, Reg scratch, uint16_t exit);
  void divide(Ref ref, const Ins& ins);
  void shift(Ref ref, const Ins& ins, uint16_t exit);
  void float_binary(InstId id, Ref ref, const Ins& ins);
  bool fusable_compare(Ref condition, Ref at);
  void guard_compare(const Ins& compare, bool expected, uint16_t exit);
  void emit_compare(const Ins& compare);
  void guard_not_int(Reg value, uint16_t exit);
  void unpack(Type type, Reg to, Reg from);
  void box_into(Reg to, Ref value, Type type);
  x86::Mem address(Ref address, int offset, RegSet exclude = 0);
  bool fusable_address(Ref address);
  void store_value(const x86::Mem& where, MemKind kind, Ref value, RegSet exclude = 0);
  void store_bits(x86::Mem where, uint64_t bits);
  x86::Mem constant_mem(ArenaConstant which) const { return x86::ptr(arena_.constant(which), 8); }
  bool imm32(Ref ref, int64_t* value) const;

  Engine& engine_;
  CodeArena& arena_;
  Emitter out_;
  const Ir* ir_ = nullptr;
  Abort why_ = Abort::kNone;
  uint32_t first_exit_id_ = 0;

  std::vector<RefState> states_;
  size_t const_count_ = 0;
  Ref reg_ref_[32];
  RegSet free_ = 0, weak_ = 0, locked_ = 0, touched_ = 0, group_written_ = 0, random_ = 0;
  std::vector<Interval> intervals_;
  std::vector<int16_t> free_slots_, freed_slots_;
  int slots_ = 0;
  int parent_slots_ = 0;
  int outgoing_ = 0;             // bytes at rsp for stack arguments
  std::vector<uint16_t> calls_before_;
  Ref at_ = kNoRef;
  bool in_loop_ = false;

  std::vector<PhiSource> phis_;
  std::vector<Reg> phi_hint_;    // by instruction: the register its PHI's right side ends in
  size_t back_edge_ = SIZE_MAX;
  asmjit::Label entry_, loop_label_;
  std::vector<std::pair<Ref, asmjit::Label>> pool_;
  uint64_t rng_ = 0;

  std::vector<Exit> exits_;
  std::vector<PendingValue> values_;
  std::vector<Virtual> virtuals_;
  std::vector<VirtualField> fields_;
  std::vector<Ref> exit_objects_;          // sunk objects of the exit at hand, in the order of its virtuals
  int exit_number_ = 0, current_exit_ = -1;
  int current_snap_ = -1;
  std::vector<std::vector<Ref>> sunk_stores_;  // by object
  std::vector<Ref> sunk_objects_;
};

template <class F>
void Assembler::each_sunk_field(Ref object, Ref before, F f) const {
  // The last store before `before` to each field.
  for (size_t i = 0; i < sunk_objects_.size(); ++i) {
    if (sunk_objects_[i] != object) continue;
    const std::vector<Ref>& stores = sunk_stores_[i];
    for (size_t k = stores.size(); k-- > 0;) {
      if (stores[k] >= before) continue;
      const Ins& store = ir_->ins(stores[k]);
      bool overwritten = false;
      for (size_t later = k + 1; later < stores.size() && stores[later] < before; ++later)
        overwritten |= ir_->ins(stores[later]).mem().offset == store.mem().offset;
      if (!overwritten) f(store);
    }
  }
}

bool has_bmi2();
bool has_sse41();

}  // namespace pyjit::jit
