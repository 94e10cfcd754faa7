// pyjit: the program. Starts the runtime on a large native stack, runs what the command line says, exits with its status.
#include <mimalloc-new-delete.h>
#include <mimalloc.h>
#include <ucontext.h>

#include <cstdio>
#include <cstdlib>

#include "interp/eval.h"
#include "jit/jit.h"
#include "runtime/command_line.h"
#include "runtime/compare_runs.h"
#include "runtime/errors.h"
#include "runtime/heap_layout.h"
#include "runtime/thread.h"

namespace {

// Native recursion (repr of nested lists, sorted() calling back ...) is bounded by CPython's limits, not by 8 MB of stack.
constexpr size_t kNativeStackBytes = size_t{512} << 20;
constexpr size_t kStackReserve = 256 << 10;

int exit_status = 0;
pyjit::runtime::RunRequest request;
ucontext_t outer, inner;

void run() {
  exit_status = pyjit::runtime::run_request(request);
  if (request.jit_stats) pyjit::jit::print_stats();
  if (request.jit_report && !pyjit::jit::print_report(request.report_file.empty() ? nullptr : request.report_file.c_str()))
    std::fprintf(stderr, "pyjit: cannot write %s\n", request.report_file.c_str());
  pyjit::runtime::print_gc_stats();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace pyjit;
  request = runtime::parse_command_line(argc, argv);
  if (request.kind == runtime::RunKind::kExit) return request.exit_status;
  if (request.compare_rounds) {
    int status = runtime::compare_runs(runtime::config.executable, argc, argv, request.compare_rounds);
    fflush(nullptr);
    return status;
  }
  static runtime::Thread main_thread;
  runtime::current_thread = &main_thread;
  char* stack = static_cast<char*>(mi_malloc_aligned(kNativeStackBytes, 4096));
  main_thread.native_stack_base = reinterpret_cast<uintptr_t>(stack + kNativeStackBytes);
  main_thread.native_stack_limit = reinterpret_cast<uintptr_t>(stack + kStackReserve);
  getcontext(&inner);
  inner.uc_stack.ss_sp = stack;
  inner.uc_stack.ss_size = kNativeStackBytes;
  inner.uc_link = &outer;
  makecontext(
      &inner,
      [] {
        runtime::start_runtime();
        interp::initialize();
        jit::initialize(runtime::config.jit);
        if (request.jit_report) jit::start_report();
        run();
      },
      0);
  swapcontext(&outer, &inner);
  fflush(nullptr);
  _Exit(exit_status);
}
