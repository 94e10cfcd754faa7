// types.GenericAlias: list[int].
#pragma once
#include "runtime/class.h"

namespace pyjit::runtime {

Value new_generic_alias(Value origin, Value args);
// The body of every builtin __class_getitem__ classmethod: args = {cls, item}.
inline Value class_getitem(Value* args) { return new_generic_alias(args[0], args[1]); }

}  // namespace pyjit::runtime
