// Normalised source text → tokens, one at a time, with CPython 3.11's lexical errors.
//
// Python's indentation, bracket nesting and line continuation are settled here. When something is wrong next() gives an Error
// token and status() tells why; the parser words some of these errors itself because their place depends on what it has read.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/arena.h"
#include "frontend/compile.h"
#include "frontend/token.h"

namespace pyjit::frontend {

class Lexer {
 public:
  enum class Status : uint8_t {
    kOk,
    kEndOfInput,            // the end was reached; inside brackets or after a backslash that is an error
    kReported,              // error() holds a complete diagnostic
    kBadDedent,             // dedent to a column that no enclosing block has
    kMixedTabs,             // the answer depends on the size of a tab
    kTooDeep,               // 100 levels of indentation
    kBadContinuation,       // something follows a backslash
    kBadEncoding,           // a name is not UTF-8; error() holds the message only
  };
  static constexpr int kMaxLevel = 200;    // brackets
  static constexpr int kMaxIndent = 100;

  // `text` must be followed by a zero byte and 15 readable bytes, and outlive the tokens. With `first_line` > 1 the text is a
  // piece of a larger file: the expression of an f-string.
  Lexer(Arena& arena, std::string_view text, bool type_comments = false, int first_line = 1);

  void next(Token& token);

  // For a single interactive statement that ends without a newline: queue the dedents that would have followed.
  void imply_dedents() {
    pending_ = -indent_;
    indent_ = 0;
  }

  Status status() const { return status_; }
  bool string_cut_off() const { return string_cut_off_; }  // the error is that the input ends inside a string
  const Diagnostic& error() const { return error_; }
  std::vector<CompileWarning>& warnings() { return warnings_; }  // so far; the caller may take them away

  struct Bracket {
    char open;
    int32_t lineno, col_offset;
  };
  int level() const { return level_; }
  const Bracket& innermost_bracket() const { return brackets_[level_ - 1]; }

  // Where the lexer stands. CPython words some errors from this and not from a token.
  int lineno() const { return lineno_; }
  int indent() const { return indent_; }
  const char* cursor() const { return cur_; }
  const char* line_start() const { return line_start_; }
  const char* buffer_start() const { return buffer_; }  // start of the line on which the token being read began
  const char* line_end() const;                         // just after the newline of the line last read
  std::string_view text() const { return {begin_, (size_t)(end_ - begin_)}; }
  std::string_view line(int number) const;              // text of a line without its newline

 private:
  bool begin_line(bool keep_buffer);
  bool continue_line(bool keep_buffer);
  bool read_indentation(bool& blank);
  void read_name(Token& token, const char* start);
  void read_number(Token& token, const char* start);
  bool digits(const char*& p);
  bool end_number(const char*& p, const char* kind);
  void read_string(Token& token, const char* start, char quote);
  void read_operator(Token& token, const char* start);
  bool read_type_comment(Token& token, const char* start, bool blank);
  void finish(Token& token, Tok kind, const char* start, const char* end);
  void finish_bare(Token& token, Tok kind);
  void fail(Token& token, Status status);
  int characters_before(const char* p) const;  // on the line being read
  void report(Token& token, std::string message, int offset = -1, int end_offset = -1);

  Arena& arena_;
  const char* begin_;
  const char* end_;
  const char* cur_;
  const char* line_start_;
  const char* buffer_;
  int lineno_;
  int level_ = 0;
  int indent_ = 0;
  int pending_ = 0;        // indents (> 0) or dedents (< 0) still to be given
  bool at_line_start_ = true;
  bool type_comments_;
  Status status_ = Status::kOk;
  bool string_cut_off_ = false;
  int columns_[kMaxIndent] = {};       // of the open blocks, tabs to multiples of 8
  int alternate_columns_[kMaxIndent] = {};  // the same with tabs as one column
  Bracket brackets_[kMaxLevel];
  const char* read_end_ = nullptr;  // after a string without end: how far it was read
  Diagnostic error_;
  std::vector<CompileWarning> warnings_;
};

}  // namespace pyjit::frontend
