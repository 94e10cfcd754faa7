// marshal: Python objects ↔ bytes (format version 4, the .pyc payload).
#pragma once
#include <string>
#include <string_view>

#include "runtime/value.h"

namespace pyjit::runtime {

// False: ValueError ("unmarshallable object", "object too deeply nested to marshal") pending.
bool marshal_dump(Value v, int version, std::string* out);
// Reads one object from data[*position ..]; null: EOFError, ValueError or TypeError pending. Hostile data cannot crash it: code objects
// are built with consistent tables or refused, and the interpreter verifies bytecode before it runs.
Value marshal_load(std::string_view data, size_t* position);

}  // namespace pyjit::runtime
