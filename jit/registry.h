// Which traces start where; used by the recorder to link to them.
#pragma once
#include "interp/instr.h"
#include "jit/trace.h"

namespace pyjit::jit {

// The valid root trace that starts at pc, or null.
Trace* trace_at(const interp::Instr* pc);

}  // namespace pyjit::jit
