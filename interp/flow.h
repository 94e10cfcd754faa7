// Flow: CPython bytecode → decoded instructions with verified stack contents and definite assignment at every join.
//
// Everything the translator relies on is checked here, so hand-made bytecode is refused before it can do harm: opcodes exist, indices
// are in range, jumps land on instructions, the stack has one depth and one kind of content at each instruction, never underflows, and
// the (NULL, callable) and (method, self) pairs that CALL takes are where it expects them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "interp/compiled_code.h"

namespace pyjit::interp {

enum class Kind : uint8_t {
  // Values, each a special case of the next: where paths meet, the later one holds.
  kException,   // what a handler finds on top
  kHandled,     // an exception or None: what was handled before, left by PUSH_EXC_INFO for POP_EXCEPT
  kValue,
  kNull,        // PUSH_NULL, LOAD_GLOBAL's NULL
  kMethod,      // LOAD_METHOD's pair: callable, then self (null when the callable is bound already)
  kMethodSelf,
};
inline bool is_value(Kind kind) { return kind <= Kind::kValue; }

using BitSet = std::vector<uint64_t>;
inline bool has_bit(const BitSet& set, uint32_t i) { return set[i / 64] >> (i % 64) & 1; }
inline void set_bit(BitSet& set, uint32_t i) { set[i / 64] |= 1ull << (i % 64); }
inline void clear_bit(BitSet& set, uint32_t i) { set[i / 64] &= ~(1ull << (i % 64)); }

struct FlowState {
  std::vector<Kind> stack;
  BitSet assigned;              // locals that certainly hold a value
};

struct FlowInstr {
  uint8_t op;
  uint32_t arg;
  uint32_t unit;                // code unit of the opcode itself, behind its EXTENDED_ARGs
  uint32_t first_unit;          // of the first EXTENDED_ARG
  uint32_t next_unit;           // behind its caches
  int32_t target = -1;          // index of the instruction jumped to
  bool leader = false;          // something jumps here, or it begins a handler
  bool reachable = false;
  int32_t handler = -1;         // row of the exception table that covers it
};

class Flow {
 public:
  explicit Flow(runtime::Code* code) : code_(code) {}
  // False: error_ says why the bytecode is refused.
  bool run();

  std::vector<FlowInstr> instrs;
  std::vector<ExceptionRange> ranges;
  std::vector<FlowState> entry_states;      // by instruction index; filled at leaders
  uint32_t unit_count = 0;
  uint32_t max_depth = 0;
  bool is_generator = false;
  std::string error;

  int32_t instr_at_unit(uint32_t unit) const { return unit < unit_count ? index_of_unit_[unit] : -1; }
  // What `instr` does to `state`; jump: along the taken branch.
  bool apply(const FlowInstr& instr, FlowState& state, bool jump);

 private:
  bool decode();
  bool parse_exception_table();
  bool check_prologue();
  bool join(int32_t target, const FlowState& state);
  bool fail(const char* reason, uint32_t unit);
  bool pop(FlowState& state, uint32_t count, const FlowInstr& instr);
  bool check_indices(const FlowInstr& instr);

  runtime::Code* code_;
  std::vector<int32_t> index_of_unit_;
  std::vector<uint8_t> has_state_;
  std::vector<int32_t> work_;
};

// Values taken and left when falling through, ops with special stack contents excepted (see Flow::apply).
struct StackUse { uint32_t pops, pushes; };
StackUse stack_use(uint8_t op, uint32_t arg);
bool ends_block(uint8_t op);        // control never falls through

}  // namespace pyjit::interp
