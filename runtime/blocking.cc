// The hooks of blocking.h, empty until threads and signals exist.
#include "runtime/blocking.h"

namespace pyjit::runtime {

void (*release_gil_hook)() = nullptr;
void (*acquire_gil_hook)() = nullptr;
bool (*run_signal_handlers_hook)() = nullptr;

}  // namespace pyjit::runtime
