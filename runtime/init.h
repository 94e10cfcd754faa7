// Starting and stopping the runtime.
#pragma once
#include <string>
#include <vector>

namespace pyjit::runtime {

// What the command line and PYTHON* variables say; sys.flags and friends are made from it.
struct Config {
  std::vector<std::string> argv;            // sys.argv
  std::vector<std::string> orig_argv;       // sys.orig_argv
  std::vector<std::string> warn_options;    // -W
  std::vector<std::string> x_options;       // -X, "name" or "name=value"
  std::string executable;
  std::string check_hash_pycs = "default";
  std::string pycache_prefix;               // sys.pycache_prefix; empty: None
  std::string path0;                        // sys.path[0]
  bool has_path0 = false;
  int optimize = 0, verbose = 0, inspect = 0, interactive = 0, quiet = 0, bytes_warning = 0, debug = 0;
  bool isolated = false, ignore_environment = false, no_user_site = false, no_site = false, dont_write_bytecode = false, unbuffered = false,
       safe_path = false, dev_mode = false, warn_default_encoding = false, no_debug_ranges = false, utf8_mode = false, skip_first_line = false;
  int hash_randomization = 1;
  int int_max_str_digits = -1;              // -1: the default
  bool jit = true;
};
extern Config config;

// Heap, types, exceptions, names, builtins, sys; then (start_import) importlib over the standard library, encodings, io, site.
// False: an exception is pending (printed by the caller).
void start_runtime();
bool start_import();
// atexit, flushing, threads: what Py_FinalizeEx does. The exit status to use instead of `status` when flushing stdout failed.
int finish_runtime(int status);

}  // namespace pyjit::runtime
