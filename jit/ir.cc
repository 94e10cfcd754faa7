// The IR container: constants, chains, and the tables expanded from ir_ops.def.
#include "jit/ir.h"

#include <cstring>

namespace pyjit::jit {
namespace {

constexpr uint16_t parse_flags(const char* text) {
  uint16_t flags = 0;
  for (; *text; ++text) {
    switch (*text) {
      case 'G': flags |= kGuard; break;
      case 'C': flags |= kCommutative; break;
      case 'P': flags |= kPure; break;
      case 'L': flags |= kReadsMemory; break;
      case 'S': flags |= kWritesMemory; break;
      case 'A': flags |= kAllocates; break;
      case 'K': flags |= kKeep; break;
      case 'T': flags |= kEnds; break;
    }
  }
  return flags;
}

}  // namespace

constexpr OpInfo kOpInfo[kOpCount] = {
#define X(name, text, result, a, b, imm, flags) {text, result[0], a[0], b[0], imm[0], parse_flags(flags)},
    PYJIT_IR_OPS(X)
#undef X
};

// ORDER(MemKind)
constexpr MemKindInfo kMemKinds[kMemKindCount] = {
    {"u8", 1, Type::kI64},  {"i8", 1, Type::kI64},   {"u16", 2, Type::kI64}, {"i16", 2, Type::kI64},  {"u32", 4, Type::kI64},
    {"i32", 4, Type::kI64}, {"i64", 8, Type::kI64},  {"word", 8, Type::kWord}, {"f32", 4, Type::kF64}, {"f64", 8, Type::kF64},
    {"bool", 1, Type::kBool}, {"obj", 8, Type::kObj}, {"val", 8, Type::kVal}};

const char* type_name(Type type) {
  static constexpr const char* kNames[kTypeCount] = {"void", "bool", "i64", "word", "f64", "obj", "val"};
  return kNames[static_cast<int>(type)];
}

void Ir::clear() {
  kind = TraceKind::kLoop;
  loop = kNoRef;
  parent = nullptr;
  start = Snapshot{};
  snaps.clear();
  entries_.clear();
  calls.clear();
  allocs.clear();
  trace_calls.clear();
  ins_.clear();
  consts_.assign(1, Const{0, Type::kVoid, kNoRef});
  std::memset(chain_, 0, sizeof chain_);
  std::memset(const_chain_, 0, sizeof const_chain_);
}

Ref Ir::add_const(Type type, uint64_t bits) {
  uint64_t mixed = (bits ^ static_cast<uint64_t>(type) << 56) * 0x9E3779B97F4A7C15ull;
  Ref& head = const_chain_[mixed >> 56];
  for (Ref ref = head; ref; ref = consts_[ref].prev)
    if (consts_[ref].bits == bits && consts_[ref].type == type) return ref;
  Ref ref = static_cast<Ref>(consts_.size());
  consts_.push_back({bits, type, head});
  head = ref;
  return ref;
}

Ref Ir::append(Op op, Type type, Ref a, Ref b, uint32_t imm) {
  Ref ref = end();
  Ref& head = chain_[static_cast<int>(op)];
  ins_.push_back(Ins{op, type, a, b, head, imm, 0, {}});
  head = ref;
  return ref;
}

void Ir::rebuild_chains() {
  std::memset(chain_, 0, sizeof chain_);
  for (Ref ref = begin(); ref < end(); ++ref) {
    Ref& head = chain_[static_cast<int>(ins(ref).op)];
    ins(ref).prev = head;
    head = ref;
  }
}

void Ir::truncate(Ref new_end, size_t snapshot_count, size_t entry_count) {
  ins_.resize(new_end - kBias);
  snaps.resize(snapshot_count);
  entries_.resize(entry_count);
  rebuild_chains();
}

int Ir::snapshot_of(Ref ref) const {
  int low = 0, high = static_cast<int>(snaps.size());
  while (low < high) {
    int middle = (low + high) / 2;
    if (snaps[middle].at <= ref) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

uint64_t box_bits(Type type, uint64_t raw) {
  using runtime::Value;
  switch (type) {
    case Type::kBool: return Value::from_bool(raw & 1).bits();
    case Type::kI64: return Value::from_int(static_cast<int64_t>(raw)).bits();
    case Type::kF64: return Value::from_double(std::bit_cast<double>(raw)).bits();
    default: return raw;
  }
}

bool has_type(runtime::Value value, Type type) {
  switch (type) {
    case Type::kBool: return value.is_bool();
    case Type::kI64: return value.is_int();
    case Type::kF64: return value.is_double();
    case Type::kObj: return value.is_object();
    case Type::kVal: case Type::kWord: return true;
    case Type::kVoid: return false;
  }
  return false;
}

uint64_t unbox_bits(Type type, uint64_t bits) {
  runtime::Value value = runtime::Value::from_bits(bits);
  switch (type) {
    case Type::kBool: return value.as_bool();
    case Type::kI64: return static_cast<uint64_t>(value.as_int());
    case Type::kF64: return std::bit_cast<uint64_t>(value.as_double());
    default: return bits;
  }
}

}  // namespace pyjit::jit
