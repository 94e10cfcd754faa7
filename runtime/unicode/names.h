// Character names, both ways: unicodedata.name and lookup, \N{...}, namereplace.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace pyjit::unicode {

// The name of c; false when it has none (controls, private use, unassigned).
bool character_name(char32_t c, std::string* name);
// The character called `name` (any case, ASCII); aliases count. False: unknown.
bool find_character(std::string_view name, char32_t* c);
// The named sequence called `name`.
bool find_sequence(std::string_view name, std::u32string* text);

// Assigned in Unicode 3.2, the version that internationalised domain names are bound to.
bool assigned_in_3_2(char32_t c);

}  // namespace pyjit::unicode
