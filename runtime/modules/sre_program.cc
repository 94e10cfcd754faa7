// Code words → checked program: character classes, the validator, and the Latin-1 bitmaps of sets.
#include <cctype>

#include "runtime/modules/sre.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::runtime::sre {

uint32_t lower_ascii(uint32_t c) { return c - 'A' < 26 ? c + 32 : c; }
uint32_t lower_unicode(uint32_t c) { return unicode::to_lower(c); }
// CPython's simple mapping of a character with a full one is the latter's first character (U+FB05 → 'S').
uint32_t upper_unicode(uint32_t c) {
  char32_t out[unicode::kMaxMapping];
  return unicode::to_upper_full(c, out) > 0 ? static_cast<uint32_t>(out[0]) : c;
}
uint32_t lower_locale(uint32_t c) { return c < 256 ? static_cast<uint32_t>(tolower(static_cast<int>(c))) : c; }
uint32_t upper_locale(uint32_t c) { return c < 256 ? static_cast<uint32_t>(toupper(static_cast<int>(c))) : c; }

namespace {
bool ascii_digit(uint32_t c) { return c - '0' < 10; }
bool ascii_space(uint32_t c) { return c == ' ' || c - 9 < 5; }
bool ascii_word(uint32_t c) { return c - '0' < 10 || (c | 32) - 'a' < 26 || c == '_'; }
bool locale_word(uint32_t c) { return c < 256 && (isalnum(static_cast<int>(c)) || c == '_'); }
bool unicode_word(uint32_t c) { return unicode::is_alnum(c) || c == '_'; }
}  // namespace

bool in_category(uint32_t category, uint32_t c) {
  switch (category) {
    case kDigit: return ascii_digit(c);
    case kNotDigit: return !ascii_digit(c);
    case kSpace: return ascii_space(c);
    case kNotSpace: return !ascii_space(c);
    case kWord: return c < 128 && ascii_word(c);
    case kNotWord: return !(c < 128 && ascii_word(c));
    case kLineBreak: return c == '\n';
    case kNotLineBreak: return c != '\n';
    case kLocWord: return locale_word(c);
    case kLocNotWord: return !locale_word(c);
    case kUniDigit: return unicode::is_decimal(c);
    case kUniNotDigit: return !unicode::is_decimal(c);
    case kUniSpace: return unicode::is_space(c);
    case kUniNotSpace: return !unicode::is_space(c);
    case kUniWord: return unicode_word(c);
    case kUniNotWord: return !unicode_word(c);
    case kUniLineBreak: return unicode::is_line_break(c);
    case kUniNotLineBreak: return !unicode::is_line_break(c);
  }
  return false;
}

bool in_set(const uint32_t* set, uint32_t c) {
  bool found = true;   // what membership means: NEGATE turns it over
  for (;;) {
    switch (*set++) {
      case kFailure: return !found;
      case kNegate: found = !found; break;
      case kLiteral:
        if (c == set[0]) return found;
        set += 1;
        break;
      case kCategory:
        if (in_category(set[0], c)) return found;
        set += 1;
        break;
      case kRange:
        if (set[0] <= c && c <= set[1]) return found;
        set += 2;
        break;
      case kRangeUniIgnore: {   // c is in lower case already
        if (set[0] <= c && c <= set[1]) return found;
        uint32_t upper = upper_unicode(c);
        if (set[0] <= upper && upper <= set[1]) return found;
        set += 2;
        break;
      }
      case kCharset:
        if (c < 256 && (set[c >> 5] >> (c & 31) & 1)) return found;
        set += 8;
        break;
      case kBigCharset: {
        uint32_t blocks = *set++;
        if (c < 65536) {
          uint32_t block = reinterpret_cast<const uint8_t*>(set)[c >> 8];
          if (set[64 + block * 8 + ((c & 255) >> 5)] >> (c & 31) & 1) return found;
        }
        set += 64 + blocks * 8;
        break;
      }
      default: return false;
    }
  }
}

namespace {

class Validator {
 public:
  explicit Validator(Program* program) : program_(program), code_(program->code) {}

  bool run() {
    size_t i = 0, n = code_.size();
    if (n == 0 || program_->groups > kMaxGroups) return false;
    if (code_[n - 1] != kSuccess) return false;
    if (code_[0] == kInfo) {
      if (!info(n)) return false;
      i = 1 + code_[1];
    }
    return block(i, n - 1, 0);
  }

 private:
  // The set in [i, end), which must end with FAILURE at end - 1. `fold`: what is done to a character before the test.
  bool set(size_t i, size_t end, uint32_t op) {
    size_t first = i;
    if (i >= end || end > code_.size() || code_[end - 1] != kFailure) return false;
    --end;
    while (i < end) {
      uint32_t o = code_[i++];
      size_t operands;
      switch (o) {
        case kNegate: operands = 0; break;
        case kLiteral: operands = 1; break;
        case kCategory:
          if (i >= end || code_[i] >= kCategoryCount) return false;
          operands = 1;
          break;
        case kRange: case kRangeUniIgnore: operands = 2; break;
        case kCharset: operands = 8; break;
        case kBigCharset: {
          if (i + 65 > end) return false;
          size_t blocks = code_[i];
          if (blocks > 256) return false;
          const uint8_t* map = reinterpret_cast<const uint8_t*>(&code_[i + 1]);
          for (int k = 0; k < 256; ++k)
            if (map[k] >= blocks) return false;
          operands = 65 + blocks * 8;
          break;
        }
        default: return false;
      }
      i += operands;
      if (i > end) return false;
    }
    if (op != kInLocIgnore) add_bitmap(first, op);
    return true;
  }

  void add_bitmap(size_t first, uint32_t op) {
    Bitmap bits{};
    for (uint32_t c = 0; c < 256; ++c) {
      uint32_t folded = op == kInIgnore ? lower_ascii(c) : op == kInUniIgnore ? lower_unicode(c) : c;
      if (in_set(&code_[first], folded)) bits[c >> 6] |= uint64_t{1} << (c & 63);
    }
    program_->bitmaps.push_back(bits);
    program_->set_index[first] = static_cast<uint32_t>(program_->bitmaps.size());
  }

  bool info(size_t n) {
    if (n < 5) return false;
    size_t end = 1 + size_t{code_[1]};
    if (end >= n || code_[1] < 4) return false;
    uint32_t flags = code_[2];
    if (flags & ~uint32_t{kInfoPrefix | kInfoLiteral | kInfoCharset}) return false;
    if ((flags & kInfoPrefix) && (flags & kInfoCharset)) return false;
    if ((flags & kInfoLiteral) && !(flags & kInfoPrefix)) return false;
    size_t i = 5;
    if (flags & kInfoPrefix) {
      if (i + 2 > end) return false;
      size_t length = code_[i], skip = code_[i + 1];
      if (length == 0 || skip > length || i + 2 + 2 * length != end) return false;
      for (size_t k = 0; k < length; ++k)
        if (code_[i + 2 + length + k] >= length) return false;
    } else if (flags & kInfoCharset) {
      return set(i, end, kIn);
    }
    return true;
  }

  // A skip word at i: *target = where it leads, within (i, end].
  bool skip_to(size_t i, size_t end, size_t* target) {
    if (i >= end) return false;
    *target = i + code_[i];
    return code_[i] > 0 && *target <= end;
  }

  // One unit with SUCCESS behind it: the body of the single-character repeats.
  bool unit(size_t i, size_t end) {
    if (i >= end || code_[end - 1] != kSuccess) return false;
    switch (code_[i]) {
      case kAny: case kAnyAll: return i + 2 == end;
      case kLiteral: case kNotLiteral: case kLiteralIgnore: case kNotLiteralIgnore: case kLiteralLocIgnore: case kNotLiteralLocIgnore:
      case kLiteralUniIgnore: case kNotLiteralUniIgnore: return i + 3 == end;
      case kIn: case kInIgnore: case kInLocIgnore: case kInUniIgnore: {
        size_t target;
        return skip_to(i + 1, end, &target) && target == end - 1 && set(i + 2, target, code_[i]);
      }
    }
    return false;
  }

  // Instructions from i that end exactly at `end`.
  bool block(size_t i, size_t end, int depth) {
    if (depth > 2000) return false;
    while (i < end) {
      uint32_t op = code_[i++];
      size_t target;
      switch (op) {
        case kAny: case kAnyAll: case kFailure: break;
        case kSuccess: break;
        case kMark:
          if (i >= end || code_[i] >= 2 * program_->groups) return false;
          ++i;
          break;
        case kLiteral: case kNotLiteral: case kLiteralIgnore: case kNotLiteralIgnore: case kLiteralLocIgnore: case kNotLiteralLocIgnore:
        case kLiteralUniIgnore: case kNotLiteralUniIgnore:
          if (i >= end) return false;
          ++i;
          break;
        case kAt:
          if (i >= end || code_[i] >= kAtCount) return false;
          ++i;
          break;
        case kCategory:
          if (i >= end || code_[i] >= kCategoryCount) return false;
          ++i;
          break;
        case kIn: case kInIgnore: case kInLocIgnore: case kInUniIgnore:
          if (!skip_to(i, end, &target) || !set(i + 1, target, op)) return false;
          i = target;
          break;
        case kGroupRef: case kGroupRefIgnore: case kGroupRefLocIgnore: case kGroupRefUniIgnore:
          if (i >= end || code_[i] >= program_->groups) return false;
          ++i;
          break;
        case kGroupRefExists: {
          // group, skip (from the group word), yes [JUMP no]
          if (i + 2 > end || code_[i] >= program_->groups || code_[i + 1] < 2 || i + code_[i + 1] > end) return false;
          size_t no = i + code_[i + 1];
          // With a "no" part the yes part ends with a jump over it.
          if (no >= i + 4 && code_[no - 2] == kJump && no - 1 + code_[no - 1] <= end && code_[no - 1] >= 1 &&
              block(i + 2, no - 2, depth + 1)) {
            size_t after = no - 1 + code_[no - 1];
            if (!block(no, after, depth + 1)) return false;
            i = after;
          } else {
            if (!block(i + 2, no, depth + 1)) return false;
            i = no;
          }
          break;
        }
        case kBranch: {
          size_t after = 0;
          for (;;) {
            if (i >= end) return false;
            if (code_[i] == 0) break;
            if (!skip_to(i, end, &target) || target < i + 3 || code_[target - 2] != kJump) return false;
            if (!block(i + 1, target - 2, depth + 1)) return false;
            size_t to = target - 1 + code_[target - 1];
            if (code_[target - 1] == 0 || to > end || (after && after != to)) return false;
            after = to;
            i = target;
          }
          ++i;   // the 0 that ends the alternatives
          if (after != i) return false;
          break;
        }
        case kAssert: case kAssertNot:
          if (!skip_to(i, end, &target) || i + 2 >= target || code_[target - 1] != kSuccess) return false;
          if (!block(i + 2, target - 1, depth + 1)) return false;
          i = target;
          break;
        case kAtomicGroup:
          if (!skip_to(i, end, &target) || i + 1 >= target || code_[target - 1] != kSuccess) return false;
          if (!block(i + 1, target - 1, depth + 1)) return false;
          i = target;
          break;
        case kRepeatOne: case kMinRepeatOne: case kPossessiveRepeatOne:
          if (!skip_to(i, end, &target) || i + 3 >= target || code_[i + 1] > code_[i + 2] || !unit(i + 3, target)) return false;
          i = target;
          break;
        case kRepeat: case kPossessiveRepeat: {
          if (!skip_to(i, end, &target) || target >= end || i + 3 > target || code_[i + 1] > code_[i + 2]) return false;
          uint32_t until = code_[target];
          bool closed = op == kRepeat ? until == kMaxUntil || until == kMinUntil : until == kSuccess;
          if (!closed || !block(i + 3, target, depth + 1)) return false;
          i = target + 1;
          break;
        }
        default: return false;
      }
    }
    return i == end;
  }

  Program* program_;
  const std::vector<uint32_t>& code_;
};

}  // namespace

bool prepare(Program* program) {
  program->set_index.assign(program->code.size(), 0);
  return Validator(program).run();
}

}  // namespace pyjit::runtime::sre
