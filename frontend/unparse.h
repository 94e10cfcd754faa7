// AST or constant → the text Python shows for it: string annotations and repr().
#pragma once
#include <string>
#include <string_view>

#include "frontend/ast.h"
#include "frontend/constant.h"

namespace pyjit::frontend {

std::string unparse(const ast::Expr* e);
std::string repr(const Constant* c);
std::string repr_text(std::string_view utf8);  // of a str
std::string repr_float(double value);

}  // namespace pyjit::frontend
