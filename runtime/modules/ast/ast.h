// The Python-visible syntax tree: classes of the `_ast` module and the converters between them and the front end's tree.
#pragma once
#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/compile.h"
#include "runtime/class.h"

namespace pyjit::runtime {

// The classes and the objects that stand for operators and contexts. Every entry is rooted for the life of the process.
struct AstState {
  static constexpr int kMaxFields = 8, kMaxEnumerators = 16, kTypes = 32;
  Value base;                                             // ast.AST; null until ensure_ast_classes()
  Value nodes[frontend::ast::kTagCount];                  // by Tag
  Value sums[kTypes];                                     // by FieldType: mod, stmt, expr ..., also the enumerations' bases
  Value enumerators[kTypes][kMaxEnumerators];             // classes: by FieldType and value
  Value singletons[kTypes][kMaxEnumerators];              // their instances
  Value field_names[frontend::ast::kTagCount][kMaxFields];
  Value lineno, col_offset, end_lineno, end_col_offset;   // names
  Value fields, attributes;                               // "_fields", "_attributes"
};
extern AstState ast_state;

bool ensure_ast_classes();                        // makes them on first use; false: exception pending
bool is_ast_object(Value v);                      // an instance of ast.AST
// The tree as Python objects; null: RecursionError pending.
Value ast_to_objects(const frontend::ast::Mod* tree);
// Python objects as a tree in the arena, checked as far as CPython checks types; null: exception pending. The tree still needs
// frontend::validate.
frontend::ast::Mod* ast_from_objects(frontend::Arena& arena, Value tree, frontend::Mode mode);

}  // namespace pyjit::runtime
