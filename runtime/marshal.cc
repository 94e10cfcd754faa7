// marshal: the writer and the reader of format version 4.
#include "runtime/marshal.h"

#include <unordered_map>

#include "frontend/code.h"
#include "runtime/codecs.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

constexpr int kMaxDepth = 2000;
constexpr uint8_t kRefFlag = 0x80;

class Writer {
 public:
  Writer(int version, std::string* out) : version_(version), out_(out) {}

  bool write(Value v) {
    if (++depth_ > kMaxDepth) {
      raise(exc.ValueError, "object too deeply nested to marshal");
      return false;
    }
    bool ok = write_object(v);
    --depth_;
    return ok;
  }

 private:
  void byte(uint8_t b) { out_->push_back(static_cast<char>(b)); }
  void u16(uint32_t i) { byte(static_cast<uint8_t>(i)); byte(static_cast<uint8_t>(i >> 8)); }
  void u32(uint32_t i) { u16(i); u16(i >> 16); }
  void raw(std::string_view s) { out_->append(s); }

  // Writes a back reference and returns true if v was written before; else remembers it and sets the flag for its type byte.
  bool reference(Value v) {
    flag_ = 0;
    if (version_ < 3 || !v.is_object()) return false;
    auto [it, fresh] = refs_.try_emplace(v.bits(), static_cast<uint32_t>(refs_.size()));
    if (!fresh) {
      byte('r');
      u32(it->second);
      return true;
    }
    flag_ = kRefFlag;
    return false;
  }
  void type(char t) { byte(static_cast<uint8_t>(t) | flag_); }

  void write_double(double d) {
    char b[8];
    memcpy(b, &d, 8);
    raw({b, 8});
  }
  void write_int(Value v) {
    int64_t i;
    if (int_to_int64(v, &i) && i >= INT32_MIN && i <= INT32_MAX) {
      type('i');
      u32(static_cast<uint32_t>(i));
      return;
    }
    type('l');
    bool negative = int_sign(v) < 0;
    Value magnitude = negative ? int_neg(v) : v;
    std::vector<uint64_t> limbs;
    if (int_to_int64(magnitude, &i)) {
      limbs.push_back(static_cast<uint64_t>(i));
    } else {
      auto* b = magnitude.as<BigInt>();
      limbs.assign(b->limbs, b->limbs + b->limb_count());
    }
    std::vector<uint16_t> digits;
    uint64_t bits = int_bit_length(magnitude);
    for (uint64_t at = 0; at < bits; at += 15) {
      uint64_t limb = at / 64, shift = at % 64;
      uint64_t d = limbs[limb] >> shift;
      if (shift > 49 && limb + 1 < limbs.size()) d |= limbs[limb + 1] << (64 - shift);
      digits.push_back(static_cast<uint16_t>(d & 0x7FFF));
    }
    int32_t n = static_cast<int32_t>(digits.size());
    u32(static_cast<uint32_t>(negative ? -n : n));
    for (uint16_t d : digits) u16(d);
  }
  void write_str(Str* s) {
    if (version_ >= 4 && s->is_ascii()) {
      std::string_view t = ascii_view(s);
      if (t.size() < 256) {
        type(s->interned() ? 'Z' : 'z');
        byte(static_cast<uint8_t>(t.size()));
      } else {
        type(s->interned() ? 'A' : 'a');
        u32(static_cast<uint32_t>(t.size()));
      }
      raw(t);
      return;
    }
    std::string t = to_utf8(s);
    type(version_ >= 3 && s->interned() ? 't' : 'u');
    u32(static_cast<uint32_t>(t.size()));
    raw(t);
  }
  bool write_items(const Value* items, size_t n) {
    for (size_t i = 0; i < n; ++i) {
      if (!write(items[i])) return false;
    }
    return true;
  }

  bool write_object(Value v) {
    flag_ = 0;
    if (!v) return byte('0'), true;
    if (v.is_none()) return byte('N'), true;
    if (v.is_true()) return byte('T'), true;
    if (v.is_false()) return byte('F'), true;
    if (v.is_ellipsis()) return byte('.'), true;
    if (v == Value(exc.StopIteration)) return byte('S'), true;
    if (is_exact_int(v)) {
      if (v.is_object() && reference(v)) return true;
      return write_int(v), true;
    }
    if (v.is_double()) {
      if (version_ > 1) {
        type('g');
        write_double(v.as_double());
      } else {
        type('f');
        std::string t = float_format(v.as_double(), 'g', 17, 0);
        byte(static_cast<uint8_t>(t.size()));
        raw(t);
      }
      return true;
    }
    if (reference(v)) return true;
    Class* c = class_of(v);
    if (c == types.str) return write_str(v.as<Str>()), true;
    if (c == types.complex) {
      auto* z = v.as<Complex>();
      if (version_ > 1) {
        type('y');
        write_double(z->real);
        write_double(z->imag);
      } else {
        type('x');
        for (double d : {z->real, z->imag}) {
          std::string t = float_format(d, 'g', 17, 0);
          byte(static_cast<uint8_t>(t.size()));
          raw(t);
        }
      }
      return true;
    }
    if (c == types.tuple) {
      Tuple* t = v.as<Tuple>();
      if (version_ >= 4 && t->size < 256) {
        type(')');
        byte(static_cast<uint8_t>(t->size));
      } else {
        type('(');
        u32(static_cast<uint32_t>(t->size));
      }
      return write_items(t->items, t->size);
    }
    if (c == types.list) {
      type('[');
      u32(static_cast<uint32_t>(v.as<List>()->size));
      for (uint64_t i = 0; i < v.as<List>()->size; ++i) {
        if (!write(v.as<List>()->items()[i])) return false;
      }
      return true;
    }
    if (c == types.dict) {
      type('{');
      uint64_t position = 0;
      Value key, value;
      while (dict_next(v.as<Dict>(), &position, &key, &value)) {
        if (!write(key) || !write(value)) return false;
      }
      byte('0');
      return true;
    }
    if (c == types.set || c == types.frozenset) {
      type(c == types.set ? '<' : '>');
      u32(static_cast<uint32_t>(v.as<Set>()->size));
      uint64_t position = 0;
      Value key;
      // CPython sorts the items' own encodings, so that equal sets give equal bytes.
      std::vector<std::pair<std::string, Value>> encoded;
      while (set_next(v.as<Set>(), &position, &key)) {
        std::string text;
        if (!marshal_dump(key, version_, &text)) return false;
        encoded.emplace_back(std::move(text), key);
      }
      std::stable_sort(encoded.begin(), encoded.end(), [](auto& a, auto& b) { return a.first < b.first; });
      for (auto& e : encoded) {
        if (!write(e.second)) return false;
      }
      return true;
    }
    if (c == types.code) return write_code(v.as<Code>());
    if (supports_buffer(v)) {
      BufferView view;
      if (!get_buffer(v, &view)) return false;
      type('s');
      u32(static_cast<uint32_t>(view.length));
      raw(view.view());
      release_buffer(&view);
      return true;
    }
    raise(exc.ValueError, "unmarshallable object");
    return false;
  }

  bool write_code(Code* c) {
    type('c');
    u32(static_cast<uint32_t>(c->argcount));
    u32(static_cast<uint32_t>(c->posonlyargcount));
    u32(static_cast<uint32_t>(c->kwonlyargcount));
    u32(static_cast<uint32_t>(c->stacksize));
    u32(c->code_flags);
    return write(c->code) && write(c->consts) && write(c->names) && write(c->localsplusnames) && write(c->localspluskinds) && write(c->filename) &&
           write(c->name) && write(c->qualname) && (u32(static_cast<uint32_t>(c->firstlineno)), true) && write(c->linetable) && write(c->exceptiontable);
  }

  int version_;
  std::string* out_;
  std::unordered_map<uint64_t, uint32_t> refs_;
  uint8_t flag_ = 0;
  int depth_ = 0;
};

class Reader {
 public:
  Reader(std::string_view data, size_t position) : data_(data), at_(position) {}
  size_t position() const { return at_; }

  // Null with nothing pending: the null object ('0').
  Value read() {
    if (++depth_ > kMaxDepth) return raise(exc.ValueError, "recursion limit exceeded");
    Value v = read_object();
    --depth_;
    return v;
  }
  Value read_required(const char* message) {
    Value v = read();
    if (!v && !error_pending()) raise(exc.TypeError, message);
    return v;
  }

 private:
  bool need(size_t n) {
    if (data_.size() - at_ >= n) return true;
    raise(exc.EOFError, "marshal data too short");
    return false;
  }
  bool byte(uint8_t* b) {
    if (!need(1)) return false;
    *b = static_cast<uint8_t>(data_[at_++]);
    return true;
  }
  bool i32(int32_t* i) {
    if (!need(4)) return false;
    memcpy(i, data_.data() + at_, 4);
    at_ += 4;
    return true;
  }
  bool size(int32_t* n, const char* what) {
    if (!i32(n)) return false;
    if (*n >= 0) return true;
    raisef(exc.ValueError, "bad marshal data (%s size out of range)", what);
    return false;
  }
  bool raw(size_t n, std::string_view* s) {
    if (!need(n)) return false;
    *s = data_.substr(at_, n);
    at_ += n;
    return true;
  }
  bool real(double* d) {
    if (!need(8)) return false;
    memcpy(d, data_.data() + at_, 8);
    at_ += 8;
    return true;
  }
  bool text_real(double* d) {
    uint8_t n;
    std::string_view s;
    bool valid;
    if (!byte(&n) || !raw(n, &s)) return false;
    Value v = float_from_text(s, &valid);
    if (!valid) return raise(exc.ValueError, "could not convert string to float"), false;
    *d = v.as_double();
    return true;
  }

  size_t reserve(bool flag) {
    if (!flag) return 0;
    refs_.push_back(nullptr);
    return refs_.size();
  }
  Value keep(size_t slot, Value v) {
    if (slot && v) refs_[slot - 1] = v;
    return v;
  }

  Value read_long(size_t slot) {
    int32_t n;
    if (!i32(&n)) return nullptr;
    bool negative = n < 0;
    if (n == INT32_MIN) return raise(exc.ValueError, "bad marshal data (long size out of range)");
    size_t count = static_cast<size_t>(negative ? -n : n);
    std::string_view digits;
    if (!raw(count * 2, &digits)) return nullptr;
    std::vector<uint64_t> limbs(count * 15 / 64 + 1);
    for (size_t i = 0; i < count; ++i) {
      uint64_t d = static_cast<uint8_t>(digits[2 * i]) | static_cast<uint64_t>(static_cast<uint8_t>(digits[2 * i + 1])) << 8;
      if (d > 0x7FFF) return raise(exc.ValueError, "bad marshal data (digit out of range in long)");
      if (i + 1 == count && d == 0) return raise(exc.ValueError, "bad marshal data (unnormalized long data)");
      size_t bit = i * 15;
      limbs[bit / 64] |= d << (bit % 64);
      if (bit % 64 > 49) limbs[bit / 64 + 1 < limbs.size() ? bit / 64 + 1 : bit / 64] |= bit / 64 + 1 < limbs.size() ? d >> (64 - bit % 64) : 0;
    }
    return keep(slot, int_from_limbs(limbs.data(), limbs.size(), negative));
  }

  Value read_text(size_t slot, size_t n, bool interned, bool ascii) {
    std::string_view s;
    if (!raw(n, &s)) return nullptr;
    if (ascii) {
      for (char c : s) {
        if (c & 0x80) return raise(exc.ValueError, "bad marshal data (non-ASCII string)");
      }
      return keep(slot, interned ? intern(s) : new_str_ascii(s.data(), s.size()));
    }
    Str* t = utf8_decode(s, names.surrogatepass);
    if (!t) return nullptr;
    return keep(slot, interned ? intern(t) : t);
  }

  Value read_tuple(size_t slot, size_t n) {
    if (!need(n)) return nullptr;  // at least a byte an item
    if (!n) return keep(slot, empty_tuple());
    Tuple* t = TRY(new_tuple_null(n));
    keep(slot, t);
    for (size_t i = 0; i < n; ++i) {
      Value v = read_required("NULL object in marshal data for tuple");
      if (!v) return nullptr;
      t->items[i] = v;
      write_barrier(t, v);
    }
    return t;
  }

  Value read_object() {
    uint8_t code;
    if (at_ >= data_.size()) return raise(exc.EOFError, "EOF read where object expected");
    byte(&code);
    bool flag = code & kRefFlag;
    char type = static_cast<char>(code & ~kRefFlag);
    int32_t n;
    uint8_t small;
    switch (type) {
      case '0': return nullptr;
      case 'N': return Value::none();
      case 'T': return Value::from_bool(true);
      case 'F': return Value::from_bool(false);
      case '.': return Value::ellipsis();
      case 'S': return exc.StopIteration;
      case 'i': {
        size_t slot = reserve(flag);
        if (!i32(&n)) return nullptr;
        return keep(slot, Value::from_int(n));
      }
      case 'l': return read_long(reserve(flag));
      case 'g': {
        size_t slot = reserve(flag);
        double d;
        if (!real(&d)) return nullptr;
        return keep(slot, Value::from_double(d));
      }
      case 'f': {
        size_t slot = reserve(flag);
        double d;
        if (!text_real(&d)) return nullptr;
        return keep(slot, Value::from_double(d));
      }
      case 'y':
      case 'x': {
        size_t slot = reserve(flag);
        double re, im;
        if (type == 'y' ? !real(&re) || !real(&im) : !text_real(&re) || !text_real(&im)) return nullptr;
        return keep(slot, new_complex(re, im));
      }
      case 's': {
        size_t slot = reserve(flag);
        std::string_view s;
        if (!size(&n, "bytes object") || !raw(static_cast<size_t>(n), &s)) return nullptr;
        return keep(slot, new_bytes(s));
      }
      case 'Z':
      case 'z': {
        size_t slot = reserve(flag);
        if (!byte(&small)) return nullptr;
        return read_text(slot, small, type == 'Z', true);
      }
      case 'A':
      case 'a': {
        size_t slot = reserve(flag);
        if (!size(&n, "string")) return nullptr;
        return read_text(slot, static_cast<size_t>(n), type == 'A', true);
      }
      case 't':
      case 'u': {
        size_t slot = reserve(flag);
        if (!size(&n, "string")) return nullptr;
        return read_text(slot, static_cast<size_t>(n), type == 't', false);
      }
      case ')': {
        size_t slot = reserve(flag);
        if (!byte(&small)) return nullptr;
        return read_tuple(slot, small);
      }
      case '(': {
        size_t slot = reserve(flag);
        if (!size(&n, "tuple")) return nullptr;
        return read_tuple(slot, static_cast<size_t>(n));
      }
      case '[': {
        size_t slot = reserve(flag);
        if (!size(&n, "list") || !need(static_cast<size_t>(n))) return nullptr;
        List* l = TRY(new_list(static_cast<size_t>(n)));
        keep(slot, l);
        for (int32_t i = 0; i < n; ++i) {
          Value v = read_required("NULL object in marshal data for list");
          if (!v || !list_append(l, v)) return nullptr;
        }
        return l;
      }
      case '{': {
        size_t slot = reserve(flag);
        Dict* d = TRY(new_dict());
        keep(slot, d);
        for (;;) {
          Value key = read();
          if (!key) break;
          Value value = read();
          if (!value) break;
          if (!dict_set(d, key, value)) return nullptr;
        }
        return error_pending() ? Value() : d;
      }
      case '<':
      case '>': {
        if (!size(&n, "set") || !need(static_cast<size_t>(n))) return nullptr;
        // A frozenset cannot contain itself: its reference slot is filled at the end.
        size_t slot = reserve(flag);
        List* items = TRY(new_list());
        Set* set = type == '<' ? TRY(new_set(nullptr)) : nullptr;
        if (set) keep(slot, set);
        for (int32_t i = 0; i < n; ++i) {
          Value v = read_required("NULL object in marshal data for set");
          if (!v) return nullptr;
          if (set ? set_add(set, v) < 0 : !list_append(items, v)) return nullptr;
        }
        if (set) return set;
        Set* frozen = TRY(new_frozenset(items));
        return keep(slot, frozen);
      }
      case 'c': return read_code(reserve(flag));
      case 'r': {
        if (!i32(&n)) return nullptr;
        if (n < 0 || static_cast<size_t>(n) >= refs_.size() || !refs_[static_cast<size_t>(n)]) {
          return raise(exc.ValueError, "bad marshal data (invalid reference)");
        }
        return refs_[static_cast<size_t>(n)];
      }
      default: return raise(exc.ValueError, "bad marshal data (unknown type code)");
    }
  }

  template <class T>
  bool field(T** out, Class* cls) {
    Value v = read_required("NULL object in marshal data for object");
    if (!v) return false;
    if (!is_exact(v, cls)) return raise(exc.TypeError, "bad marshal data (wrong type in code object)"), false;
    *out = v.as<T>();
    return true;
  }

  Value read_code(size_t slot) {
    CodeFields f{};
    int32_t flags;
    if (!i32(&f.argcount) || !i32(&f.posonlyargcount) || !i32(&f.kwonlyargcount) || !i32(&f.stacksize) || !i32(&flags)) return nullptr;
    f.flags = static_cast<uint32_t>(flags);
    if (!field(&f.code, types.bytes) || !field(&f.consts, types.tuple) || !field(&f.names, types.tuple) || !field(&f.localsplusnames, types.tuple) ||
        !field(&f.localspluskinds, types.bytes) || !field(&f.filename, types.str) || !field(&f.name, types.str) || !field(&f.qualname, types.str) ||
        !i32(&f.firstlineno) || !field(&f.linetable, types.bytes) || !field(&f.exceptiontable, types.bytes)) {
      return nullptr;
    }
    int64_t arguments = int64_t{f.argcount} + f.kwonlyargcount + ((f.flags & frontend::kVarArgs) != 0) + ((f.flags & frontend::kVarKeywords) != 0);
    bool valid = f.argcount >= 0 && f.posonlyargcount >= 0 && f.posonlyargcount <= f.argcount && f.kwonlyargcount >= 0 && f.stacksize >= 0 &&
                 f.localsplusnames->size == f.localspluskinds->size && arguments <= static_cast<int64_t>(f.localsplusnames->size) &&
                 f.code->size % 2 == 0 && f.code->size > 0;
    for (Tuple* t : {f.names, f.localsplusnames}) {
      for (uint64_t i = 0; valid && i < t->size; ++i) valid = is_exact_str(t->items[i]);
    }
    if (!valid) return raise(exc.ValueError, "bad marshal data (inconsistent code object)");
    return keep(slot, make_code(f));
  }

  std::string_view data_;
  size_t at_;
  RootedVector refs_;
  int depth_ = 0;
};

}  // namespace

bool marshal_dump(Value v, int version, std::string* out) { return Writer(version, out).write(v); }

Value marshal_load(std::string_view data, size_t* position) {
  Reader r(data, *position);
  Value v = r.read_required("NULL object in marshal data for object");
  *position = r.position();
  return v;
}

}  // namespace pyjit::runtime
