// Code point → its record, and what is spelled out of line about one character: names, numeric value, case mappings.
#include "runtime/unicode/unicode.h"

#include <cstdio>

#include "runtime/unicode/tables.h"

namespace pyjit::unicode {

const Record& record(char32_t c) {
  if (c >= 0x110000) c = 0x10FFFF;  // a noncharacter, never assigned
  return kRecords[kRecordSecond[(kRecordFirst[c >> kBlockShift] << kBlockShift) + (c & (kBlockSize - 1))]];
}

double numeric_value(char32_t c) { return kNumericValues[record(c).numeric]; }
const char* category(char32_t c) { return kCategoryNames[record(c).category]; }
const char* bidirectional(char32_t c) { return kBidiNames[record(c).bidi]; }
const char* east_asian_width(char32_t c) { return kWidthNames[record(c).width]; }

static int map(char32_t c, const FullMapping& m, char32_t* out) {
  if (m.size == 0) {
    out[0] = c + m.to;
    return 1;
  }
  for (int i = 0; i < m.size; i++) out[i] = kMappings[m.to + i];
  return m.size;
}

int to_upper_full(char32_t c, char32_t* out) { return map(c, record(c).full_upper, out); }
int to_lower_full(char32_t c, char32_t* out) { return map(c, record(c).full_lower, out); }
int to_title_full(char32_t c, char32_t* out) { return map(c, record(c).full_title, out); }
int to_folded_full(char32_t c, char32_t* out) { return map(c, record(c).fold, out); }

const uint32_t* decomposition_row(char32_t c) {
  if (c >= 0x110000) return nullptr;
  uint32_t at = kDecompositionSecond[(kDecompositionFirst[c >> kBlockShift] << kBlockShift) + (c & (kBlockSize - 1))];
  return at ? kDecompositions + at : nullptr;
}

std::string decomposition(char32_t c) {
  const uint32_t* row = decomposition_row(c);
  if (!row) return "";
  std::string out = kDecompositionTags[row[0] >> 8];
  for (uint32_t i = 1; i <= (row[0] & 0xFF); i++) {
    char text[16];
    snprintf(text, sizeof text, "%s%04X", out.empty() ? "" : " ", row[i]);
    out += text;
  }
  return out;
}

char32_t decode_utf8(const char*& p, const char* end) {
  unsigned char c = *p++;
  if (c < 0x80) return c;
  int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
  char32_t value = c & (0x3F >> more);
  while (more-- && p < end) value = value << 6 | (*p++ & 0x3F);
  return value;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += (char)c;
    return;
  }
  if (c < 0x800) {
    out += (char)(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      out += (char)(0xE0 | c >> 12);
    } else {
      out += (char)(0xF0 | c >> 18);
      out += (char)(0x80 | (c >> 12 & 0x3F));
    }
    out += (char)(0x80 | (c >> 6 & 0x3F));
  }
  out += (char)(0x80 | (c & 0x3F));
}

}  // namespace pyjit::unicode
