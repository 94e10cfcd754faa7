// Turns a recorder's emissions into IR: folds, finds common subexpressions, forwards memory, and takes snapshots, all on the fly.
//
// The recorder's view:
//   b.start(TraceKind::kLoop);                        // or start_bridge(exit): the slots of the exit are set, virtuals replayed
//   b.resume_at(pc, frame, kind);                     // before each interpreter instruction: where guards that follow will resume
//   Ref x = b.slot(3, Type::kI64);                    // the slot's value; the first read loads it and guards its type
//   Ref y = b.emit(Op::ADDOV, Type::kI64, x, b.ir().k_i64(1));
//   b.set_slot(3, y);
//   b.end_repeat();                                   // then optimise(b) and Engine::compile
//
// Rules. (1) A guard resumes at the last resume_at, with the slots as they were when it was called: set_slot after it does not
// matter. So a guard must not follow a side effect without a resume_at between them; debug builds assert it (kGuardAfterEffect).
// (2) emit() returns a ref of the same value, perhaps of an older instruction or a constant, and of the same type; where `val` is
// asked for it may be obj. (3) Once failed() is not kNone everything emitted is discarded; emission stays safe to call.
#pragma once
#include <initializer_list>
#include <span>

#include "jit/ir.h"

namespace pyjit::jit {

struct Exit;

// Why a trace was given up.
#define PYJIT_ABORTS(X)                                                   \
  X(kNone, "no abort")                                                    \
  X(kTooLong, "too many instructions")                                    \
  X(kTooManyConstants, "too many constants")                              \
  X(kTooManySnapshots, "too many snapshots")                              \
  X(kTooManySlots, "too many frame slots")                                \
  X(kTooManyPhis, "too many loop-carried values")                         \
  X(kAlwaysFails, "a guard can never hold")                               \
  X(kGuardAfterEffect, "a guard follows a side effect without a resume point") \
  X(kNoSnapshot, "a guard before the first resume point")                 \
  X(kTooManyArguments, "a call with too many arguments")                  \
  X(kTypeUnstable, "a loop-carried value changes its type")               \
  X(kCodeFull, "the code arena is full")                                  \
  X(kTooManySpills, "too many spill slots")                               \
  X(kEncoding, "the assembler refused an instruction")                    \
  X(kBadIr, "the IR is not well formed")
enum class Abort : uint8_t {
#define X(name, text) name,
  PYJIT_ABORTS(X)
#undef X
};
const char* abort_text(Abort abort);

class Builder {
 public:
  static constexpr int kMinSlot = -16;  // header words of the root frame
  static constexpr size_t kMaxArguments = 12;  // of a call
  // Slots that stand for words of frames in generators (headers included): never loaded or stored as slots; exits put them in
  // LastExit's scratch words. A ref that memory holds already (`known_in_memory`) is not listed in snapshots.
  static constexpr int kVirtualFirst = 600, kVirtualEnd = 1100;
  void known_in_memory(int index, Ref ref) {
    if (index >= kVirtualFirst && index < kVirtualEnd) in_memory_[static_cast<size_t>(index - kVirtualFirst)] = ref;
  }
  // Named by the snapshots of resume points from now on.
  void set_chain(uint16_t chain) { chain_ = chain; }

  void start(TraceKind kind);
  // The IR of a bridge from this exit: every slot of its snapshot becomes a PARENT value, sunk objects are allocated again.
  void start_bridge(const Exit& exit);

  Ir& ir() { return ir_; }
  const Ir& ir() const { return ir_; }
  Abort failed() const { return failed_; }
  void fail(Abort why) {
    if (failed_ == Abort::kNone) failed_ = why;
  }

  // --- frame slots and resume points
  void resume_at(uint64_t pc, int frame = 0, uint8_t kind = 0);
  Ref slot(int index, Type type = Type::kVal);    // type: what to guard if the slot has to be loaded
  Ref slot_or_none(int index) const { return in_range(index) ? slots_[index - kMinSlot] : kNoRef; }
  void set_slot(int index, Ref ref);              // kNoRef: memory is right, or nobody will look
  void clear_slots_from(int index);               // slots at and above are dead

  // --- emission
  Ref emit(Op op, Type type, Ref a = kNoRef, Ref b = kNoRef, uint32_t imm = 0);
  Ref load(Ref address, Mem mem) { return emit(Op::LOAD, info(mem.kind).type, address, kNoRef, mem.pack()); }
  void store(Ref address, Ref value, Mem mem) { emit(Op::STORE, Type::kVoid, address, value, mem.pack()); }
  Ref aref(Ref base, Ref index, int shift, int displacement = 0) {
    return emit(Op::AREF, Type::kWord, base, index, pack_aref(displacement, shift));
  }
  Ref box(Ref ref);
  Ref unbox(Ref ref, Type type);                  // guards unless the type is already known
  void guard(Ref condition, bool expected) { emit(expected ? Op::GTRUE : Op::GFALSE, Type::kVoid, condition); }
  void guard_shape(Ref object, uint32_t shape) { emit(Op::GSHAPE, Type::kVoid, object, kNoRef, shape); }
  // Guards that a boxed value is these very bits (None, True, a type object ...).
  void guard_is(Ref value, runtime::Value expected) {
    guard(emit(Op::EQ, Type::kBool, value, ir_.k_val(expected)), true);
  }
  Ref new_object(const AllocSpec* spec, uint64_t header);
  Ref call(const CallTarget& target, std::span<const Ref> arguments);
  Ref call(const CallTarget& target, std::initializer_list<Ref> arguments) {
    return call(target, std::span<const Ref>(arguments.begin(), arguments.size()));
  }
  Ref call_trace(Trace* target, int delta);
  void sstore(int slot, Ref ref) { emit(Op::SSTORE, Type::kVoid, ref, kNoRef, static_cast<uint16_t>(slot)); }

  // --- ends; resume_at must have named the state to leave with
  void end_repeat() { end(Op::REPEAT, kNoRef, 0); }
  void end_jump(Trace* target);
  void end_return(Ref value) { end(Op::RET, box(value), 0); }
  void end_exit() { end(Op::EXIT, kNoRef, 0); }

  // --- for the passes
  // From now on emit() takes no snapshots by itself: the caller appends them (opt_loop.cc).
  void manual_snapshots(bool on) { manual_snapshots_ = on; }
  void mark_phi(Ref ref);                          // folding must not look through this instruction any more
  bool is_phi(Ref ref) const { return !is_const(ref) && phi_marks_.size() > size_t(ref - kBias) && phi_marks_[ref - kBias]; }
  bool escaped(Ref allocation) const;              // visible to anybody but this trace
  // The IR was cut back to its present end; what was learnt or failed since `failed` is forgotten.
  void rewind(Abort failed);

 private:
  enum class Fold : uint8_t { kNothing, kAgain, kDone };
  struct Candidate {
    Op op;
    Type type;
    Ref a, b;
    uint32_t imm;
    Ref result = kNoRef;  // of kDone: the value; kNoRef for a dropped guard or store
  };

  static bool in_range(int index) {
    return (index >= kMinSlot && index - kMinSlot < params().max_slots) || (index >= kVirtualFirst && index < kVirtualEnd);
  }
  void reset();
  void end(Op op, Ref a, uint32_t imm);
  void ensure_snapshot();
  Ref append(const Candidate& c);
  Ref find_same(const Candidate& c, Ref limit) const;

  // fold.cc
  Fold fold(Candidate& c);
  Fold fold_int(Candidate& c);
  Fold fold_float(Candidate& c);
  Fold fold_compare(Candidate& c);
  Fold fold_guard(Candidate& c);
  Fold fold_convert(Candidate& c);
  Fold done(Candidate& c, Ref ref) { c.result = ref; return Fold::kDone; }
  Fold become(Candidate& c, Op op, Ref a, Ref b = kNoRef) { c.op = op; c.a = a; c.b = b; return Fold::kAgain; }

  // opt_mem.cc
  enum class Alias : uint8_t { kNo, kMay, kMust };
  Alias alias(Ref p, Mem m, Ref q, Mem n) const;
  Ref last_clobber(Ref address, Mem mem) const;   // the last call that may have changed it
  Ref forward_load(const Candidate& c);
  Ref initial_value(Ref allocation, Mem mem);
  bool drop_store(const Candidate& c);
  bool shape_known(Ref object, uint32_t shape) const;
  bool barrier_known(Ref object) const;
  void note_escapes(const Candidate& c);
  void escape(Ref ref);
  Ref address_base(Ref address) const;

  Ir ir_;
  Abort failed_ = Abort::kNone;
  std::vector<Ref> slots_, in_memory_;
  uint16_t chain_ = 0;
  int low_slot_ = 0, high_slot_ = 0;               // touched slots: [low, high)
  std::vector<std::pair<int16_t, Ref>> undo_;      // what slots held at resume_at, if changed since
  Snapshot resume_{};
  bool has_resume_ = false, snapshot_taken_ = false, effect_since_resume_ = false, guard_since_snapshot_ = false;
  bool manual_snapshots_ = false;
  Ref last_guard_ = kNoRef, last_effect_ = kNoRef;
  std::vector<bool> phi_marks_, escaped_;
};

}  // namespace pyjit::jit
