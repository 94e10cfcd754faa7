// _bisect: binary search in sorted sequences.
#include "runtime/modules/module_util.h"

namespace pyjit::runtime {

namespace {

// args: a, x, lo, hi, key. Position, or -1 with an exception pending.
template <bool kRight>
int64_t search(Value a, Value x, Value lo_value, Value hi_value, Value key) {
  int64_t lo = 0, hi = -1;
  if (lo_value && !index_to_ssize(lo_value, &lo, exc.OverflowError)) return -1;
  if (hi_value && !hi_value.is_none() && !index_to_ssize(hi_value, &hi, exc.OverflowError)) return -1;
  if (lo < 0) {
    raise(exc.ValueError, "lo must be non-negative");
    return -1;
  }
  if (hi == -1) {
    hi = length(a);
    if (hi < 0) return -1;
  }
  bool keyed = key && !key.is_none();
  while (lo < hi) {
    int64_t mid = static_cast<int64_t>((static_cast<uint64_t>(lo) + static_cast<uint64_t>(hi)) / 2);
    Value item;
    if (is_exact(a, types.list) && static_cast<uint64_t>(mid) < a.as<List>()->size) {
      item = a.as<List>()->items()[mid];
    } else {
      item = get_item(a, new_int(mid));
    }
    if (item && keyed) item = call1(key, item);
    if (!item) return -1;
    Value left = kRight ? x : item, right = kRight ? item : x;
    int less = both_ints(left, right) ? left.as_int() < right.as_int() : compare_bool(left, right, kLt);
    if (less < 0) return -1;
    if (static_cast<bool>(less) == kRight) {
      hi = mid;
    } else {
      lo = mid + 1;
    }
  }
  return lo;
}

template <bool kRight>
Value bisect(Value* args) {
  int64_t i = search<kRight>(args[0], args[1], args[2], args[3], args[4]);
  return i < 0 ? Value() : new_int(i);
}

template <bool kRight>
Value insort(Value* args) {
  Value x = args[1];
  if (args[4] && !args[4].is_none()) x = TRY(call1(args[4], x));
  int64_t i = search<kRight>(args[0], x, args[2], args[3], args[4]);
  if (i < 0) return nullptr;
  if (is_exact(args[0], types.list)) return list_insert(args[0].as<List>(), i, args[1]) ? Value::none() : Value();
  static Str* insert = intern("insert");
  return call_method2(args[0], insert, new_int(i), args[1]) ? Value::none() : Value();
}

constexpr const char* kSignature = "($module, /, a, x, lo=0, hi=None, *, key=None)";
const MethodDef kFunctions[] = {
    function_row("bisect_right", kSignature, bisect<true>, Effects::kCallsPython, "Where x would go in the sorted a, behind items equal to it."),
    function_row("insort_right", kSignature, insort<true>, Effects::kCallsPython, "Insert x into the sorted a, behind items equal to it."),
    function_row("bisect_left", kSignature, bisect<false>, Effects::kCallsPython, "Where x would go in the sorted a, before items equal to it."),
    function_row("insort_left", kSignature, insort<false>, Effects::kCallsPython, "Insert x into the sorted a, before items equal to it."),
    {}};

}  // namespace

bool init_bisect_module(Module* m) { return add_functions(m, kFunctions); }

}  // namespace pyjit::runtime
