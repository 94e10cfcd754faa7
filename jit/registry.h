// Which traces start where; used by the recorder to link to them.
#pragma once
#include "interp/compiled_code.h"
#include "jit/trace.h"

namespace pyjit::jit {

// The valid root trace that starts at pc, or null.
Trace* trace_at(const interp::Instr* pc);
// The valid function trace of this code, or null.
inline Trace* function_trace(const interp::CompiledCode* compiled) {
  auto* trace = static_cast<Trace*>(compiled->trace);
  return trace && trace->valid ? trace : nullptr;
}
// Whether the entry of this code may start a trace: plain functions.
bool traceable(const runtime::Code* code);
// A caller's recording needs this function's trace: true if it is worth waiting for; its next call is recorded then.
bool await_function(interp::CompiledCode* compiled);

}  // namespace pyjit::jit
