// list.sort: timsort with the powersort merge policy, comparison for comparison as CPython 3.11 does it.
//
// Keys that are all inline ints, all floats or all exact str are compared in place; then no Python code and no collection can happen
// in the middle. For other keys each item stays reachable through an untouched copy of the array while merges move them about.
#include <algorithm>
#include <cstring>
#include <memory>

#include "runtime/ops.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/list.h"
#include "runtime/types/quick_compare.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

// Orderings: 1 a < b, 0 not, -1 error.
struct IntLess {
  int operator()(Value a, Value b) const { return static_cast<int64_t>(a.bits() << 16) < static_cast<int64_t>(b.bits() << 16); }
};
struct FloatLess {
  int operator()(Value a, Value b) const { return a.as_double() < b.as_double(); }
};
struct StrLess {
  int operator()(Value a, Value b) const { return str_compare(a.as<Str>(), b.as<Str>()) < 0; }
};
struct AnyLess {
  int operator()(Value a, Value b) const {
    return less_any(a, b);
  }
};
// Exact tuples: the first item decides nearly always.
struct TupleLess {
  int operator()(Value a, Value b) const { return tuple_less(a.as<Tuple>(), b.as<Tuple>()); }
};

constexpr int64_t kMinGallop = 7, kMaxMinRun = 64;

// A stretch of the keys and, when key= was given, of the items beside them.
template <bool kPaired>
struct Span {
  Value* keys;
  Value* values;
  void copy_item(int64_t to, const Span& from, int64_t at) const {
    keys[to] = from.keys[at];
    if constexpr (kPaired) values[to] = from.values[at];
  }
  // Overlap allowed.
  void move_items(int64_t to, const Span& from, int64_t at, int64_t n) const {
    memmove(static_cast<void*>(keys + to), from.keys + at, static_cast<size_t>(n) * sizeof(Value));
    if constexpr (kPaired) memmove(static_cast<void*>(values + to), from.values + at, static_cast<size_t>(n) * sizeof(Value));
  }
  Span at(int64_t offset) const { return {keys + offset, kPaired ? values + offset : nullptr}; }
  void reverse(int64_t n) const {
    std::reverse(keys, keys + n);
    if constexpr (kPaired) std::reverse(values, values + n);
  }
};

#define LESS(a, b)                        \
  ({                                      \
    int less_ = less_than_((a), (b));     \
    if (less_ < 0) [[unlikely]] return -1; \
    less_;                                \
  })

template <class Less, bool kPaired>
class TimSort {
 public:
  TimSort(Value* keys, Value* values, int64_t n) : all_{keys, values}, length_(n) {}

  // False: a comparison failed; the array then holds all items in some order.
  bool run() {
    int64_t min_run = min_run_length(length_), lo = 0, left = length_;
    if (length_ < 2) return true;
    while (left) {
      Span<kPaired> span = all_.at(lo);
      bool descending;
      int64_t n = count_run(span.keys, left, &descending);
      if (n < 0) return false;
      if (descending) span.reverse(n);
      if (n < min_run) {
        int64_t forced = std::min(left, min_run);
        if (binary_sort(span, forced, n) < 0) return false;
        n = forced;
      }
      if (!new_run(lo, n)) return false;
      lo += n;
      left -= n;
    }
    while (runs_ > 1) {
      int i = runs_ - 2;
      if (i > 0 && pending_[i - 1].length < pending_[i + 1].length) --i;
      if (merge_at(i) < 0) return false;
    }
    return true;
  }

 private:
  struct Run { int64_t start, length; int power; };

  static int64_t min_run_length(int64_t n) {
    int64_t odd = 0;
    while (n >= kMaxMinRun) {
      odd |= n & 1;
      n >>= 1;
    }
    return n + odd;
  }

  int64_t count_run(Value* a, int64_t n, bool* descending) {
    *descending = false;
    if (n == 1) return 1;
    int64_t i = 2;
    if (LESS(a[1], a[0])) {
      *descending = true;
      while (i < n && LESS(a[i], a[i - 1])) ++i;
    } else {
      while (i < n && !LESS(a[i], a[i - 1])) ++i;
    }
    return i;
  }

  int binary_sort(Span<kPaired> span, int64_t n, int64_t sorted) {
    Value* a = span.keys;
    for (int64_t start = sorted ? sorted : 1; start < n; ++start) {
      int64_t l = 0, r = start;
      Value pivot = a[start];
      while (l < r) {
        int64_t p = l + ((r - l) >> 1);
        if (LESS(pivot, a[p])) r = p; else l = p + 1;
      }
      memmove(static_cast<void*>(a + l + 1), a + l, static_cast<size_t>(start - l) * sizeof(Value));
      a[l] = pivot;
      if constexpr (kPaired) {
        Value v = span.values[start];
        memmove(static_cast<void*>(span.values + l + 1), span.values + l, static_cast<size_t>(start - l) * sizeof(Value));
        span.values[l] = v;
      }
    }
    return 0;
  }

  // Leftmost place for key in the sorted a[0 .. n), searching outwards from hint.
  int64_t gallop_left(Value key, Value* a, int64_t n, int64_t hint) {
    int64_t last = 0, offset = 1;
    if (LESS(a[hint], key)) {
      int64_t limit = n - hint;
      while (offset < limit && LESS(a[hint + offset], key)) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      last += hint;
      offset += hint;
    } else {
      int64_t limit = hint + 1;
      while (offset < limit && !LESS(a[hint - offset], key)) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      int64_t k = last;
      last = hint - offset;
      offset = hint - k;
    }
    for (++last; last < offset;) {
      int64_t m = last + ((offset - last) >> 1);
      if (LESS(a[m], key)) last = m + 1; else offset = m;
    }
    return offset;
  }

  // Rightmost place.
  int64_t gallop_right(Value key, Value* a, int64_t n, int64_t hint) {
    int64_t last = 0, offset = 1;
    if (LESS(key, a[hint])) {
      int64_t limit = hint + 1;
      while (offset < limit && LESS(key, a[hint - offset])) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      int64_t k = last;
      last = hint - offset;
      offset = hint - k;
    } else {
      int64_t limit = n - hint;
      while (offset < limit && !LESS(key, a[hint + offset])) {
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      last += hint;
      offset += hint;
    }
    for (++last; last < offset;) {
      int64_t m = last + ((offset - last) >> 1);
      if (LESS(key, a[m])) offset = m; else last = m + 1;
    }
    return offset;
  }

  // Depth of the node between two neighbouring runs in the nearly optimal merge tree (powersort).
  int node_power(int64_t start, int64_t n1, int64_t n2) const {
    int64_t a = 2 * start + n1, b = a + n1 + n2;
    for (int power = 1;; ++power) {
      if (a >= length_) {
        a -= length_;
        b -= length_;
      } else if (b >= length_) {
        return power;
      }
      a <<= 1;
      b <<= 1;
    }
  }

  bool new_run(int64_t start, int64_t n) {
    if (runs_) {
      Run& top = pending_[runs_ - 1];
      int power = node_power(top.start, top.length, n);
      while (runs_ > 1 && pending_[runs_ - 2].power > power) {
        if (merge_at(runs_ - 2) < 0) return false;
      }
      pending_[runs_ - 1].power = power;
    }
    pending_[runs_++] = {start, n, 0};
    return true;
  }

  int merge_at(int i) {
    Run a = pending_[i], b = pending_[i + 1];
    pending_[i].length = a.length + b.length;
    if (i == runs_ - 3) pending_[i + 1] = pending_[i + 2];
    --runs_;
    Span<kPaired> left = all_.at(a.start), right = all_.at(b.start);
    int64_t na = a.length, nb = b.length;
    int64_t k = gallop_right(right.keys[0], left.keys, na, 0);
    if (k < 0) return -1;
    left = left.at(k);
    na -= k;
    if (!na) return 0;
    nb = gallop_left(left.keys[na - 1], right.keys, nb, nb - 1);
    if (nb <= 0) return static_cast<int>(nb);
    return na <= nb ? merge_low(left, na, right, nb) : merge_high(left, na, right, nb);
  }

  Span<kPaired> temporary(int64_t n) {
    if (n > capacity_) {
      // Unseen by the collector: see the head of this file for what keeps the items alive.
      buffer_ = std::make_unique<Value[]>(static_cast<size_t>(n) * (kPaired ? 2 : 1));
      capacity_ = n;
    }
    return {buffer_.get(), kPaired ? buffer_.get() + capacity_ : nullptr};
  }

  // Merges neighbouring runs, na <= nb; the first item of b is less than the first of a, the last of a is greater than all of b.
  int merge_low(Span<kPaired> a, int64_t na, Span<kPaired> b, int64_t nb) {
    Span<kPaired> t = temporary(na), out = a;
    t.move_items(0, a, 0, na);
    int64_t ia = 0, ib = 0, to = 0, ea = na, eb = nb;   // t[ia .. ea), b[ib .. eb)
    int result = merge_low_loop(t, ia, ea, b, ib, eb, out, to);
    // What is left of a goes behind what is left of b, unless a comparison failed: then any place will do.
    if (result == 1) {
      out.move_items(to, b, ib, eb - ib);
      out.copy_item(to + eb - ib, t, ia);
      return 0;
    }
    if (ia < ea) out.move_items(to, t, ia, ea - ia);
    return result;
  }

  // 0: b is used up; 1: one item of a is left; -1: error.
  int merge_low_loop(Span<kPaired> a, int64_t& ia, int64_t ea, Span<kPaired> b, int64_t& ib, int64_t eb, Span<kPaired> out, int64_t& to) {
    int64_t gallop = min_gallop_;
    out.copy_item(to++, b, ib++);
    if (ib == eb) return 0;
    if (ea - ia == 1) return 1;
    for (;;) {
      int64_t won_a = 0, won_b = 0;
      for (;;) {
        if (LESS(b.keys[ib], a.keys[ia])) {
          out.copy_item(to++, b, ib++);
          ++won_b;
          won_a = 0;
          if (ib == eb) return 0;
          if (won_b >= gallop) break;
        } else {
          out.copy_item(to++, a, ia++);
          ++won_a;
          won_b = 0;
          if (ea - ia == 1) return 1;
          if (won_a >= gallop) break;
        }
      }
      ++gallop;
      do {
        gallop -= gallop > 1;
        min_gallop_ = gallop;
        int64_t k = gallop_right(b.keys[ib], a.keys + ia, ea - ia, 0);
        if (k < 0) return -1;
        won_a = k;
        if (k) {
          out.move_items(to, a, ia, k);
          to += k;
          ia += k;
          if (ea - ia == 1) return 1;
          if (ia == ea) return 0;   // only when < is inconsistent
        }
        out.copy_item(to++, b, ib++);
        if (ib == eb) return 0;
        k = gallop_left(a.keys[ia], b.keys + ib, eb - ib, 0);
        if (k < 0) return -1;
        won_b = k;
        if (k) {
          out.move_items(to, b, ib, k);
          to += k;
          ib += k;
          if (ib == eb) return 0;
        }
        out.copy_item(to++, a, ia++);
        if (ea - ia == 1) return 1;
      } while (won_a >= kMinGallop || won_b >= kMinGallop);
      ++gallop;
      min_gallop_ = gallop;
    }
  }

  // The mirror image, na > nb: from the right end, with b in the temporary.
  int merge_high(Span<kPaired> a, int64_t na, Span<kPaired> b, int64_t nb) {
    Span<kPaired> t = temporary(nb);
    t.move_items(0, b, 0, nb);
    int64_t to = na + nb - 1;   // relative to a; b follows a
    int result = merge_high_loop(a, na, t, nb, to);
    if (result == 1) {
      a.move_items(to + 1 - na, a, 0, na);
      a.copy_item(to - na, t, 0);
      return 0;
    }
    if (nb) a.move_items(to - (nb - 1), t, 0, nb);
    return result;
  }

  // a[0 .. na) and b[0 .. nb) are still to be placed, the greatest at `to`. 0: a is used up; 1: one item of b is left; -1: error.
  int merge_high_loop(Span<kPaired> a, int64_t& na, Span<kPaired> b, int64_t& nb, int64_t& to) {
    int64_t gallop = min_gallop_;
    a.copy_item(to--, a, --na);
    if (!na) return 0;
    if (nb == 1) return 1;
    for (;;) {
      int64_t won_a = 0, won_b = 0;
      for (;;) {
        if (LESS(b.keys[nb - 1], a.keys[na - 1])) {
          a.copy_item(to--, a, --na);
          ++won_a;
          won_b = 0;
          if (!na) return 0;
          if (won_a >= gallop) break;
        } else {
          a.copy_item(to--, b, --nb);
          ++won_b;
          won_a = 0;
          if (nb == 1) return 1;
          if (won_b >= gallop) break;
        }
      }
      ++gallop;
      do {
        gallop -= gallop > 1;
        min_gallop_ = gallop;
        int64_t k = gallop_right(b.keys[nb - 1], a.keys, na, na - 1);
        if (k < 0) return -1;
        won_a = k = na - k;
        if (k) {
          to -= k;
          na -= k;
          a.move_items(to + 1, a, na, k);
          if (!na) return 0;
        }
        a.copy_item(to--, b, --nb);
        if (nb == 1) return 1;
        k = gallop_left(a.keys[na - 1], b.keys, nb, nb - 1);
        if (k < 0) return -1;
        won_b = k = nb - k;
        if (k) {
          to -= k;
          nb -= k;
          a.move_items(to + 1, b, nb, k);
          if (nb == 1) return 1;
          if (!nb) return 0;   // only when < is inconsistent
        }
        a.copy_item(to--, a, --na);
        if (!na) return 0;
      } while (won_a >= kMinGallop || won_b >= kMinGallop);
      ++gallop;
      min_gallop_ = gallop;
    }
  }

  Span<kPaired> all_;
  int64_t length_, min_gallop_ = kMinGallop, capacity_ = 0;
  std::unique_ptr<Value[]> buffer_;
  int runs_ = 0;
  Run pending_[85];
  [[no_unique_address]] Less less_than_;
};
#undef LESS

template <class Less>
bool sort_with(Value* keys, Value* values, int64_t n) {
  return values ? TimSort<Less, true>(keys, values, n).run() : TimSort<Less, false>(keys, nullptr, n).run();
}

bool sort_arrays(Value* keys, Value* values, int64_t n) {
  bool ints = true, floats = true, strs = true, tuples = true;
  for (int64_t i = 0; i < n && (ints || floats || strs || tuples); ++i) {
    Value v = keys[i];
    ints &= v.is_int();
    floats &= v.is_double();
    strs &= is_exact_str(v);
    tuples &= is_exact(v, types.tuple) && v.as<Tuple>()->size;
  }
  if (ints) return sort_with<IntLess>(keys, values, n);
  if (floats) return sort_with<FloatLess>(keys, values, n);
  if (strs) return sort_with<StrLess>(keys, values, n);
  // Comparing may run Python code and collect: a copy keeps every item alive wherever the merge has it.
  List* alive = new_list_from(keys, static_cast<size_t>(n));
  List* alive_values = values ? new_list_from(values, static_cast<size_t>(n)) : alive;
  if (!alive || !alive_values) return false;
  Value keep[2] = {alive, alive_values};
  bool ok = tuples ? sort_with<TupleLess>(keys, values, n) : sort_with<AnyLess>(keys, values, n);
  asm volatile("" : : "m"(keep));
  return ok;
}

}  // namespace

bool list_sort(List* list, Value key, bool reverse) {
  // The list is empty while it is sorted; whoever puts something in replaces the marker.
  ValueArray* store = list->store;
  int64_t n = static_cast<int64_t>(list->size);
  ValueArray* marker = new_value_array(0);
  if (!marker) return false;
  list->store = marker;
  list->size = 0;
  write_barrier(list);
  bool ok = true;
  Value* items = store->items;
  ValueArray* keys = nullptr;
  if (key) {
    keys = new_value_array(static_cast<size_t>(n));
    ok = keys != nullptr;
    for (int64_t i = 0; ok && i < n; ++i) {
      Value k = call1(key, items[i]);
      ok = !k.is_null();
      if (ok) {
        keys->items[i] = k;
        write_barrier(keys, k);
      }
    }
  }
  if (ok && n > 1) {
    // Reversing before and after keeps equal items in their order.
    Value* sort_keys = keys ? keys->items : items;
    if (reverse) {
      std::reverse(sort_keys, sort_keys + n);
      if (keys) std::reverse(items, items + n);
    }
    ok = sort_arrays(sort_keys, keys ? items : nullptr, n);
    if (reverse) std::reverse(items, items + n);
  }
  write_barrier(store);
  bool modified = list->store != marker;
  list->store = store;
  list->size = static_cast<uint64_t>(n);
  write_barrier(list);
  if (modified && ok) {
    raise(exc.ValueError, "list modified during sort");
    return false;
  }
  return ok;
}

}  // namespace pyjit::runtime
