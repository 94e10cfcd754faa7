// Newline handling of text streams: IncrementalNewlineDecoder's state machine, and where lines end.
#pragma once
#include "runtime/modules/io/io.h"

namespace pyjit::runtime::io {

enum SeenNewlines : uint8_t { kSeenCr = 1, kSeenLf = 2, kSeenCrLf = 4 };

struct NewlineDecoder : Object {
  Value decoder;        // None: input is str already
  bool translate, pending_cr;
  uint8_t seen;         // SeenNewlines
};
// Feeds decoded text through: joins a held back '\r' with it, records what newlines occur, translates.
Str* decode_newlines(NewlineDecoder* d, Str* text, bool final);
Value newlines_value(uint8_t seen);    // None, one str, or a tuple of them

}  // namespace pyjit::runtime::io
