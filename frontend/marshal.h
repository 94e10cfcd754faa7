// Code and constants ↔ marshal bytes, as .pyc files hold them.
#pragma once
#include <string>
#include <string_view>

#include "frontend/arena.h"
#include "frontend/code.h"
#include "frontend/constant.h"
#include "frontend/marshal_format.h"

namespace pyjit::frontend {

std::string marshal_code(const Code* code);
std::string marshal_constant(const Constant* c);

struct MarshalError {
  enum class Kind : uint8_t { kNone, kEOFError, kValueError, kTypeError, kSystemError };
  Kind kind = Kind::kNone;
  std::string message;
};

// Reads one object. The result and all it holds live in `arena`. Any bytes are safe: null and `error` when they are not marshal
// data of an immutable constant. (Lists, dicts, sets and StopIteration are not constants: the runtime's own reader knows them.)
const Constant* unmarshal(Arena& arena, std::string_view data, MarshalError& error);

}  // namespace pyjit::frontend
