// Binary and unary operators on any operands: slot dispatch with CPython's rules and messages.
#include <cmath>
#include <string>

#include "runtime/errors.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/operators.h"
#include "runtime/ops.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

static const char* const kSymbols[] = {"+", "&", "//", "<<", "@", "*", "%", "|", "** or pow()", ">>", "-", "/", "^"};
static const char* const kInplaceSymbols[] = {"+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};

// The two sides' slots in the order the language demands; NotImplemented when neither takes it.
static Value try_binary(Value a, Value b, BinaryFn fa, BinaryFn fb) {
  if (fb == fa) fb = nullptr;
  if (fa) {
    if (fb && is_subclass(class_of(b), class_of(a))) {
      Value r = fb(a, b);
      if (!r.is_not_implemented()) return r;
      fb = nullptr;
    }
    Value r = fa(a, b);
    if (!r.is_not_implemented()) return r;
  }
  return fb ? fb(a, b) : Value::not_implemented();
}

static Value unsupported(const char* symbol, Value a, Value b) {
  std::string left = type_name(a);
  return raisef(exc.TypeError, "unsupported operand type(s) for %.100s: '%.100s' and '%.100s'", symbol, left.c_str(), type_name(b));
}

static Value sequence_repeat(BinaryFn repeat, Value sequence, Value count) {
  if (!is_int_like(count) && !class_of(count)->slots.index) {
    return raisef(exc.TypeError, "can't multiply sequence by non-int of type '%.200s'", type_name(count));
  }
  return repeat(sequence, count);
}

static Value binary_sequence(BinaryOp op, Value a, Value b) {
  if (op == kAdd) {
    if (auto f = class_of(a)->slots.concat) return f(a, b);
  } else if (op == kMul) {
    if (auto f = class_of(a)->slots.repeat) return sequence_repeat(f, a, b);
    if (auto f = class_of(b)->slots.repeat) return sequence_repeat(f, b, a);
  }
  return Value::not_implemented();
}

Value binary_op(BinaryOp op, Value a, Value b) {
  if ((a.is_bool() || a.is_int()) && (b.is_bool() || b.is_int())) {   // count + (x != y)
    if (op == kAdd) return int_add(int_value(a), int_value(b));
    if (op == kSub) return int_sub(int_value(a), int_value(b));
    if (op == kMul) return int_mul(int_value(a), int_value(b));
  }
  Value r = try_binary(a, b, class_of(a)->slots.binary[op], class_of(b)->slots.binary[op]);
  if (!r.is_not_implemented()) return r;
  r = binary_sequence(op, a, b);
  if (!r.is_not_implemented()) return r;
  if (op == kRShift && is_exact(a, types.builtin_function) && a.as<NativeFunction>()->def->name == std::string_view("print")) {
    return raisef(exc.TypeError,
                  "unsupported operand type(s) for >>: 'builtin_function_or_method' and '%.100s'. Did you mean \"print(<message>, "
                  "file=<output_stream>)\"?",
                  type_name(b));
  }
  return unsupported(kSymbols[op], a, b);
}

Value inplace_op(BinaryOp op, Value a, Value b) {
  Class* cls = class_of(a);
  if (auto f = cls->slots.inplace[op]) {
    Value r = f(a, b);
    if (!r.is_not_implemented()) return r;
  }
  Value r = try_binary(a, b, cls->slots.binary[op], class_of(b)->slots.binary[op]);
  if (!r.is_not_implemented()) return r;
  if (op == kAdd) {
    if (auto f = cls->slots.inplace_concat) return f(a, b);
  } else if (op == kMul) {
    if (auto f = cls->slots.inplace_repeat) return sequence_repeat(f, a, b);
  }
  r = binary_sequence(op, a, b);
  if (!r.is_not_implemented()) return r;
  return unsupported(kInplaceSymbols[op], a, b);
}

namespace {

// ORDER(BinaryOp)
constexpr const char* kOperatorStems[] = {"add", "and", "floordiv", "lshift", "matmul", "mul", "mod", "or", "pow", "rshift", "sub", "truediv", "xor"};
static_assert(std::size(kOperatorStems) == kBinaryOpCount);

Str* dunder(const char* prefix, BinaryOp op) { return intern(std::string("__") + prefix + kOperatorStems[op] + "__"); }

}  // namespace

Str* operator_name(BinaryOp op, bool inplace) { return dunder(inplace ? "i" : "", op); }
Str* reflected_name(BinaryOp op) { return dunder("r", op); }

Value finish_declined_binary(BinaryOp op, bool inplace, Value a, Value b) {
  if (class_of(a) != class_of(b)) {
    bool found;
    Value r = call_special(b, reflected_name(op), &found, &a, 1);
    if (found ? !r.is_not_implemented() : error_pending()) return r;
  }
  Value r = binary_sequence(op, a, b);
  if (!r.is_not_implemented()) return r;
  return unsupported(inplace ? kInplaceSymbols[op] : kSymbols[op], a, b);
}

Value power(Value base, Value exponent, Value modulus) {
  if (modulus.is_none()) return binary_op(kPow, base, exponent);
  TernaryFn fa = class_of(base)->slots.power, fb = class_of(exponent)->slots.power, fc = class_of(modulus)->slots.power;
  if (fb == fa) fb = nullptr;
  Value r = Value::not_implemented();
  if (fa) {
    if (fb && is_subclass(class_of(exponent), class_of(base))) {
      r = fb(base, exponent, modulus);
      if (!r.is_not_implemented()) return r;
      fb = nullptr;
    }
    r = fa(base, exponent, modulus);
    if (!r.is_not_implemented()) return r;
  }
  if (fb) {
    r = fb(base, exponent, modulus);
    if (!r.is_not_implemented()) return r;
  }
  if (fc && fc != fa && fc != fb) {
    r = fc(base, exponent, modulus);
    if (!r.is_not_implemented()) return r;
  }
  std::string x = type_name(base), y = type_name(exponent);
  return raisef(exc.TypeError, "unsupported operand type(s) for ** or pow(): '%.100s', '%.100s', '%.100s'", x.c_str(), y.c_str(), type_name(modulus));
}

Value divmod(Value a, Value b) {
  Value r = try_binary(a, b, class_of(a)->slots.divmod, class_of(b)->slots.divmod);
  return r.is_not_implemented() ? unsupported("divmod()", a, b) : r;
}

static Value unary(Value v, UnaryFn f, const char* symbol) {
  if (f) return f(v);
  return raisef(exc.TypeError, "bad operand type for %s: '%.200s'", symbol, type_name(v));
}
Value negative(Value v) {
  if (v.is_int() && v.as_int() != Value::kMinInt) return Value::from_int(-v.as_int());
  if (v.is_double()) return Value::from_double(-v.as_double());
  return unary(v, class_of(v)->slots.negative, "unary -");
}
Value positive(Value v) { return unary(v, class_of(v)->slots.positive, "unary +"); }
Value absolute(Value v) { return unary(v, class_of(v)->slots.absolute, "abs()"); }
Value invert(Value v) { return unary(v, class_of(v)->slots.invert, "unary ~"); }

// Checks what __index__ or __int__ returned: an int, exact or (deprecated) a strict subclass, which is unwrapped.
static Value checked_int(Value r, const char* method) {
  if (!r || is_exact_int(r)) return r;
  if (!is_int_like(r)) return raisef(exc.TypeError, "%s returned non-int (type %.200s)", method, type_name(r));
  char message[256];
  snprintf(message, sizeof message,
           "%s returned non-int (type %.100s).  The ability to return an instance of a strict subclass of int is deprecated, and may not be "
           "supported in a future version of Python.", method, type_name(r));
  if (!warn(exc.DeprecationWarning, message, 1)) return nullptr;
  return int_value(r);
}

Value number_index(Value v) {
  if (is_exact_int(v)) return v;
  if (is_int_like(v)) return int_value(v);
  if (auto f = class_of(v)->slots.index) return checked_int(f(v), "__index__");
  return raisef(exc.TypeError, "'%.200s' object cannot be interpreted as an integer", type_name(v));
}

Value number_float(Value v) {
  double d;
  return to_double(v, &d) ? Value::from_double(d) : Value();
}

bool index_to_ssize(Value v, int64_t* out, Class* overflow_error) {
  Value i = TRY(number_index(v));
  if (int_to_int64(i, out)) return true;
  if (overflow_error) {
    raisef(overflow_error, "cannot fit '%.200s' into an index-sized integer", type_name(v));
    return false;
  }
  *out = int_sign(i) < 0 ? INT64_MIN : INT64_MAX;
  return true;
}

bool to_int64(Value v, int64_t* out) {
  if (v.is_double()) return raise(exc.TypeError, "'float' object cannot be interpreted as an integer"), false;
  Value i = TRY(number_index(v));
  if (int_to_int64(i, out)) return true;
  raise(exc.OverflowError, "Python int too large to convert to C long");
  return false;
}

bool to_int32(Value v, int* out) {
  if (v.is_double()) return raise(exc.TypeError, "'float' object cannot be interpreted as an integer"), false;
  Value i = TRY(number_index(v));
  int64_t wide;
  if (!int_to_int64(i, &wide) || wide < INT32_MIN || wide > INT32_MAX) {
    raise(exc.OverflowError, "Python int too large to convert to C int");
    return false;
  }
  *out = static_cast<int>(wide);
  return true;
}

bool to_double(Value v, double* out) {
  if (v.is_double()) return *out = v.as_double(), true;
  if (v.is_int()) return *out = static_cast<double>(v.as_int()), true;
  if (is_float_like(v)) return *out = float_value(v), true;
  if (auto f = class_of(v)->slots.to_float) {
    Value r = TRY(f(v));
    if (!is_float_like(r)) {
      std::string owner = type_name(v);
      return raisef(exc.TypeError, "%.50s.__float__ returned non-float (type %.50s)", owner.c_str(), type_name(r)), false;
    }
    *out = float_value(r);
    return true;
  }
  if (class_of(v)->slots.index) {
    Value i = TRY(number_index(v));
    return int_to_double_checked(i, out);
  }
  raisef(exc.TypeError, "must be real number, not %.50s", type_name(v));
  return false;
}

Str* expect_str(Value v, const char* function, const char* argument) {
  if (is_str(v)) return v.as<Str>();
  return raisef(exc.TypeError, "%s() argument %s must be str, not %.50s", function, argument, v.is_none() ? "None" : type_name(v));
}

}  // namespace pyjit::runtime
