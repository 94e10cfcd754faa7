// The bool class: int's subclass with the two immediate values.
#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

Value bool_repr(Value v) {
  static Str* const kTrue = intern("True");
  static Str* const kFalse = intern("False");
  return v.as_bool() ? kTrue : kFalse;
}

Value bool_new(Class*, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "bool() takes no keyword arguments");
  if (nargs > 1) return raisef(exc.TypeError, "bool expected at most 1 argument, got %u", nargs);
  if (nargs == 0) return Value::from_bool(false);
  int truth = is_true(args[0]);
  if (truth < 0) return nullptr;
  return Value::from_bool(truth);
}

template <Value (*fn)(Value, Value)>
Value int_binary(Value a, Value b) {
  if (!is_int_like(a) || !is_int_like(b)) return Value::not_implemented();
  return fn(int_value(a), int_value(b));
}

Value bool_and(Value a, Value b) {
  if (a.is_bool() && b.is_bool()) return Value::from_bool(a.as_bool() & b.as_bool());
  return int_binary<int_and>(a, b);
}
Value bool_or(Value a, Value b) {
  if (a.is_bool() && b.is_bool()) return Value::from_bool(a.as_bool() | b.as_bool());
  return int_binary<int_or>(a, b);
}
Value bool_xor(Value a, Value b) {
  if (a.is_bool() && b.is_bool()) return Value::from_bool(a.as_bool() ^ b.as_bool());
  return int_binary<int_xor>(a, b);
}

constexpr Slots make_slots() {
  Slots s{};
  s.repr = bool_repr;
  s.binary[kAnd] = bool_and;
  s.binary[kOr] = bool_or;
  s.binary[kXor] = bool_xor;
  s.new_ = bool_new;
  return s;
}

constexpr ClassSpec kSpec = {
    .name = "bool",
    .base = &types.int_,
    .doc = "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.\nThe builtins True and False are the only "
           "two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.",
    .slots = make_slots(),
};

}  // namespace

void init_bool_type() { types.bool_ = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime
