// Interned strings that C++ code refers to: names.dunder_init and so on (names.def).
#pragma once
#include "runtime/types/str.h"

namespace pyjit::runtime {

struct Names {
#define NAME(field, text) Str* field;
#include "runtime/names.def"
#undef NAME
};
extern Names names;

}  // namespace pyjit::runtime
