// Str → its repr: CPython's choice of quotes and escapes.
#include "runtime/types/str.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::runtime {

Str* repr_str(const Str* s) {
  bool single = false, dbl = false;
  with_chars(s, [&](auto* chars) {
    for (uint64_t i = 0; i < s->length; ++i) {
      single |= chars[i] == '\'';
      dbl |= chars[i] == '"';
    }
  });
  uint32_t quote = single && !dbl ? '"' : '\'';
  StrBuilder out;
  out.append(quote);
  with_chars(s, [&](auto* chars) {
    static constexpr char kHex[] = "0123456789abcdef";
    uint64_t run = 0;  // start of the characters that need no escape
    for (uint64_t i = 0; i < s->length; ++i) {
      uint32_t c = chars[i];
      bool plain = c < 0x7F ? c >= ' ' && c != quote && c != '\\' : c > 0x7F && unicode::is_printable(c);
      if (plain) continue;
      out.append(s, run, i);
      run = i + 1;
      out.append(uint32_t{'\\'});
      if (c == quote || c == '\\') out.append(c);
      else if (c == '\t') out.append(uint32_t{'t'});
      else if (c == '\n') out.append(uint32_t{'n'});
      else if (c == '\r') out.append(uint32_t{'r'});
      else {
        int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
        out.append(uint32_t(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U'));
        for (int k = digits - 1; k >= 0; --k) out.append(static_cast<uint32_t>(kHex[c >> (4 * k) & 15]));
      }
    }
    out.append(s, run, s->length);
  });
  out.append(quote);
  return out.finish();
}

}  // namespace pyjit::runtime
