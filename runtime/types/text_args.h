// Argument forms that str, bytes and bytearray methods share, with CPython's messages.
#pragma once
#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/native.h"
#include "runtime/types/containers.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

constexpr Effects with_raise(Effects e) { return static_cast<Effects>(static_cast<uint8_t>(e) | kMayRaise); }

// Calls that take no keywords and `least` to `most` positional arguments (self not counted). `type_name` may be null (functions).
// "find() takes at least 1 argument (0 given)" when `parse_tuple`; else "replace expected at least 2 arguments, got 0".
bool check_arity(const char* type_name, const char* method, uint32_t given, Tuple* kwnames, uint32_t least, uint32_t most,
                 bool parse_tuple = true);

// A slice bound: None keeps *out; else __index__, clipped. TypeError "slice indices must be integers or None or have an __index__ method".
bool slice_bound(Value v, int64_t* out);

// __index__ → int64: OverflowError "Python int too large to convert to C ssize_t".
bool to_ssize(Value v, int64_t* out);

// find, index, count, startswith ...: (sub[, start[, end]]). args[0] is self.
struct SubArgs {
  Value sub;
  int64_t start = 0, end = INT64_MAX;
};
bool parse_sub_args(const char* type_name, const char* method, Value* args, uint32_t nargs, Tuple* kwnames, SubArgs* out);

inline Value bool_value(bool b) { return Value::from_bool(b); }

// Iterator classes of str, bytes and bytearray; init_text_iterators makes them.
Value new_text_iterator(Class* cls, Value sequence);

}  // namespace pyjit::runtime
