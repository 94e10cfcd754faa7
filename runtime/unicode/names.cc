// Character names: decoding the word-number tables, and the rules for Hangul and CJK.
#include "runtime/unicode/names.h"

#include <mutex>

namespace pyjit::unicode {
namespace {

#include "runtime/unicode/names.inc"

constexpr const char* kLead[] = {"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
constexpr const char* kVowel[] = {"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"};
constexpr const char* kTail[] = {"",  "G",  "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT",
                                 "LP", "LH", "M",  "B",  "BS", "S", "SS", "NG", "J", "C", "K",  "T",  "P",  "H"};
constexpr char32_t kHangulBase = 0xAC00, kHangulCount = 19 * 21 * 28;

constexpr struct { char32_t first, last; } kIdeographs[] = {
    {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B738}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A},
};
bool is_ideograph(char32_t c) {
  for (auto& r : kIdeographs)
    if (c >= r.first && c <= r.last) return true;
  return false;
}

std::string words_at(uint32_t start) {
  std::string out;
  for (uint32_t i = start;; ++i) {
    uint32_t word = kNameWords[i] & 0x7FFF;
    if (i > start) out += ' ';
    out.append(kWordText + kWordOffsets[word], kWordOffsets[word + 1] - kWordOffsets[word]);
    if (kNameWords[i] & 0x8000) return out;
  }
}

uint32_t hash_name(std::string_view name) {
  uint32_t h = 2166136261u;
  for (char c : name) h = (h ^ static_cast<uint8_t>(c)) * 16777619u;
  return h;
}

// Open addressing over all names, made on first use: 1 + position in names, then aliases, then sequences.
constexpr uint32_t kNames = std::size(kNameCodes), kAliases = std::size(kAliasCodes), kSequences = std::size(kSequenceCodes);
constexpr uint32_t kTableSize = 1 << 17;
static_assert(kNames + kAliases + kSequences < kTableSize / 2);
uint32_t* name_table;
std::once_flag table_made;

uint32_t start_of(uint32_t position) {
  if (position < kNames) return kNameStarts[position];
  if (position < kNames + kAliases) return kAliasStarts[position - kNames];
  return kSequenceStarts[position - kNames - kAliases];
}

void make_table() {
  name_table = new uint32_t[kTableSize]();
  for (uint32_t p = 0; p < kNames + kAliases + kSequences; ++p) {
    uint32_t i = hash_name(words_at(start_of(p))) % kTableSize;
    while (name_table[i]) i = (i + 1) % kTableSize;
    name_table[i] = p + 1;
  }
}

// Position of the name, or -1.
int64_t find(std::string_view name) {
  std::call_once(table_made, make_table);
  for (uint32_t i = hash_name(name) % kTableSize; name_table[i]; i = (i + 1) % kTableSize)
    if (words_at(start_of(name_table[i] - 1)) == name) return name_table[i] - 1;
  return -1;
}

std::string upper(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

// The longest of `parts` that `text` starts with.
template <size_t N>
int longest(std::string_view* text, const char* const (&parts)[N]) {
  int best = -1;
  size_t length = 0;
  for (size_t i = 0; i < N; ++i) {
    std::string_view part(parts[i]);
    if (text->starts_with(part) && (best < 0 || part.size() > length)) {
      best = static_cast<int>(i);
      length = part.size();
    }
  }
  text->remove_prefix(length);
  return best;
}

}  // namespace

bool character_name(char32_t c, std::string* name) {
  if (c >= kHangulBase && c < kHangulBase + kHangulCount) {
    char32_t s = c - kHangulBase;
    *name = std::string("HANGUL SYLLABLE ") + kLead[s / (21 * 28)] + kVowel[s / 28 % 21] + kTail[s % 28];
    return true;
  }
  if (is_ideograph(c)) {
    char text[40];
    snprintf(text, sizeof text, "CJK UNIFIED IDEOGRAPH-%X", static_cast<unsigned>(c));
    *name = text;
    return true;
  }
  const uint32_t* end = kNameCodes + kNames;
  const uint32_t* p = std::lower_bound(kNameCodes, end, static_cast<uint32_t>(c));
  if (p == end || *p != c) return false;
  *name = words_at(kNameStarts[p - kNameCodes]);
  return true;
}

bool find_character(std::string_view given, char32_t* c) {
  std::string name = upper(given);
  std::string_view rest(name);
  if (rest.starts_with("HANGUL SYLLABLE ")) {
    rest.remove_prefix(16);
    int lead = longest(&rest, kLead), vowel = longest(&rest, kVowel), tail = longest(&rest, kTail);
    if (lead >= 0 && vowel >= 0 && tail >= 0 && rest.empty()) {
      *c = kHangulBase + static_cast<char32_t>((lead * 21 + vowel) * 28 + tail);
      return true;
    }
  } else if (rest.starts_with("CJK UNIFIED IDEOGRAPH-")) {
    rest.remove_prefix(22);
    if (rest.size() != 4 && rest.size() != 5) return false;
    char32_t value = 0;
    for (char h : rest) {
      if (h >= '0' && h <= '9') value = value * 16 + static_cast<char32_t>(h - '0');
      else if (h >= 'A' && h <= 'F') value = value * 16 + static_cast<char32_t>(h - 'A' + 10);
      else return false;
    }
    *c = value;
    return is_ideograph(value);
  }
  int64_t p = find(name);
  if (p < 0 || p >= int64_t{kNames} + kAliases) return false;
  *c = p < int64_t{kNames} ? kNameCodes[p] : kAliasCodes[p - kNames];
  return true;
}

bool assigned_in_3_2(char32_t c) {
  const uint32_t* end = kUnicode32Edges + std::size(kUnicode32Edges);
  return (std::upper_bound(kUnicode32Edges, end, static_cast<uint32_t>(c)) - kUnicode32Edges) % 2 == 1;
}

bool find_sequence(std::string_view given, std::u32string* text) {
  int64_t p = find(upper(given)) - int64_t{kNames} - int64_t{kAliases};
  if (p < 0) return false;
  text->clear();
  for (uint32_t i = kSequencePointStarts[p]; i < kSequencePointStarts[p + 1]; ++i) *text += static_cast<char32_t>(kSequencePoints[i]);
  return true;
}

}  // namespace pyjit::unicode
