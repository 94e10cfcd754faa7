// Text → one of the four Unicode normal forms: decompose, order the combining marks, and compose again for NFC and NFKC.
#include <algorithm>

#include "runtime/unicode/tables.h"

namespace pyjit::unicode {
namespace {

// Hangul syllables are composed by arithmetic: leading consonants L, vowels V, trailing consonants T.
constexpr char32_t kS = 0xAC00, kL = 0x1100, kV = 0x1161, kT = 0x11A7;
constexpr int kLCount = 19, kVCount = 21, kTCount = 28, kNCount = kVCount * kTCount, kSCount = kLCount * kNCount;

uint32_t quick_check_flag(Form form) {
  switch (form) {
    case Form::kNFC: return kNotNfc;
    case Form::kNFD: return kNotNfd;
    case Form::kNFKC: return kNotNfkc;
    case Form::kNFKD: return kNotNfkd;
  }
  return 0;
}

// True: certainly in the form. False: must be normalised to know.
bool quick_check(Form form, std::u32string_view text) {
  uint32_t flag = quick_check_flag(form);
  int previous = 0;
  for (char32_t c : text) {
    if (c < 0x80) {
      previous = 0;
      continue;
    }
    const Record& r = record(c);
    if ((r.flags & flag) || (r.combining && r.combining < previous)) return false;
    previous = r.combining;
  }
  return true;
}

void decompose(std::u32string& out, char32_t c, bool compatible) {
  if (c >= kS && c < kS + kSCount) {
    int s = c - kS;
    out += kL + s / kNCount;
    out += kV + s % kNCount / kTCount;
    if (s % kTCount) out += kT + s % kTCount;
    return;
  }
  const uint32_t* row = c < 0x80 ? nullptr : decomposition_row(c);
  if (!row || (row[0] >> 8 && !compatible)) {
    out += c;
    return;
  }
  for (uint32_t i = 1; i <= (row[0] & 0xFF); i++) decompose(out, row[i], compatible);
}

char32_t compose_pair(char32_t a, char32_t b) {  // 0: the two do not compose
  if (a >= kL && a < kL + kLCount && b >= kV && b < kV + kVCount) return kS + ((a - kL) * kVCount + (b - kV)) * kTCount;
  if (a >= kS && a < kS + kSCount && (a - kS) % kTCount == 0 && b > kT && b < kT + kTCount) return a + (b - kT);
  const Composition* end = kCompositions + kCompositionCount;
  const Composition* it = std::lower_bound(kCompositions, end, std::pair<uint32_t, uint32_t>(a, b),
      [](const Composition& x, const auto& key) { return std::pair(x.first, x.second) < key; });
  return it != end && it->first == a && it->second == b ? it->composed : 0;
}

void compose(std::u32string& text) {
  size_t out = 0, starter = 0;
  bool have_starter = false;
  int previous = 0;  // combining class of the last character kept after the starter; 0 when it stands right behind it
  for (size_t i = 0; i < text.size(); i++) {
    char32_t c = text[i];
    int cc = combining(c);
    bool blocked = have_starter && out != starter + 1 && (previous == 0 || previous >= cc);
    if (have_starter && !blocked) {
      if (char32_t together = compose_pair(text[starter], c)) {
        text[starter] = together;
        continue;
      }
    }
    if (cc == 0) {
      starter = out;
      have_starter = true;
    }
    previous = cc;
    text[out++] = c;
  }
  text.resize(out);
}

}  // namespace

std::u32string normalize(Form form, std::u32string_view text) {
  if (quick_check(form, text)) return std::u32string(text);
  bool compatible = form == Form::kNFKC || form == Form::kNFKD;
  std::u32string out;
  out.reserve(text.size() + text.size() / 4);
  for (char32_t c : text) decompose(out, c, compatible);
  for (size_t i = 0; i < out.size();) {
    if (!combining(out[i])) {
      i++;
      continue;
    }
    size_t end = i;
    while (end < out.size() && combining(out[end])) end++;
    std::stable_sort(out.begin() + i, out.begin() + end, [](char32_t a, char32_t b) { return combining(a) < combining(b); });
    i = end;
  }
  if (form == Form::kNFC || form == Form::kNFKC) compose(out);
  return out;
}

bool is_normalized(Form form, std::u32string_view text) { return quick_check(form, text) || normalize(form, text) == text; }

std::string nfkc(std::string_view utf8) {
  std::u32string text;
  for (const char *p = utf8.data(), *end = p + utf8.size(); p < end;) text += decode_utf8(p, end);
  if (quick_check(Form::kNFKC, text)) return std::string(utf8);
  std::string out;
  for (char32_t c : normalize(Form::kNFKC, text)) append_utf8(out, c);
  return out;
}

}  // namespace pyjit::unicode
