// The class statement.
#pragma once
#include "interp/slow.h"

namespace pyjit::interp {

// Runs a class body with `ns` as its locals. The body's value: the __class__ cell or None.
Value run_class_body(Function* body, Value ns);

}  // namespace pyjit::interp
