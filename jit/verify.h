// Checks that IR is well formed: operand kinds and order, types, snapshots, one end.
#pragma once
#include <string>

#include "jit/ir.h"

namespace pyjit::jit {

// Empty if the IR is sound; else what is wrong, with the instruction's number.
std::string verify(const Ir& ir);

// Aborts with the dump and `pass`'s name if the IR is not sound. In release builds only with PYJIT_VERIFY=1.
void check_after(const Ir& ir, const char* pass);

}  // namespace pyjit::jit
