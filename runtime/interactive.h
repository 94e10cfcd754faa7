// The interactive loop over standard input.
#pragma once
#include <optional>

#include "runtime/types/containers.h"

namespace pyjit::runtime {

// Until the end of input (no status) or until `report` asks to leave. `report` prints the pending exception; its result is the exit
// status when the exception was SystemExit.
std::optional<int> run_interactive(Dict* globals, std::optional<int> (*report)());

}  // namespace pyjit::runtime
