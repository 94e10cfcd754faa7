// float and complex. A float is a Value, never a heap object, unless its class is a subclass of float.
#pragma once
#include <string>

#include "runtime/class.h"
#include "runtime/errors.h"

namespace pyjit::runtime {

struct FloatObject : Object { double value; };             // instance of a subclass of float
struct Complex : Object { double real, imag; };

inline bool is_float_like(Value v) { return v.is_double() || (v.is_object() && v.as_object()->cls()->has(kSubFloat)); }
double float_value(Value v);                               // precondition: is_float_like
std::string float_repr(double d);                          // shortest that reads back; "inf", "nan", "1e+16"
std::string float_format(double d, char code, int precision, int flags);  // PyOS_double_to_string's job: 'e' 'f' 'g' 'r' 'E' 'F' 'G'
enum FloatFormatFlags { kFloatSign = 1, kFloatAddDot0 = 2, kFloatAlternate = 4, kFloatNoNegativeZero = 8 };
Value float_from_text(std::string_view text, bool* valid); // stripped ASCII, underscores, inf/nan
int64_t float_hash(double d);                              // equal numbers hash equal across int, float, complex, Fraction
Value float_floordiv(double a, double b);                  // ZeroDivisionError when b == 0
Value float_mod(double a, double b);
Value float_pow(double a, double b);                       // may be complex
Value float_compare_int(double a, Value b, CompareOp op);  // exact comparison with any int
Complex* new_complex(double real, double imag);

}  // namespace pyjit::runtime
