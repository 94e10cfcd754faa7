// Unicode 14.0 as Python 3.11 sees it: one record for each code point, case mappings and normalisation.
//
// A leaf library: the front end (identifiers), str and unicodedata stand on it. The tables are made at build time by
// gen/make_tables.cc from the Unicode Character Database. Every function takes any value below 0x110000, lone surrogates
// included, and treats larger ones as unassigned.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace pyjit::unicode {

enum Flag : uint32_t {  // ORDER(unicode_flags): the same as in gen/make_tables.cc
  kAlpha = 1 << 0, kDecimal = 1 << 1, kDigit = 1 << 2, kNumeric = 1 << 3, kSpace = 1 << 4, kPrintable = 1 << 5,
  kLower = 1 << 6, kUpper = 1 << 7, kTitle = 1 << 8, kCased = 1 << 9, kCaseIgnorable = 1 << 10, kXidStart = 1 << 11,
  kXidContinue = 1 << 12, kMirrored = 1 << 13,
  kNotNfd = 1 << 14, kNotNfkd = 1 << 15, kNotNfc = 1 << 16, kNotNfkc = 1 << 17,  // quick check is "no" or "maybe"
};

struct FullMapping {  // size 0: add `to` to the code point; otherwise `size` code points at kMappings[to]
  int32_t to;
  uint8_t size;
};
struct Record {
  uint32_t flags;
  uint8_t category, bidi, width, combining;
  int8_t decimal, digit;  // -1: none
  uint16_t numeric;       // index of the value; 0: none
  int32_t upper, lower, title;  // simple mappings, as distances
  FullMapping full_upper, full_lower, full_title, fold;
};

const Record& record(char32_t c);
inline bool has(char32_t c, uint32_t flags) { return (record(c).flags & flags) != 0; }

// The str.isxxx() of one character, and the lexer's identifier tests ('_' is not XID_Start; the caller allows it).
inline bool is_alpha(char32_t c) { return has(c, kAlpha); }
inline bool is_decimal(char32_t c) { return has(c, kDecimal); }
inline bool is_digit(char32_t c) { return has(c, kDigit); }
inline bool is_numeric(char32_t c) { return has(c, kNumeric); }
inline bool is_alnum(char32_t c) { return has(c, kAlpha | kDecimal | kDigit | kNumeric); }
inline bool is_space(char32_t c) { return has(c, kSpace); }
inline bool is_printable(char32_t c) { return has(c, kPrintable); }
inline bool is_lower(char32_t c) { return has(c, kLower); }
inline bool is_upper(char32_t c) { return has(c, kUpper); }
inline bool is_title(char32_t c) { return has(c, kTitle); }
inline bool is_cased(char32_t c) { return has(c, kCased); }
inline bool is_case_ignorable(char32_t c) { return has(c, kCaseIgnorable); }
inline bool is_mirrored(char32_t c) { return has(c, kMirrored); }
inline bool is_xid_start(char32_t c) { return has(c, kXidStart); }
inline bool is_xid_continue(char32_t c) { return has(c, kXidContinue); }
inline bool is_line_break(char32_t c) {  // where str.splitlines() splits
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

inline int decimal_value(char32_t c) { return record(c).decimal; }  // -1: none
inline int digit_value(char32_t c) { return record(c).digit; }      // -1: none
double numeric_value(char32_t c);                                   // only when is_numeric(c)

// unicodedata's names: "Lu", "AL", "Na". bidirectional is "" for unassigned code points.
const char* category(char32_t c);
const char* bidirectional(char32_t c);
const char* east_asian_width(char32_t c);
inline int combining(char32_t c) { return record(c).combining; }

// Simple (one to one) case mappings.
inline char32_t to_upper(char32_t c) { return c + record(c).upper; }
inline char32_t to_lower(char32_t c) { return c + record(c).lower; }
inline char32_t to_title(char32_t c) { return c + record(c).title; }

// Full case mappings: up to kMaxMapping code points; the count is returned. The final-sigma rule of str.lower() depends on the
// neighbours (is_cased, is_case_ignorable) and is the caller's.
inline constexpr int kMaxMapping = 3;
int to_upper_full(char32_t c, char32_t out[kMaxMapping]);
int to_lower_full(char32_t c, char32_t out[kMaxMapping]);
int to_title_full(char32_t c, char32_t out[kMaxMapping]);
int to_folded_full(char32_t c, char32_t out[kMaxMapping]);

// unicodedata.decomposition(): "<compat> 0020 0308", or "".
std::string decomposition(char32_t c);

enum class Form : uint8_t { kNFC, kNFD, kNFKC, kNFKD };
bool is_normalized(Form form, std::u32string_view text);
std::u32string normalize(Form form, std::u32string_view text);
std::string nfkc(std::string_view utf8);  // identifiers; the input must be valid UTF-8

// UTF-8 with surrogates let through. decode_utf8 reads one code point at p (p < end, valid UTF-8) and advances p.
char32_t decode_utf8(const char*& p, const char* end);
void append_utf8(std::string& out, char32_t c);

}  // namespace pyjit::unicode
