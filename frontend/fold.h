// AST → AST with constant expressions replaced by their values, as CPython's optimiser does before code generation.
#pragma once
#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/compile.h"

namespace pyjit::frontend {

// Changes the tree in place. False: too deeply nested; `error` says so.
bool fold_constants(Arena& arena, ast::Mod* tree, uint32_t future_flags, const CompileOptions& options, Diagnostic& error);

// The docstring expression that opens a body, or null.
const ast::ConstantExpr* docstring_of(std::span<ast::Stmt* const> body);

}  // namespace pyjit::frontend
