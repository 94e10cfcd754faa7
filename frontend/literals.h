// The text of a number or of a string's inside → the value it denotes.
#pragma once
#include <string>
#include <string_view>

#include "frontend/arena.h"
#include "frontend/constant.h"

namespace pyjit::frontend {

// A NUMBER token's text. Null when it has more decimal digits than max_digits (0: no limit); `digits` is then their number.
const Constant* parse_number(Arena& arena, std::string_view text, int max_digits, size_t& digits);

// Replaces the escapes in the inside of a literal. False: `error` is the codec's message. `bad_escape` becomes the character
// behind the first backslash that means nothing (it stays as it is, with a warning), or 0.
bool decode_str_escapes(std::string_view text, std::string& out, std::string& error, char& bad_escape);
bool decode_bytes_escapes(std::string_view text, std::string& out, std::string& error, char& bad_escape);

}  // namespace pyjit::frontend
