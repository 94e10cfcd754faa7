// The few pieces of machine code that all traces share, at the start of the arena.
#pragma once
#include <cstdint>

#include "jit/code_arena.h"

namespace pyjit::jit {

// What the exit thunk saves, as it lies on the native stack. Behind it is the trace's native frame.
struct ExitState {
  double xmm[16];
  uint64_t gpr[16];
  uint64_t exit_id;       // pushed by the exit's stub
  uint64_t frame[];       // the trace's native frame, then its return address
};

struct Stubs {
  uint64_t (*enter)(const void* code, void* thread, void* base);
  uint64_t exit;          // jumped to with the exit's id pushed
  uint64_t alloc;         // called with an AllocSpec pushed: replaces it by the object; keeps all registers
  uint64_t barrier;       // called with an object pushed; keeps all registers

  static const Stubs& of(const CodeArena&);
  // Writes the stubs into the arena. False if that fails.
  static bool build(CodeArena& arena, uint64_t (*exit_handler)(ExitState*, void*), void (*barrier_handler)(void*, void*));
};

}  // namespace pyjit::jit
