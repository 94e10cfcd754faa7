// The command line and PYTHON* variables: from argv to Config and what to run.
#pragma once
#include <string>

#include "runtime/init.h"

namespace pyjit::runtime {

enum class RunKind { kInteractive, kStdin, kFile, kCommand, kModule, kExit };
struct RunRequest {
  RunKind kind = RunKind::kStdin;
  std::string target;       // file name, command text or module name
  int exit_status = 0;      // kExit
  bool jit_stats = false;
  bool jit_report = false;
  std::string report_file;  // empty: stderr
  int compare_rounds = 0;   // --compare: not to be run but to be compared (compare_runs.h)
};
// Fills `config`. Prints help, version and usage errors itself (kExit).
RunRequest parse_command_line(int argc, char** argv);
// The locale that the environment asks for: LC_ALL, LC_CTYPE or LANG; "C" when none is set.
std::string_view locale_name();
// Runs it and returns the process's exit status, everything flushed.
int run_request(const RunRequest& request);

}  // namespace pyjit::runtime
