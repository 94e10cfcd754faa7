// Turns optimised IR into running machine code: compiles, links, enters, leaves, invalidates. One Engine per process, used by
// whoever holds the GIL.
#pragma once
#include <memory>

#include "jit/builder.h"
#include "jit/trace.h"

namespace pyjit::jit {

class CodeArena;

// What traces need from the runtime. Set once, before the first compile.
struct RuntimeHooks {
  // BARRIER: `cmp byte [obj + barrier_offset], barrier_value`, and if equal barrier_slow(thread, object).
  int barrier_offset = 4;
  uint8_t barrier_value = 1;
  void (*barrier_slow)(void* thread, void* object) = nullptr;
  // Allocates an object of spec->size zeroed bytes while an exit rebuilds it; must not collect garbage.
  void* (*materialize)(void* thread, const AllocSpec* spec) = nullptr;
  // Called when an exit with a chain has been restored: puts the words of frames in generators where they belong and links these.
  void (*link_frames)(const Exit& exit, void* thread, runtime::Value* base) = nullptr;
};

// enter() returned because a guard failed (bits of no Value); anything else is the value the root frame returned.
inline constexpr uint64_t kExited = 1;

// The innermost exit: valid right after enter() returned kExited, until the next enter().
struct LastExit {
  Exit* exit;
  runtime::Value* base;   // base of the trace that left
  static runtime::Value* scratch();   // this thread's words for slots from Builder::kVirtualFirst on
  runtime::Value* frame() const { return base + exit->frame; }  // the frame that resumes at exit->pc
};

class Engine {
 public:
  static Engine& get();

  RuntimeHooks hooks;

  // Compiles optimised IR. A bridge is linked to its exit. Null, with *why set, if it cannot be.
  Trace* compile(const Ir& ir, Abort* why);

  // Runs a trace (not a bridge) on the frame at base. The trace must be valid.
  uint64_t enter(Trace* trace, void* thread, runtime::Value* base);
  LastExit last_exit() const;

  // The trace must not run any more: its entry and its GINVAL points leave from now on, and so do those of all traces that call it.
  // Callable while it is active.
  void invalidate(Trace* trace);
  // Whoever still calls the invalidated `old` gets `fresh`, which must expect the same frame at entry.
  void redirect(Trace* old, Trace* fresh);
  // Drops all traces and code. Only while no thread is inside a trace.
  void flush();
  bool active() const;  // this thread is inside enter()
  bool any_active() const { return active_count_ > 0; }   // some thread is
  // The arena holds a good deal, so that dropping it makes room.
  bool worth_flushing() const;
  bool is_code(uint64_t address) const;  // of a trace or a thunk; callable from a signal handler
  // In the child of a fork, before anything compiles or patches: gives it its own code memory. False: the JIT must stay off.
  bool after_fork_in_child();

  size_t code_bytes() const;
  const std::vector<std::unique_ptr<Trace>>& traces() const { return traces_; }

  // Writes an exit's values to the frame: what machine code does when it leaves. `state` as saved by the exit thunk.
  void restore(const Exit& exit, const struct ExitState& state, void* thread, runtime::Value* base);

 private:
  Engine();
  ~Engine();
  friend class Assembler;
  friend uint64_t exit_handler(struct ExitState* state, void* thread);

  void link_bridge(Exit& exit, Trace& bridge);
  void patch_jump(const uint8_t* at, const uint8_t* target);

  std::unique_ptr<CodeArena> arena_;
  std::unique_ptr<struct AssemblerState> scratch_;
  std::vector<std::unique_ptr<Trace>> traces_;
  std::vector<Exit*> exits_;          // by global number, the operand that a stub pushes
  uint32_t next_id_ = 1;
  int active_count_ = 0;
};

}  // namespace pyjit::jit
