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

constexpr std::array<int8_t, kOpCount> make_effects() {
  // These arguments tell every expression in the table that uses `arg` from a constant.
  auto probe = [](int op, int arg, bool jump) {
    switch (op) {
#define OPCODE(number, name, caches, flags, effect, jump_effect) \
  case number:                                                   \
    return jump ? (jump_effect) : (effect);
#define PSEUDO(number, name, flags, effect, jump_effect) OPCODE(number, name, 0, flags, effect, jump_effect)
#include "frontend/opcodes.def"
    }
    return 0;
  };
  std::array<int8_t, kOpCount> t{};
  for (int op = 0; op < kOpCount; op++) {
    int e = probe(op, 0, false);
    bool fixed = e == probe(op, 0, true) && e == probe(op, 1, false) && e == probe(op, 2, false) && e == probe(op, 3, false) &&
                 e == probe(op, 4, false) && e == probe(op, 8, false);
    t[(size_t)op] = fixed ? (int8_t)e : kVariesEffect;
  }
  return t;
}
}  // namespace

constinit const std::array<int8_t, kOpCount> kFixedEffect = make_effects();
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
