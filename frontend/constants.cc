// Hash and equality of constants, and the pool of representatives.
#include "frontend/constants.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace pyjit::frontend {
namespace {

using Kind = Constant::Kind;

uint64_t mix(uint64_t h, uint64_t v) {
  h ^= v;
  h *= 0x9E3779B97F4A7C15ull;
  return h ^ (h >> 29);
}

uint64_t hash_text(uint64_t h, std::string_view s) {
  size_t n = s.size();
  const char* p = s.data();
  h = mix(h, n);
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t w;
    std::memcpy(&w, p, 8);
    h = mix(h, w);
  }
  uint64_t w = 0;
  if (n) std::memcpy(&w, p, n);
  return mix(h, w);
}

uint64_t hash_of(const Constant* c) {
  uint64_t h = mix(0x51ED270B, (uint64_t)c->kind);
  switch (c->kind) {
    case Kind::kNone:
    case Kind::kFalse:
    case Kind::kTrue:
    case Kind::kEllipsis:
      break;
    case Kind::kInt:
      h = mix(h, (uint64_t)c->integer);
      break;
    case Kind::kBigInt:
      for (uint64_t limb : c->limbs) h = mix(h, limb);
      break;
    case Kind::kFloat:
      h = mix(h, std::bit_cast<uint64_t>(c->real));
      break;
    case Kind::kComplex:
      h = mix(mix(h, std::bit_cast<uint64_t>(c->real)), std::bit_cast<uint64_t>(c->imag));
      break;
    case Kind::kStr:
    case Kind::kBytes:
      h = hash_text(h, c->text);
      break;
    case Kind::kTuple:
      for (const Constant* item : c->items) h = mix(h, hash_of(item));
      break;
    case Kind::kFrozenSet: {
      uint64_t sum = 0;
      for (const Constant* item : c->items) sum += hash_of(item);
      h = mix(h, sum);
      break;
    }
    case Kind::kCode:
      h = hash_text(mix(h, (uint64_t)c->code->firstlineno), c->code->code);
      break;
  }
  return h;
}

// Bits are compared: that separates the zeros, and makes NaNs with equal bits equal, which the caller excludes.
bool same_double(double a, double b) { return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b) && a == a; }

bool same_code(const Code& a, const Code& b) {
  if (a.name != b.name || a.argcount != b.argcount || a.posonlyargcount != b.posonlyargcount ||
      a.kwonlyargcount != b.kwonlyargcount || a.flags != b.flags || a.firstlineno != b.firstlineno || a.code != b.code)
    return false;
  if (a.linetable != b.linetable || a.exceptiontable != b.exceptiontable) return false;
  return std::ranges::equal(a.consts, b.consts, same_constant) && std::ranges::equal(a.names, b.names) &&
         std::ranges::equal(a.localsplusnames, b.localsplusnames);
}

}  // namespace

bool same_constant(const Constant* a, const Constant* b) {
  if (a == b) return true;
  if (a->kind != b->kind) return false;
  switch (a->kind) {
    case Kind::kNone:
    case Kind::kFalse:
    case Kind::kTrue:
    case Kind::kEllipsis:
      return true;
    case Kind::kInt:
      return a->integer == b->integer;
    case Kind::kBigInt:
      return a->negative == b->negative && std::ranges::equal(a->limbs, b->limbs);
    case Kind::kFloat:
      return same_double(a->real, b->real);
    case Kind::kComplex:
      return same_double(a->real, b->real) && same_double(a->imag, b->imag);
    case Kind::kStr:
    case Kind::kBytes:
      return a->text == b->text;
    case Kind::kTuple:
      return std::ranges::equal(a->items, b->items, same_constant);
    case Kind::kFrozenSet:
      // Items are distinct, so equal sizes and inclusion suffice. Sets in source code are small.
      if (a->items.size() != b->items.size()) return false;
      for (const Constant* x : a->items)
        if (!std::ranges::any_of(b->items, [x](const Constant* y) { return same_constant(x, y); })) return false;
      return true;
    case Kind::kCode:
      return same_code(*a->code, *b->code);
  }
  return false;
}

ConstantPool::ConstantPool(Arena& arena) : arena_(arena), table_(512) { none_ = canonical(arena.make<Constant>()); }

const Constant* ConstantPool::canonical(const Constant* c) {
  uint64_t hash = hash_of(c);
  size_t mask = table_.size() - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    Slot& s = table_[i];
    if (!s.constant) {
      s = {hash, c};
      if (++used_ * 2 > table_.size()) rehash();
      return c;
    }
    if (s.hash == hash && same_constant(s.constant, c)) return s.constant;
  }
}

void ConstantPool::rehash() {
  std::vector<Slot> old(table_.size() * 2);
  old.swap(table_);
  size_t mask = table_.size() - 1;
  for (const Slot& s : old) {
    if (!s.constant) continue;
    size_t i = s.hash & mask;
    while (table_[i].constant) i = (i + 1) & mask;
    table_[i] = s;
  }
}

const Constant* ConstantPool::integer(int64_t value) {
  auto* c = arena_.make<Constant>();
  c->kind = Kind::kInt;
  c->integer = value;
  return c;
}
const Constant* ConstantPool::string(std::string_view text) {
  auto* c = arena_.make<Constant>();
  c->kind = Kind::kStr;
  c->text = text;
  return c;
}
const Constant* ConstantPool::tuple(std::span<const Constant* const> items) {
  auto* c = arena_.make<Constant>();
  c->kind = Kind::kTuple;
  c->items = arena_.copy(items.data(), items.size());
  return c;
}
const Constant* ConstantPool::code(const Code* code) {
  auto* c = arena_.make<Constant>();
  c->kind = Kind::kCode;
  c->code = code;
  return c;
}

}  // namespace pyjit::frontend
