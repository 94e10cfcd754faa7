// Replacement fields of str.format: "text {name!r:spec} text" → pieces; "name.attr[key]" → first name and accessors.
//
// Works on ranges [start, end) of one Str. Shared by str.format and the _string module. Errors: ValueError pending.
#pragma once
#include "runtime/types/str.h"

namespace pyjit::runtime {

struct TextRange {
  uint64_t start = 0, end = 0;
  bool empty() const { return start >= end; }
};

struct MarkupPiece {
  TextRange literal;
  bool field_present = false;
  TextRange name, spec;
  bool spec_nested = false;   // the spec has replacement fields itself
  uint32_t conversion = 0;
};
// Next literal with the field that follows it. 1: a piece; 0: end; -1: error.
int next_markup(const Str* text, TextRange* rest, MarkupPiece* out);

struct AutoNumber {
  enum { kInit, kAuto, kManual } state = kInit;
  int64_t next = 0;
};
// Splits a field name: its first part (with *index ≥ 0 when it is a number or automatic), and the accessors behind it.
bool split_field_name(const Str* text, TextRange name, TextRange* first, int64_t* index, TextRange* rest, AutoNumber* numbering);
// Next accessor. 1: found (index ≥ 0 for [digits]); 0: end; -1: error.
int next_accessor(const Str* text, TextRange* rest, bool* is_attribute, TextRange* name, int64_t* index);

}  // namespace pyjit::runtime
