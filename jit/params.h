// Turns the environment into the JIT's parameters, pass switches and dump switches (params.def, passes in options()).
#pragma once
#include <cstdint>
#include <string_view>

#include "jit/params.def"

namespace pyjit::jit {

struct Params {
#define P(name, value, meaning) int64_t name = value;
  PYJIT_PARAMS(P)
#undef P
};

// One bit for each optimisation that can be switched off: PYJIT_OPT=-loop,-sink or PYJIT_OPT=none,fold,cse.
enum Opt : uint32_t {
  kOptFold = 1,     // algebra and constants, on emission
  kOptCse = 2,      // common subexpressions and established guards, on emission
  kOptMem = 4,      // load and store forwarding, on emission
  kOptLoop = 8,     // peeling by copy-substitution
  kOptRange = 16,   // integer ranges: overflow and bounds checks
  kOptSink = 32,    // allocation removal
  kOptDse = 64,     // dead stores
  kOptDce = 128,    // dead code
  kOptFuse = 256,   // compares into guards, addresses into loads (backend)
  kOptAll = 511,
};

// What PYJIT_DUMP asks for.
enum Dump : uint32_t { kDumpIr = 1, kDumpSnap = 2, kDumpRa = 4, kDumpAsm = 8, kDumpExits = 16, kDumpTrace = 32 };

struct Options {
  Params params;
  uint32_t opt = kOptAll;
  uint32_t dump = 0;
  bool perf_map = false;  // PYJIT_PERF_MAP=1: names for perf in /tmp/perf-PID.map
};

// The process's options, read from the environment on first use; tests may change them.
Options& options();
inline Params& params() { return options().params; }
inline bool opt_on(Opt pass) { return options().opt & pass; }

// Parses PYJIT_OPT's value (comma-separated; "-x" switches off, "x" on, "none", "all").
uint32_t parse_opt_list(std::string_view text, uint32_t start = kOptAll);

}  // namespace pyjit::jit
