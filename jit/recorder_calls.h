// C++ functions that traces call instead of the interpreter's own paths.
#pragma once
#include "interp/slow.h"
#include "runtime/native.h"

namespace pyjit::jit {

// Executes a whole call instruction, the callee's Python frame included. The registers it reads are in memory. Null: pending.
runtime::Value call_instruction(runtime::Thread* thread, runtime::Value* regs, const interp::Instr* pc);
// Calls a native function with n arguments: effect and n choose the entry.
const void* native_caller(runtime::Effects effects, unsigned n);

}  // namespace pyjit::jit
