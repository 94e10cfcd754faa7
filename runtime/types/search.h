// Substring search over arrays of 1, 2 or 4 byte units: what str, bytes, bytearray and _sre share.
//
// Positions are in units, -1 when absent. An empty needle is found everywhere (find: 0, rfind: n, count: n + 1).
#pragma once
#include <cstdint>

namespace pyjit::runtime {

int64_t find_units(const void* haystack, int64_t n, const void* needle, int64_t m, unsigned kind);
int64_t rfind_units(const void* haystack, int64_t n, const void* needle, int64_t m, unsigned kind);
// Non-overlapping matches, at most max_count of them.
int64_t count_units(const void* haystack, int64_t n, const void* needle, int64_t m, unsigned kind, int64_t max_count);
int64_t find_unit(const void* haystack, int64_t n, uint32_t unit, unsigned kind);
int64_t rfind_unit(const void* haystack, int64_t n, uint32_t unit, unsigned kind);

// Slice bounds as str.find takes them: negative ones count from the end, both are clipped to [0, length] (start may exceed it).
inline void adjust_indices(int64_t length, int64_t* start, int64_t* end) {
  if (*end > length) *end = length;
  else if (*end < 0 && (*end += length) < 0) *end = 0;
  if (*start < 0 && (*start += length) < 0) *start = 0;
}

}  // namespace pyjit::runtime
