// opcodes.def expanded into the table of facts and the stack effects.
#include "frontend/opcodes.h"

namespace pyjit::frontend {

namespace {
constexpr std::array<OpInfo, kOpCount> make_table() {
  std::array<OpInfo, kOpCount> t{};
#define OPCODE(number, name, caches, flags, effect, jump_effect) t[number] = {#name, caches, flags};
#define PSEUDO(number, name, flags, effect, jump_effect) t[number] = {#name, 0, flags};
#include "frontend/opcodes.def"
  return t;
}
}  // namespace

constinit const std::array<OpInfo, kOpCount> kOpInfo = make_table();

int stack_effect(int op, int arg, bool jump) {
  switch (op) {
#define OPCODE(number, name, caches, flags, effect, jump_effect) \
  case number:                                                   \
    return jump ? (jump_effect) : (effect);
#define PSEUDO(number, name, flags, effect, jump_effect) OPCODE(number, name, 0, flags, effect, jump_effect)
#include "frontend/opcodes.def"
  }
  return 0;
}

}  // namespace pyjit::frontend
