// == and < of the usual items (ints, floats, str, tuples of them) decided in place, as containers see them: identity is equality.
//
// Nothing here runs Python code or raises unless it says so.
#pragma once
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

constexpr int kUndecided = 2;

int tuples_equal_quick(const Tuple* a, const Tuple* b);   // 1, 0, kUndecided

// 1, 0, kUndecided.
inline int equal_quick(Value a, Value b) {
  if (a == b) return 1;
  if (both_ints(a, b)) return 0;
  if (a.is_object() && b.is_object()) {
    const Shape* shape = a.as_object()->shape();
    if (shape != b.as_object()->shape()) return kUndecided;
    if (shape == str_shape) return str_equal(a.as<Str>(), b.as<Str>());
    if (shape == tuple_shape) return tuples_equal_quick(a.as<Tuple>(), b.as<Tuple>());
    return kUndecided;
  }
  if (a.is_double() && b.is_double()) return a.as_double() == b.as_double();
  return kUndecided;
}

// == of two items: 1, 0, -1. May run Python code.
inline int items_equal_any(Value a, Value b) {
  int r = equal_quick(a, b);
  return r == kUndecided ? compare_bool(a, b, kEq) : r;
}

// a < b: 1, 0, -1. May run Python code.
inline int less_any(Value a, Value b);

// Exact tuples.
inline int tuple_less(const Tuple* a, const Tuple* b) {
  uint64_t n = a->size < b->size ? a->size : b->size, i = 0;
  for (; i < n; ++i) {
    int equal = items_equal_any(a->items[i], b->items[i]);
    if (equal < 0) return -1;
    if (!equal) break;
  }
  if (i >= n) return a->size < b->size;
  Value p = a->items[i], q = b->items[i];
  if (both_ints(p, q)) return p.as_int() < q.as_int();
  if (p.is_double() && q.is_double()) return p.as_double() < q.as_double();
  return compare_bool(p, q, kLt);
}

inline int less_any(Value a, Value b) {
  if (both_ints(a, b)) return a.as_int() < b.as_int();
  if (a.is_double() && b.is_double()) return a.as_double() < b.as_double();
  if (a.is_object() && b.is_object() && a.as_object()->shape() == b.as_object()->shape()) {
    if (a.as_object()->shape() == tuple_shape) return tuple_less(a.as<Tuple>(), b.as<Tuple>());
    if (a.as_object()->shape() == str_shape) return str_compare(a.as<Str>(), b.as<Str>()) < 0;
  }
  return compare_bool(a, b, kLt);
}

}  // namespace pyjit::runtime
