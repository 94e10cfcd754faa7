// ast.parse(feature_version=(3, n)).
#pragma once
#include <string>

#include "runtime/value.h"

namespace pyjit::runtime {

struct Str;

// False: SyntaxError "Assignment expressions are only supported in Python 3.8 and greater" or its like pending.
bool check_feature_version(Value tree, const std::string& source, int minor, Str* filename);

}  // namespace pyjit::runtime
