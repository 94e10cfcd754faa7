// UTF-7 (RFC 2152): ASCII with shifted runs of base64 that hold UTF-16 units.
//
// The decoder restarts where an incomplete shift sequence began when it works incrementally.
#include "runtime/codecs_errors.h"

namespace pyjit::runtime {
namespace {

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_value(uint32_t c) {
  if (c - 'A' < 26) return static_cast<int>(c - 'A');
  if (c - 'a' < 26) return static_cast<int>(c - 'a' + 26);
  if (c - '0' < 10) return static_cast<int>(c - '0' + 52);
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Written as itself by the encoder: everything printable but '+', '\\' and '~', and tab, newline, return.
bool is_direct(uint32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return c >= ' ' && c < 127 && c != '+' && c != '\\' && c != '~';
}
// Accepted as itself by the decoder.
bool decodes_direct(uint8_t c) { return c < 128 && c != '+'; }

}  // namespace

Bytes* utf7_encode(Str* s, Str*) {
  std::string out;
  bool shifted = false;
  unsigned bits = 0;
  uint32_t buffer = 0;
  auto unit = [&](uint32_t u) {
    buffer = (buffer << 16) | u;
    bits += 16;
    while (bits >= 6) {
      out += kBase64[(buffer >> (bits - 6)) & 63];
      bits -= 6;
    }
    buffer &= (1u << bits) - 1;
  };
  for (uint64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (shifted && is_direct(c)) {
      if (bits) out += kBase64[(buffer << (6 - bits)) & 63];
      bits = 0;
      buffer = 0;
      shifted = false;
      if (base64_value(c) >= 0 || c == '-') out += '-';
    } else if (!shifted && c == '+') {
      out += "+-";
      continue;
    }
    if (!shifted) {
      if (is_direct(c)) {
        out += static_cast<char>(c);
        continue;
      }
      out += '+';
      shifted = true;
    }
    if (c >= 0x10000) {
      unit(0xD800 + ((c - 0x10000) >> 10));
      unit(0xDC00 + (c & 0x3FF));
    } else {
      unit(c);
    }
  }
  if (bits) out += kBase64[(buffer << (6 - bits)) & 63];
  if (shifted) out += '-';
  return new_bytes(out);
}

Str* utf7_decode(std::string_view data, Str* errors, int64_t* consumed) {
  // Text decoded inside an open shift sequence is kept apart, so that an incomplete one can be given back.
  struct State { bool shifted = false; unsigned bits = 0; uint32_t buffer = 0, surrogate = 0; size_t shift_start = 0; } st;
  DecodeContext context("utf7", data, errors);
  std::vector<uint32_t> pending;
  auto flush = [&] {
    for (uint32_t c : pending) context.out.append(c);
    pending.clear();
  };
  size_t i = 0;
  while (i < context.input.size()) {
    uint8_t c = static_cast<uint8_t>(context.input[i]);
    const char* reason = nullptr;
    size_t start = i, stop = i + 1;
    if (st.shifted) {
      int value = base64_value(c);
      if (value >= 0) {
        st.buffer = (st.buffer << 6) | static_cast<uint32_t>(value);
        st.bits += 6;
        ++i;
        if (st.bits >= 16) {
          uint32_t u = (st.buffer >> (st.bits - 16)) & 0xFFFF;
          st.bits -= 16;
          st.buffer &= (1u << st.bits) - 1;
          if (st.surrogate) {
            if (u >= 0xDC00 && u < 0xE000) {
              pending.push_back(0x10000 + ((st.surrogate - 0xD800) << 10) + (u - 0xDC00));
              st.surrogate = 0;
              continue;
            }
            pending.push_back(st.surrogate);
            st.surrogate = 0;
          }
          if (u >= 0xD800 && u < 0xDC00) st.surrogate = u;
          else pending.push_back(u);
        }
        continue;
      }
      // The end of a shift sequence.
      st.shifted = false;
      start = st.shift_start;
      if (st.bits >= 6) {
        reason = "partial character in shift sequence";
      } else if (st.bits > 0 && st.buffer != 0) {
        reason = "non-zero padding bits in shift sequence";
      }
      if (!reason) {
        if (st.surrogate && (decodes_direct(c))) pending.push_back(st.surrogate);
        st.surrogate = 0;
        flush();
        if (c == '-') ++i;
        continue;
      }
      ++i;
      stop = i;
      st.surrogate = 0;
      flush();
    } else if (c == '+') {
      st.shift_start = i++;
      if (i < context.input.size() && context.input[i] == '-') {
        ++i;
        context.out.append(uint32_t{'+'});
        continue;
      }
      if (i < context.input.size() && base64_value(static_cast<uint8_t>(context.input[i])) < 0) {
        ++i;
        stop = i;
        start = st.shift_start;
        reason = "ill-formed sequence";
      } else {
        st.shifted = true;
        st.bits = 0;
        st.buffer = st.surrogate = 0;
        continue;
      }
    } else if (decodes_direct(c)) {
      context.out.append(uint32_t{c});
      ++i;
      continue;
    } else {
      reason = "unexpected special character";
      ++i;
    }
    if (!context.error(start, stop, reason, &i)) return nullptr;
  }
  if (st.shifted && !consumed) {
    // Bits of at most five zeros are padding; anything else is an unfinished character.
    if (st.surrogate || st.bits >= 6 || (st.bits > 0 && st.buffer != 0)) {
      flush();
      size_t next;
      if (!context.error(st.shift_start, context.input.size(), "unterminated shift sequence", &next)) return nullptr;
      return context.out.finish();
    }
    flush();
  }
  if (consumed) *consumed = static_cast<int64_t>(st.shifted ? st.shift_start : i);
  return context.out.finish();
}

}  // namespace pyjit::runtime
