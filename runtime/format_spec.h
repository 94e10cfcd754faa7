// The format mini-language: "[[fill]align][sign][z][#][0][width][,_][.precision][type]" → FormatSpec → formatted text of numbers.
//
// str.__format__ uses the parser and apply_padding; int, float, complex use their whole formatter from here.
#pragma once
#include <cstdint>
#include <string_view>

#include "runtime/types/str.h"

namespace pyjit::runtime {

struct FormatSpec {
  uint32_t fill = ' ';
  char align = 0;            // '<' '>' '=' '^'; never 0 after parsing: the type's default
  char sign = 0;             // '+' '-' ' '; 0: absent
  char thousands = 0;        // ',' '_'; 0: absent
  bool alternate = false;    // '#'
  bool no_negative_zero = false;  // 'z'
  int64_t width = -1;        // -1: absent
  int64_t precision = -1;    // -1: absent
  uint32_t type = 0;         // format code, or the type's default
};

// Parses `spec` for a value whose class is named `type_name` (for messages). `default_type`: 'd' int, 0 float and complex, 's' str.
// `default_align`: '>' numbers, '<' str. False: ValueError pending.
bool parse_format_spec(Str* spec, char default_type, char default_align, const char* type_name, FormatSpec* out);
// ValueError "Unknown format code 'x' for object of type 'float'".
std::nullptr_t raise_unknown_format_code(uint32_t code, const char* type_name);

// `count` code points are to be shown in spec.width columns: how many fill characters go left and right ('=' counts as left).
void padding_for(const FormatSpec& spec, size_t count, size_t* left, size_t* right);

// v.__format__(spec). Preconditions: int-like, float-like, Complex (or its subclass). An empty spec is str(v).
Value format_int(Value v, Str* spec);
Value format_float(Value v, Str* spec);
Value format_complex(Value v, Str* spec);

}  // namespace pyjit::runtime
