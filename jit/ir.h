// The trace IR: a linear list of 16-byte SSA instructions, a constant area, and snapshots that say how to leave.
//
//   Ref     16 bits. 0: none. 1 .. 0x7FFF: constants. 0x8000 + i: instruction i. So `ref >= kBias` asks "is it an instruction?".
//   Ins     op, type, two operands, a 32-bit immediate, and `prev`, the last earlier instruction with the same op (for CSE).
//   Types   bool   0 or 1 in a register             boxes to False / True
//           i64    an int that fits 48 bits         boxes to a tagged int
//           word   any 64 bits (raw pointers, header words, wrapping arithmetic); a snapshot writes it as it is
//           f64    a double                         boxes by the double offset
//           obj    pointer to a heap object, never null; its boxed form is itself, so an obj may stand wherever a val may
//           val    any Value, boxed
//   Layout  an unpeeled trace:  ins ... REPEAT | JUMP | RET | EXIT
//           a peeled loop:      first iteration ... LOOP, body ..., PHI ... PHI      (the back edge is implied at the end)
//           In the body an operand before LOOP that is some PHI's `a` means "this time round's value".
//
// Snapshots: snaps are sorted by `at`; a guard uses the last one with at <= its ref. Entries list every slot whose value in memory
// is not what the interpreter must see, in slot order: slot -> ref. A slot that is not listed is right in memory already.
#pragma once
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "jit/ir_ops.def"
#include "jit/params.h"
#include "runtime/value.h"

namespace pyjit::jit {

struct Trace;  // compiled code; jit/trace.h

using Ref = uint16_t;
inline constexpr Ref kNoRef = 0, kBias = 0x8000;
inline constexpr bool is_const(Ref ref) { return ref < kBias; }

enum class Type : uint8_t { kVoid, kBool, kI64, kWord, kF64, kObj, kVal };
inline constexpr int kTypeCount = 7;
const char* type_name(Type type);

enum class Op : uint8_t {
#define X(name, ...) name,
  PYJIT_IR_OPS(X)
#undef X
};
inline constexpr int kOpCount = 0
#define X(...) +1
    PYJIT_IR_OPS(X)
#undef X
    ;

enum OpFlag : uint16_t {
  kGuard = 1, kCommutative = 2, kPure = 4, kReadsMemory = 8, kWritesMemory = 16, kAllocates = 32, kKeep = 64, kEnds = 128
};
struct OpInfo {
  const char* text;
  char result, a, b, imm;
  uint16_t flags;
};
extern const OpInfo kOpInfo[kOpCount];
inline const OpInfo& info(Op op) { return kOpInfo[static_cast<int>(op)]; }
inline bool has(Op op, OpFlag flag) { return info(op).flags & flag; }

// The kind of a memory access: width, extension, and the IR type that a load gives. Kinds narrower than 64 bits give i64.
enum class MemKind : uint8_t { kU8, kI8, kU16, kI16, kU32, kI32, kI64, kWord, kF32, kF64, kBool, kObj, kVal };
inline constexpr int kMemKindCount = 13;
struct MemKindInfo {
  const char* text;
  uint8_t width;
  Type type;
};
extern const MemKindInfo kMemKinds[kMemKindCount];
inline const MemKindInfo& info(MemKind kind) { return kMemKinds[static_cast<int>(kind)]; }

// Which memory an access may touch. Two accesses can only meet if their alias classes are equal. The recorder numbers the classes
// (per field of a native type, "instance slots", "list items" ...); those below are fixed.
inline constexpr uint16_t kAliasImmutable = 0;  // written once, while its object is new; no call changes it
inline constexpr uint16_t kAliasShape = 1;      // the 32-bit shape id at offset 0 of an object
inline constexpr uint16_t kAliasThread = 2;     // fields of the thread
inline constexpr uint16_t kAliasFirstFree = 3;
// The bit of an alias class in CallTarget::clobbers; classes from 63 on share the last bit.
inline constexpr uint64_t alias_bit(uint16_t alias) {
  return alias == kAliasImmutable ? 0 : 1ull << (alias < 63 ? alias : 63);
}

// A memory access packed in an immediate: signed 16-bit offset, kind, 12-bit alias class.
struct Mem {
  int16_t offset;
  MemKind kind;
  uint16_t alias;
  constexpr Mem(int offset, MemKind kind, uint16_t alias) : offset(static_cast<int16_t>(offset)), kind(kind), alias(alias) {}
  explicit constexpr Mem(uint32_t packed)
      : offset(static_cast<int16_t>(packed)), kind(static_cast<MemKind>(packed >> 16 & 15)), alias(packed >> 20) {}
  constexpr uint32_t pack() const {
    return static_cast<uint16_t>(offset) | static_cast<uint32_t>(kind) << 16 | static_cast<uint32_t>(alias) << 20;
  }
  int width() const { return info(kind).width; }
};
// AREF's immediate: 24-bit signed displacement and the index's shift (0-3).
inline constexpr uint32_t pack_aref(int32_t displacement, int shift) { return static_cast<uint32_t>(displacement) << 8 | shift; }
inline constexpr int32_t aref_displacement(uint32_t imm) { return static_cast<int32_t>(imm) >> 8; }
inline constexpr int aref_shift(uint32_t imm) { return imm & 3; }

struct Ins {
  Op op;
  Type type;
  Ref a, b;
  Ref prev;
  uint32_t imm;
  uint8_t flags;  // InsFlag
  uint8_t pad[3];
  int16_t slot() const { return static_cast<int16_t>(imm); }
  Mem mem() const { return Mem(imm); }
};
static_assert(sizeof(Ins) == 16);

enum InsFlag : uint8_t {
  kSunk = 1,  // allocation, or store to one, that only exits build (opt_sink.cc)
};

struct Const {
  uint64_t bits;  // i64: the integer; f64: raw bits; bool: 0/1; obj, val, word: the 64 bits
  Type type;
  Ref prev;
};

struct SnapEntry {
  int16_t slot;
  Ref ref;
};
struct Snapshot {
  uint64_t pc;      // opaque: where the interpreter resumes
  Ref at;           // covers guards from this instruction on
  uint16_t count;   // entries
  uint32_t first;   // index of the first entry
  int16_t frame;    // slot of the resuming frame's slot 0, relative to base
  uint8_t kind;     // opaque: how the interpreter resumes (0: execute pc; others are the recorder's)
  uint16_t chain = 0;  // 0: the frames lie on the stack; else which of them live in generators (chains.h)
};

// What a called C++ function may do. A function that is none of these is pure.
enum CallEffect : uint8_t {
  kCallReads = 1,      // result depends on the heap
  kCallWrites = 2,     // changes heap memory of the classes in `clobbers`
  kCallAllocates = 4,  // may allocate, hence may collect garbage
  kCallPython = 8,     // may run any Python code: clobbers everything and may invalidate traces (emit GINVAL after it)
};
struct CallTarget {
  const void* function;  // SysV C function of the arguments' machine types (f64 in xmm, all else in general registers)
  const char* name;
  Type result;           // kVoid if none. obj must not be null; a val may be null (the recorder guards)
  uint8_t effects;
  uint64_t clobbers;     // alias_bit()s; ~0 with kCallPython
};

// How to allocate one size class. Owned by the runtime, lives for ever. `cursor` and `limit` are addresses of the words that bound
// the current interval, absolute (below 2 GB) or relative to the thread. Memory handed out is zero. `slow` gets a fresh interval or a
// large object and returns the zeroed object; it never collects garbage (it asks the poll word for that), and never returns null.
struct AllocSpec {
  uint32_t size;  // bytes, multiple of 8
  bool thread_relative;
  int64_t cursor, limit;
  void* (*slow)(void* thread, const AllocSpec* spec);
  const char* name;
};

// Target of CALLT or JUMP. `target` null: this very trace. delta: the callee's base in slots from this trace's base (JUMP: 0).
struct TraceCall {
  Trace* target;
  int16_t delta;
};

enum class TraceKind : uint8_t { kLoop, kFunction, kBridge };

// One trace's IR. Plain data; Builder appends, passes rewrite.
class Ir {
 public:
  Ir() { clear(); }
  void clear();

  const Ins& ins(Ref ref) const { return ins_[ref - kBias]; }
  Ins& ins(Ref ref) { return ins_[ref - kBias]; }
  Ref end() const { return static_cast<Ref>(kBias + ins_.size()); }  // one past the last
  static constexpr Ref begin() { return kBias; }
  const Const& constant(Ref ref) const { return consts_[ref]; }
  Ref const_end() const { return static_cast<Ref>(consts_.size()); }
  Type type(Ref ref) const { return is_const(ref) ? consts_[ref].type : ins(ref).type; }

  // The constant with this type and bits (interned).
  Ref add_const(Type type, uint64_t bits);
  Ref k_i64(int64_t value) { return add_const(Type::kI64, static_cast<uint64_t>(value)); }
  Ref k_word(uint64_t value) { return add_const(Type::kWord, value); }
  Ref k_f64(double value) { return add_const(Type::kF64, std::bit_cast<uint64_t>(value)); }
  Ref k_bool(bool value) { return add_const(Type::kBool, value); }
  Ref k_val(runtime::Value value) { return add_const(Type::kVal, value.bits()); }
  Ref k_obj(const void* object) { return add_const(Type::kObj, reinterpret_cast<uint64_t>(object)); }
  int64_t int_of(Ref constant) const { return static_cast<int64_t>(consts_[constant].bits); }
  double f64_of(Ref constant) const { return std::bit_cast<double>(consts_[constant].bits); }
  bool is_int_const(Ref ref, int64_t value) const { return ref && is_const(ref) && int_of(ref) == value; }

  Ref append(Op op, Type type, Ref a, Ref b, uint32_t imm);
  Ref chain(Op op) const { return chain_[static_cast<int>(op)]; }
  void set_chain(Op op, Ref ref) { chain_[static_cast<int>(op)] = ref; }
  void rebuild_chains();
  // Drops the instructions from `end` on, the snapshots that cover only those included.
  void truncate(Ref end, size_t snapshot_count, size_t entry_count);

  std::span<const SnapEntry> entries(const Snapshot& snap) const { return {entries_.data() + snap.first, snap.count}; }
  std::span<SnapEntry> entries(const Snapshot& snap) { return {entries_.data() + snap.first, snap.count}; }
  // The index of the snapshot that a guard at `ref` uses, or -1.
  int snapshot_of(Ref ref) const;
  // Calls f(Ref&) for every operand that is a value of `ins`.
  template <class F>
  static void operands(Ins& ins, F f) {
    if (ins.a) f(ins.a);
    if (ins.b) f(ins.b);
  }

  TraceKind kind = TraceKind::kLoop;
  Ref loop = kNoRef;  // the LOOP instruction, if peeled
  const struct Exit* parent = nullptr;  // bridges
  // The first resume point: what the interpreter executes if the trace is not entered after all. (A snapshot of it need not exist.)
  Snapshot start{};
  std::vector<Snapshot> snaps;
  std::vector<SnapEntry> entries_;
  std::vector<CallTarget> calls;
  std::vector<const AllocSpec*> allocs;
  std::vector<TraceCall> trace_calls;

 private:
  std::vector<Ins> ins_;
  std::vector<Const> consts_;
  Ref chain_[kOpCount];
  Ref const_chain_[256];
};

// The Value that a register of this type holds.
uint64_t box_bits(Type type, uint64_t raw);
// Whether a boxed value can be unboxed to `type` (val: always).
bool has_type(runtime::Value value, Type type);
uint64_t unbox_bits(Type type, uint64_t bits);

}  // namespace pyjit::jit
