// Opcode numbers and facts about them, expanded from opcodes.def.
#pragma once
#include <array>
#include <cstdint>

namespace pyjit::frontend {

enum OpFlags : uint8_t {
  kHasArg = 1, kJump = 2, kConst = 4, kName = 8, kLocal = 16, kFree = 32, kCompare = 64, kBlockPush = 128,
};

// Below 256: CPython's numbers. The rest are pseudo-instructions that never reach co_code.
enum Op : uint16_t {
#define OPCODE(number, name, caches, flags, effect, jump_effect) OP_##name = number,
#define PSEUDO(number, name, flags, effect, jump_effect) OP_##name = number,
#include "frontend/opcodes.def"
};
inline constexpr int kOpCount = 266;

struct OpInfo {
  const char* name;  // null: no such opcode
  uint8_t caches;    // CACHE units that follow the instruction
  uint8_t flags;
};
extern const std::array<OpInfo, kOpCount> kOpInfo;

inline bool op_is_jump(int op) { return kOpInfo[op].flags & kJump; }
inline bool op_is_block_push(int op) { return kOpInfo[op].flags & kBlockPush; }

// Effects that depend neither on the argument nor on jumping, by opcode; kVariesEffect for the others.
inline constexpr int8_t kVariesEffect = 127;
extern const std::array<int8_t, kOpCount> kFixedEffect;

// How many values `op` leaves on the stack minus how many it takes; `jump` asks for the taken branch.
int stack_effect(int op, int arg, bool jump);

}  // namespace pyjit::frontend
