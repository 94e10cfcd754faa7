// The internal instruction word, the enum of instructions and the facts about them (from instructions.def).
#pragma once
#include <cstdint>

#include "runtime/value.h"

namespace pyjit::runtime { struct Str; }

namespace pyjit::interp {

struct Instr {
  uint16_t op, a, b, c;
};
static_assert(sizeof(Instr) == 8);

enum Op : uint16_t {
#define FAST(name, words, operands) k##name,
#define SLOW(name, words, operands) k##name,
#include "interp/instructions.def"
#undef FAST
#undef SLOW
  kOpCount
};

struct OpInfo {
  const char* name;
  uint8_t words;
  bool fast;
  const char* operands;
};
extern const OpInfo kOpInfo[kOpCount];

constexpr uint8_t kFixedWords[] = {
#define FAST(name, words, operands) words,
#define SLOW(name, words, operands) words,
#include "interp/instructions.def"
#undef FAST
#undef SLOW
};

// Contents of the words behind the instruction word.
struct JumpWord { int32_t jump; uint32_t counter; };           // jump: words from the instruction's start
struct WindowWord { uint16_t window, flags; uint32_t number; };

inline uint64_t word_bits(const Instr* pc, int i) { return reinterpret_cast<const uint64_t*>(pc)[i]; }
inline runtime::Value word_value(const Instr* pc, int i) { return runtime::Value::from_bits(word_bits(pc, i)); }
inline runtime::Str* word_name(const Instr* pc, int i) { return reinterpret_cast<runtime::Str*>(word_bits(pc, i)); }
inline JumpWord* jump_word(const Instr* pc, int i = 1) { return reinterpret_cast<JumpWord*>(const_cast<Instr*>(pc + i)); }
inline const WindowWord* window_word(const Instr* pc, int i = 1) { return reinterpret_cast<const WindowWord*>(pc + i); }
// The register list behind `fixed` words.
inline const uint16_t* register_list(const Instr* pc, int fixed) { return reinterpret_cast<const uint16_t*>(pc + fixed); }
constexpr unsigned list_words(unsigned count) { return (count + 3) / 4; }
// Length in words of the instruction at pc.
unsigned instruction_length(const Instr* pc);

}  // namespace pyjit::interp
