// What float.cc, float_text.cc and complex.cc share.
#pragma once
#include <string>
#include <string_view>

#include "runtime/types/float.h"

namespace pyjit::runtime {

// Reads the longest prefix of `text` that is a float literal (sign, digits, inf, infinity, nan). Returns its length; 0: none.
size_t scan_float(std::string_view text, double* out);
// Drops underscores that stand between digits. False: one stands elsewhere.
bool remove_underscores(std::string_view text, std::string* out);
// Rounds a finite value half-even at 10**-digits; infinite when the result does not fit.
double round_to_digits(double d, int digits);
// An operand of float or complex arithmetic: 1 converted, 0 not a real number, -1 OverflowError pending.
int real_operand(Value v, double* out);
// float(v) as PyNumber_Float does it (numbers, text and buffers).
bool convert_to_double(Value v, double* out);

struct ComplexValue { double real, imag; };
// complex(v) as the C API does it: complex, __complex__, then a real number.
bool to_complex(Value v, ComplexValue* out);
// a ** b; *error: 0, EDOM (zero to a negative or complex power), ERANGE (overflow).
ComplexValue complex_power(ComplexValue a, ComplexValue b, int* error);
ComplexValue complex_quotient(ComplexValue a, ComplexValue b, int* error);

}  // namespace pyjit::runtime
