// A running runtime, interpreter and (when asked for) JIT for benchmark programs.
#pragma once
#include <benchmark/benchmark.h>

#include <string>

#include "frontend/compile.h"
#include "interp/eval.h"
#include "jit/jit.h"
#include "runtime/builtins.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/init.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace pyjit::bench {

// `frame`: __builtin_frame_address(0) of main. The scan of the native stack begins there.
inline void start(void* frame, bool with_jit) {
  static runtime::Thread main_thread;
  runtime::current_thread = &main_thread;
  main_thread.native_stack_base = reinterpret_cast<uintptr_t>(frame) + 4096;
  main_thread.native_stack_limit = reinterpret_cast<uintptr_t>(frame) - (size_t{6} << 20);
  runtime::start_runtime();
  interp::initialize();
  jit::initialize(with_jit);
}

inline runtime::Code* compile(const std::string& source) {
  frontend::Arena arena;
  auto result = frontend::compile(arena, source, "<bench>", {});
  if (!result.code) {
    std::fprintf(stderr, "%s\n", std::string(result.error.message).c_str());
    std::abort();
  }
  return runtime::new_code(result.code);
}

// Runs `source` as a module and keeps its namespace.
class Module {
 public:
  explicit Module(const std::string& source) {
    globals_ = runtime::Value(static_cast<runtime::Object*>(runtime::new_dict()));
    runtime::heap.add_root_range(&globals_, &globals_ + 1);  // for good: benchmarks make few modules
    runtime::dict_set_str(globals(), runtime::intern("__name__"), runtime::intern("__main__"));
    runtime::dict_set_str(globals(), runtime::intern("__builtins__"), runtime::builtins_dict());
    require(runtime::eval_code_hook(compile(source), globals(), globals(), nullptr));
  }
  Module(const Module&) = delete;
  runtime::Value call(const char* name, int64_t argument) {
    runtime::Value args[] = {runtime::Value::from_int(argument)};
    auto* function = runtime::dict_get_str(globals(), runtime::intern(name)).as<runtime::Function>();
    return require(runtime::call_function_hook(function, args, 1, nullptr));
  }

 private:
  static runtime::Value require(runtime::Value v) {
    if (v) return v;
    runtime::Value error = runtime::take_pending();
    std::fprintf(stderr, "%s: %s\n", runtime::type_name(error), runtime::to_utf8(runtime::str(error)).c_str());
    std::abort();
  }
  runtime::Dict* globals() { return globals_.as<runtime::Dict>(); }
  runtime::Value globals_;
};

inline int run(int argc, char** argv, bool with_jit) {
  start(__builtin_frame_address(0), with_jit);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace pyjit::bench
