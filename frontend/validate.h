// Checks a tree that did not come from the parser: what compile(tree) refuses with ValueError, TypeError or RecursionError.
#pragma once
#include "frontend/ast.h"
#include "frontend/compile.h"

namespace pyjit::frontend {

// A constant of kind kCode stands for an object that is no constant; its text names the object's type.
// False: error is set (kind and message). Afterwards the tree is one that compile_tree can take.
bool validate(const ast::Mod* tree, const CompileOptions& options, Diagnostic& error);

}  // namespace pyjit::frontend
