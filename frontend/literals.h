// The text of a number or of a string's inside → the value it denotes.
#pragma once
#include <string>
#include <string_view>

#include "frontend/arena.h"
#include "frontend/constant.h"

namespace pyjit::frontend {

// A NUMBER token's text. Null when it has more decimal digits than max_digits (0: no limit); `digits` is then their number.
const Constant* parse_number(Arena& arena, std::string_view text, int max_digits, size_t& digits);

// Replaces the escapes in the inside of a literal. False: `error` is the codec's message. `bad_escape` becomes what
// follows the first backslash that deserves a warning: a character that it means nothing with, or an octal number above 0377.
bool decode_str_escapes(std::string_view text, std::string& out, std::string& error, std::string& bad_escape);
bool decode_bytes_escapes(std::string_view text, std::string& out, std::string& error, std::string& bad_escape);

}  // namespace pyjit::frontend
