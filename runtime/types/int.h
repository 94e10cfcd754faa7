// int: inline 48-bit payload in the Value, or a BigInt over GMP's mpn layer; bool; subclasses of int.
//
// Canonical form: an exact int that fits 48 bits is never a BigInt. A subclass instance is an IntObject holding an exact int Value.
#pragma once
#include <string>
#include <string_view>

#include "runtime/class.h"
#include "runtime/errors.h"

namespace pyjit::runtime {

struct BigInt : Object {
  int64_t size;        // limbs; negative for negative numbers; never 0
  uint64_t limbs[];    // magnitude, least significant first, top limb not 0
  size_t limb_count() const { return static_cast<size_t>(size < 0 ? -size : size); }
  bool is_negative() const { return size < 0; }
};
struct IntObject : Object { Value value; };   // instance of a subclass of int; attribute storage behind

inline bool is_bigint(Value v) { return is_exact(v, types.int_); }             // the only heap objects of exact class int
inline bool is_exact_int(Value v) { return v.is_int() || is_bigint(v); }
inline bool is_int_like(Value v) { return v.is_int() || v.is_bool() || (v.is_object() && v.as_object()->cls()->has(kSubInt)); }  // isinstance(v, int)
Value int_value(Value v);                       // exact int of an int-like value (bool and subclasses unwrapped)

Value int_from_limbs(const uint64_t* limbs, size_t count, bool negative);      // normalises
Value int_from_int128(__int128 i);
Value int_from_double(double d);                // truncates; OverflowError / ValueError for inf, nan
Value int_from_text(std::string_view ascii_digits, int base, bool* valid);     // after stripping; underscores as Python allows
Value int_from_str_object(Value text, int base);   // int("..."): ValueError text included
std::string number_text_of(Str* s);             // any script's digits as ASCII, whitespace as ' ', '?' for other non-ASCII
std::string_view strip_spaces(std::string_view text);
std::string int_to_text(Value v, int base);     // digits only, '-' in front; no prefix
Str* int_repr(Value v);                         // enforces the int/str digit limit: null, ValueError pending
bool int_to_int64(Value v, int64_t* out);       // false (nothing pending) when it does not fit. v int-like
double int_to_double(Value v);                  // correctly rounded; infinity when out of range
bool int_to_double_checked(Value v, double* out);  // OverflowError "int too large to convert to float"
// mantissa * 2^exponent as a double, half to even. The mantissa's top bit is set; its lowest bit also stands for anything nonzero
// below it. Infinity when out of range.
double round_mantissa(uint64_t mantissa, int64_t exponent);
int64_t int_hash(Value v);
int int_sign(Value v);
uint64_t int_bit_length(Value v);

// Operands exact ints (inline or big), results canonical. Null on ZeroDivisionError, MemoryError, ValueError (negative shift).
Value int_add(Value a, Value b);
Value int_sub(Value a, Value b);
Value int_mul(Value a, Value b);
Value int_floordiv(Value a, Value b);
Value int_mod(Value a, Value b);
bool int_divmod(Value a, Value b, Value* quotient, Value* remainder);
Value int_truediv(Value a, Value b);
Value int_pow(Value a, Value b, Value modulus /* None: absent */);
Value int_lshift(Value a, Value b);
Value int_rshift(Value a, Value b);
Value int_and(Value a, Value b);
Value int_or(Value a, Value b);
Value int_xor(Value a, Value b);
Value int_neg(Value a);
Value int_invert(Value a);
int int_compare(Value a, Value b);              // <0, 0, >0

extern int64_t int_max_str_digits;              // sys.set_int_max_str_digits; 4300, 0: unlimited

}  // namespace pyjit::runtime
