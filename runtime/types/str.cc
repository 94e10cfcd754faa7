// Text → Str objects: construction, comparison, concatenation, slices and UTF-8. See str.h for the layout.
//
// Every Str holds its code points in the smallest kind that fits, so equal texts have equal bytes and comparison is memcmp.
// A ByteStore shared by appends keeps its fill mark in its first eight bytes:
//
//   ByteStore  capacity │ fill │ code points of the longest string so far │ room
//                        +0     +8 ← Str::data of every string that shares it
//
// A Str that ends at the fill mark may be extended in place: those that are shorter never see the new text.
#include "runtime/types/str.h"

#include <cstdarg>

#include "runtime/heap.h"
#include "runtime/types/small_bytes.h"

namespace pyjit::runtime {

Shape* str_shape;

namespace {

constexpr size_t kMaxBytes = size_t{1} << 46;
constexpr size_t kShareAppendFrom = 96;     // shorter results are cheaper to copy than to share
constexpr size_t kShareSliceFrom = 2048;    // bytes

uint64_t& store_fill(ByteStore* store) { return *reinterpret_cast<uint64_t*>(store->bytes); }
char* store_text(ByteStore* store) { return store->bytes + sizeof(uint64_t); }

template <class To, class From>
void widen_copy(To* to, const From* from, size_t count) {
  if constexpr (sizeof(To) == sizeof(From)) {
    copy_bytes(to, from, count * sizeof(To));
  } else {
    for (size_t i = 0; i < count; ++i) to[i] = static_cast<To>(from[i]);
  }
}

// The or of all code points: its magnitude tells kind and ASCII.
template <class C>
uint32_t or_of(const C* chars, size_t count) {
  uint64_t bits = 0;
  size_t i = 0;
  if constexpr (sizeof(C) < 4) {
    constexpr size_t kStep = 8 / sizeof(C);
    for (; i + kStep <= count; i += kStep) {
      uint64_t word;
      memcpy(&word, chars + i, 8);
      bits |= word;
    }
    bits |= bits >> 32;
    bits |= bits >> 16;
    if constexpr (sizeof(C) == 1) bits |= bits >> 8;
    bits &= (uint64_t{1} << (8 * sizeof(C))) - 1;
  }
  for (; i < count; ++i) bits |= chars[i];
  return static_cast<uint32_t>(bits);
}

unsigned kind_for(uint32_t bits) { return bits < 0x100 ? 1 : bits < 0x10000 ? 2 : 4; }

Str* new_header(const void* data, uint64_t length, uint16_t aux, Object* owner) {
  Str* s = static_cast<Str*>(heap.allocate(str_shape, sizeof(Str)));
  s->aux = aux;
  s->length = length;
  s->data = data;
  s->store = reinterpret_cast<ByteStore*>(owner);
  return s;
}

Object* owner_of(Str* s) { return s->store ? reinterpret_cast<Object*>(s->store) : s; }

}  // namespace

Str* new_str_uninitialized(size_t length, unsigned kind, bool ascii) {
  if (length > kMaxBytes / 4) [[unlikely]] return raise_memory_error();
  size_t bytes = sizeof(Str) + length * kind;
  Str* s = static_cast<Str*>(bytes <= kMaxSmallSize ? heap.allocate(str_shape, bytes) : heap.allocate_checked(str_shape, bytes));
  if (!s) return nullptr;
  s->aux = static_cast<uint16_t>(kind | (ascii ? kStrAscii : 0));
  s->length = length;
  s->data = s->inline_data;
  return s;
}

Str* new_str_ascii(const char* text, size_t length) {
  if (length <= 1) return length == 0 ? intern("") : char_str(static_cast<uint8_t>(text[0]));
  Str* s = new_str_uninitialized(length, 1, true);
  if (s) copy_bytes(s->inline_data, text, length);
  return s;
}

Str* new_str_from_chars(const void* code_points, unsigned kind, size_t length) {
  if (length == 0) return intern("");
  auto build = [&]<class C>(const C* chars) -> Str* {
    if (length == 1) return char_str(chars[0]);
    uint32_t bits = or_of(chars, length);
    unsigned to = kind_for(bits);
    Str* s = new_str_uninitialized(length, to, bits < 0x80);
    if (!s) return nullptr;
    if (to == 1) widen_copy(reinterpret_cast<uint8_t*>(s->inline_data), chars, length);
    else if (to == 2) widen_copy(reinterpret_cast<uint16_t*>(s->inline_data), chars, length);
    else widen_copy(reinterpret_cast<uint32_t*>(s->inline_data), chars, length);
    return s;
  };
  if (kind == 1) return build(static_cast<const uint8_t*>(code_points));
  if (kind == 2) return build(static_cast<const uint16_t*>(code_points));
  return build(static_cast<const uint32_t*>(code_points));
}

Str* new_str_latin1(const uint8_t* text, size_t length) { return new_str_from_chars(text, 1, length); }
Str* new_str_from_code_points(const uint32_t* code_points, size_t length) { return new_str_from_chars(code_points, 4, length); }

Str* new_str(std::string_view utf8) {
  const uint8_t* text = reinterpret_cast<const uint8_t*>(utf8.data());
  uint32_t bits = or_of(text, utf8.size());
  if (bits < 0x80) return new_str_ascii(utf8.data(), utf8.size());
  size_t length = 0;
  uint8_t top = 0;
  for (uint8_t byte : utf8) {
    length += (byte & 0xC0) != 0x80;
    top = std::max(top, byte);
  }
  unsigned kind = top < 0xC4 ? 1 : top < 0xF0 ? 2 : 4;
  auto fill = [&](auto* out) {
    const uint8_t* p = text;
    const uint8_t* end = text + utf8.size();
    while (p < end) {
      uint32_t c = *p++;
      if (c >= 0xF0) { c = (c & 7) << 18 | (p[0] & 0x3Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu); p += 3; }
      else if (c >= 0xE0) { c = (c & 15) << 12 | (p[0] & 0x3Fu) << 6 | (p[1] & 0x3Fu); p += 2; }
      else if (c >= 0x80) { c = (c & 31) << 6 | (p[0] & 0x3Fu); p += 1; }
      *out++ = static_cast<std::remove_reference_t<decltype(*out)>>(c);
    }
  };
  if (length == 1) {
    uint32_t c;
    fill(&c);
    return char_str(c);
  }
  Str* s = new_str_uninitialized(length, kind, false);
  if (!s) return nullptr;
  if (kind == 1) fill(reinterpret_cast<uint8_t*>(s->inline_data));
  else if (kind == 2) fill(reinterpret_cast<uint16_t*>(s->inline_data));
  else fill(reinterpret_cast<uint32_t*>(s->inline_data));
  return s;
}

Str* new_strf(const char* format, ...) {
  char small[256];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(small, sizeof small, format, args);
  va_end(args);
  if (n < static_cast<int>(sizeof small)) return new_str(std::string_view(small, static_cast<size_t>(n)));
  std::string text(static_cast<size_t>(n) + 1, '\0');
  va_start(args, format);
  vsnprintf(text.data(), text.size(), format, args);
  va_end(args);
  text.pop_back();
  return new_str(text);
}

Str* exact_str(Str* s) {
  if (s->shape() == str_shape) [[likely]] return s;
  if (s->length <= 1) return s->length == 0 ? intern("") : char_str(s->at(0));
  return new_header(s->data, s->length, s->aux & (kStrKindMask | kStrAscii), owner_of(s));
}

Str* new_str_of_class(Class* cls, Str* text) {
  if (cls == types.str) return exact_str(text);
  Str* s = allocate_instance_of<Str>(cls);
  if (!s) return nullptr;
  s->aux = text->aux & (kStrKindMask | kStrAscii);
  s->length = text->length;
  s->data = text->data;
  s->store = reinterpret_cast<ByteStore*>(owner_of(text));
  s->hash = text->hash;
  return s;
}

void copy_code_points(void* dst, unsigned dst_kind, size_t at, const Str* src, uint64_t start, uint64_t end) {
  size_t count = end - start;
  with_chars(src, [&](auto* chars) {
    if (dst_kind == 1) widen_copy(static_cast<uint8_t*>(dst) + at, chars + start, count);
    else if (dst_kind == 2) widen_copy(static_cast<uint16_t*>(dst) + at, chars + start, count);
    else widen_copy(static_cast<uint32_t*>(dst) + at, chars + start, count);
  });
}

std::string_view ascii_view(const Str* s) {
  assert(s->is_ascii());
  return {static_cast<const char*>(s->data), s->length};
}

std::string to_utf8(const Str* s) {
  if (s->is_ascii()) return std::string(ascii_view(s));
  std::string out;
  out.reserve(s->length * (s->kind() == 1 ? 2 : 3));
  with_chars(s, [&](auto* chars) {
    for (uint64_t i = 0; i < s->length; ++i) {
      uint32_t c = chars[i];
      if (c < 0x80) {
        out.push_back(static_cast<char>(c));
      } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0 | c >> 6));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
      } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | c >> 12));
        out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
      } else {
        out.push_back(static_cast<char>(0xF0 | c >> 18));
        out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
      }
    }
  });
  return out;
}

bool str_equals(const Str* a, std::string_view ascii) {
  return a->length == ascii.size() && a->kind() == 1 && same_bytes(a->data, ascii.data(), ascii.size());
}

int str_compare(const Str* a, const Str* b) {
  size_t common = std::min(a->length, b->length);
  int order = 0;
  if (a->kind() == 1 && b->kind() == 1) {
    order = memcmp(a->data, b->data, common);
  } else {
    with_chars(a, [&](auto* x) {
      with_chars(b, [&](auto* y) {
        for (size_t i = 0; i < common; ++i) {
          uint32_t c = x[i], d = y[i];
          if (c != d) { order = c < d ? -1 : 1; return; }
        }
      });
    });
  }
  if (order != 0) return order;
  return a->length < b->length ? -1 : a->length > b->length;
}

Str* str_concat(Str* a, Str* b) {
  if (a->length == 0) return exact_str(b);
  if (b->length == 0) return exact_str(a);
  unsigned kind = std::max(a->kind(), b->kind());
  Str* s = new_str_uninitialized(a->length + b->length, kind, a->is_ascii() && b->is_ascii());
  if (!s) return nullptr;
  if (kind == 1) {
    copy_bytes(s->inline_data, a->data, a->length);
    copy_bytes(s->inline_data + a->length, b->data, b->length);
  } else {
    copy_code_points(s->inline_data, kind, 0, a, 0, a->length);
    copy_code_points(s->inline_data, kind, a->length, b, 0, b->length);
  }
  return s;
}

Str* str_append(Str* a, Str* b) {
  unsigned kind = a->kind();
  uint64_t length = a->length + b->length;
  if (length * kind < kShareAppendFrom || a->length == 0 || b->length == 0 || b->kind() > kind || length > kMaxBytes / 4)
    return str_concat(a, b);
  uint16_t aux = static_cast<uint16_t>(kind | (a->aux & b->aux & kStrAscii));
  size_t old_bytes = a->length * kind, new_bytes = length * kind;
  ByteStore* store = a->store;
  if (store && store->shape_bits != a->shape_bits && store->shape() == types.byte_store->root_shape && a->data == store_text(store) &&
      store_fill(store) == old_bytes && store->capacity >= new_bytes + sizeof(uint64_t)) {
    copy_code_points(store_text(store), kind, a->length, b, 0, b->length);
    store_fill(store) = new_bytes;
    return new_header(a->data, length, aux, reinterpret_cast<Object*>(store));
  }
  store = new_byte_store(sizeof(uint64_t) + new_bytes + new_bytes / 2 + 64);
  if (!store) return nullptr;
  memcpy(store_text(store), a->data, old_bytes);
  copy_code_points(store_text(store), kind, a->length, b, 0, b->length);
  store_fill(store) = new_bytes;
  return new_header(store_text(store), length, aux, reinterpret_cast<Object*>(store));
}

Str* str_substring(Str* s, uint64_t start, uint64_t end) {
  if (end > s->length) end = s->length;
  if (start >= end) return intern("");
  uint64_t length = end - start;
  if (length == s->length) return exact_str(s);
  if (length == 1) return char_str(s->at(start));
  unsigned kind = s->kind();
  const char* from = static_cast<const char*>(s->data) + start * kind;
  if (s->is_ascii() && length < kShareSliceFrom) {
    Str* copy = new_str_uninitialized(length, 1, true);
    if (copy) copy_bytes(copy->inline_data, from, length);
    return copy;
  }
  // A large slice that is most of its string shares the text.
  if (length * kind >= kShareSliceFrom && length >= s->length / 2) {
    uint32_t bits = s->is_ascii() ? 0 : with_chars(s, [&](auto* chars) { return or_of(chars + start, length); });
    if (kind_for(bits) == kind) return new_header(from, length, static_cast<uint16_t>(kind | (bits < 0x80 ? kStrAscii : 0)), owner_of(s));
  }
  return new_str_from_chars(from, kind, length);
}

Str* str_repeat(Str* s, int64_t count) {
  if (count <= 0 || s->length == 0) return intern("");
  if (count == 1) return exact_str(s);
  if (s->length > kMaxBytes / 4 / static_cast<uint64_t>(count)) return raise_memory_error();
  size_t unit = s->length * s->kind(), total = unit * static_cast<size_t>(count);
  Str* out = new_str_uninitialized(s->length * static_cast<uint64_t>(count), s->kind(), s->is_ascii());
  if (!out) return nullptr;
  if (unit == 1) {
    memset(out->inline_data, s->data8()[0], total);
    return out;
  }
  memcpy(out->inline_data, s->data, unit);
  for (size_t done = unit; done < total;) {
    size_t step = std::min(done, total - done);
    memcpy(out->inline_data + done, out->inline_data, step);
    done += step;
  }
  return out;
}

}  // namespace pyjit::runtime
