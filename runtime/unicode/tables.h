// The generated tables' names and shapes, private to runtime/unicode.
#pragma once
#include "runtime/unicode/unicode.h"

namespace pyjit::unicode {

inline constexpr int kBlockShift = 7, kBlockSize = 1 << kBlockShift;
struct Composition {
  uint32_t first, second, composed;
};
extern const Record kRecords[];
extern const uint16_t kRecordFirst[], kRecordSecond[], kDecompositionFirst[], kDecompositionSecond[];
extern const char* const kCategoryNames[];
extern const char* const kBidiNames[];
extern const char* const kWidthNames[];
extern const char* const kDecompositionTags[];
extern const double kNumericValues[];
extern const char32_t kMappings[];
extern const uint32_t kDecompositions[];  // rows: tag << 8 | count, then `count` code points
extern const Composition kCompositions[];  // sorted by (first, second)
extern const int kCompositionCount;

const uint32_t* decomposition_row(char32_t c);  // null: none

}  // namespace pyjit::unicode
