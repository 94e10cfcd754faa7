// The regular expression engine: compiled programs (the code words that re._compiler emits) and the matcher over them.
//
//   Program   code words, checked once; a bitmap of the Latin-1 characters for each character set
//   Matcher   one subject: where it starts and ends, the group marks of the last match, the backtrack stack
//
// Positions are indices into the subject, in code points or bytes.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pyjit::runtime::sre {

constexpr uint32_t kMagic = 20220615, kMaxRepeat = 0xFFFFFFFFu, kMaxGroups = 0xFFFFFFFFu / 4;

// ORDER(sre_opcodes): as re._constants numbers them.
enum Op : uint32_t {
  kFailure, kSuccess, kAny, kAnyAll, kAssert, kAssertNot, kAt, kBranch, kCategory, kCharset, kBigCharset, kGroupRef, kGroupRefExists, kIn,
  kInfo, kJump, kLiteral, kMark, kMaxUntil, kMinUntil, kNotLiteral, kNegate, kRange, kRepeat, kRepeatOne, kSubpattern, kMinRepeatOne,
  kAtomicGroup, kPossessiveRepeat, kPossessiveRepeatOne,
  kGroupRefIgnore, kInIgnore, kLiteralIgnore, kNotLiteralIgnore,
  kGroupRefLocIgnore, kInLocIgnore, kLiteralLocIgnore, kNotLiteralLocIgnore,
  kGroupRefUniIgnore, kInUniIgnore, kLiteralUniIgnore, kNotLiteralUniIgnore, kRangeUniIgnore,
};
enum At : uint32_t {
  kAtBeginning, kAtBeginningLine, kAtBeginningString, kAtBoundary, kAtNonBoundary, kAtEnd, kAtEndLine, kAtEndString,
  kAtLocBoundary, kAtLocNonBoundary, kAtUniBoundary, kAtUniNonBoundary, kAtCount,
};
enum Category : uint32_t {
  kDigit, kNotDigit, kSpace, kNotSpace, kWord, kNotWord, kLineBreak, kNotLineBreak, kLocWord, kLocNotWord,
  kUniDigit, kUniNotDigit, kUniSpace, kUniNotSpace, kUniWord, kUniNotWord, kUniLineBreak, kUniNotLineBreak, kCategoryCount,
};
enum InfoFlags : uint32_t { kInfoPrefix = 1, kInfoLiteral = 2, kInfoCharset = 4 };

using Bitmap = std::array<uint64_t, 4>;

struct Program {
  std::vector<uint32_t> code;
  std::vector<uint32_t> set_index;   // for the first word of a set: 1 + its bitmap's index; else 0
  std::vector<Bitmap> bitmaps;
  uint32_t groups = 0;
  const Bitmap* bitmap_of(const uint32_t* set) const {
    uint32_t i = set_index[static_cast<size_t>(set - code.data())];
    return i ? &bitmaps[i - 1] : nullptr;
  }
};

// Checks that running `code` stays inside it and inside `groups` groups; fills in the bitmaps. False: not a program.
bool prepare(Program* program);

bool in_category(uint32_t category, uint32_t c);
bool in_set(const uint32_t* set, uint32_t c);    // `set`: the words after IN's skip
uint32_t lower_ascii(uint32_t c);
uint32_t lower_unicode(uint32_t c);
uint32_t upper_unicode(uint32_t c);
uint32_t lower_locale(uint32_t c);
uint32_t upper_locale(uint32_t c);

// One entry of the backtrack stack: a choice to come back to, a change to undo, or the floor of a sub-match.
struct Entry {
  uint32_t kind, a;
  int64_t b, c;
  const uint32_t* pc;
};
struct RepeatContext {
  int64_t count, last;          // last: where the latest iteration began (zero-width protection), -1 none
  const uint32_t* pattern;      // the words after REPEAT
  int32_t previous;
};

struct Matcher {
  const Program* program = nullptr;
  const void* data = nullptr;
  unsigned kind = 1;
  int64_t beginning = 0, end = 0;   // of the subject and of the searched part
  int64_t start = 0, position = 0;  // of the match: in: where to begin; out: [start, position)
  bool must_advance = false;        // an empty match at `start` does not count
  bool match_all = false;           // fullmatch
  std::vector<int64_t> marks;       // start and end of each group, -1
  int32_t last_mark = -1, last_index = -1;
  std::vector<Entry> stack;
  std::vector<RepeatContext> repeats;

  void reset() {
    last_mark = last_index = -1;
  }
  // 1: matched; 0: no match; -1: MemoryError or RuntimeError pending.
  int match();    // at `start` only
  int search();   // at `start` or later
  // Bounds of group g (0: the match) after a success: false when it took no part.
  bool group(uint32_t g, int64_t* from, int64_t* to) const;
};

}  // namespace pyjit::runtime::sre
