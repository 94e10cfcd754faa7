// UTF-8, ASCII and Latin-1: the codecs with fast paths for text that needs no care.
#include "runtime/codecs_errors.h"
#include "runtime/names.h"

namespace pyjit::runtime {
namespace {

bool is_ascii_bytes(std::string_view s) {
  uint64_t bits = 0;
  size_t i = 0;
  for (; i + 8 <= s.size(); i += 8) {
    uint64_t word;
    memcpy(&word, s.data() + i, 8);
    bits |= word;
  }
  for (; i < s.size(); ++i) bits |= static_cast<uint8_t>(s[i]);
  return !(bits & 0x8080808080808080u);
}

bool is_surrogate(uint32_t c) { return c >= 0xD800 && c < 0xE000; }

char* put_utf8(char* p, uint32_t c) {
  if (c < 0x80) {
    *p++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *p++ = static_cast<char>(0xC0 | c >> 6);
    *p++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *p++ = static_cast<char>(0xE0 | c >> 12);
    *p++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *p++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *p++ = static_cast<char>(0xF0 | c >> 18);
    *p++ = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    *p++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *p++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return p;
}

// Length in UTF-8; -1 when a surrogate is present.
template <class C>
int64_t utf8_size(const C* s, uint64_t n) {
  int64_t size = 0;
  for (uint64_t i = 0; i < n; ++i) {
    uint32_t c = s[i];
    if (c < 0x80) size += 1;
    else if (c < 0x800) size += 2;
    else if (is_surrogate(c)) return -1;
    else size += c < 0x10000 ? 3 : 4;
  }
  return size;
}

// Reads one sequence. > 0: its length, *c set. 0: incomplete at the end. < 0: wrong; -n is how many bytes belong to the error.
int read_sequence(const uint8_t* p, const uint8_t* end, uint32_t* c) {
  uint32_t b = p[0];
  size_t left = static_cast<size_t>(end - p);
  auto tail = [&](size_t i) { return (p[i] & 0xC0) == 0x80; };
  if (b < 0xC2) return -1;
  if (b < 0xE0) {
    if (left < 2) return 0;
    if (!tail(1)) return -1;
    *c = (b & 31) << 6 | (p[1] & 63u);
    return 2;
  }
  if (b < 0xF0) {
    if (left < 2) return 0;
    if (!tail(1) || (p[1] < 0xA0 ? b == 0xE0 : b == 0xED)) return -1;
    if (left < 3) return 0;
    if (!tail(2)) return -2;
    *c = (b & 15) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
    return 3;
  }
  if (b < 0xF5) {
    if (left < 2) return 0;
    if (!tail(1) || (p[1] < 0x90 ? b == 0xF0 : b == 0xF4)) return -1;
    if (left < 3) return 0;
    if (!tail(2)) return -2;
    if (left < 4) return 0;
    if (!tail(3)) return -3;
    *c = (b & 7) << 18 | (p[1] & 63u) << 12 | (p[2] & 63u) << 6 | (p[3] & 63u);
    return 4;
  }
  return -1;
}

// Valid UTF-8 all through?
bool is_valid_utf8(std::string_view s) {
  const uint8_t* p = reinterpret_cast<const uint8_t*>(s.data());
  const uint8_t* end = p + s.size();
  while (p < end) {
    if (*p < 0x80) {
      ++p;
      continue;
    }
    uint32_t c;
    int n = read_sequence(p, end, &c);
    if (n <= 0) return false;
    p += n;
  }
  return true;
}

// ASCII and Latin-1: code points below `limit` are bytes.
Bytes* narrow_encode(Str* s, Str* errors, uint32_t limit) {
  const char* encoding = limit == 128 ? "ascii" : "latin-1";
  const char* reason = limit == 128 ? "ordinal not in range(128)" : "ordinal not in range(256)";
  EncodeContext context(encoding, s, errors);
  for (uint64_t i = 0; i < s->length;) {
    uint32_t c = s->at(i);
    if (c < limit) {
      context.out.push_back(static_cast<char>(c));
      ++i;
      continue;
    }
    uint64_t end = i + 1;
    while (end < s->length && s->at(end) >= limit) ++end;
    EncodeContext::Replacement r;
    uint64_t next;
    if (!context.error(i, end, reason, &next, &r)) return nullptr;
    context.out += r.bytes;
    for (uint64_t k = 0; r.text && k < r.text->length; ++k) {
      uint32_t d = r.text->at(k);
      if (d >= limit) return context.raise_original(i, end, reason);
      context.out.push_back(static_cast<char>(d));
    }
    i = next;
  }
  return new_bytes(context.out);
}

}  // namespace

Bytes* utf8_encode(Str* s, Str* errors) {
  if (s->is_ascii()) return new_bytes(ascii_view(s));
  int64_t size = with_chars(s, [&](auto* chars) { return utf8_size(chars, s->length); });
  if (size >= 0) {
    Bytes* b = new_bytes_uninitialized(static_cast<size_t>(size));
    if (!b) return nullptr;
    with_chars(s, [&](auto* chars) {
      char* p = b->data;
      for (uint64_t i = 0; i < s->length; ++i) p = put_utf8(p, chars[i]);
    });
    return b;
  }
  EncodeContext context("utf-8", s, errors);
  for (uint64_t i = 0; i < s->length;) {
    uint32_t c = s->at(i);
    if (!is_surrogate(c)) {
      char text[4];
      context.out.append(text, static_cast<size_t>(put_utf8(text, c) - text));
      ++i;
      continue;
    }
    uint64_t end = i + 1;
    while (end < s->length && is_surrogate(s->at(end))) ++end;
    EncodeContext::Replacement r;
    uint64_t next;
    if (!context.error(i, end, "surrogates not allowed", &next, &r)) return nullptr;
    context.out += r.bytes;
    if (r.text) {
      if (!r.text->is_ascii()) return context.raise_original(i, end, "surrogates not allowed");
      context.out += ascii_view(r.text);
    }
    i = next;
  }
  return new_bytes(context.out);
}

Str* utf8_decode(std::string_view data, Str* errors, int64_t* consumed) {
  if (consumed) *consumed = static_cast<int64_t>(data.size());
  if (is_ascii_bytes(data)) return new_str_ascii(data.data(), data.size());
  if (is_valid_utf8(data)) return new_str(data);
  DecodeContext context("utf-8", data, errors);
  size_t i = 0;
  while (i < context.input.size()) {
    const uint8_t* p = reinterpret_cast<const uint8_t*>(context.input.data()) + i;
    const uint8_t* end = reinterpret_cast<const uint8_t*>(context.input.data()) + context.input.size();
    if (*p < 0x80) {
      context.out.append(uint32_t{*p});
      ++i;
      continue;
    }
    uint32_t c;
    int n = read_sequence(p, end, &c);
    if (n > 0) {
      context.out.append(c);
      i += static_cast<size_t>(n);
      continue;
    }
    if (n == 0 && consumed) break;
    const char* reason = "unexpected end of data";
    size_t stop = context.input.size();
    if (n < 0) {
      bool start = *p < 0xC2 || *p >= 0xF5;
      reason = start ? "invalid start byte" : "invalid continuation byte";
      // A surrogate cut short may still turn out to be one that a handler accepts.
      if (consumed && *p == 0xED && end - p == 2 && p[1] >= 0xA0 && p[1] < 0xC0) break;
      stop = i + static_cast<size_t>(-n);
    }
    if (!context.error(i, stop, reason, &i)) return nullptr;
  }
  if (consumed) *consumed = static_cast<int64_t>(i);
  return context.out.finish();
}

Bytes* ascii_encode(Str* s, Str* errors) { return s->is_ascii() ? new_bytes(ascii_view(s)) : narrow_encode(s, errors, 128); }
Bytes* latin1_encode(Str* s, Str* errors) {
  if (s->kind() == 1) return new_bytes({static_cast<const char*>(s->data), s->length});
  return narrow_encode(s, errors, 256);
}

Str* ascii_decode(std::string_view data, Str* errors) {
  if (is_ascii_bytes(data)) return new_str_ascii(data.data(), data.size());
  DecodeContext context("ascii", data, errors);
  for (size_t i = 0; i < context.input.size();) {
    uint8_t c = static_cast<uint8_t>(context.input[i]);
    if (c < 128) {
      context.out.append(uint32_t{c});
      ++i;
    } else if (!context.error(i, i + 1, "ordinal not in range(128)", &i)) {
      return nullptr;
    }
  }
  return context.out.finish();
}

}  // namespace pyjit::runtime
