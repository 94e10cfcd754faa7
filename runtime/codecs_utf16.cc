// UTF-16 and UTF-32, either byte order, with or without a byte order mark.
#include "runtime/codecs_errors.h"

namespace pyjit::runtime {
namespace {

bool is_surrogate(uint32_t c) { return c >= 0xD800 && c < 0xE000; }

template <int kUnit>
void put(std::string& out, uint32_t u, bool big) {
  for (int i = 0; i < kUnit; ++i) out.push_back(static_cast<char>(u >> (8 * (big ? kUnit - 1 - i : i))));
}
template <int kUnit>
uint32_t get(const char* p, bool big) {
  uint32_t u = 0;
  for (int i = 0; i < kUnit; ++i) u |= static_cast<uint32_t>(static_cast<uint8_t>(p[i])) << (8 * (big ? kUnit - 1 - i : i));
  return u;
}

template <int kUnit>
void put_code_point(std::string& out, uint32_t c, bool big) {
  if (kUnit == 4 || c < 0x10000) {
    put<kUnit>(out, c, big);
  } else {
    put<kUnit>(out, 0xD800 + ((c - 0x10000) >> 10), big);
    put<kUnit>(out, 0xDC00 + (c & 0x3FF), big);
  }
}

template <int kUnit>
Bytes* encode(Str* s, Str* errors, ByteOrder order) {
  const char* encoding = kUnit == 2 ? (order == ByteOrder::kNative ? "utf-16" : order == ByteOrder::kLittle ? "utf-16-le" : "utf-16-be")
                                    : (order == ByteOrder::kNative ? "utf-32" : order == ByteOrder::kLittle ? "utf-32-le" : "utf-32-be");
  bool big = order == ByteOrder::kBig;
  EncodeContext context(encoding, s, errors);
  context.out.reserve(s->length * kUnit + kUnit);
  if (order == ByteOrder::kNative) put<kUnit>(context.out, 0xFEFF, big);
  for (uint64_t i = 0; i < s->length;) {
    uint32_t c = s->at(i);
    if (!is_surrogate(c)) {
      put_code_point<kUnit>(context.out, c, big);
      ++i;
      continue;
    }
    EncodeContext::Replacement r;
    uint64_t next;
    if (!context.error(i, i + 1, "surrogates not allowed", &next, &r)) return nullptr;
    if (r.is_bytes) {
      if (r.bytes.size() % kUnit) return context.raise_original(i, i + 1, "surrogates not allowed");
      context.out += r.bytes;
    } else {
      if (!r.text->is_ascii()) return context.raise_original(i, i + 1, "surrogates not allowed");
      for (char a : ascii_view(r.text)) put<kUnit>(context.out, static_cast<uint8_t>(a), big);
    }
    i = next;
  }
  return new_bytes(context.out);
}

// Looks at the mark when the order is open. Returns how many bytes it takes.
template <int kUnit>
size_t read_mark(std::string_view data, ByteOrder* order) {
  if (*order != ByteOrder::kNative || data.size() < kUnit) return 0;
  if (get<kUnit>(data.data(), false) == 0xFEFF) {
    *order = ByteOrder::kLittle;
    return kUnit;
  }
  if (get<kUnit>(data.data(), true) == 0xFEFF) {
    *order = ByteOrder::kBig;
    return kUnit;
  }
  return 0;
}

}  // namespace

Bytes* utf16_encode(Str* s, Str* errors, ByteOrder order) { return encode<2>(s, errors, order); }
Bytes* utf32_encode(Str* s, Str* errors, ByteOrder order) { return encode<4>(s, errors, order); }

Str* utf16_decode(std::string_view data, Str* errors, ByteOrder* order, int64_t* consumed) {
  size_t i = read_mark<2>(data, order);
  bool big = *order == ByteOrder::kBig;
  DecodeContext context(big ? "utf-16-be" : "utf-16-le", data, errors);
  while (i < context.input.size()) {
    size_t left = context.input.size() - i;
    const char* p = context.input.data() + i;
    const char* reason = nullptr;
    size_t stop = i + 2;
    if (left < 2) {
      if (consumed) break;
      reason = "truncated data";
      stop = context.input.size();
    } else {
      uint32_t u = get<2>(p, big);
      if (!is_surrogate(u)) {
        context.out.append(u);
        i += 2;
        continue;
      }
      if (u >= 0xDC00) {
        reason = "illegal encoding";
      } else if (left < 4) {
        if (consumed) break;
        reason = "unexpected end of data";
        stop = context.input.size();
      } else {
        uint32_t low = get<2>(p + 2, big);
        if (low >= 0xDC00 && low < 0xE000) {
          context.out.append(0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00));
          i += 4;
          continue;
        }
        reason = "illegal UTF-16 surrogate";
      }
    }
    if (!context.error(i, stop, reason, &i)) return nullptr;
  }
  if (consumed) *consumed = static_cast<int64_t>(i);
  return context.out.finish();
}

Str* utf32_decode(std::string_view data, Str* errors, ByteOrder* order, int64_t* consumed) {
  size_t i = read_mark<4>(data, order);
  bool big = *order == ByteOrder::kBig;
  DecodeContext context(big ? "utf-32-be" : "utf-32-le", data, errors);
  while (i < context.input.size()) {
    const char* reason;
    size_t stop = i + 4;
    if (context.input.size() - i < 4) {
      if (consumed) break;
      reason = "truncated data";
      stop = context.input.size();
    } else {
      uint32_t c = get<4>(context.input.data() + i, big);
      if (c > 0x10FFFF) {
        reason = "code point not in range(0x110000)";
      } else if (is_surrogate(c)) {
        reason = "code point in surrogate code point range(0xd800, 0xe000)";
      } else {
        context.out.append(c);
        i += 4;
        continue;
      }
    }
    if (!context.error(i, stop, reason, &i)) return nullptr;
  }
  if (consumed) *consumed = static_cast<int64_t>(i);
  return context.out.finish();
}

}  // namespace pyjit::runtime
