// The second half of a binary operation, for callers that ran the left operand's special method themselves (inlined operators).
#pragma once
#include "runtime/class.h"

namespace pyjit::runtime {

// "__add__" of kAdd, "__iadd__" in place, "__radd__" reflected.
Str* operator_name(BinaryOp op, bool inplace);
Str* reflected_name(BinaryOp op);
// a's method returned NotImplemented: b's reflected one, else the TypeError. a is an instance of a class over plain object.
Value finish_declined_binary(BinaryOp op, bool inplace, Value a, Value b);

}  // namespace pyjit::runtime
