// Marshal bytes → code and constants. Trusts nothing: every size is checked against what is left, nesting is bounded.
#include <charconv>
#include <cstring>
#include <vector>

#include "frontend/marshal.h"

namespace pyjit::frontend {
namespace {

using Kind = Constant::Kind;

class Reader {
 public:
  Reader(Arena& arena, std::string_view data, MarshalError& error) : arena_(arena), data_(data), error_(error) {}

  const Constant* object() {
    if (pos_ >= data_.size()) return eof("EOF read where object expected");
    if (++depth_ > kMarshalMaxDepth) {
      depth_--;
      return bad_value("recursion limit exceeded");
    }
    uint8_t head = (uint8_t)data_[pos_++];
    const Constant* c = typed(head & 0x7f, head & kMarshalFlagRef);
    depth_--;
    return c;
  }

  bool failed() const { return error_.kind != MarshalError::Kind::kNone; }

 private:
  std::nullptr_t fail(MarshalError::Kind kind, std::string message) {
    if (!failed()) error_ = {kind, std::move(message)};
    return nullptr;
  }
  std::nullptr_t eof(const char* text) { return fail(MarshalError::Kind::kEOFError, text); }
  std::nullptr_t bad_value(std::string text) { return fail(MarshalError::Kind::kValueError, std::move(text)); }
  std::nullptr_t bad(const char* what) { return bad_value(std::string("bad marshal data (") + what + ")"); }

  bool take(size_t n, std::string_view& out) {
    if (failed()) return false;
    if (data_.size() - pos_ < n) {
      eof("marshal data too short");
      return false;
    }
    out = data_.substr(pos_, n);
    pos_ += n;
    return true;
  }
  bool word(int32_t& out) {
    std::string_view s;
    if (!take(4, s)) return false;
    std::memcpy(&out, s.data(), 4);
    return true;
  }
  bool byte(uint8_t& out) {
    if (failed()) return false;
    if (pos_ >= data_.size()) {
      eof("EOF read where object expected");
      return false;
    }
    out = (uint8_t)data_[pos_++];
    return true;
  }
  bool size(int32_t& out, const char* what) {
    if (!word(out)) return false;
    if (out < 0) {
      bad(what);
      return false;
    }
    return true;
  }

  // Slots are taken in the order in which objects begin.
  int reserve(bool flag) {
    if (!flag) return -1;
    refs_.push_back(nullptr);
    return (int)refs_.size() - 1;
  }
  const Constant* keep(int slot, const Constant* c) {
    if (slot >= 0) refs_[(size_t)slot] = c;
    return c;
  }

  Constant* make(Kind kind) {
    auto* c = arena_.make<Constant>();
    c->kind = kind;
    return c;
  }
  const Constant* make_text(Kind kind, std::string_view s) {
    auto* c = make(kind);
    c->text = arena_.copy(s);
    return c;
  }

  const Constant* typed(uint8_t type, bool flag);
  const Constant* sequence(int slot, Kind kind, size_t n, const char* name);
  const Constant* long_integer();
  const Constant* code(int slot);
  bool text_real(double& out);
  bool names(std::span<const std::string_view>& out);
  bool text(std::string_view& out, bool intern);
  bool bytes(std::string_view& out);

  Arena& arena_;
  std::string_view data_;
  MarshalError& error_;
  size_t pos_ = 0;
  int depth_ = 0;
  std::vector<const Constant*> refs_;
};

const Constant* Reader::sequence(int slot, Kind kind, size_t n, const char* name) {
  // Every item takes at least a byte.
  if (n > data_.size() - pos_) return eof("EOF read where object expected");
  std::vector<const Constant*> items;
  items.reserve(n);
  for (size_t i = 0; i < n; i++) {
    const Constant* item = object();
    if (!item) return fail(MarshalError::Kind::kTypeError, std::string("NULL object in marshal data for ") + name);
    items.push_back(item);
  }
  auto* c = make(kind);
  auto copy = arena_.copy(items);
  c->items = {copy.data(), copy.size()};
  return keep(slot, c);
}

const Constant* Reader::long_integer() {
  int32_t n;
  if (!word(n)) return nullptr;
  if (n == INT32_MIN) return bad("long size out of range");
  bool negative = n < 0;
  size_t count = (size_t)(negative ? -(int64_t)n : n);
  std::string_view raw;
  if (count > (data_.size() - pos_) / 2) return eof("marshal data too short");
  take(count * 2, raw);
  std::vector<uint64_t> limbs(count * kMarshalDigitBits / 64 + 2);
  uint16_t digit = 1;
  for (size_t i = 0; i < count; i++) {
    std::memcpy(&digit, raw.data() + i * 2, 2);
    if (digit >= 1 << kMarshalDigitBits) return bad("digit out of range in long");
    size_t bit = i * kMarshalDigitBits;
    limbs[bit / 64] |= (uint64_t)digit << (bit % 64);
    if (bit % 64 > 64 - kMarshalDigitBits) limbs[bit / 64 + 1] |= (uint64_t)digit >> (64 - bit % 64);
  }
  if (!digit) return bad("unnormalized long data");
  while (!limbs.empty() && !limbs.back()) limbs.pop_back();
  uint64_t low = limbs.empty() ? 0 : limbs[0];
  if (limbs.size() <= 1 && low <= (uint64_t)INT64_MAX + negative) {
    auto* c = make(Kind::kInt);
    c->integer = (int64_t)(negative ? 0 - low : low);
    return c;
  }
  auto* c = make(Kind::kBigInt);
  c->negative = negative;
  c->limbs = arena_.copy(limbs);
  return c;
}

bool Reader::text_real(double& out) {
  uint8_t n;
  std::string_view s;
  if (!byte(n) || !take(n, s)) return false;
  if (s.starts_with('+')) s.remove_prefix(1);
  auto r = std::from_chars(s.data(), s.data() + s.size(), out);
  if (r.ec == std::errc() && r.ptr == s.data() + s.size()) return true;
  bad_value("could not convert string to float: '" + std::string(s) + "'");
  return false;
}

bool Reader::bytes(std::string_view& out) {
  const Constant* c = object();
  if (!c) {
    fail(MarshalError::Kind::kTypeError, "NULL object in marshal data for object");
    return false;
  }
  if (c->kind != Kind::kBytes) {
    fail(MarshalError::Kind::kSystemError, "bad argument to internal function");
    return false;
  }
  out = c->text;
  return true;
}

bool Reader::text(std::string_view& out, bool intern) {
  const Constant* c = object();
  if (!c) {
    fail(MarshalError::Kind::kTypeError, "NULL object in marshal data for object");
    return false;
  }
  if (c->kind != Kind::kStr) {
    fail(MarshalError::Kind::kSystemError, "bad argument to internal function");
    return false;
  }
  out = intern ? arena_.intern(c->text) : c->text;
  return true;
}

bool Reader::names(std::span<const std::string_view>& out) {
  const Constant* c = object();
  if (!c) {
    fail(MarshalError::Kind::kTypeError, "NULL object in marshal data for object");
    return false;
  }
  std::vector<std::string_view> list;
  bool ok = c->kind == Kind::kTuple;
  if (ok) {
    for (const Constant* item : c->items) {
      if (item->kind != Kind::kStr) {
        bad_value("name tuples must contain only strings, not '" + std::string(item->kind == Kind::kInt ? "int" : "object") +
                  "'");
        return false;
      }
      list.push_back(arena_.intern(item->text));
    }
  } else {
    fail(MarshalError::Kind::kSystemError, "bad argument to internal function");
    return false;
  }
  auto copy = arena_.copy(list);
  out = {copy.data(), copy.size()};
  return true;
}

const Constant* Reader::code(int slot) {
  auto* c = arena_.make<Code>();
  int32_t head[5];
  for (int32_t& v : head)
    if (!word(v)) return nullptr;
  c->argcount = (uint32_t)head[0];
  c->posonlyargcount = (uint32_t)head[1];
  c->kwonlyargcount = (uint32_t)head[2];
  c->stacksize = (uint32_t)head[3];
  c->flags = (uint32_t)head[4];
  if (!bytes(c->code)) return nullptr;
  const Constant* consts = object();
  if (!consts) return fail(MarshalError::Kind::kTypeError, "NULL object in marshal data for object");
  auto internal = [&] { return fail(MarshalError::Kind::kSystemError, "bad argument to internal function"); };
  if (consts->kind != Kind::kTuple) return internal();
  c->consts = consts->items;
  if (!names(c->names) || !names(c->localsplusnames) || !bytes(c->localspluskinds) || !text(c->filename, false) ||
      !text(c->name, true) || !text(c->qualname, true))
    return nullptr;
  int32_t line;
  if (!word(line)) return nullptr;
  c->firstlineno = line;
  if (!bytes(c->linetable) || !bytes(c->exceptiontable)) return nullptr;
  if (head[0] < 0 || head[1] < 0 || head[2] < 0 || head[3] < 0 || head[4] < 0 || head[0] < head[1] ||
      c->localsplusnames.size() != c->localspluskinds.size() || c->code.size() % 2)
    return internal();
  size_t locals = 0;
  for (char kind : c->localspluskinds) locals += (kind & kLocalVar) != 0;
  size_t wanted = (size_t)head[0] + (size_t)head[2] + !!(c->flags & kVarArgs) + !!(c->flags & kVarKeywords);
  if (wanted > locals) return bad_value("code: varnames is too small");
  auto* constant = make(Kind::kCode);
  constant->code = c;
  return keep(slot, constant);
}

const Constant* Reader::typed(uint8_t type, bool flag) {
  int32_t n;
  uint8_t small;
  std::string_view s;
  switch (type) {
    case kMarshalNull:
      return nullptr;
    case kMarshalNone:
      return make(Kind::kNone);
    case kMarshalFalse:
      return make(Kind::kFalse);
    case kMarshalTrue:
      return make(Kind::kTrue);
    case kMarshalEllipsis:
      return make(Kind::kEllipsis);
    case kMarshalInt: {
      if (!word(n)) return nullptr;
      auto* c = make(Kind::kInt);
      c->integer = n;
      return keep(reserve(flag), c);
    }
    case kMarshalLong: {
      const Constant* c = long_integer();
      return c ? keep(reserve(flag), c) : nullptr;
    }
    case kMarshalFloat:
    case kMarshalBinaryFloat: {
      auto* c = make(Kind::kFloat);
      if (type == kMarshalFloat) {
        if (!text_real(c->real)) return nullptr;
      } else {
        if (!take(8, s)) return nullptr;
        std::memcpy(&c->real, s.data(), 8);
      }
      return keep(reserve(flag), c);
    }
    case kMarshalComplex:
    case kMarshalBinaryComplex: {
      auto* c = make(Kind::kComplex);
      if (type == kMarshalComplex) {
        if (!text_real(c->real) || !text_real(c->imag)) return nullptr;
      } else {
        if (!take(16, s)) return nullptr;
        std::memcpy(&c->real, s.data(), 8);
        std::memcpy(&c->imag, s.data() + 8, 8);
      }
      return keep(reserve(flag), c);
    }
    case kMarshalBytes:
      if (!size(n, "bytes object size out of range") || !take((size_t)n, s)) return nullptr;
      return keep(reserve(flag), make_text(Kind::kBytes, s));
    case kMarshalUnicode:
    case kMarshalInterned:
    case kMarshalAscii:
    case kMarshalAsciiInterned:
      if (!size(n, "string size out of range") || !take((size_t)n, s)) return nullptr;
      return keep(reserve(flag), make_text(Kind::kStr, s));
    case kMarshalShortAscii:
    case kMarshalShortAsciiInterned:
      if (!byte(small) || !take(small, s)) return nullptr;
      return keep(reserve(flag), make_text(Kind::kStr, s));
    case kMarshalSmallTuple: {
      if (!byte(small)) return nullptr;
      return sequence(reserve(flag), Kind::kTuple, small, "tuple");
    }
    case kMarshalTuple:
      if (!size(n, "tuple size out of range")) return nullptr;
      return sequence(reserve(flag), Kind::kTuple, (size_t)n, "tuple");
    case kMarshalFrozenSet:
      if (!size(n, "set size out of range")) return nullptr;
      return sequence(reserve(flag), Kind::kFrozenSet, (size_t)n, "set");
    case kMarshalCode:
      return code(reserve(flag));
    case kMarshalRef:
      if (!word(n)) return nullptr;
      if (n < 0 || (size_t)n >= refs_.size() || !refs_[(size_t)n]) return bad("invalid reference");
      return refs_[(size_t)n];
    default:
      return bad("unknown type code");
  }
}

}  // namespace

const Constant* unmarshal(Arena& arena, std::string_view data, MarshalError& error) {
  error = {};
  Reader reader(arena, data, error);
  const Constant* c = reader.object();
  if (!c && error.kind == MarshalError::Kind::kNone)
    error = {MarshalError::Kind::kTypeError, "NULL object in marshal data for object"};
  return reader.failed() ? nullptr : c;
}

}  // namespace pyjit::frontend
