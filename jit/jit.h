// The JIT as the rest of pyjit sees it.
#pragma once

namespace pyjit::jit {

// Connects the interpreter's and the runtime's hooks. Once, after interp::initialize. enabled: config.jit.
void initialize(bool enabled);
// --jit-stats: what was recorded, compiled and given up, to stderr.
void print_stats();
// --jit-report: start_report() after initialize and before anything runs; then what became of each hot loop, to the file (null: stderr).
void start_report();
bool print_report(const char* file);

}  // namespace pyjit::jit
