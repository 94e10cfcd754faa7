// Instruction facts as data, for the disassembler and everybody who walks internal code.
#include "interp/instr.h"

#include <cstring>

namespace pyjit::interp {

const OpInfo kOpInfo[kOpCount] = {
#define FAST(name, words, operands) {#name, words, true, operands},
#define SLOW(name, words, operands) {#name, words, false, operands},
#include "interp/instructions.def"
#undef FAST
#undef SLOW
};

unsigned instruction_length(const Instr* pc) {
  const OpInfo& info = kOpInfo[pc->op];
  size_t length = strlen(info.operands);
  char last = info.operands[length - 1];
  return info.words + (length > 3 && (last == 'A' || last == 'D') ? list_words(pc->c) : 0);
}

}  // namespace pyjit::interp
