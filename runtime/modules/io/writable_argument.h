// The writable buffer that readinto() and its like are given.
#pragma once
#include "runtime/types/bytes.h"

namespace pyjit::runtime {

// False: TypeError "readinto() argument must be read-write bytes-like object, not bytes" pending.
inline bool writable_argument(Value v, BufferView* view, const char* function) {
  if (get_buffer(v, view, kBufferWritable)) return true;
  clear_pending();
  raisef(exc.TypeError, "%s() argument must be read-write bytes-like object, not %.50s", function, v.is_none() ? "None" : type_name(v));
  return false;
}

}  // namespace pyjit::runtime
