// A running runtime for unit tests: started once a process, before the first test of any file.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/heap.h"
#include "runtime/init.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/str.h"
#include "tests/unit/native_stack.h"

namespace pyjit::runtime {

class RuntimeTest : public ::testing::Test {
 protected:
  static inline uintptr_t stack_end = 0;
  static void SetUpTestSuite() {
    static Thread main_thread;
    if (current_thread) return;
    current_thread = &main_thread;
    auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    main_thread.native_stack_base = here;
    stack_end = end_of_native_stack();
    main_thread.native_stack_limit = here - (size_t{6} << 20);
    start_runtime();
  }
  void SetUp() override {
    // The scan of the native stack begins at the deepest frame that ever holds references of this test.
    auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    thread()->native_stack_base = std::min(here + 4096, stack_end);
  }
  void TearDown() override {
    EXPECT_FALSE(error_pending()) << "a test left an exception pending";
    clear_pending();
  }
  static Value integer(int64_t i) { return new_int(i); }
  static Str* text(const std::string& s) { return new_str(s); }
  static std::string repr_of(Value v) { return to_utf8(repr(v)); }
};

}  // namespace pyjit::runtime
