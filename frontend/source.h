// Source bytes → UTF-8 text with "\n" line ends, as the lexer wants it: byte order mark, coding cookie (PEP 263), newlines.
#pragma once
#include <string>
#include <string_view>

#include "frontend/arena.h"
#include "frontend/compile.h"

namespace pyjit::frontend {

struct Source {
  std::string_view text;     // in the arena; a zero byte and 15 more readable bytes follow it
  bool has_encoding = false; // declared or known: error offsets count characters; otherwise, as in CPython, bytes
  bool ok = false;           // false: `error` is set
};

// Reads options.ignore_cookie, script_file and mode (exec: a newline is added at the end unless there is one).
Source read_source(Arena& arena, std::string_view bytes, std::string_view filename, const CompileOptions& options, Diagnostic& error);

// The text in an arena block with the padding that the lexer needs.
std::string_view padded_copy(Arena& arena, std::string_view text);

// The offset of the first byte that is not part of well-formed UTF-8, or npos. `reason` is the codec's word for it and `end` where
// the faulty sequence ends.
size_t find_bad_utf8(std::string_view text, size_t& end, const char*& reason);
// The text with U+FFFD for what is not UTF-8, as CPython shows lines of bytes.
std::string displayable(std::string_view text);
// "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
std::string utf8_error(std::string_view text, size_t at, size_t end, const char* reason);

}  // namespace pyjit::frontend
