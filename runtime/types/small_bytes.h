// Comparing and copying short byte strings: most strings are shorter than the call of memcmp or memcpy is long.
#pragma once
#include <cstdint>
#include <cstring>

namespace pyjit::runtime {

template <class Word>
inline Word load_word(const void* p) {
  Word w;
  memcpy(&w, p, sizeof w);
  return w;
}

// memcmp(a, b, n) == 0. Up to 16 bytes: two overlapping words.
inline bool same_bytes(const void* a, const void* b, size_t n) {
  const char *x = static_cast<const char*>(a), *y = static_cast<const char*>(b);
  if (n > 16) return memcmp(a, b, n) == 0;
  if (n >= 8) return !((load_word<uint64_t>(x) ^ load_word<uint64_t>(y)) | (load_word<uint64_t>(x + n - 8) ^ load_word<uint64_t>(y + n - 8)));
  if (n >= 4) return !((load_word<uint32_t>(x) ^ load_word<uint32_t>(y)) | (load_word<uint32_t>(x + n - 4) ^ load_word<uint32_t>(y + n - 4)));
  if (n >= 2) return !((load_word<uint16_t>(x) ^ load_word<uint16_t>(y)) | (load_word<uint16_t>(x + n - 2) ^ load_word<uint16_t>(y + n - 2)));
  return n == 0 || *x == *y;
}

// memcpy; the areas do not overlap.
inline void copy_bytes(void* to, const void* from, size_t n) {
  char* t = static_cast<char*>(to);
  const char* f = static_cast<const char*>(from);
  auto two = [&]<class Word>(Word) {
    Word first = load_word<Word>(f), last = load_word<Word>(f + n - sizeof(Word));
    memcpy(t, &first, sizeof(Word));
    memcpy(t + n - sizeof(Word), &last, sizeof(Word));
  };
  if (n > 16) memcpy(to, from, n);
  else if (n >= 8) two(uint64_t{});
  else if (n >= 4) two(uint32_t{});
  else if (n >= 2) two(uint16_t{});
  else if (n) *t = *f;
}

}  // namespace pyjit::runtime
