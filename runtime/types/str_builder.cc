// Pieces of text → one Str: StrBuilder keeps code points in the narrowest kind so far and widens when a wider one arrives.
#include "runtime/types/str.h"

namespace pyjit::runtime {

size_t StrBuilder::length() const { return bytes_.size() / kind_; }

void StrBuilder::widen(unsigned kind) {
  size_t count = length();
  std::string wide(count * kind, '\0');
  for (size_t i = 0; i < count; ++i) {
    uint32_t c = kind_ == 1 ? static_cast<uint8_t>(bytes_[i]) : reinterpret_cast<const uint16_t*>(bytes_.data())[i];
    if (kind == 2) reinterpret_cast<uint16_t*>(wide.data())[i] = static_cast<uint16_t>(c);
    else reinterpret_cast<uint32_t*>(wide.data())[i] = c;
  }
  bytes_ = std::move(wide);
  kind_ = kind;
}

void StrBuilder::append(const Str* s, uint64_t start, uint64_t end) {
  if (start >= end) return;
  if (s->kind() > kind_) widen(s->kind());
  if (kind_ == 1) {
    bytes_.append(static_cast<const char*>(s->data) + start, end - start);
    if (!s->is_ascii()) {
      all_bits_ |= 0x80u;
      inexact_ |= start != 0 || end != s->length;
    }
    return;
  }
  size_t at = length();
  bytes_.resize((at + (end - start)) * kind_);
  copy_code_points(bytes_.data(), kind_, at, s, start, end);
  // The kind of the whole string bounds the piece; finish() looks closer when the piece may be narrower.
  if (!s->is_ascii()) all_bits_ |= s->kind() == 1 ? 0x80u : s->kind() == 2 ? 0x100u : 0x10000u;
  if (!s->is_ascii() && (start != 0 || end != s->length)) inexact_ = true;
}

void StrBuilder::append(const Str* s) { append(s, 0, s->length); }

void StrBuilder::append_ascii(std::string_view text) {
  if (kind_ == 1) {
    bytes_.append(text);
    return;
  }
  for (char c : text) append(static_cast<uint8_t>(c));
}

void StrBuilder::append_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    uint8_t c = static_cast<uint8_t>(text[i]);
    auto tail = [&](size_t k) { return static_cast<uint32_t>(text[i + k]) & 0x3Fu; };
    if (c < 0x80) { append(uint32_t{c}); i += 1; }
    else if (c < 0xE0) { append((c & 31u) << 6 | tail(1)); i += 2; }
    else if (c < 0xF0) { append((c & 15u) << 12 | tail(1) << 6 | tail(2)); i += 3; }
    else { append((c & 7u) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)); i += 4; }
  }
}

void StrBuilder::append(uint32_t c) {
  unsigned kind = c < 0x100 ? 1 : c < 0x10000 ? 2 : 4;
  if (kind > kind_) widen(kind);
  all_bits_ |= c;
  if (kind_ == 1) {
    bytes_.push_back(static_cast<char>(c));
  } else if (kind_ == 2) {
    uint16_t unit = static_cast<uint16_t>(c);
    bytes_.append(reinterpret_cast<const char*>(&unit), 2);
  } else {
    bytes_.append(reinterpret_cast<const char*>(&c), 4);
  }
}

void StrBuilder::append_fill(uint32_t c, size_t count) {
  if (count == 0) return;
  if (c < 0x100 && kind_ == 1) {
    all_bits_ |= c;
    bytes_.append(count, static_cast<char>(c));
    return;
  }
  for (; count != 0; --count) append(c);
}

Str* StrBuilder::finish() {
  unsigned needed = all_bits_ < 0x100 ? 1 : all_bits_ < 0x10000 ? 2 : 4;
  if (inexact_ || needed != kind_ || length() <= 1) return new_str_from_chars(bytes_.data(), kind_, length());
  Str* s = new_str_uninitialized(length(), kind_, all_bits_ < 0x80);
  if (s) memcpy(s->inline_data, bytes_.data(), bytes_.size());
  return s;
}

}  // namespace pyjit::runtime
