// AST + symbol table → code objects. One Unit a code object under construction; nested functions nest units.
//
// Locations: `unit_->loc` is what emitted instructions get. A statement sets it and leaves it; an expression restores what it
// found; artificial code clears it. That discipline decides co_linetable, so every method states what it does with it by code.
//
// Errors are sticky: the first is kept, after it visits do nothing and nothing is assembled.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/assemble.h"
#include "frontend/ast.h"
#include "frontend/compile.h"
#include "frontend/flowgraph.h"
#include "frontend/symtable.h"

namespace pyjit::frontend {

class Codegen {
 public:
  Codegen(Arena& arena, SymbolTable& symbols, std::string_view filename, const CompileOptions& options, uint32_t flags,
          int future_line, std::vector<CompileWarning>& warnings);
  ~Codegen();
  // Null: see error().
  const Code* run(ast::Mod* tree);
  const Diagnostic& error() const { return error_; }

 private:
  enum class UnitKind : uint8_t { kModule, kClass, kFunction, kAsyncFunction, kLambda, kComprehension };
  // What a block statement, when left by return / break / continue, has to undo.
  enum class FrameBlockType : uint8_t {
    kWhileLoop, kForLoop, kTryExcept, kFinallyTry, kFinallyEnd, kWith, kAsyncWith, kHandlerCleanup, kPopValue,
    kExceptionHandler, kExceptionGroupHandler, kAsyncComprehension,
  };
  struct FrameBlock {
    FrameBlockType type;
    Block* block = nullptr;
    Block* exit = nullptr;
    std::span<ast::Stmt*> finalbody{};   // kFinallyTry
    ast::Stmt* with = nullptr;           // kWith, kAsyncWith
    std::string_view handler_name{};     // kHandlerCleanup
  };
  struct Unit {
    Unit(BlockPool& pool, ConstantPool& constants) : graph(pool), consts(constants) {}
    void reset(BlockPool& pool);
    Unit* outer = nullptr;
    ScopeEntry* scope = nullptr;
    UnitKind kind = UnitKind::kModule;
    std::string_view name, qualname;
    std::string_view class_name;  // for mangling
    FlowGraph graph;
    UnitConstants consts;
    PointerIndex name_index, local_index, cell_index, free_index;
    std::vector<std::string_view> names, locals, cells, frees;
    std::vector<FrameBlock> frame_blocks;
    Location loc;
    int first_line = 0;
    uint32_t argcount = 0, posonlyargcount = 0, kwonlyargcount = 0;
  };
  struct PatternContext {
    std::vector<std::string_view> stores;  // names captured so far; their values lie below on_top
    bool allow_irrefutable = false;
    std::vector<Block*> fail_pop;          // fail_pop[n] pops n values, then fails
    int on_top = 0;                        // values above the captures that failure must pop
  };
  // Restores the unit's location at the end of a C++ scope.
  struct KeepLocation {
    explicit KeepLocation(Unit* u) : unit(u), loc(u->loc) {}
    ~KeepLocation() { unit->loc = loc; }
    Unit* unit;
    Location loc;
  };

  // codegen.cc: units, names, constants, finishing
  void enter(std::string_view name, UnitKind kind, const ast::Node* node, int line);
  const Code* leave(bool add_none);
  void set_qualname();
  void add_prefix(uint32_t flags, std::vector<int>& cell_slots);
  uint32_t code_flags() const;
  void body(std::span<ast::Stmt*> list);
  void fail(std::string message);
  void warn(std::string message);
  bool forbidden(std::string_view name, ast::ExprContext ctx);
  std::string_view mangled(std::string_view name) { return mangle(arena_, unit_->class_name, name); }
  bool top_level_await() const { return options_.allow_top_level_await && unit_->scope->type == BlockType::kModule; }

  void emit(int op, int arg = 0) { unit_->graph.emit(op, arg, unit_->loc); }
  void emit_no_line(int op, int arg = 0) { unit_->graph.emit(op, arg, kNoLocation); }
  void jump(int op, Block* target) { unit_->graph.emit(op, 0, unit_->loc, target); }
  void jump_no_line(int op, Block* target) { unit_->graph.emit(op, 0, kNoLocation, target); }
  Block* new_block() { return unit_->graph.new_block(); }
  void use(Block* b) { unit_->graph.use(b); }
  void load_const(const Constant* c) { emit(OP_LOAD_CONST, unit_->consts.add(c)); }
  void load_none() { load_const(constants_.none()); }
  void load_int(int64_t v) { load_const(constants_.integer(v)); }
  void load_str(std::string_view s) { load_const(constants_.string(s)); }
  int name_at(std::string_view name);
  int free_at(std::string_view name) { return (int)unit_->cells.size() + unit_->free_index.find(name.data()); }
  int cell_or_free_at(std::string_view name);
  void emit_name(int op, std::string_view name) { emit(op, name_at(mangled(name))); }
  void name_op(std::string_view name, ast::ExprContext ctx);
  void set_loc(const ast::Located* n) { unit_->loc = location_of(n); }
  void clear_loc() { unit_->loc = kNoLocation; }
  void emit_binary(ast::Operator op, bool in_place);
  void emit_compare(ast::CmpOperator op);
  void call(int argc) {
    emit(OP_PRECALL, argc);
    emit(OP_CALL, argc);
  }
  void yield_from(bool awaiting);
  void await_top(int kind);
  void pop_except_and_reraise();

  // codegen_stmt.cc
  void visit(ast::Stmt* s);
  void visit_all(std::span<ast::Stmt*> list) {
    for (ast::Stmt* s : list) visit(s);
  }
  void assignment(ast::Assign* s);
  void augmented_assignment(ast::AugAssign* s);
  void annotated_assignment(ast::AnnAssign* s);
  void evaluate_and_drop(ast::Expr* e);
  void check_annotated_subscript(ast::Expr* e);
  void if_statement(ast::If* s);
  void while_statement(ast::While* s);
  void for_statement(ast::For* s);
  void async_for_statement(ast::AsyncFor* s);
  void return_statement(ast::Return* s);
  void break_statement();
  void continue_statement();
  void assert_statement(ast::Assert* s);
  void expression_statement(ast::ExprStmt* s);
  void import(ast::Import* s);
  void import_as(std::string_view name, std::string_view as_name);
  void import_from(ast::ImportFrom* s);

  // codegen_function.cc
  void function(ast::Stmt* s, std::string_view name, ast::Arguments* args, std::span<ast::Stmt*> body_list,
                std::span<ast::Expr*> decorators, ast::Expr* returns, bool is_async);
  void class_statement(ast::ClassDef* s);
  void lambda(ast::Lambda* e);
  void check_debug_arguments(ast::Arguments* args);
  void apply_decorators(std::span<ast::Expr*> decorators);
  int default_arguments(ast::Arguments* args);
  bool annotations(ast::Arguments* args, ast::Expr* returns);
  void argument_annotation(std::string_view name, ast::Expr* annotation, int& count);
  void annotation_text(ast::Expr* e);
  void make_closure(const Code* code, int flags);
  void comprehension(ast::Expr* e, const char* name, int build_op, std::span<ast::Comprehension*> generators, ast::Expr* elt,
                     ast::Expr* value);
  void generator(std::span<ast::Comprehension*> generators, size_t index, int depth, ast::Expr* elt, ast::Expr* value,
                 int build_op);
  void async_generator(std::span<ast::Comprehension*> generators, size_t index, int depth, ast::Expr* elt, ast::Expr* value,
                       int build_op);
  void generator_element(ast::Expr* elt, ast::Expr* value, int build_op, int depth);

  // codegen_try.cc
  bool push_frame_block(FrameBlock b);
  void pop_frame_block() { unit_->frame_blocks.pop_back(); }
  void unwind(const FrameBlock& b, bool preserve_top);
  bool unwind_stack(bool preserve_top, FrameBlock* loop, bool* found);
  void exit_with_nones();
  void try_finally(std::span<ast::Stmt*> finalbody, ast::Stmt* s);
  void try_except(ast::Try* s);
  void try_star(ast::TryStar* s);
  void with_statement(ast::Stmt* s, std::span<ast::WithItem*> items, std::span<ast::Stmt*> body_list, bool is_async);
  void with_finish(Block* cleanup);

  // codegen_expr.cc
  void visit(ast::Expr* e);
  void visit_inner(ast::Expr* e);
  void visit_all(std::span<ast::Expr*> list) {
    for (ast::Expr* e : list) visit(e);
  }
  void jump_if(ast::Expr* e, Block* next, bool condition);
  void bool_op(ast::BoolOp* e);
  void compare(ast::Compare* e);
  void check_compare(ast::Compare* e);
  void if_expression(ast::IfExp* e);
  void attribute_location(ast::Attribute* e);
  void attribute(ast::Attribute* e);
  void subscript(ast::Subscript* e);
  void slice(ast::Slice* e);
  void star_unpack(std::span<ast::Expr*> elts, int pushed, int build, int add, int extend, bool tuple);
  void assignment_targets(std::span<ast::Expr*> elts);
  void dict(ast::Dict* e);
  void dict_part(ast::Dict* e, size_t begin, size_t end);
  void joined_string(ast::JoinedStr* e);
  void formatted_value(ast::FormattedValue* e);
  void yield(ast::Expr* value);

  // codegen_call.cc
  void call_expression(ast::Call* e);
  bool method_call(ast::Call* e);
  void call_helper(int pushed, std::span<ast::Expr*> args, std::span<ast::Keyword*> keywords);
  void keyword_part(std::span<ast::Keyword*> keywords, size_t begin, size_t end);
  void keyword_names(std::span<ast::Keyword*> keywords);
  bool check_keywords(std::span<ast::Keyword*> keywords);
  void check_caller(ast::Expr* e);
  void check_subscripted(ast::Expr* e);
  void check_index(ast::Expr* e, ast::Expr* index);

  // codegen_pattern.cc
  void match(ast::Match* s);
  void pattern(ast::Pattern* p, PatternContext& pc);
  void subpattern(ast::Pattern* p, PatternContext& pc);
  void pattern_as(ast::MatchAs* p, PatternContext& pc);
  void pattern_class(ast::MatchClass* p, PatternContext& pc);
  void pattern_mapping(ast::MatchMapping* p, PatternContext& pc);
  void pattern_or(ast::MatchOr* p, PatternContext& pc);
  void pattern_sequence(ast::MatchSequence* p, PatternContext& pc);
  void sequence_by_unpacking(std::span<ast::Pattern*> patterns, PatternContext& pc);
  void sequence_by_subscripts(std::span<ast::Pattern*> patterns, size_t star, PatternContext& pc);
  void reserve_fail_pop(PatternContext& pc, int n);
  void jump_to_fail(PatternContext& pc, int op);
  void emit_fail_pops(PatternContext& pc);
  void rotate(int count);
  void store_capture(std::string_view name, PatternContext& pc);

  Arena& arena_;
  Arena scratch_;
  BlockPool pool_;
  ConstantPool constants_;
  SymbolTable& symbols_;
  std::string_view filename_;
  const CompileOptions& options_;
  uint32_t flags_;  // future flags in force
  int future_line_;
  std::vector<CompileWarning>& warnings_;
  Assembled assembled_;
  Diagnostic error_;
  bool failed_ = false;
  bool interactive_ = false;
  Unit* unit_ = nullptr;
  Unit* spare_ = nullptr;  // finished units, chained through `outer`
  std::string_view dunder_class_;
};

// CPython builds in pieces what would need more stack than this.
inline constexpr int kStackUseGuideline = 30;

}  // namespace pyjit::frontend
