// File system paths between Python and the system.
#pragma once
#include <string>

#include "runtime/value.h"

namespace pyjit::runtime {

struct Str;
Value fspath(Value path);                            // a str or bytes; TypeError pending otherwise
bool fs_encode_path(Value path, std::string* out);   // bytes for a system call; ValueError for embedded nulls

}  // namespace pyjit::runtime
