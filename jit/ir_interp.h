// Runs IR directly, one instruction at a time: the oracle that machine code and passes are compared with.
#pragma once
#include "jit/ir.h"

namespace pyjit::jit {

struct IrRun {
  enum Status : uint8_t { kExit, kReturn, kOutOfSteps, kJump, kError } status;
  int snapshot = -1;              // of kExit: the innermost exit's
  Ref guard = kNoRef;
  runtime::Value* base = nullptr; // base of the trace run that exited innermost
  uint64_t value = 0;             // of kReturn
};

// Runs `ir` on the frame at base. Exits write their snapshot to the frame. `max_steps` bounds the instructions run.
// Bridges find their PARENT values (unboxed bits) in parent_values, indexed as the parent's exit values.
IrRun interpret(const Ir& ir, void* thread, runtime::Value* base, int64_t max_steps, const uint64_t* parent_values = nullptr);

}  // namespace pyjit::jit
