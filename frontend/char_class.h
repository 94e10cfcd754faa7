// Byte → its classes for the lexer: one table look-up.
#pragma once
#include <array>
#include <cstdint>

namespace pyjit::frontend {

enum CharClass : uint8_t { kNameStartByte = 1, kNamePartByte = 2, kDigitByte = 4, kHexByte = 8 };

inline constexpr auto kCharClass = [] {
  std::array<uint8_t, 256> table{};
  for (int c = 0; c < 256; c++) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    bool digit = c >= '0' && c <= '9';
    bool hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    table[c] = (letter ? kNameStartByte | kNamePartByte : 0) | (digit ? kDigitByte | kNamePartByte : 0) | (hex ? kHexByte : 0);
  }
  return table;
}();

inline bool is_name_start(unsigned char c) { return kCharClass[c] & kNameStartByte; }
inline bool is_name_part(unsigned char c) { return kCharClass[c] & kNamePartByte; }
inline bool is_digit(unsigned char c) { return kCharClass[c] & kDigitByte; }
inline bool is_hex_digit(unsigned char c) { return kCharClass[c] & kHexByte; }

}  // namespace pyjit::frontend
