// The generated tables as one object file.
#include "runtime/unicode/tables.h"

namespace pyjit::unicode {
#include "runtime/unicode/tables.inc"
const int kCompositionCount = sizeof kCompositions / sizeof kCompositions[0];
}  // namespace pyjit::unicode
