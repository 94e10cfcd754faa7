// The front end's entry: source text → CPython 3.11 code object, or the error CPython would raise.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/arena.h"
#include "frontend/code.h"

namespace pyjit::frontend {

enum class Mode : uint8_t { kExec, kEval, kSingle, kFuncType };

struct CompileOptions {
  Mode mode = Mode::kExec;
  int optimize = 0;               // 0, 1 (-O: no asserts), 2 (-OO: no docstrings either)
  uint32_t future_flags = 0;      // CodeFlags::kFuture* inherited from the caller (compile(..., flags))
  bool allow_top_level_await = false;
  bool ignore_cookie = false;     // source was a str: no coding cookie, text is UTF-8 (+ surrogates)
  bool dont_imply_dedent = false; // codeop's PyCF_DONT_IMPLY_DEDENT
  bool allow_incomplete_input = false; // codeop's PyCF_ALLOW_INCOMPLETE_INPUT: error text "incomplete input"
  bool type_comments = false;
  bool script_file = false;       // the bytes of a file run as a program: CPython words encoding errors differently there
  int int_max_str_digits = 4300;  // longest decimal integer literal (sys.set_int_max_str_digits); 0: any length
  int recursion_limit = 1000;     // sys.getrecursionlimit() of the caller ...
  int recursion_depth = 1;        // ... and the depth it stands at: too deep a tree is a RecursionError
};

enum class ErrorKind : uint8_t { kNone, kSyntaxError, kIndentationError, kTabError, kRecursionError, kMemoryError, kValueError, kOverflowError, kSystemError, kUnicodeDecodeError, kTypeError };

// Exactly the attributes of the SyntaxError that CPython raises. Lines from 1; offsets in characters, from 1; 0 / -1 as CPython sets them.
struct Diagnostic {
  ErrorKind kind = ErrorKind::kNone;
  std::string message;
  int lineno = 0, offset = 0, end_lineno = 0, end_offset = 0;
  bool has_location = true;
  bool has_text = false;
  std::string text;               // the source line(s), UTF-8; of a UnicodeDecodeError the bytes that are none
};

struct CompileWarning {            // SyntaxWarning / DeprecationWarning, in the order CPython issues them
  bool deprecation = false;       // DeprecationWarning (invalid escape sequences), else SyntaxWarning
  std::string message;
  int lineno = 0;
  int offset = 0, end_lineno = 0, end_offset = 0;  // of the SyntaxError that a filter "error" makes of it
};

struct CompileResult {
  const Code* code = nullptr;     // null: see error
  Diagnostic error;
  std::vector<CompileWarning> warnings;
};

// `source` is the raw bytes of the file (any declared encoding) or, with ignore_cookie, UTF-8 text. Never throws; deep nesting gives
// the error CPython gives ("too many nested parentheses", RecursionError, "parser stack overflow" MemoryError), never a native overflow.
CompileResult compile(Arena& arena, std::string_view source, std::string_view filename, const CompileOptions& options);

namespace ast {
struct Mod;
}
// The part after the parser; changes the tree. For compile() of a tree made by hand, after validation.
CompileResult compile_tree(Arena& arena, ast::Mod* tree, std::string_view filename, const CompileOptions& options);

}  // namespace pyjit::frontend
