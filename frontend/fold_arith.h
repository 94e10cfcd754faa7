// Arithmetic on constants as Python would do it, within the size limits of CPython's folding.
#pragma once
#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/constant.h"

namespace pyjit::frontend {

// Null: the operation raises, is undefined for the types, or its result would be too large to keep.
const Constant* fold_binary(Arena& arena, ast::Operator op, const Constant* a, const Constant* b);
const Constant* fold_unary(Arena& arena, ast::UnaryOperator op, const Constant* a);
const Constant* fold_subscript(Arena& arena, const Constant* value, const Constant* index);

bool constant_is_true(const Constant* c);
// Python's ==: 1 == 1.0 == True.
bool constant_equal(const Constant* a, const Constant* b);
const Constant* make_bool(Arena& arena, bool value);
// A frozenset: the items without duplicates, in the order in which CPython adds them.
const Constant* make_frozenset(Arena& arena, std::span<const Constant* const> items);
size_t count_code_points(std::string_view utf8);

}  // namespace pyjit::frontend
