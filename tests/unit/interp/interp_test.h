// A running runtime and interpreter for unit tests.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "frontend/compile.h"
#include "interp/compiled_code.h"
#include "interp/eval.h"
#include "runtime/builtins.h"
#include "runtime/errors.h"
#include "runtime/init.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/str.h"
#include "tests/unit/native_stack.h"

namespace pyjit::interp {

class InterpTest : public ::testing::Test {
 protected:
  static inline uintptr_t stack_end = 0;
  static void SetUpTestSuite() {
    static runtime::Thread main_thread;
    if (runtime::current_thread) return;
    runtime::current_thread = &main_thread;
    auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    main_thread.native_stack_base = here;
    stack_end = end_of_native_stack();
    main_thread.native_stack_limit = here - (size_t{6} << 20);
    runtime::start_runtime();
    initialize();
  }
  void SetUp() override {
    auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    runtime::thread()->native_stack_base = std::min(here + 4096, stack_end);
  }
  void TearDown() override {
    EXPECT_FALSE(runtime::error_pending());
    runtime::clear_pending();
  }

  static runtime::Code* compile(const std::string& source) {
    static frontend::Arena arena;
    frontend::CompileOptions options;
    auto result = frontend::compile(arena, source, "<test>", options);
    EXPECT_TRUE(result.code) << result.error.message;
    return result.code ? runtime::new_code(result.code) : nullptr;
  }
  // The code object of the first function that `source` defines.
  static runtime::Code* function_code(const std::string& source) {
    runtime::Code* module = compile(source);
    for (uint64_t i = 0; i < module->consts->size; ++i) {
      if (runtime::is_exact(module->consts->items[i], runtime::types.code)) return module->consts->items[i].as<runtime::Code>();
    }
    return nullptr;
  }
  // Internal code of that function: one instruction a line, numbers and padding taken out.
  static std::string quick(const std::string& source) {
    std::string text, out;
    CompiledCode* compiled = translate(function_code(source));
    if (!compiled) return "refused";
    disassemble(compiled, &text);
    size_t line = text.find('\n') + 1;
    while (line < text.size()) {
      size_t end = text.find('\n', line);
      std::string row = text.substr(line, end - line);
      line = end + 1;
      if (row.rfind("  handler", 0) == 0) continue;
      row = row.substr(11);
      size_t space = row.find(' ');
      if (space != std::string::npos) row = row.substr(0, space) + row.substr(row.find_first_not_of(' ', space) - 1);
      out += row + "\n";
    }
    return out;
  }
  // Runs `source` as a module; repr of its global `result`, or the name of the exception.
  static std::string run_source(const std::string& source) {
    using namespace runtime;
    Code* code = compile(source);
    Dict* globals = new_dict();
    dict_set_str(globals, intern("__name__"), intern("__main__"));
    dict_set_str(globals, intern("__builtins__"), builtins_dict());
    if (!eval_code_hook(code, globals, globals, nullptr)) {
      Value e = take_pending();
      return std::string(type_name(e)) + ": " + to_utf8(str(e));
    }
    Value v = dict_get_str(globals, intern("result"));
    return v ? to_utf8(repr(v)) : "<no result>";
  }
};

}  // namespace pyjit::interp
