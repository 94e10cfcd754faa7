// The `from __future__ import` statements at the head of a module → compiler flags.
#pragma once
#include "frontend/ast.h"
#include "frontend/compile.h"

namespace pyjit::frontend {

struct FutureStatements {
  uint32_t flags = 0;  // CodeFlags::kFuture* that change anything
  int last_line = -1;  // of the last such statement; later ones are errors
};

bool read_future_statements(const ast::Mod* tree, FutureStatements& out, Diagnostic& error);

}  // namespace pyjit::frontend
