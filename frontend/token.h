// What the lexer makes of the source: one token, its text and its place.
#pragma once
#include <cstdint>
#include <string_view>

namespace pyjit::frontend {

enum class Tok : uint8_t {
#define TOKEN(Name, text) k##Name,
#include "frontend/tokens.def"
};
inline constexpr const char* kTokenText[] = {
#define TOKEN(Name, text) text,
#include "frontend/tokens.def"
};
inline const char* token_text(Tok kind) { return kTokenText[(int)kind]; }

struct Token {
  Tok kind = Tok::kEndMarker;
  uint8_t level = 0;         // open brackets, after this token
  int32_t lineno = 0;        // from 1
  int32_t col_offset = 0;    // bytes from the line's start; -1 for INDENT, DEDENT and ENDMARKER, which have no text
  int32_t end_lineno = 0;
  int32_t end_col_offset = 0;
  std::string_view text;     // NAME: interned and in normal form KC; others: the characters of the source
};

}  // namespace pyjit::frontend
