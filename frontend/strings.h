// Adjacent STRING tokens → one constant or JoinedStr node; f-strings are taken apart here as CPython 3.11 does it.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/token.h"

namespace pyjit::frontend {

// What the two parsers (parser_impl.h builds the tree, diagnose.h words the errors) provide to the code for strings.
class StringHost {
 public:
  virtual Arena& string_arena() = 0;
  // An error, at the token the parser read last. The parse ends.
  virtual void string_error(std::string message) = 0;
  // A backslash that deserves a warning, before `escape`: a character, or three octal digits.
  virtual void invalid_escape(const Token& token, std::string_view escape) = 0;
  // An expression in a replacement field; null when it is wrong. `text` is "(expression)"; it begins in line `lineno`, and
  // `col_offset` is what to add to the columns of that line.
  virtual ast::Expr* parse_embedded(std::string_view text, int lineno, int col_offset) = 0;

 protected:
  ~StringHost() = default;
};

// Null: the host was told of an error.
ast::Expr* join_strings(StringHost& host, std::span<const Token> tokens);

}  // namespace pyjit::frontend
