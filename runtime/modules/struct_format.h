// A struct format string as fields, and the conversion of values by it.
#pragma once
#include <string_view>
#include <vector>

#include "runtime/class.h"

namespace pyjit::runtime {

struct StructFieldCode {
  char code;
  bool big_endian;
  bool native;       // '@' mode: C's own conversions
  uint8_t size;      // bytes of one item
  int64_t offset;
  int64_t count;     // items; for 's' and 'p' bytes of the one item
};
struct CompiledFormat {
  std::vector<StructFieldCode> fields;
  int64_t size = 0;
  int64_t value_count = 0;
};

extern Class* struct_error;   // struct.error

bool compile_format(std::string_view format, CompiledFormat* out);          // false: struct.error pending
bool pack_fields(const CompiledFormat& format, Value* values, char* out);   // `out` has room; it is zeroed first
Value unpack_fields(const CompiledFormat& format, const char* data);        // a tuple

double unpack_half(uint16_t bits);
bool pack_half(double d, uint16_t* bits);                                   // false: OverflowError pending

}  // namespace pyjit::runtime
