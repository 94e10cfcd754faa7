// Code and constants → marshal bytes.
#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/marshal.h"

namespace pyjit::frontend {
namespace {

using Kind = Constant::Kind;

class Writer {
 public:
  std::string out;

  void constant(const Constant* c) {
    switch (c->kind) {
      case Kind::kNone:
        return byte(kMarshalNone);
      case Kind::kFalse:
        return byte(kMarshalFalse);
      case Kind::kTrue:
        return byte(kMarshalTrue);
      case Kind::kEllipsis:
        return byte(kMarshalEllipsis);
      case Kind::kInt:
        if (c->integer == (int32_t)c->integer) {
          byte(kMarshalInt);
          return word((uint32_t)c->integer);
        } else {
          uint64_t magnitude = c->integer < 0 ? 0 - (uint64_t)c->integer : (uint64_t)c->integer;
          return digits({&magnitude, 1}, c->integer < 0);
        }
      case Kind::kBigInt:
        return digits(c->limbs, c->negative);
      case Kind::kFloat:
        byte(kMarshalBinaryFloat);
        return real(c->real);
      case Kind::kComplex:
        byte(kMarshalBinaryComplex);
        real(c->real);
        return real(c->imag);
      case Kind::kStr:
        return text(c->text, looks_like_name(c->text));
      case Kind::kBytes:
        return bytes(c->text);
      case Kind::kTuple:
        tuple_head(c->items.size());
        for (const Constant* item : c->items) constant(item);
        return;
      case Kind::kFrozenSet:
        byte(kMarshalFrozenSet);
        word((uint32_t)c->items.size());
        for (const Constant* item : sorted(c->items)) constant(item);
        return;
      case Kind::kCode:
        return code(c->code);
    }
  }

  void code(const Code* c) {
    byte(kMarshalCode);
    for (uint32_t v : {c->argcount, c->posonlyargcount, c->kwonlyargcount, c->stacksize, c->flags}) word(v);
    bytes(c->code);
    tuple_head(c->consts.size());
    for (const Constant* k : c->consts) constant(k);
    names(c->names);
    names(c->localsplusnames);
    bytes(c->localspluskinds);
    text(c->filename, false);
    text(c->name, true);
    text(c->qualname, true);
    word((uint32_t)c->firstlineno);
    bytes(c->linetable);
    bytes(c->exceptiontable);
  }

 private:
  // Sets are written in the order of their items' own marshal data, so that files do not depend on hashes.
  static std::vector<const Constant*> sorted(std::span<const Constant* const> items) {
    std::vector<std::pair<std::string, const Constant*>> rows;
    for (const Constant* item : items) rows.emplace_back(marshal_constant(item), item);
    std::ranges::stable_sort(rows, {}, [](const auto& row) -> const std::string& { return row.first; });
    std::vector<const Constant*> out;
    for (auto& row : rows) out.push_back(row.second);
    return out;
  }
  void byte(uint8_t b) { out += (char)b; }
  void word(uint32_t v) {
    for (int i = 0; i < 4; i++) out += (char)(v >> (8 * i));
  }
  void real(double v) { out.append((const char*)&v, sizeof v); }
  void bytes(std::string_view s) {
    byte(kMarshalBytes);
    word((uint32_t)s.size());
    out += s;
  }
  void tuple_head(size_t n) {
    if (n < 256) {
      byte(kMarshalSmallTuple);
      byte((uint8_t)n);
    } else {
      byte(kMarshalTuple);
      word((uint32_t)n);
    }
  }
  void names(std::span<const std::string_view> list) {
    tuple_head(list.size());
    for (std::string_view s : list) text(s, true);
  }
  // Such string constants are interned in CPython too.
  static bool looks_like_name(std::string_view s) {
    return std::ranges::all_of(s, [](unsigned char c) {
      return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
  }
  // Each distinct text is written once and referred to afterwards.
  void text(std::string_view s, bool interned) {
    auto [at, fresh] = refs_.try_emplace(s, (uint32_t)refs_.size());
    if (!fresh) {
      byte(kMarshalRef);
      return word(at->second);
    }
    bool ascii = std::ranges::all_of(s, [](char c) { return (unsigned char)c < 0x80; });
    if (ascii && s.size() < 256) {
      byte(kMarshalFlagRef | (interned ? kMarshalShortAsciiInterned : kMarshalShortAscii));
      byte((uint8_t)s.size());
    } else {
      byte(kMarshalFlagRef | (!ascii ? interned ? kMarshalInterned : kMarshalUnicode
                                     : interned ? kMarshalAsciiInterned : kMarshalAscii));
      word((uint32_t)s.size());
    }
    out += s;
  }
  void digits(std::span<const uint64_t> limbs, bool negative) {
    size_t bits = limbs.size() * 64;
    auto digit = [&](size_t i) {
      size_t bit = i * kMarshalDigitBits;
      uint64_t v = limbs[bit / 64] >> (bit % 64);
      if (bit % 64 > 64 - kMarshalDigitBits && bit / 64 + 1 < limbs.size()) v |= limbs[bit / 64 + 1] << (64 - bit % 64);
      return (uint16_t)(v & ((1 << kMarshalDigitBits) - 1));
    };
    size_t n = (bits + kMarshalDigitBits - 1) / kMarshalDigitBits;
    while (n && !digit(n - 1)) n--;
    byte(kMarshalLong);
    word(negative ? 0 - (uint32_t)n : (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
      uint16_t d = digit(i);
      byte((uint8_t)d);
      byte((uint8_t)(d >> 8));
    }
  }

  std::unordered_map<std::string_view, uint32_t> refs_;
};

}  // namespace

std::string marshal_code(const Code* code) {
  Writer w;
  w.code(code);
  return std::move(w.out);
}

std::string marshal_constant(const Constant* c) {
  Writer w;
  w.constant(c);
  return std::move(w.out);
}

}  // namespace pyjit::frontend
