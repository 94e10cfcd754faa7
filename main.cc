// pyjit: the program. Starts the runtime on a large native stack, runs what the command line says, exits with its status.
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "interp/eval.h"
#include "jit/jit.h"
#include "runtime/allocator.h"
#include "runtime/command_line.h"
#include "runtime/compare_runs.h"
#include "runtime/errors.h"
#include "runtime/heap_layout.h"
#include "runtime/memory_limits.h"
#include "runtime/thread.h"
#ifndef PYJIT_ASAN
#include <mimalloc-new-delete.h>
#endif

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

void start_and_run() {
  using namespace pyjit;
  runtime::start_runtime();
  interp::initialize();
  jit::initialize(runtime::config.jit);
  if (request.jit_report) jit::start_report();
  run();
}

void set_stack(pyjit::runtime::Thread& thread, uintptr_t end, size_t bytes) {
  thread.native_stack_base = end;
  thread.native_stack_limit = end - bytes + kStackReserve;
}

#ifdef PYJIT_ASAN
// AddressSanitizer knows only the stacks that the system made, and a longjmp on another leaves its poison behind: ask for a large one.
void run_on_large_stack(char** argv, pyjit::runtime::Thread& thread) {
  rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < kNativeStackBytes) {
    limit.rlim_cur = kNativeStackBytes;
    if (setrlimit(RLIMIT_STACK, &limit) == 0) execv("/proc/self/exe", argv);
  }
  set_stack(thread, reinterpret_cast<uintptr_t>(__builtin_frame_address(0)), kNativeStackBytes);
  start_and_run();
}
#else
void run_on_large_stack(char**, pyjit::runtime::Thread& thread) {
  size_t bytes = pyjit::runtime::reservation(kNativeStackBytes);
  char* stack = static_cast<char*>(mi_malloc_aligned(bytes, 4096));
  if (!stack) {
    fputs("Fatal Python error: pyjit: no memory for the stack\n", stderr);
    _Exit(1);
  }
  set_stack(thread, reinterpret_cast<uintptr_t>(stack + bytes), bytes);
  getcontext(&inner);
  inner.uc_stack.ss_sp = stack;
  inner.uc_stack.ss_size = bytes;
  inner.uc_link = &outer;
  makecontext(&inner, start_and_run, 0);
  swapcontext(&outer, &inner);
}
#endif

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
  run_on_large_stack(argv, main_thread);
  fflush(nullptr);
  _Exit(exit_status);
}
