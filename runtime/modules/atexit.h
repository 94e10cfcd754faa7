// atexit's part of the interpreter's end.
#pragma once

namespace pyjit::runtime {

// Calls what was registered, the latest first; what they raise is reported and dropped.
void run_exit_functions();

}  // namespace pyjit::runtime
