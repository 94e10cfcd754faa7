// Source text → AST, or the SyntaxError CPython 3.11 would raise.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/compile.h"

namespace pyjit::frontend {

struct ParseResult {
  ast::Mod* tree = nullptr;  // Module, Expression, Interactive or FunctionType by mode; null: see error
  Diagnostic error;
  std::vector<CompileWarning> warnings;
};

// Reads options.mode, future_flags (barry_as_FLUFL), ignore_cookie, dont_imply_dedent, allow_incomplete_input,
// type_comments. The tree and all its text live in the arena; nothing points into `source` afterwards.
ParseResult parse(Arena& arena, std::string_view source, std::string_view filename, const CompileOptions& options);

// Converts source bytes in an encoding other than UTF-8, Latin-1 and ASCII to UTF-8. The runtime installs it once its
// codecs work. Answers nullopt when the encoding is unknown; sets `error` (a message) when the bytes do not decode.
using DecodeHook =
    std::function<std::optional<std::string>(std::string_view encoding, std::string_view bytes, std::string& error)>;
void set_decode_hook(DecodeHook hook);

// Gives the character that \N{name} stands for as UTF-8 (one or more code points); nullopt when there is none.
using NameHook = std::function<std::optional<std::string>(std::string_view name)>;
void set_name_hook(NameHook hook);

}  // namespace pyjit::frontend
