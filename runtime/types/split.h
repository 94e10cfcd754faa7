// Splitting algorithms over arrays of code units, for str and bytes: each piece is reported as [start, end) to `emit`, which returns
// false to stop (an exception is pending). The r-forms report pieces from the right.
#pragma once
#include "runtime/types/search.h"

namespace pyjit::runtime {

template <class C, class Space, class Emit>
bool split_on_space(const C* s, int64_t n, int64_t max, Space is_space, Emit emit) {
  int64_t i = 0;
  while (true) {
    while (i < n && is_space(s[i])) ++i;
    if (i == n) return true;
    if (max-- == 0) return emit(i, n);
    int64_t start = i;
    while (i < n && !is_space(s[i])) ++i;
    if (!emit(start, i)) return false;
  }
}

template <class C, class Space, class Emit>
bool rsplit_on_space(const C* s, int64_t n, int64_t max, Space is_space, Emit emit) {
  int64_t i = n;
  while (true) {
    while (i > 0 && is_space(s[i - 1])) --i;
    if (i == 0) return true;
    if (max-- == 0) return emit(int64_t{0}, i);
    int64_t end = i;
    while (i > 0 && !is_space(s[i - 1])) --i;
    if (!emit(i, end)) return false;
  }
}

template <class Emit>
bool split_on(const void* s, int64_t n, const void* sep, int64_t m, unsigned kind, int64_t max, Emit emit) {
  int64_t at = 0;
  const char* base = static_cast<const char*>(s);
  while (max-- > 0) {
    int64_t found = find_units(base + at * kind, n - at, sep, m, kind);
    if (found < 0) break;
    if (!emit(at, at + found)) return false;
    at += found + m;
  }
  return emit(at, n);
}

template <class Emit>
bool rsplit_on(const void* s, int64_t n, const void* sep, int64_t m, unsigned kind, int64_t max, Emit emit) {
  int64_t end = n;
  while (max-- > 0) {
    int64_t found = rfind_units(s, end, sep, m, kind);
    if (found < 0) break;
    if (!emit(found + m, end)) return false;
    end = found;
  }
  return emit(0, end);
}

template <class C, class Break, class Emit>
bool split_lines(const C* s, int64_t n, bool keep_ends, Break is_break, Emit emit) {
  for (int64_t i = 0; i < n;) {
    int64_t start = i;
    while (i < n && !is_break(s[i])) ++i;
    int64_t end = i;
    if (i < n) {
      i += s[i] == '\r' && i + 1 < n && s[i + 1] == '\n' ? 2 : 1;
      if (keep_ends) end = i;
    }
    if (!emit(start, end)) return false;
  }
  return true;
}

}  // namespace pyjit::runtime
