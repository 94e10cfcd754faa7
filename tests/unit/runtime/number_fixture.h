// What the number tests share: ints from and to hex text.
#pragma once
#include "runtime/types/int.h"
#include "tests/unit/runtime/runtime_test.h"

namespace pyjit::runtime {

// An int from hex text as Python writes it ("-0x1f").
inline Value int_of(const std::string& text) {
  bool valid;
  Value v = int_from_text(text, 0, &valid);
  EXPECT_TRUE(valid) << text;
  return v;
}

inline std::string hex_of(Value v) {
  if (!v) {
    std::string name = "!" + to_utf8(class_of(thread()->exception)->name);
    clear_pending();
    return name;
  }
  std::string digits = int_to_text(v, 16);
  return digits[0] == '-' ? "-0x" + digits.substr(1) : "0x" + digits;
}

}  // namespace pyjit::runtime
