// The parser that builds the tree: tokens → AST by recursive descent and precedence climbing, in one pass.
//
// It knows only that a program is wrong, not how: at the first token that does not fit it gives up (fail() jumps back to parse(),
// no frame on the way owns anything) and the exact, slow parser of diagnose.h reads the source again to find CPython's words
// for it. So this one stays small and fast: it must accept exactly the language and nothing more.
#pragma once
#include <csetjmp>
#include <memory>
#include <vector>

#include "frontend/ast.h"
#include "frontend/lexer.h"
#include "frontend/parser.h"
#include "frontend/strings.h"

namespace pyjit::frontend {

class Parser final : StringHost {
 public:
  // How deep rules may nest, in units of roughly one of CPython's rule calls (it stops at 6000). Beyond kUsualDepth the exact
  // parser is asked whether CPython would still accept the program.
  static constexpr int kUsualDepth = 4500;

  Parser(Arena& arena, const CompileOptions& options, int max_depth) : arena_(arena), options_(options), max_depth_(max_depth) {}

  // Null: the program is wrong, or too deep.
  ast::Mod* run(std::string_view text);
  bool too_deep() const { return too_deep_; }
  std::vector<CompileWarning> warnings() const;  // in the order CPython gives them
  static CompileWarning escape_warning(const Token& token, std::string_view escape);

 private:
  // ---- tokens
  using Tokens = std::vector<Token>;
  void warn(const char* place, CompileWarning warning) { warnings_.emplace_back(embedding_ ? embedding_ : place, std::move(warning)); }
  const Token* lex(std::string_view text, int first_line, int first_column, bool single);
  bool at(Tok kind) const { return t_->kind == kind; }
  bool accept(Tok kind) {
    if (t_->kind != kind) return false;
    t_++;
    return true;
  }
  void expect(Tok kind) {
    if (t_->kind != kind) fail();
    t_++;
  }
  bool at_name(std::string_view text) const { return t_->kind == Tok::kName && t_->text == text; }
  ast::Identifier name() {
    if (t_->kind != Tok::kName) fail();
    return (t_++)->text;
  }
  [[noreturn]] void fail() { std::longjmp(*escape_, 1); }
  // Runs a parse; false, with the state of before, when it fails.
  template <class F>
  [[gnu::noinline]] bool attempt(F parse) {
    std::jmp_buf here;
    std::jmp_buf* outer = escape_;
    const Token* start = t_;
    size_t pending = pending_.size();
    int depth = depth_;
    escape_ = &here;
    bool fine = setjmp(here) == 0;
    if (fine) {
      parse();
    } else {
      t_ = start;
      pending_.resize(pending);
      depth_ = depth;
    }
    escape_ = outer;
    return fine;
  }

  // Nesting is counted by hand because fail() runs no destructors; whoever catches restores the count.
  void enter(int units) {
    if ((depth_ += units) > max_depth_) {
      too_deep_ = true;
      fail();
    }
  }
  void leave(int units) { depth_ -= units; }

  // ---- nodes
  template <class T>
  T* node(const Token* start, const Token* last) {
    T* n = arena_.make<T>();
    n->tag = T::kTag;
    n->lineno = start->lineno;
    n->col_offset = start->col_offset;
    n->end_lineno = last->end_lineno;
    n->end_col_offset = last->end_col_offset;
    return n;
  }
  template <class T>
  T* expr(const Token* start) { return node<T>(start, t_ - 1); }
  template <class T>
  T* stmt(const Token* start) {
    const Token* last = t_ - 1;
    while (last->kind == Tok::kNewline || last->kind == Tok::kIndent || last->kind == Tok::kDedent) last--;
    return node<T>(start, last);
  }
  template <class T>
  T* bare() {
    T* n = arena_.make<T>();
    static_cast<ast::Node*>(n)->tag = T::kTag;
    return n;
  }
  // Sequences are gathered on one stack and copied to the arena when complete.
  size_t mark() const { return pending_.size(); }
  void push(void* p) { pending_.push_back(p); }
  template <class T>
  std::span<T*> take(size_t mark) {
    std::span<T*> out = arena_.copy((T* const*)pending_.data() + mark, pending_.size() - mark);
    pending_.resize(mark);
    return out;
  }
  template <class T>
  std::span<T*> one(T* item) { return arena_.copy(&item, 1); }
  void set_context(ast::Expr* target, ast::ExprContext context);

  // ---- expressions (parse_expr.cc)
  ast::Expr* expression();
  ast::Expr* disjunction() { return operators(1); }
  ast::Expr* operators(int min_precedence);
  ast::Expr* operand(int min_precedence);
  ast::Expr* comparison(const Token* start, ast::Expr* left);
  ast::Expr* bool_op(const Token* start, ast::Expr* left, ast::BoolOperator op, int precedence);
  ast::Expr* primary();
  ast::Expr* trailers(const Token* start, ast::Expr* base);
  ast::Expr* atom();
  ast::Expr* constant(const Constant* value);
  ast::Expr* number();
  ast::Expr* strings();
  ast::Expr* parenthesised();
  ast::Expr* bracketed();
  ast::Expr* braced();
  ast::Expr* lambda();
  ast::Expr* named_expression();
  ast::Expr* starred(int precedence);  // '*' and what the grammar allows there: precedence of bitwise or, or 0 for an expression
  ast::Expr* star_expression() { return at(Tok::kStar) ? starred(kBitOrPrecedence) : expression(); }
  ast::Expr* star_named_expression() { return at(Tok::kStar) ? starred(kBitOrPrecedence) : named_expression(); }
  ast::Expr* star_expressions();
  ast::Expr* yield_expression();
  ast::Expr* yield_or_star_expressions() { return at(Tok::kYield) ? yield_expression() : star_expressions(); }
  ast::Expr* call(const Token* start, ast::Expr* function);
  void arguments(std::span<ast::Expr*>& args, std::span<ast::Keyword*>& keywords, bool generator_allowed);
  ast::Expr* subscript(const Token* start, ast::Expr* base);
  ast::Expr* slice();
  std::span<ast::Comprehension*> comprehensions();
  bool at_comprehension() const { return at(Tok::kFor) || (at(Tok::kAsync) && t_[1].kind == Tok::kFor); }
  ast::Expr* star_targets();
  ast::Expr* star_target();
  ast::Arguments* parameters(bool lambda);
  ast::Arg* parameter(bool lambda, bool star_annotation);
  bool starts_expression() const;
  static constexpr int kBitOrPrecedence = 5;

  // ---- statements (parse_stmt.cc)
  ast::Mod* module();
  std::span<ast::Stmt*> statements();
  void statement();                    // pushes one, or several of a line
  void simple_statements();
  ast::Stmt* simple_statement();
  ast::Stmt* expression_statement();
  ast::Stmt* annotated(const Token* start, ast::Expr* target);
  ast::Stmt* compound_statement();     // null: none begins here
  std::span<ast::Stmt*> block();
  ast::Stmt* if_statement();
  std::span<ast::Stmt*> else_block();
  ast::Stmt* while_statement();
  ast::Stmt* for_statement(const Token* start, bool async);
  ast::Stmt* with_statement(const Token* start, bool async);
  void with_item();
  ast::Stmt* try_statement();
  ast::Stmt* function(const Token* start, std::span<ast::Expr*> decorators, bool async);
  ast::Stmt* class_definition(std::span<ast::Expr*> decorators);
  ast::Stmt* decorated();
  ast::Stmt* import();
  ast::Stmt* import_from();
  ast::Identifier dotted_name();
  ast::Stmt* delete_statement();
  bool is_target(const ast::Expr* e, bool star_allowed, bool deleting) const;
  ast::String type_comment();
  ast::String function_type_comment();
  ast::Mod* function_type();

  // ---- match (parse_match.cc)
  ast::Stmt* match_statement();        // null: `match` is a name here
  ast::Stmt* match_body(const Token* start, ast::Expr* subject);
  ast::MatchCase* case_block();
  ast::Pattern* patterns();
  ast::Pattern* pattern();
  ast::Pattern* or_pattern();
  ast::Pattern* closed_pattern();
  ast::Pattern* maybe_star_pattern();
  ast::Pattern* sequence_pattern();
  ast::Pattern* mapping_pattern();
  ast::Pattern* class_pattern(const Token* start, ast::Expr* cls);
  ast::Expr* literal();                // of a pattern; null: none begins here
  ast::Expr* signed_number();
  ast::Expr* dotted_reference();
  ast::Identifier capture_target();

  // ---- StringHost
  Arena& string_arena() override { return arena_; }
  void string_error(std::string message) override { (void)message; }
  void invalid_escape(const Token& token, std::string_view escape) override;
  ast::Expr* parse_embedded(std::string_view text, int lineno, int col_offset) override;

  Arena& arena_;
  const CompileOptions options_;
  int max_depth_;
  int depth_ = 0;
  bool too_deep_ = false;
  const Token* t_ = nullptr;
  std::jmp_buf* escape_ = nullptr;
  std::vector<void*> pending_;
  std::vector<std::unique_ptr<Tokens>> token_lists_;  // of the source and of each f-string expression
  std::vector<ast::Ignore*> type_ignores_;
  // Tokens are read ahead of everything else here, one by one in CPython: a warning goes with the token that CPython reads last
  // before it. Those from an f-string's expression go with the token behind the string.
  std::vector<std::pair<const char*, CompileWarning>> warnings_;
  const char* embedding_ = nullptr;
};

}  // namespace pyjit::frontend
