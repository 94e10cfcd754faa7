// The class bytearray: a growable array of bytes over a ByteStore.
//
//   ByteArray  size  start  store ──▶ ByteStore [free front: start bytes][size bytes][spare]
//
// Native holders of the memory (get_buffer) forbid resizing while they last. Memoryviews do not: without reference counts a
// dropped view would block its array until the next collection, so resizing under a memoryview moves the array to a new store and
// leaves the view with the old one (tests/cpydiff/bytearray_export.py).
#include "runtime/errors.h"
#include "runtime/init.h"
#include "runtime/codecs.h"
#include "runtime/names.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"
#include "runtime/types/str_methods.h"

namespace pyjit::runtime {
namespace {

Value empty_store;   // shared by empty arrays: capacity is never used

ByteArray* self_of(Value v) { return v.as<ByteArray>(); }

void trace_bytearray(Object* o, Tracer& tracer) { tracer.visit(static_cast<ByteArray*>(o)->store); }

bool can_resize(ByteArray* b) {
  if (b->exports == 0) return true;
  raise(exc.BufferError, "Existing exports of data: object cannot be re-sized");
  return false;
}

void set_store(ByteArray* b, ByteStore* store) {
  b->store = store;
  b->start = 0;
  write_barrier(b);
}

// Room for `size` bytes from start; contents kept.
bool reserve(ByteArray* b, uint64_t size) {
  if (b->viewed || b->start + size > b->store->capacity) {
    uint64_t capacity = size <= b->store->capacity / 2 ? size + 8 : size + size / 8 + (size < 9 ? 3 : 6) + 8;
    ByteStore* store = new_byte_store(capacity);
    if (!store) return false;
    memcpy(store->bytes, b->data(), std::min(b->size, size));
    set_store(b, store);
    b->viewed = false;
  }
  return true;
}

}  // namespace

bool bytearray_resize(ByteArray* b, uint64_t size) {
  if (size == b->size) return true;
  if (!can_resize(b)) return false;
  if (size > (uint64_t{1} << 46)) {
    raise_memory_error();
    return false;
  }
  if (!reserve(b, size)) return false;
  if (size > b->size) memset(b->data() + b->size, 0, size - b->size);
  b->size = size;
  return true;
}

bool bytearray_replace(ByteArray* b, int64_t start, int64_t end, std::string_view data) {
  uint64_t from = static_cast<uint64_t>(start), removed = static_cast<uint64_t>(std::max<int64_t>(0, end - start));
  if (data.size() == removed) {
    memmove(b->data() + from, data.data(), data.size());
    return true;
  }
  std::string copy;
  if (data.data() >= b->store->bytes && data.data() <= b->store->bytes + b->store->capacity) {  // of the array itself
    copy = data;
    data = copy;
  }
  if (!can_resize(b)) return false;
  uint64_t size = b->size - removed + data.size(), tail = b->size - from - removed;
  if (from == 0 && data.size() < removed && !b->viewed) {  // cheap removal at the front
    b->start += removed - data.size();
    b->size = size;
    std::copy(data.begin(), data.end(), b->data());
    return true;
  }
  if (size > b->size) {
    uint64_t old = b->size;
    if (!reserve(b, size)) return false;
    memmove(b->data() + from + data.size(), b->data() + (old - tail), tail);
  } else {
    if (b->viewed && !reserve(b, b->size)) return false;
    memmove(b->data() + from + data.size(), b->data() + from + removed, tail);
  }
  std::copy(data.begin(), data.end(), b->data() + from);
  b->size = size;
  return true;
}

ByteArray* new_bytearray(std::string_view data) {
  ByteArray* b = allocate_instance_of<ByteArray>(types.bytearray);
  if (!b) return nullptr;
  b->store = empty_store.as<ByteStore>();
  if (!data.empty()) {
    ByteStore* store = new_byte_store(data.size() + 1);
    if (!store) return nullptr;
    memcpy(store->bytes, data.data(), data.size());
    b->store = store;
    b->size = data.size();
    write_barrier(b);
  }
  return b;
}

namespace {

Value slot_repr(Value v) {
  std::string name = type_name(v);
  std::string text = bytes_repr(bytes_view(v), name + "(") + ")";
  return new_str(text);
}
Value slot_str(Value v) {
  if (config.bytes_warning && !warn(exc.BytesWarning, "str() on a bytearray instance", 1)) return nullptr;
  return slot_repr(v);
}
int64_t slot_length(Value v) { return static_cast<int64_t>(self_of(v)->size); }
Value slot_iter(Value v) { return new_text_iterator(types.bytearray_iterator, v); }

bool index_of(Value v, Value key, int64_t* index) {
  if (key.is_int()) {
    auto size = static_cast<int64_t>(self_of(v)->size);
    *index = key.as_int() + (key.as_int() < 0 ? size : 0);
    if (static_cast<uint64_t>(*index) < static_cast<uint64_t>(size)) return true;
    raise(exc.IndexError, "bytearray index out of range");
    return false;
  }
  if (!class_of(key)->slots.index) {
    raisef(exc.TypeError, "bytearray indices must be integers or slices, not %.200s", type_name(key));
    return false;
  }
  if (!index_to_ssize(key, index, exc.IndexError)) return false;
  if (*index < 0) *index += static_cast<int64_t>(self_of(v)->size);
  if (static_cast<uint64_t>(*index) < self_of(v)->size) return true;
  raise(exc.IndexError, "bytearray index out of range");
  return false;
}

Value slot_getitem(Value v, Value key) {
  ByteArray* b = self_of(v);
  if (!is_exact(key, types.slice)) {
    int64_t index;
    if (!index_of(v, key, &index)) return nullptr;
    return Value::from_int(static_cast<uint8_t>(b->data()[index]));
  }
  int64_t start, stop, step, count;
  if (!slice_indices(key.as<Slice>(), static_cast<int64_t>(b->size), &start, &stop, &step, &count)) return nullptr;
  if (count <= 0) return new_bytearray({});
  if (step == 1) return new_bytearray({b->data() + start, static_cast<size_t>(count)});
  std::string out(static_cast<size_t>(count), '\0');
  for (int64_t i = 0, at = start; i < count; ++i, at += step) out[static_cast<size_t>(i)] = b->data()[at];
  return new_bytearray(out);
}

bool set_slice(Value v, Slice* slice, Value value) {
  std::string data;
  if (value) {
    if (is_bytearray(value) || is_bytes(value)) {
      data = bytes_view(value);
    } else if (is_int_like(value) || is_str(value) || (!supports_buffer(value) && !is_iterable_type(value))) {
      raise(exc.TypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
      return false;
    } else if (!bytes_from_source(value, "bytearray", &data)) {
      return false;
    }
  }
  ByteArray* b = self_of(v);
  int64_t start, stop, step, count;
  if (!slice_indices(slice, static_cast<int64_t>(b->size), &start, &stop, &step, &count)) return false;
  count = std::max<int64_t>(count, 0);
  if (step == 1) return bytearray_replace(b, start, start + count, data);
  if (!value || data.empty()) {  // delete every step-th byte
    if (count == 0) return true;
    if (!can_resize(b)) return false;
    if (step < 0) {
      start += step * (count - 1);
      step = -step;
    }
    if (b->viewed && !reserve(b, b->size)) return false;
    char* p = b->data();
    int64_t to = start, next = start, removed = 0;
    for (int64_t from = start; from < static_cast<int64_t>(b->size); ++from) {
      if (from == next && removed < count) {
        ++removed;
        next += step;
      } else {
        p[to++] = p[from];
      }
    }
    b->size -= static_cast<uint64_t>(count);
    return true;
  }
  if (static_cast<int64_t>(data.size()) != count) {
    raisef(exc.ValueError, "attempt to assign bytes of size %zu to extended slice of size %ld", data.size(), static_cast<long>(count));
    return false;
  }
  for (int64_t i = 0, at = start; i < count; ++i, at += step) b->data()[at] = data[static_cast<size_t>(i)];
  return true;
}

bool slot_setitem(Value v, Value key, Value value) {
  if (is_exact(key, types.slice)) return set_slice(v, key.as<Slice>(), value);
  int64_t index;
  if (!index_of(v, key, &index)) return false;
  if (!value) return bytearray_replace(self_of(v), index, index + 1, {});
  uint8_t byte;
  if (!to_byte(value, &byte)) return false;
  if (!index_of(v, Value::from_int(index), &index)) return false;   // __index__ may have shrunk the array
  self_of(v)->data()[index] = static_cast<char>(byte);
  return true;
}

Value slot_concat(Value a, Value b) {
  BufferArg x, y;
  if (!supports_buffer(a) || !supports_buffer(b)) return raisef(exc.TypeError, "can't concat %.100s to %.100s", type_name(b), type_name(a));
  if (!x.get(a) || !y.get(b)) return nullptr;
  std::string out;
  out.reserve(x.view().size() + y.view().size());
  out += x.view();
  out += y.view();
  return new_bytearray(out);
}

Value slot_inplace_concat(Value a, Value b) {
  if (!supports_buffer(b)) return raisef(exc.TypeError, "can't concat %.100s to %.100s", type_name(b), type_name(a));
  ByteArray* self = self_of(a);
  std::string copy;
  BufferArg other;
  if (!other.get(b)) return nullptr;
  std::string_view data = other.view();
  if (a == b) {
    if (self->exports > 1 && !can_resize(self)) return nullptr;
    copy = data;
    data = copy;
    --self->exports;
    bool ok = bytearray_replace(self, static_cast<int64_t>(self->size), static_cast<int64_t>(self->size), data);
    ++self->exports;
    return ok ? a : Value();
  }
  if (!bytearray_replace(self, static_cast<int64_t>(self->size), static_cast<int64_t>(self->size), data)) return nullptr;
  return a;
}

bool repeat_count(Value v, Value count, int64_t* n) {
  if (!index_to_ssize(count, n, exc.OverflowError)) return false;
  *n = std::max<int64_t>(*n, 0);
  if (*n == 0 || self_of(v)->size <= (uint64_t{1} << 46) / static_cast<uint64_t>(*n)) return true;
  raise_memory_error();
  return false;
}

Value slot_repeat(Value v, Value count) {
  int64_t n;
  if (!repeat_count(v, count, &n)) return nullptr;
  return new_bytearray(bytes_repeat_text(bytes_view(v), self_of(v)->size ? n : 0));
}

Value slot_inplace_repeat(Value v, Value count) {
  int64_t n;
  if (!repeat_count(v, count, &n)) return nullptr;
  ByteArray* b = self_of(v);
  uint64_t unit = b->size;
  if (!bytearray_resize(b, unit * static_cast<uint64_t>(n))) return nullptr;
  for (int64_t i = 1; i < n; ++i) memcpy(b->data() + unit * static_cast<uint64_t>(i), b->data(), unit);
  return v;
}

Value slot_mod(Value a, Value b) {
  if (!is_bytearray(a)) return Value::not_implemented();
  std::string out;
  if (!bytes_percent(bytes_view(a), b, &out)) return nullptr;
  return new_bytearray(out);
}

bool slot_get_buffer(Value v, BufferView* view, int) {
  ByteArray* b = self_of(v);
  view->data = b->data();
  view->length = static_cast<int64_t>(b->size);
  view->readonly = false;
  view->shape = &view->length;
  view->strides = &view->itemsize;
  ++b->exports;
  return true;
}
void slot_release_buffer(Value v, BufferView*) { --self_of(v)->exports; }

Value slot_new(Class* cls, Value*, uint32_t, Tuple*) {
  ByteArray* b = TRY(allocate_instance_of<ByteArray>(cls));
  b->store = empty_store.as<ByteStore>();
  return b;
}

// bytearray(source=b'', encoding='utf-8', errors='strict')
bool slot_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"bytearray", "(source=b'', encoding='utf-8', errors='strict')"};
  static const Signature* signature = parse_signature(&def);
  Value bound[3];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, bound)) return false;
  ByteArray* b = self_of(self);
  if (b->size != 0 && !bytearray_resize(b, 0)) return false;
  std::string data;
  if (!bytes_construct("bytearray", bound[0], bound[1], bound[2], &data)) return false;
  return bytearray_replace(b, 0, static_cast<int64_t>(b->size), data);
}

// --- methods

Value m_append(Value* args) {
  uint8_t byte;
  if (!to_byte(args[1], &byte)) return nullptr;
  ByteArray* b = self_of(args[0]);
  if (!bytearray_resize(b, b->size + 1)) return nullptr;
  b->data()[b->size - 1] = static_cast<char>(byte);
  return Value::none();
}

Value m_extend(Value* args) {
  ByteArray* b = self_of(args[0]);
  Value source = args[1];
  if (supports_buffer(source)) {
    BufferArg buffer;
    std::string data;
    if (!buffer.get(source, kBufferFull & ~kBufferWritable)) return nullptr;
    append_buffer(buffer.raw(), &data);
    if (source == args[0]) {
      --b->exports;
      bool ok = bytearray_replace(b, static_cast<int64_t>(b->size), static_cast<int64_t>(b->size), data);
      ++b->exports;
      return ok ? Value::none() : Value();
    }
    if (!bytearray_replace(b, static_cast<int64_t>(b->size), static_cast<int64_t>(b->size), data)) return nullptr;
    return Value::none();
  }
  if (!is_iterable_type(source)) return raisef(exc.TypeError, "can't extend bytearray with %.100s", type_name(source));
  std::string data;
  if (!bytes_from_iterable(source, "bytearray", &data)) return nullptr;
  if (!bytearray_replace(b, static_cast<int64_t>(b->size), static_cast<int64_t>(b->size), data)) return nullptr;
  return Value::none();
}

Value m_insert(Value* args) {
  int64_t index;
  uint8_t byte;
  if (!to_ssize(args[1], &index) || !to_byte(args[2], &byte)) return nullptr;
  ByteArray* b = self_of(args[0]);
  int64_t size = static_cast<int64_t>(b->size);
  if (index < 0) index = std::max<int64_t>(0, index + size);
  index = std::min(index, size);
  char c = static_cast<char>(byte);
  return bytearray_replace(b, index, index, {&c, 1}) ? Value::none() : Value();
}

Value m_pop(Value* args) {
  int64_t index = -1;
  if (args[1] && !to_ssize(args[1], &index)) return nullptr;
  ByteArray* b = self_of(args[0]);
  if (b->size == 0) return raise(exc.IndexError, "pop from empty bytearray");
  if (index < 0) index += static_cast<int64_t>(b->size);
  if (static_cast<uint64_t>(index) >= b->size) return raise(exc.IndexError, "pop index out of range");
  uint8_t byte = static_cast<uint8_t>(b->data()[index]);
  return bytearray_replace(b, index, index + 1, {}) ? Value::from_int(byte) : Value();
}

Value m_remove(Value* args) {
  uint8_t byte;
  if (!to_byte(args[1], &byte)) return nullptr;
  ByteArray* b = self_of(args[0]);
  size_t at = bytes_view(args[0]).find(static_cast<char>(byte));
  if (at == std::string_view::npos) return raise(exc.ValueError, "value not found in bytearray");
  return bytearray_replace(b, static_cast<int64_t>(at), static_cast<int64_t>(at) + 1, {}) ? Value::none() : Value();
}

Value m_clear(Value* args) { return bytearray_resize(self_of(args[0]), 0) ? Value::none() : Value(); }
Value m_copy(Value* args) { return new_bytearray(bytes_view(args[0])); }
Value m_reverse(Value* args) {
  ByteArray* b = self_of(args[0]);
  std::reverse(b->data(), b->data() + b->size);
  return Value::none();
}
Value m_alloc(Value* args) {
  ByteArray* b = self_of(args[0]);
  return new_int(b->size == 0 && b->store->capacity == 0 ? 0 : static_cast<int64_t>(std::max(b->store->capacity, b->size + 1)));
}
Value m_sizeof(Value* args) { return new_int(56 + m_alloc(args).as_int()); }

Value m_fromhex(Value* args) {
  std::string out;
  if (!bytes_fromhex(args[1], &out)) return nullptr;
  Value result = TRY(new_bytearray(out));
  return args[0] == Value(types.bytearray) ? result : call1(args[0], result);
}

Value reduce(Value self, int64_t protocol) {
  Value state = TRY(call_method0(self, names.dunder_getstate));
  Value cls = class_of(self);
  std::string_view data = bytes_view(self);
  if (protocol < 3) {
    Str* text = TRY(new_str_latin1(reinterpret_cast<const uint8_t*>(data.data()), data.size()));
    return make_tuple(cls, make_tuple(text, names.latin_1), state);
  }
  if (data.empty()) return make_tuple(cls, empty_tuple(), state);
  return make_tuple(cls, make_tuple(new_bytes(data)), state);
}
Value m_reduce(Value* args) { return reduce(args[0], 2); }
Value m_reduce_ex(Value* args) {
  int protocol = 0;
  if (args[1] && !to_int32(args[1], &protocol)) return nullptr;
  return reduce(args[0], protocol);
}

constexpr Effects kWrites = with_raise(Effects::kWrites);
constexpr Effects kAny = Effects::kCallsPython;

const MethodDef kMethods[] = {
    {"__alloc__", "!($self, /)", m_alloc, Effects::kReads},
    {"__reduce__", "($self, /)", m_reduce, kAny},
    {"__reduce_ex__", "($self, proto=0, /)", m_reduce_ex, kAny},
    {"__sizeof__", "($self, /)", m_sizeof, Effects::kReads},
    {"append", "($self, item, /)", m_append, kAny},
    {"clear", "($self, /)", m_clear, kWrites},
    {"copy", "($self, /)", m_copy, with_raise(Effects::kReads)},
    {"extend", "($self, iterable_of_ints, /)", m_extend, kAny},
    {"fromhex", "($type, string, /)", m_fromhex, kAny, MethodKind::kClassMethod},
    {"insert", "($self, index, item, /)", m_insert, kAny},
    {"maketrans", "!(frm, to, /)", bytes_maketrans, kAny, MethodKind::kStaticMethod},
    {"pop", "($self, index=-1, /)", m_pop, kAny},
    {"remove", "($self, value, /)", m_remove, kAny},
    {"reverse", "($self, /)", m_reverse, Effects::kWrites},
    {},
};

}  // namespace

void init_bytearray_type() {
  static const ClassSpec spec = [] {
    ClassSpec s{.name = "bytearray", .basicsize = sizeof(ByteArray), .flags = kClassBaseType, .trace_kind = TraceKind::kCustom, .trace = trace_bytearray};
    s.doc =
        "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
        "bytearray(bytes_or_buffer) -> mutable copy\nbytearray(int) -> that many null bytes\n"
        "bytearray() -> empty bytes array\n\nA mutable array of bytes.";
    s.slots.repr = slot_repr;
    s.slots.str = slot_str;
    s.slots.compare = bytes_compare;
    s.slots.iter = slot_iter;
    s.slots.length = slot_length;
    s.slots.getitem = slot_getitem;
    s.slots.setitem = slot_setitem;
    s.slots.contains = bytes_contains;
    s.slots.binary[kMod] = slot_mod;
    s.slots.concat = slot_concat;
    s.slots.repeat = slot_repeat;
    s.slots.inplace_concat = slot_inplace_concat;
    s.slots.inplace_repeat = slot_inplace_repeat;
    s.slots.new_ = slot_new;
    s.slots.init = slot_init;
    s.slots.get_buffer = slot_get_buffer;
    s.slots.release_buffer = slot_release_buffer;
    s.methods = join_method_tables({kMethods, kBytesSharedMethods, kBytesSplitMethods});
    return s;
  }();
  types.bytearray = new_builtin_class(spec);
  heap.add_root_range(&empty_store, &empty_store + 1);
  empty_store = new_byte_store(0);
}

}  // namespace pyjit::runtime
