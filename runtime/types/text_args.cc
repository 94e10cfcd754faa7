// Argument forms shared by the methods of str, bytes and bytearray.
#include "runtime/types/text_args.h"

#include "runtime/ops.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

bool check_arity(const char* type_name, const char* method, uint32_t given, Tuple* kwnames, uint32_t least, uint32_t most,
                 bool parse_tuple) {
  if (kwnames && kwnames->size > 0) {
    if (type_name) raisef(exc.TypeError, "%s.%s() takes no keyword arguments", type_name, method);
    else raisef(exc.TypeError, "%s() takes no keyword arguments", method);
    return false;
  }
  if (given >= least && given <= most) return true;
  uint32_t bound = given < least ? least : most;
  const char* which = least == most ? "exactly" : given < least ? "at least" : "at most";
  const char* plural = bound == 1 ? "" : "s";
  if (parse_tuple) {
    raisef(exc.TypeError, "%s() takes %s %u argument%s (%u given)", method, which, bound, plural, given);
  } else if (least == most) {
    raisef(exc.TypeError, "%s expected %u argument%s, got %u", method, bound, plural, given);
  } else {
    raisef(exc.TypeError, "%s expected %s %u argument%s, got %u", method, which, bound, plural, given);
  }
  return false;
}

bool slice_bound(Value v, int64_t* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  if (v.is_none()) return true;
  if (!class_of(v)->slots.index) {
    raise(exc.TypeError, "slice indices must be integers or None or have an __index__ method");
    return false;
  }
  return index_to_ssize(v, out);
}

bool to_ssize(Value v, int64_t* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  Value index = TRY(number_index(v));
  if (int_to_int64(index, out)) return true;
  raise(exc.OverflowError, "Python int too large to convert to C ssize_t");
  return false;
}

bool parse_sub_args(const char* type_name, const char* method, Value* args, uint32_t nargs, Tuple* kwnames, SubArgs* out) {
  if (!check_arity(type_name, method, nargs - 1, kwnames, 1, 3)) return false;
  out->sub = args[1];
  if (nargs > 2 && !slice_bound(args[2], &out->start)) return false;
  return nargs <= 3 || slice_bound(args[3], &out->end);
}

}  // namespace pyjit::runtime
