// The control-flow graph of one code object: what the code generator emits and what the assembler lays out.
//
// A block is a run of instructions of which only the last may jump. Blocks form two chains: `next`, the order in the code,
// which is also where control falls through; and `older`, the order of creation from the newest back to the entry, in which
// some passes must walk because CPython's do and the result can depend on it.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "frontend/arena.h"
#include "frontend/constants.h"
#include "frontend/location.h"
#include "frontend/opcodes.h"

namespace pyjit::frontend {

struct Block;

struct Instr {
  uint16_t op = 0;  // Op
  int32_t arg = 0;
  Location loc;
  Block* target = nullptr;  // of jumps and block pushes
  Block* except = nullptr;  // handler in force, set by label_exception_targets
};

// The handlers in force at some point, innermost first. Immutable and shared.
struct HandlerStack {
  Block* handler;
  const HandlerStack* outer;
};

struct Block {
  Block* older = nullptr;
  Block* next = nullptr;
  Instr* instrs = nullptr;
  int32_t used = 0, capacity = 0;
  int32_t predecessors = 0;
  int32_t start_depth = -1;
  int32_t offset = 0;  // in code units, set by the assembler
  bool visited = false;
  bool exits = false;           // ends by leaving the function: return or raise
  bool no_fallthrough = false;  // control never reaches `next` through the end
  bool preserve_lasti = false;  // handler that wants the raising instruction's index
  const HandlerStack* handlers = nullptr;

  Instr* last() { return used ? &instrs[used - 1] : nullptr; }
};

// Recycles blocks and instruction arrays between the code objects of one compilation.
class BlockPool {
 public:
  explicit BlockPool(Arena& arena) : arena_(arena) {}
  Block* make();
  void release(Block* newest);  // the whole chain
  void grow(Block* b);
  Arena& arena() { return arena_; }

 private:
  static constexpr int kClasses = 24;
  Arena& arena_;
  Block* free_blocks_ = nullptr;
  Instr* free_arrays_[kClasses] = {};
};

class FlowGraph {
 public:
  explicit FlowGraph(BlockPool& pool) : pool_(&pool) { current_ = entry_ = new_block(); }

  Block* new_block() {
    Block* b = pool_->make();
    b->older = newest_;
    newest_ = b;
    return b;
  }
  // Makes `b` follow the current block and be the one that is appended to.
  void use(Block* b) {
    current_->next = b;
    current_ = b;
  }
  void emit(int op, int arg, const Location& loc, Block* target = nullptr);
  static void append(BlockPool& pool, Block* b, const Instr& instr);
  void insert(Block* b, int at, const Instr& instr);

  // The passes between generation and layout, in order.
  void normalize();                            // mark exits, skip empty targets
  void inline_small_exits();                   // copy short returns over the jumps to them
  void optimize(UnitConstants& consts);        // peephole, reachability, empty blocks, redundant jumps
  void duplicate_exits_without_line();
  void trim_constants(UnitConstants& consts);
  void propagate_lines();
  void guarantee_exit_lines(int first_line);
  int stack_depth(bool generator);
  void label_exception_targets();
  void drop_exception_markers();               // their effect is recorded; the markers become NOPs or vanish

  Block* entry() const { return entry_; }
  Block* current() const { return current_; }
  Block* newest() const { return newest_; }
  void release() { pool_->release(newest_); }

 private:
  void optimize_block(Block* b, UnitConstants& consts);
  bool fold_tuple(Instr* build, int count, UnitConstants& consts);
  void mark_reachable();
  void skip_empty_blocks();

  BlockPool* pool_;
  Block *entry_ = nullptr, *current_ = nullptr, *newest_ = nullptr;
  bool has_handlers_ = false;  // any block push: without, half the instructions need not be looked at
};

}  // namespace pyjit::frontend
