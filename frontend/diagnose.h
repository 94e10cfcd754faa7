// The wording of syntax errors: reads a refused program again, the way CPython's parser does, to find the same error.
//
// CPython parses by trying the alternatives of each rule in order, remembering results. When that fails it does so a second time
// with extra rules that recognise common mistakes; if none of them speaks up, the error is "invalid syntax" at the farthest token
// the first reading had fetched. Tokens are fetched on demand, so where the lexer stands matters too. This interpreter of the
// grammar (grammar.h) does all of it alike. It builds only what the rules for errors look at: kinds and places of expressions.
#pragma once
#include <deque>
#include <string_view>
#include <vector>

#include "frontend/compile.h"
#include "frontend/grammar.h"
#include "frontend/lexer.h"
#include "frontend/source.h"
#include "frontend/strings.h"

namespace pyjit::frontend {

class Diagnoser final : StringHost {
 public:
  // CPython's bound on nested rules; beyond it there is a MemoryError. Nested f-strings count from zero; kMaxTotalLevel bounds
  // this program's own stack.
  static constexpr int kMaxLevel = 6000, kMaxTotalLevel = 9000;

  Diagnoser(const Source& source, std::string_view filename, const CompileOptions& options);
  bool accepts();  // the program is right after all; otherwise error() says what is wrong
  const Diagnostic& error() const { return error_; }
  const std::vector<CompileWarning>& warnings() const { return warnings_; }

 private:
  struct Value {  // what a rule found: a token, a node with its parts, or a sequence
    enum class Kind : uint8_t { kToken, kNode, kSequence };
    Kind kind;
    ast::Tag tag{};
    int lineno = 0, col_offset = 0, end_lineno = 0, end_col_offset = 0;
    const Token* token = nullptr;  // kToken; also of names, constants and singletons
    std::span<Value*> items;
  };
  struct Memo {
    int rule;
    Value* value;
    int end;
  };
  struct Entry {
    Token token;
    std::vector<Memo> memo;
  };

  Diagnoser(const Diagnoser& outer, std::string_view text, int first_line, int first_column);

  // ---- reading
  bool read(Value*& result);
  bool fetch();                                             // one more token; false: error
  void next_token(Token& t);
  const Token& token_at(int i) const { return entries_[i].token; }
  const Token* match(Tok kind);
  bool match_rule(int rule, Value*& out);
  bool match_alternatives(int rule, Value*& out);
  bool match_left_recursive(int rule, Value*& out);
  bool match_item(const grammar::Item& item, Value*& out);
  bool look_ahead(const grammar::Item& item);
  bool match_repeated(const grammar::Item& item, bool at_least_one, Value*& out);
  bool match_list(const grammar::Item& item, Value*& out);
  bool act(const grammar::Action& action, std::span<Value*> values, int start, Value*& out);
  bool call(const grammar::Action& action, Value* a, Value* b, int start, Value*& out);
  Value* token_value(const Token& token);
  Value* node(ast::Tag tag, int start, std::span<Value*> items);
  Value* sequence(std::span<Value*> items);
  Memo* find_memo(int start, int rule);
  bool enter();

  // ---- errors; all of them answer false
  bool raise(ErrorKind kind, std::string message);          // at the token read last
  bool raise_at(ErrorKind kind, int lineno, int col_offset, int end_lineno, int end_col_offset, std::string message);
  bool raise_over(const Value* a, const Value* b, std::string message);
  bool raise_unclosed();
  bool raise_codec_error(std::string message, std::string_view bytes);  // a UnicodeDecodeError, which is no SyntaxError
  bool report_lexer_error();
  void conclude(const Token& farthest);
  void check_the_rest();
  bool invalid_target(Value* e, char target, Value*& culprit) const;
  std::string expression_name(const Value* e) const;
  std::string error_line(int lineno) const;
  bool line_of_file(int lineno, std::string& text) const;

  // ---- StringHost
  Arena& string_arena() override { return *arena_; }
  void string_error(std::string message) override { raise(ErrorKind::kSyntaxError, std::move(message)); }
  void invalid_escape(const Token& token, std::string_view escape) override;
  ast::Expr* parse_embedded(std::string_view text, int lineno, int col_offset) override;

  const grammar::Grammar& grammar_;
  std::string_view filename_;
  CompileOptions options_;
  bool has_encoding_;
  Arena own_arena_;
  Arena* arena_;
  Lexer lexer_;
  bool embedded_ = false;           // the text is an expression of an f-string
  int first_line_ = 0, first_column_ = 0;
  std::deque<Entry> entries_;       // all tokens fetched
  int mark_ = 0;                    // the next token to match
  int level_ = 0, outer_level_ = 0;
  bool second_reading_ = false;     // errors are looked for
  bool failed_ = false;             // error_ is set
  bool started_ = false;            // a single statement: tokens were fetched
  std::vector<Value*> stack_;       // values of the alternatives being matched
  Diagnostic error_;
  std::vector<CompileWarning> warnings_;
};

}  // namespace pyjit::frontend
