// The line of a traceback entry, found when somebody asks: most exceptions are caught and never printed.
#pragma once
#include <climits>

#include "runtime/types/frame.h"

namespace pyjit::runtime {

constexpr int32_t kLineOfLasti = INT_MIN;      // Traceback::lineno of entries that unwinding made: lasti decides
int traceback_line(const Traceback* t);        // -1: none

}  // namespace pyjit::runtime
