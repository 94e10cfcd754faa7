// The class bytes: layout, construction, slots.
#include "runtime/errors.h"
#include "runtime/init.h"
#include "runtime/codecs.h"
#include "runtime/names.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/containers.h"
#include "runtime/types/str_methods.h"

namespace pyjit::runtime {
namespace {

Value empty_bytes, byte_chars[256];

Bytes* self_of(Value v) { return v.as<Bytes>(); }

Value slot_repr(Value v) {
  std::string text = bytes_repr(self_of(v)->view(), "");
  return new_str_ascii(text.data(), text.size());
}
Value slot_str(Value v) {
  if (config.bytes_warning && !warn(exc.BytesWarning, "str() on a bytes instance", 1)) return nullptr;
  return slot_repr(v);
}
int64_t slot_hash(Value v) {
  Bytes* b = self_of(v);
  if (b->hash != -1 && b->hash != 0) return b->hash;
  if (b->size == 0) return b->hash = 0;
  int64_t h = static_cast<int64_t>(siphash13(b->data, b->size));
  return b->hash = h == -1 ? -2 : h;
}
int64_t slot_length(Value v) { return static_cast<int64_t>(self_of(v)->size); }

// As CPython: only bytes compare directly; others answer for themselves.
Value slot_compare(Value a, Value b, CompareOp op) {
  if (config.bytes_warning && is_str(b) && (op == kEq || op == kNe) && !warn(exc.BytesWarning, "Comparison between bytes and string", 1)) return nullptr;
  if (!is_bytes(a) || !is_bytes(b)) return Value::not_implemented();
  if (a == b) return Value::from_bool(op == kEq || op == kLe || op == kGe);
  return bytes_compare(a, b, op);
}
Value slot_iter(Value v) { return new_text_iterator(types.bytes_iterator, v); }

Value slot_getitem(Value v, Value key) {
  Bytes* b = self_of(v);
  int64_t index;
  if (key.is_int()) {
    index = key.as_int();
  } else if (is_exact(key, types.slice)) {
    int64_t start, stop, step, count;
    if (!slice_indices(key.as<Slice>(), static_cast<int64_t>(b->size), &start, &stop, &step, &count)) return nullptr;
    if (count <= 0) return new_bytes({});
    if (step == 1) {
      if (count == static_cast<int64_t>(b->size) && is_exact(v, types.bytes)) return v;
      return new_bytes({b->data + start, static_cast<size_t>(count)});
    }
    Bytes* out = TRY(new_bytes_uninitialized(static_cast<size_t>(count)));
    for (int64_t i = 0, at = start; i < count; ++i, at += step) out->data[i] = b->data[at];
    return out;
  } else {
    if (!class_of(key)->slots.index) return raisef(exc.TypeError, "byte indices must be integers or slices, not %.200s", type_name(key));
    if (!index_to_ssize(key, &index, exc.IndexError)) return nullptr;
  }
  if (index < 0) index += static_cast<int64_t>(b->size);
  if (static_cast<uint64_t>(index) >= b->size) return raise(exc.IndexError, "index out of range");
  return Value::from_int(static_cast<uint8_t>(b->data[index]));
}

Value slot_concat(Value a, Value b) {
  if (!supports_buffer(b)) return raisef(exc.TypeError, "can't concat %.100s to %.100s", type_name(b), type_name(a));
  if (self_of(a)->size == 0 && is_exact(b, types.bytes)) return b;
  BufferArg other;
  if (!other.get(b)) return nullptr;
  if (other.view().empty() && is_exact(a, types.bytes)) return a;
  std::string_view x = self_of(a)->view(), y = other.view();
  Bytes* out = TRY(new_bytes_uninitialized(x.size() + y.size()));
  memcpy(out->data, x.data(), x.size());
  memcpy(out->data + x.size(), y.data(), y.size());
  return out;
}

Value slot_repeat(Value v, Value count) {
  int64_t n;
  if (!index_to_ssize(count, &n, exc.OverflowError)) return nullptr;
  Bytes* b = self_of(v);
  n = std::max<int64_t>(n, 0);
  if (n > 0 && b->size > static_cast<uint64_t>(INT64_MAX / n)) return raise(exc.OverflowError, "repeated bytes are too long");
  if (n == 1 && is_exact(v, types.bytes)) return v;
  Bytes* out = TRY(new_bytes_uninitialized(b->size * static_cast<uint64_t>(n)));
  if (b->size == 1) memset(out->data, b->data[0], static_cast<size_t>(n));
  else for (int64_t i = 0; i < n; ++i) memcpy(out->data + static_cast<uint64_t>(i) * b->size, b->data, b->size);
  return out;
}

Value slot_mod(Value a, Value b) {
  if (!is_bytes(a)) return Value::not_implemented();
  std::string out;
  if (!bytes_percent(self_of(a)->view(), b, &out)) return nullptr;
  return new_bytes(out);
}

bool slot_get_buffer(Value v, BufferView* view, int flags) {
  if (flags & kBufferWritable) {
    raise(exc.BufferError, "Object is not writable.");
    return false;
  }
  view->data = self_of(v)->data;
  view->length = static_cast<int64_t>(self_of(v)->size);
  view->shape = &view->length;
  view->strides = &view->itemsize;
  return true;
}

Value with_class(Class* cls, Bytes* b) {
  if (cls == types.bytes || !b) return b;
  Bytes* copy = TRY(allocate_instance_of<Bytes>(cls, b->size + 1));
  copy->hash = -1;
  copy->size = b->size;
  memcpy(copy->data, b->data, b->size + 1);
  return copy;
}

// bytes(source=b'', encoding='utf-8', errors='strict')
Value slot_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"bytes", "(source=b'', encoding='utf-8', errors='strict')"};
  static const Signature* signature = parse_signature(&def);
  Value bound[3];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, bound)) return nullptr;
  Value source = bound[0];
  if (source && !is_exact_str(source) && !bound[1] && !bound[2]) {
    if (cls == types.bytes && is_exact(source, types.bytes)) return source;
    bool found;
    Value result = call_special(source, names.dunder_bytes, &found);
    if (found) {
      if (!result) return nullptr;
      if (!is_bytes(result)) return raisef(exc.TypeError, "__bytes__ returned non-bytes (type %.200s)", type_name(result));
      return cls == types.bytes ? result : with_class(cls, result.as<Bytes>());
    }
    if (error_pending()) return nullptr;
  }
  std::string data;
  if (!bytes_construct("bytes", source, bound[1], bound[2], &data)) return nullptr;
  return with_class(cls, new_bytes(data));
}

Value m_getnewargs(Value* args) { return make_tuple(new_bytes(bytes_view(args[0]))); }
Value m_bytes(Value* args) { return is_exact(args[0], types.bytes) ? args[0] : Value(new_bytes(bytes_view(args[0]))); }
Value m_sizeof(Value* args) { return new_int(static_cast<int64_t>(33 + self_of(args[0])->size)); }
Value m_fromhex(Value* args) {
  std::string out;
  if (!bytes_fromhex(args[1], &out)) return nullptr;
  Value result = TRY(new_bytes(out));
  return args[0] == Value(types.bytes) ? result : call1(args[0], result);
}

const MethodDef kMethods[] = {
    {"__getnewargs__", "!($self, /)", m_getnewargs, with_raise(Effects::kPure)},
    {"__bytes__", "($self, /)", m_bytes, with_raise(Effects::kPure)},
    {"__sizeof__", "($self, /)", m_sizeof, Effects::kPure},
    {"fromhex", "($type, string, /)", m_fromhex, Effects::kCallsPython, MethodKind::kClassMethod},
    {"maketrans", "!(frm, to, /)", bytes_maketrans, Effects::kCallsPython, MethodKind::kStaticMethod},
    {},
};

}  // namespace

const MethodDef* join_method_tables(std::initializer_list<const MethodDef*> tables) {
  auto* rows = new std::vector<MethodDef>;   // lives as long as the class
  for (const MethodDef* table : tables)
    for (; table->name; ++table) rows->push_back(*table);
  rows->push_back({});
  return rows->data();
}

Bytes* new_bytes_uninitialized(size_t size) {
  if (size == 0 && !empty_bytes.is_null()) return empty_bytes.as<Bytes>();
  size_t bytes = sizeof(Bytes) + size + 1;
  if (size > (size_t{1} << 46)) return raise_memory_error();
  Object* o = bytes <= kMaxSmallSize ? heap.allocate(types.bytes->root_shape, bytes) : heap.allocate_checked(types.bytes->root_shape, bytes);
  Bytes* b = static_cast<Bytes*>(o);
  if (!b) return nullptr;
  b->hash = -1;
  b->size = size;
  return b;
}

Bytes* new_bytes(std::string_view data) {
  if (data.size() == 1) return char_bytes(static_cast<uint8_t>(data[0])).as<Bytes>();
  Bytes* b = new_bytes_uninitialized(data.size());
  if (b && !data.empty()) memcpy(b->data, data.data(), data.size());
  return b;
}

Value char_bytes(uint8_t byte) { return byte_chars[byte]; }

void init_bytes_type() {
  static const ClassSpec spec = [] {
    ClassSpec s{.name = "bytes", .basicsize = sizeof(Bytes), .itemsize = 1, .flags = kClassBaseType | kSubBytes, .trace_kind = TraceKind::kLeaf};
    s.doc =
        "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy\n"
        "bytes(int) -> that many null bytes\nbytes() -> empty bytes object\n\nAn immutable array of bytes.";
    s.slots.repr = slot_repr;
    s.slots.str = slot_str;
    s.slots.hash = slot_hash;
    s.slots.compare = slot_compare;
    s.slots.iter = slot_iter;
    s.slots.length = slot_length;
    s.slots.getitem = slot_getitem;
    s.slots.contains = bytes_contains;
    s.slots.binary[kMod] = slot_mod;
    s.slots.concat = slot_concat;
    s.slots.repeat = slot_repeat;
    s.slots.new_ = slot_new;
    s.slots.get_buffer = slot_get_buffer;
    s.methods = join_method_tables({kMethods, kBytesSharedMethods, kBytesSplitMethods});
    return s;
  }();
  types.bytes = new_builtin_class(spec);
  heap.add_root_range(&empty_bytes, &empty_bytes + 1);
  heap.add_root_range(byte_chars, byte_chars + 256);
  Bytes* empty = new_bytes_uninitialized(0);
  empty_bytes = empty;
  for (int i = 0; i < 256; ++i) {
    Bytes* b = new_bytes_uninitialized(1);
    b->data[0] = static_cast<char>(i);
    byte_chars[i] = b;
  }
}

}  // namespace pyjit::runtime
