// The int class: constructor, slots and methods, over int_arith, int_pow, int_text and int_convert.
#include <cstring>

#include "runtime/format_spec.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"

namespace pyjit::runtime {
namespace {

// Slots.

Value slot_repr(Value v) { return int_repr(v); }
int64_t slot_hash(Value v) { return int_hash(v); }

Value slot_compare(Value a, Value b, CompareOp op) {
  if (!is_int_like(a) || !is_int_like(b)) return Value::not_implemented();
  int order = int_compare(int_value(a), int_value(b));
  switch (op) {
    case kLt: return Value::from_bool(order < 0);
    case kLe: return Value::from_bool(order <= 0);
    case kEq: return Value::from_bool(order == 0);
    case kNe: return Value::from_bool(order != 0);
    case kGt: return Value::from_bool(order > 0);
    default: return Value::from_bool(order >= 0);
  }
}

template <Value (*fn)(Value, Value)>
Value binary(Value a, Value b) {
  if (!is_int_like(a) || !is_int_like(b)) return Value::not_implemented();
  return fn(int_value(a), int_value(b));
}

Value slot_pow2(Value a, Value b) {
  if (!is_int_like(a) || !is_int_like(b)) return Value::not_implemented();
  return int_pow(int_value(a), int_value(b), Value::none());
}
Value slot_pow3(Value a, Value b, Value modulus) {
  if (!is_int_like(a) || !is_int_like(b)) return Value::not_implemented();
  if (modulus.is_null() || modulus.is_none()) return int_pow(int_value(a), int_value(b), Value::none());
  if (!is_int_like(modulus)) return Value::not_implemented();
  return int_pow(int_value(a), int_value(b), int_value(modulus));
}
Value slot_divmod(Value a, Value b) {
  if (!is_int_like(a) || !is_int_like(b)) return Value::not_implemented();
  Value q, r;
  if (!int_divmod(int_value(a), int_value(b), &q, &r)) return nullptr;
  return make_tuple(q, r);
}
Value slot_negative(Value v) { return int_neg(int_value(v)); }
Value slot_same(Value v) { return int_value(v); }
Value slot_absolute(Value v) {
  v = int_value(v);
  return int_sign(v) < 0 ? int_neg(v) : v;
}
Value slot_invert(Value v) { return int_invert(int_value(v)); }
int slot_truth(Value v) { return int_sign(v) != 0; }
Value slot_to_float(Value v) {
  double d;
  if (!int_to_double_checked(v, &d)) return nullptr;
  return Value::from_double(d);
}

// Construction.

// The bytes of a bytes-like object that holds a literal.
Value int_from_bytes_literal(Value v, int base) {
  BufferView view;
  if (!get_buffer(v, &view)) return nullptr;
  std::string text(view.view());
  release_buffer(&view);
  bool valid;
  Value result = int_from_text(strip_spaces(text), base, &valid);
  if (valid) return result;
  Bytes* shown = TRY(new_bytes(text));
  Str* shown_text = TRY(repr(shown));
  if (shown_text->length > 200) shown_text = TRY(str_substring(shown_text, 0, 200));
  return raisef(exc.ValueError, "invalid literal for int() with base %d: %s", base, to_utf8(shown_text).c_str());
}

// What __int__ or __trunc__'s __index__ gave: an exact int, with the deprecation warning for subclasses.
Value checked_int_result(Value result, const char* method) {
  if (result.is_int() || is_bigint(result)) return result;
  if (!is_int_like(result)) return raisef(exc.TypeError, "%s returned non-int (type %.200s)", method, type_name(result));
  std::string message = std::string(method) + " returned non-int (type " + type_name(result) +
                        ").  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a "
                        "future version of Python.";
  if (!warn(exc.DeprecationWarning, message, 1)) return nullptr;
  return int_value(result);
}

// int(v): the exact int a value converts to.
Value convert_to_int(Value v) {
  if (v.is_int() || is_bigint(v)) return v;
  if (v.is_double()) return int_from_double(v.as_double());
  Class* cls = class_of(v);
  if (cls->slots.to_int) return checked_int_result(TRY(cls->slots.to_int(v)), "__int__");
  if (cls->slots.index) return number_index(v);
  bool found;
  Value truncated = call_special(v, names.dunder_trunc, &found);
  if (found) {
    if (!truncated) return nullptr;
    if (!warn(exc.DeprecationWarning, "The delegation of int() to __trunc__ is deprecated.", 1)) return nullptr;
    if (is_exact_int(truncated)) return truncated;
    if (is_int_like(truncated)) return int_value(truncated);
    if (!class_of(truncated)->slots.index) {
      return raisef(exc.TypeError, "__trunc__ returned non-Integral (type %.200s)", type_name(truncated));
    }
    return number_index(truncated);
  }
  if (error_pending()) return nullptr;
  if (is_str(v)) return int_from_str_object(v, 10);
  if (supports_buffer(v)) return int_from_bytes_literal(v, 10);
  return raisef(exc.TypeError, "int() argument must be a string, a bytes-like object or a real number, not '%.200s'", type_name(v));
}

Value int_from_arguments(Value x, Value base) {
  if (x.is_null()) {
    if (!base.is_null()) return raise(exc.TypeError, "int() missing string argument");
    return Value::from_int(0);
  }
  if (base.is_null()) return convert_to_int(x);
  int64_t b;
  if (!index_to_ssize(base, &b)) return nullptr;
  if ((b != 0 && b < 2) || b > 36) return raise(exc.ValueError, "int() base must be >= 2 and <= 36, or 0");
  if (is_str(x)) return int_from_str_object(x, static_cast<int>(b));
  if (is_bytes(x) || is_subclass(class_of(x), types.bytearray)) return int_from_bytes_literal(x, static_cast<int>(b));
  return raise(exc.TypeError, "int() can't convert non-string with explicit base");
}

Value int_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  uint64_t keywords = kwnames ? kwnames->size : 0;
  if (nargs + keywords > 2) {
    return raisef(exc.TypeError, "int() takes at most 2 %sarguments (%llu given)", keywords && !nargs ? "keyword " : "",
                  static_cast<unsigned long long>(nargs + keywords));
  }
  Value x = nargs > 0 ? args[0] : nullptr, base = nargs > 1 ? args[1] : nullptr;
  for (uint64_t i = 0; i < keywords; ++i) {
    Str* name = kwnames->items[i].as<Str>();
    if (!str_equals(name, "base")) {
      return raisef(exc.TypeError, "'%s' is an invalid keyword argument for int()", to_utf8(name).c_str());
    }
    if (!base.is_null()) return raise(exc.TypeError, "argument for int() given by name ('base') and position (2)");
    base = args[nargs + i];
  }
  Value v = TRY(int_from_arguments(x, base));
  if (cls == types.int_) return v;
  IntObject* o = TRY(allocate_instance_of<IntObject>(cls));
  o->value = v;
  return o;
}

void trace_int(Object* o, Tracer& tracer) {
  if (o->cls() != types.int_) tracer.visit(static_cast<IntObject*>(o)->value);
}

// Methods.

Value method_same(Value* args) { return int_value(args[0]); }
Value get_same(Value self) { return int_value(self); }
Value get_zero(Value) { return Value::from_int(0); }
Value get_one(Value) { return Value::from_int(1); }

Value bit_length(Value* args) { return new_int_unsigned(int_bit_length(args[0])); }

Value bit_count(Value* args) {
  Value v = int_value(args[0]);
  LimbView x(v);
  return new_int_unsigned(x.n ? mpn_popcount(x.p, static_cast<mp_size_t>(x.n)) : 0);
}

Value as_integer_ratio(Value* args) { return make_tuple(int_value(args[0]), Value::from_int(1)); }
Value getnewargs(Value* args) { return make_tuple(int_value(args[0])); }

// CPython's figure: 24 bytes and 4 for each 30 bits.
Value sizeof_(Value* args) {
  uint64_t digits = (int_bit_length(args[0]) + 29) / 30;
  return new_int_unsigned(24 + 4 * (digits ? digits : 1));
}

Value format_method(Value* args) {
  if (!is_str(args[1])) return raisef(exc.TypeError, "__format__() argument must be str, not %.200s", type_name(args[1]));
  return format_int(args[0], args[1].as<Str>());
}

Value round_(Value* args, uint32_t nargs, Tuple*) {
  if (nargs > 2) return raisef(exc.TypeError, "__round__ expected at most 1 argument, got %u", nargs - 1);
  Value self = int_value(args[0]);
  if (nargs < 2 || args[1].is_none()) return self;
  Value digits = TRY(number_index(args[1]));
  if (int_sign(digits) >= 0) return self;
  int64_t n;
  // 10**-n exceeds twice |self| when it has more bits: the result is 0.
  if (!int_to_int64(digits, &n) || -n > static_cast<int64_t>(int_bit_length(self)) + 2) return Value::from_int(0);
  Value unit = TRY(int_pow(Value::from_int(10), new_int(-n), Value::none()));
  Value quotient, remainder;
  if (!int_divmod(self, unit, &quotient, &remainder)) return nullptr;
  Value twice = TRY(int_lshift(remainder, Value::from_int(1)));
  int order = int_compare(twice, unit);
  bool odd = int_and(quotient, Value::from_int(1)) == Value::from_int(1);
  Value rounded = TRY(int_sub(self, remainder));
  return order > 0 || (order == 0 && odd) ? int_add(rounded, unit) : rounded;
}

// byteorder argument: 1 little, 0 big, -1 error.
int is_little(Value byteorder, const char* function) {
  if (byteorder.is_null()) return 0;
  if (!is_str(byteorder)) {
    raisef(exc.TypeError, "%s() argument 'byteorder' must be str, not %.200s", function, type_name(byteorder));
    return -1;
  }
  if (str_equals(byteorder.as<Str>(), "little")) return 1;
  if (str_equals(byteorder.as<Str>(), "big")) return 0;
  raise(exc.ValueError, "byteorder must be either 'little' or 'big'");
  return -1;
}

Value to_bytes(Value* args) {
  Value self = int_value(args[0]);
  int64_t length = 1;
  if (!args[1].is_null() && !index_to_ssize(args[1], &length, exc.OverflowError)) return nullptr;
  int little = is_little(args[2], "to_bytes");
  if (little < 0) return nullptr;
  int is_signed = args[3].is_null() ? 0 : is_true(args[3]);
  if (is_signed < 0) return nullptr;
  if (length < 0) return raise(exc.ValueError, "length argument must be non-negative");
  LimbView x(self);
  if (x.negative && !is_signed) return raise(exc.OverflowError, "can't convert negative int to unsigned");
  uint64_t bits = bit_length_of(x.p, x.n);
  if (is_signed && x.n) {
    // One more for the sign, but -2^(k-1) needs only k.
    bool power = x.negative && mpn_popcount(x.p, static_cast<mp_size_t>(x.n)) == 1;
    bits += !power;
  }
  if (bits > static_cast<uint64_t>(length) * 8 && !(length > (INT64_MAX >> 3))) {
    return raise(exc.OverflowError, "int too big to convert");
  }
  Bytes* out = TRY(new_bytes_uninitialized(static_cast<size_t>(length)));
  uint64_t carry = x.negative;   // two's complement byte by byte
  for (uint64_t i = 0; i < static_cast<uint64_t>(length); ++i) {
    unsigned byte = i / 8 < x.n ? static_cast<unsigned>(x.p[i / 8] >> (i % 8 * 8)) & 0xFF : 0;
    if (x.negative) {
      byte = (~byte & 0xFF) + static_cast<unsigned>(carry);
      carry = byte >> 8;
      byte &= 0xFF;
    }
    out->data[little ? i : static_cast<uint64_t>(length) - 1 - i] = static_cast<char>(byte);
  }
  return out;
}

// bytes(source) for from_bytes: no integers, no str.
Value bytes_of(Value source) {
  bool found;
  Value made = call_special(source, names.dunder_bytes, &found);
  if (found) {
    if (made && !is_bytes(made)) return raisef(exc.TypeError, "__bytes__ returned non-bytes (type %.200s)", type_name(made));
    return made;
  }
  if (error_pending()) return nullptr;
  if (is_str(source) || (!supports_buffer(source) && !is_iterable_type(source))) {
    return raisef(exc.TypeError, "cannot convert '%.200s' object to bytes", type_name(source));
  }
  return call1(types.bytes, source);
}

Value from_bytes(Value* args) {
  Value cls = args[0], source = args[1];
  int little = is_little(args[2], "from_bytes");
  if (little < 0) return nullptr;
  int is_signed = args[3].is_null() ? 0 : is_true(args[3]);
  if (is_signed < 0) return nullptr;
  Value bytes = source;
  if (!is_exact(source, types.bytes)) {
    bytes = TRY(bytes_of(source));
  }
  auto data = bytes.as<Bytes>()->view();
  size_t n = (data.size() + 7) / 8;
  Value result;
  if (n == 0) {
    result = Value::from_int(0);
  } else {
    BigInt* b = TRY(new_bigint(n));
    mp_limb_t* limbs = limbs_of(b);
    for (size_t i = 0; i < data.size(); ++i) {
      auto byte = static_cast<unsigned char>(data[little ? i : data.size() - 1 - i]);
      limbs[i / 8] |= static_cast<mp_limb_t>(byte) << (i % 8 * 8);
    }
    bool negative = is_signed && (data[little ? data.size() - 1 : 0] & 0x80);
    if (negative) {
      if (data.size() % 8) limbs[n - 1] |= ~mp_limb_t{0} << (data.size() % 8 * 8);
      mpn_neg(limbs, limbs, static_cast<mp_size_t>(n));
    }
    result = finish_bigint(b, n, negative);
  }
  if (cls == Value(types.int_)) return result;
  return call1(cls, result);
}

constexpr MethodDef kMethods[] = {
    {"conjugate", "($self, /)", method_same, Effects::kPure, MethodKind::kMethod, "Returns self, the complex conjugate of any int."},
    {"bit_length", "($self, /)", bit_length, Effects::kPure, MethodKind::kMethod,
     "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6"},
    {"bit_count", "($self, /)", bit_count, Effects::kPure, MethodKind::kMethod,
     "Number of ones in the binary representation of the absolute value of self.\n\nAlso known as the population count.\n\n>>> "
     "bin(13)\n'0b1101'\n>>> (13).bit_count()\n3"},
    {"to_bytes", "($self, /, length=1, byteorder='big', *, signed=False)", to_bytes, Effects::kCallsPython, MethodKind::kMethod,
     "Return an array of bytes representing an integer.\n\n  length\n    Length of bytes object to use.  An OverflowError is raised "
     "if the\n    integer is not representable with the given number of bytes.  Default\n    is length 1.\n  byteorder\n    The byte "
     "order used to represent the integer.  If byteorder is 'big',\n    the most significant byte is at the beginning of the byte "
     "array.  If\n    byteorder is 'little', the most significant byte is at the end of the\n    byte array.  To request the native "
     "byte order of the host system, use\n    `sys.byteorder' as the byte order value.  Default is to use 'big'.\n  signed\n    "
     "Determines whether two's complement is used to represent the integer.\n    If signed is False and a negative integer is "
     "given, an OverflowError\n    is raised."},
    {"from_bytes", "($type, /, bytes, byteorder='big', *, signed=False)", from_bytes, Effects::kCallsPython, MethodKind::kClassMethod,
     "Return the integer represented by the given array of bytes.\n\n  bytes\n    Holds the array of bytes to convert.  The argument "
     "must either\n    support the buffer protocol or be an iterable object producing bytes.\n    Bytes and bytearray are examples "
     "of built-in objects that support the\n    buffer protocol.\n  byteorder\n    The byte order used to represent the integer.  If "
     "byteorder is 'big',\n    the most significant byte is at the beginning of the byte array.  If\n    byteorder is 'little', the "
     "most significant byte is at the end of the\n    byte array.  To request the native byte order of the host system, use\n    "
     "`sys.byteorder' as the byte order value.  Default is to use 'big'.\n  signed\n    Indicates whether two's complement is used "
     "to represent the integer."},
    {"as_integer_ratio", "($self, /)", as_integer_ratio, Effects::kPure, MethodKind::kMethod,
     "Return integer ratio.\n\nReturn a pair of integers, whose ratio is exactly equal to the original int\nand with a positive "
     "denominator.\n\n>>> (10).as_integer_ratio()\n(10, 1)\n>>> (-10).as_integer_ratio()\n(-10, 1)\n>>> (0).as_integer_ratio()\n(0, "
     "1)"},
    {"__trunc__", "!($self, /)", method_same, Effects::kPure, MethodKind::kMethod, "Truncating an Integral returns itself."},
    {"__floor__", "!($self, /)", method_same, Effects::kPure, MethodKind::kMethod, "Flooring an Integral returns itself."},
    {"__ceil__", "!($self, /)", method_same, Effects::kPure, MethodKind::kMethod, "Ceiling of an Integral returns itself."},
    {"__round__", "($self, ndigits=<unrepresentable>, /)", nullptr, Effects::kCallsPython, MethodKind::kMethod,
     "Rounding an Integral returns itself.\n\nRounding with an ndigits argument also returns an integer.", round_},
    {"__getnewargs__", "($self, /)", getnewargs, Effects::kPure},
    {"__format__", "($self, format_spec, /)", format_method, Effects::kReads},
    {"__sizeof__", "($self, /)", sizeof_, Effects::kPure, MethodKind::kMethod, "Returns size in memory, in bytes."},
    {}};

constexpr GetSetDef kGetSet[] = {
    {"real", get_same, nullptr, "the real part of a complex number"},
    {"imag", get_zero, nullptr, "the imaginary part of a complex number"},
    {"numerator", get_same, nullptr, "the numerator of a rational number in lowest terms"},
    {"denominator", get_one, nullptr, "the denominator of a rational number in lowest terms"},
    {}};

constexpr Slots make_slots() {
  Slots s{};
  s.repr = slot_repr;
  s.hash = slot_hash;
  s.compare = slot_compare;
  s.getattr = generic_getattr;
  s.truth = slot_truth;
  s.binary[kAdd] = binary<int_add>;
  s.binary[kSub] = binary<int_sub>;
  s.binary[kMul] = binary<int_mul>;
  s.binary[kMod] = binary<int_mod>;
  s.binary[kFloorDiv] = binary<int_floordiv>;
  s.binary[kTrueDiv] = binary<int_truediv>;
  s.binary[kLShift] = binary<int_lshift>;
  s.binary[kRShift] = binary<int_rshift>;
  s.binary[kAnd] = binary<int_and>;
  s.binary[kOr] = binary<int_or>;
  s.binary[kXor] = binary<int_xor>;
  s.binary[kPow] = slot_pow2;
  s.power = slot_pow3;
  s.divmod = slot_divmod;
  s.negative = slot_negative;
  s.positive = slot_same;
  s.absolute = slot_absolute;
  s.invert = slot_invert;
  s.to_int = slot_same;
  s.to_float = slot_to_float;
  s.index = slot_same;
  s.new_ = int_new;
  return s;
}

constexpr ClassSpec kSpec = {
    .name = "int",
    .basicsize = sizeof(IntObject),
    .flags = kClassBaseType | kSubInt,
    .trace_kind = TraceKind::kCustom,
    .trace = trace_int,
    .doc = "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no "
           "arguments\nare given.  If x is a number, return x.__int__().  For floating point\nnumbers, this truncates towards "
           "zero.\n\nIf x is not a number or if base is given, then x must be a string,\nbytes, or bytearray instance representing "
           "an integer literal in the\ngiven base.  The literal can be preceded by '+' or '-' and be surrounded\nby whitespace.  The "
           "base defaults to 10.  Valid bases are 0 and 2-36.\nBase 0 means to interpret the base from the string as an integer "
           "literal.\n>>> int('0b100', base=0)\n4",
    .slots = make_slots(),
    .methods = kMethods,
    .getset = kGetSet,
};

}  // namespace

Value number_int(Value v) { return convert_to_int(v); }

void init_int_type() { types.int_ = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime
