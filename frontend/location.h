// A range of source text, as instructions and errors carry it.
#pragma once
#include <cstdint>

#include "frontend/ast.h"

namespace pyjit::frontend {

// Lines from 1, columns in bytes from 0; -1: unknown. An artificial instruction has line -1 until lines are propagated.
struct Location {
  int32_t line = -1, end_line = -1, col = -1, end_col = -1;
};
inline constexpr Location kNoLocation{};

inline Location location_of(const ast::Located* node) {
  return {node->lineno, node->end_lineno, node->col_offset, node->end_col_offset};
}

}  // namespace pyjit::frontend
