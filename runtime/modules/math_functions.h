// The rows of the math module that math_integer.cc implements.
#pragma once
#include "runtime/value.h"

namespace pyjit::runtime {

Value math_factorial(Value* args);
Value math_perm(Value* args);
Value math_comb(Value* args);
Value math_gcd(Value* args);
Value math_lcm(Value* args);
Value math_isqrt(Value* args);

}  // namespace pyjit::runtime
