// Substring search: memchr and memmem (which is two-way for long needles, so never quadratic) over bytes, with an alignment test for
// wider units; single wide characters go through their rarest byte.
#include "runtime/types/search.h"

namespace pyjit::runtime {
namespace {

template <class C>
int64_t find_one(const C* h, int64_t n, C c) {
  if constexpr (sizeof(C) == 1) {
    const void* p = memchr(h, c, static_cast<size_t>(n));
    return p ? static_cast<const C*>(p) - h : -1;
  } else {
    for (int64_t i = 0; i < n; ++i)
      if (h[i] == c) return i;
    return -1;
  }
}

template <class C>
int64_t rfind_one(const C* h, int64_t n, C c) {
  if constexpr (sizeof(C) == 1) {
    const void* p = memrchr(h, c, static_cast<size_t>(n));
    return p ? static_cast<const C*>(p) - h : -1;
  } else {
    for (int64_t i = n; i-- > 0;)
      if (h[i] == c) return i;
    return -1;
  }
}

template <class C>
int64_t find_many(const C* h, int64_t n, const C* needle, int64_t m) {
  if (m == 0) return 0;
  if (m > n) return -1;
  if (m == 1) return find_one(h, n, needle[0]);
  const char* base = reinterpret_cast<const char*>(h);
  const char* end = reinterpret_cast<const char*>(h + n);
  for (const char* from = base;;) {
    const void* p = memmem(from, static_cast<size_t>(end - from), needle, static_cast<size_t>(m) * sizeof(C));
    if (!p) return -1;
    int64_t offset = static_cast<const char*>(p) - base;
    if (sizeof(C) == 1 || offset % static_cast<int64_t>(sizeof(C)) == 0) return offset / static_cast<int64_t>(sizeof(C));
    from = static_cast<const char*>(p) + 1;
  }
}

// Backwards with a bad-character skip on the needle's first unit.
template <class C>
int64_t rfind_many(const C* h, int64_t n, const C* needle, int64_t m) {
  if (m == 0) return n;
  if (m > n) return -1;
  if (m == 1) return rfind_one(h, n, needle[0]);
  uint64_t bloom = 0;
  int64_t skip = m;  // distance from the first unit to its next occurrence in the needle
  for (int64_t i = m - 1; i > 0; --i) {
    bloom |= uint64_t{1} << (needle[i] & 63);
    if (needle[i] == needle[0]) skip = i;
  }
  bloom |= uint64_t{1} << (needle[0] & 63);
  for (int64_t i = n - m; i >= 0; --i) {
    if (h[i] == needle[0]) {
      if (memcmp(h + i, needle, static_cast<size_t>(m) * sizeof(C)) == 0) return i;
      if (i > 0 && !(bloom >> (h[i - 1] & 63) & 1)) i -= m;
      else i -= skip - 1;
    } else if (i > 0 && !(bloom >> (h[i - 1] & 63) & 1)) {
      i -= m;
    }
  }
  return -1;
}

template <class C>
int64_t count_many(const C* h, int64_t n, const C* needle, int64_t m, int64_t max_count) {
  if (max_count <= 0) return 0;
  if (m == 0) return std::min(n + 1, max_count);
  int64_t count = 0;
  if (m == 1) {
    for (int64_t i = 0; i < n; ++i)
      if (h[i] == needle[0] && ++count == max_count) break;
    return count;
  }
  for (int64_t at = 0; at + m <= n;) {
    int64_t found = find_many(h + at, n - at, needle, m);
    if (found < 0 || ++count == max_count) break;
    at += found + m;
  }
  return count;
}

template <class F>
auto dispatch(const void* h, unsigned kind, F f) {
  if (kind == 1) return f(static_cast<const uint8_t*>(h));
  if (kind == 2) return f(static_cast<const uint16_t*>(h));
  return f(static_cast<const uint32_t*>(h));
}
template <class C>
bool fits(uint32_t unit) { return sizeof(C) == 4 || unit >> (8 * (sizeof(C) & 3)) == 0; }

}  // namespace

int64_t find_units(const void* h, int64_t n, const void* needle, int64_t m, unsigned kind) {
  return dispatch(h, kind, [&]<class C>(const C* p) { return find_many(p, n, static_cast<const C*>(needle), m); });
}
int64_t rfind_units(const void* h, int64_t n, const void* needle, int64_t m, unsigned kind) {
  return dispatch(h, kind, [&]<class C>(const C* p) { return rfind_many(p, n, static_cast<const C*>(needle), m); });
}
int64_t count_units(const void* h, int64_t n, const void* needle, int64_t m, unsigned kind, int64_t max_count) {
  return dispatch(h, kind, [&]<class C>(const C* p) { return count_many(p, n, static_cast<const C*>(needle), m, max_count); });
}
int64_t find_unit(const void* h, int64_t n, uint32_t unit, unsigned kind) {
  return dispatch(h, kind, [&]<class C>(const C* p) -> int64_t { return fits<C>(unit) ? find_one(p, n, static_cast<C>(unit)) : -1; });
}
int64_t rfind_unit(const void* h, int64_t n, uint32_t unit, unsigned kind) {
  return dispatch(h, kind, [&]<class C>(const C* p) -> int64_t { return fits<C>(unit) ? rfind_one(p, n, static_cast<C>(unit)) : -1; });
}

}  // namespace pyjit::runtime
