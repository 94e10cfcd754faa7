// Private to symtable*.cc: the walker of pass 1 and the entry of pass 2.
#pragma once
#include "frontend/symtable.h"

namespace pyjit::frontend::symtable {

struct Builder {
  Arena& arena;
  SymbolTable& table;
  Diagnostic& error;
  uint32_t future_flags;
  bool failed = false;  // the first error counts; visits do nothing after it
  int depth = 0, depth_limit = 0;
  ScopeEntry* current = nullptr;
  std::string_view class_name{};  // for mangling; null data outside classes
  std::string_view dunder_class{}, super{};

  void fail(std::string message, const Location& loc);
  bool deeper();
  void enter(std::string_view name, BlockType type, const ast::Node* node, const Location& loc);
  void leave();
  uint16_t lookup(std::string_view name);
  void define_in(ScopeEntry* entry, std::string_view name, uint16_t flag, const Location& loc);
  void define(std::string_view name, uint16_t flag, const Location& loc) { define_in(current, name, flag, loc); }
  void record_directive(std::string_view name, const Location& loc);
  void declare(const ast::Stmt* s, std::span<const ast::Identifier> names, uint16_t flag);

  template <class T>
  void visit_all(std::span<T*> nodes) {
    for (T* n : nodes)
      if (n) visit(n);
  }
  void visit(ast::Stmt* s);
  void visit(ast::Expr* e);
  void visit(ast::Pattern* p);
  void annotation(ast::Expr* e);
  void annotations(const ast::Stmt* s, ast::Arguments* a, ast::Expr* returns);
  void parameters(ast::Arguments* a);
  void function(const ast::Stmt* s, ast::Identifier name, ast::Arguments* args, std::span<ast::Stmt*> body,
                std::span<ast::Expr*> decorators, ast::Expr* returns, bool is_async);
  void alias(const ast::Alias* a);
  void handlers(std::span<ast::Handler*> list);
  void with_items(std::span<ast::WithItem*> items);
  void annotated_assignment(ast::AnnAssign* s);
  void comprehension(ast::Expr* e, const char* name, ComprehensionType type, std::span<ast::Comprehension*> generators,
                     ast::Expr* elt, ast::Expr* value);
  void named_expression(ast::NamedExpr* e);
  void extend_named_scope(ast::Name* target);
  bool refuse_in_annotation(const char* what, const ast::Expr* e);
  void refuse_in_comprehension(const ast::Expr* e);
};

bool analyze(Arena& arena, SymbolTable& table, Diagnostic& error);

}  // namespace pyjit::frontend::symtable
