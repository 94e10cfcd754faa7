// BytesIO: a file in memory.
#include "runtime/modules/io/writable_argument.h"
#include "runtime/heap.h"
#include "runtime/modules/io/io.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/bytes_methods.h"

namespace pyjit::runtime::io {

Class* bytes_io;

namespace {

struct BytesIO : IOObject {
  ByteArray* data;        // grows in place; null: closed. Its export count guards resizing
  int64_t position;
};
void trace_bytes_io(Object* o, Tracer& t) { t.visit(static_cast<BytesIO*>(o)->data); }
BytesIO* self_of(Value v) { return v.as<BytesIO>(); }
bool open_checked(BytesIO* b) { return b->data || (raise_closed(), false); }

bool check_exports(BytesIO* b) {
  if (!b->data->exports) return true;
  raise(exc.BufferError, "Existing exports of data: object cannot be re-sized");
  return false;
}

Value bytes_io_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* b = allocate_instance_of<BytesIO>(cls);
  if (!b) return nullptr;
  b->data = TRY(new_bytearray(""));
  return b;
}
bool bytes_io_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"BytesIO", "(initial_bytes=b'')"};
  static const Signature* signature = parse_signature(&def);
  Value a[1];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  BytesIO* b = self_of(self);
  if (b->data && !check_exports(b)) return false;
  b->data = TRY(new_bytearray(""));
  b->position = 0;
  write_barrier(b);
  if (!a[0] || a[0].is_none()) return true;
  BufferView view;
  if (!get_buffer(a[0], &view)) return false;
  b->data = new_bytearray(view.view());
  write_barrier(b);
  release_buffer(&view);
  return b->data;
}

std::string_view rest_of(BytesIO* b) {
  int64_t size = static_cast<int64_t>(b->data->size);
  if (b->position >= size) return {};
  return {b->data->data() + b->position, static_cast<size_t>(size - b->position)};
}
Value take(BytesIO* b, size_t n) {
  std::string_view rest = rest_of(b).substr(0, n);
  b->position += static_cast<int64_t>(rest.size());
  return new_bytes(rest);
}
Value io_read(Value* a) {
  int64_t n;
  BytesIO* b = self_of(a[0]);
  if (!size_argument(a[1], &n) || !open_checked(b)) return nullptr;
  return take(b, n < 0 ? SIZE_MAX : static_cast<size_t>(n));
}
size_t line_length(BytesIO* b, int64_t limit) {
  std::string_view rest = rest_of(b);
  size_t end = rest.find('\n');
  size_t n = end == std::string_view::npos ? rest.size() : end + 1;
  return limit >= 0 ? std::min(n, static_cast<size_t>(limit)) : n;
}
Value io_readline(Value* a) {
  int64_t n;
  BytesIO* b = self_of(a[0]);
  if (!size_argument(a[1], &n) || !open_checked(b)) return nullptr;
  return take(b, line_length(b, n));
}
Value io_readlines(Value* a) {
  int64_t hint;
  BytesIO* b = self_of(a[0]);
  if (!size_argument(a[1], &hint) || !open_checked(b)) return nullptr;
  List* out = TRY(new_list());
  int64_t total = 0;
  while (size_t n = line_length(b, -1)) {
    if (!list_append(out, take(b, n))) return nullptr;
    total += static_cast<int64_t>(n);
    if (hint > 0 && total >= hint) break;
  }
  return out;
}
Value io_next(Value self) {
  BytesIO* b = self_of(self);
  if (!open_checked(b)) return nullptr;
  size_t n = line_length(b, -1);
  return n ? take(b, n) : Value();
}
Value io_readinto(Value* a) {
  BytesIO* b = self_of(a[0]);
  if (!open_checked(b)) return nullptr;
  BufferView view;
  if (!writable_argument(a[1], &view, "readinto")) return nullptr;
  std::string_view rest = rest_of(b).substr(0, static_cast<size_t>(view.length));
  memmove(view.data, rest.data(), rest.size());
  b->position += static_cast<int64_t>(rest.size());
  release_buffer(&view);
  return new_int(static_cast<int64_t>(rest.size()));
}
bool write_bytes(BytesIO* b, std::string_view text) {
  if (text.empty()) return true;
  size_t end = static_cast<size_t>(b->position) + text.size();
  if (end > INT64_MAX) return raise(exc.OverflowError, "new buffer size too large"), false;
  if (end > b->data->size && !bytearray_resize(b->data, end)) return false;
  memcpy(b->data->data() + b->position, text.data(), text.size());
  b->position = static_cast<int64_t>(end);
  return true;
}
Value io_write(Value* a) {
  BytesIO* b = self_of(a[0]);
  if (!open_checked(b) || !check_exports(b)) return nullptr;
  BufferView view;
  if (!get_buffer(a[1], &view)) return nullptr;
  int64_t n = view.length;
  bool ok = write_bytes(b, view.view());
  release_buffer(&view);
  return ok ? new_int(n) : Value();
}
Value io_seek(Value* a) {
  BytesIO* b = self_of(a[0]);
  int64_t position;
  int whence = 0;
  if (!index_to_ssize(a[1], &position, exc.OverflowError) || (a[2] && !to_int32(a[2], &whence)) || !open_checked(b)) return nullptr;
  if (position < 0 && whence == 0) return raisef(exc.ValueError, "negative seek value %zd", static_cast<ssize_t>(position));
  int64_t base = whence == 1 ? b->position : whence == 2 ? static_cast<int64_t>(b->data->size) : 0;
  if (whence < 0 || whence > 2) return raisef(exc.ValueError, "invalid whence (%i, should be 0, 1 or 2)", whence);
  if (position > INT64_MAX - base) return raise(exc.OverflowError, "new position too large");
  b->position = std::max<int64_t>(0, base + position);
  return new_int(b->position);
}
Value io_tell(Value* a) { return open_checked(self_of(a[0])) ? new_int(self_of(a[0])->position) : Value(); }
Value io_truncate(Value* a) {
  BytesIO* b = self_of(a[0]);
  if (!open_checked(b) || !check_exports(b)) return nullptr;
  int64_t size = b->position;
  if (a[1] && !a[1].is_none() && !index_to_ssize(a[1], &size, exc.OverflowError)) return nullptr;
  if (size < 0) return raisef(exc.ValueError, "negative size value %zd", static_cast<ssize_t>(size));
  if (size < static_cast<int64_t>(b->data->size) && !bytearray_resize(b->data, static_cast<size_t>(size))) return nullptr;
  return new_int(size);
}
Value io_getvalue(Value* a) { return open_checked(self_of(a[0])) ? Value(new_bytes({self_of(a[0])->data->data(), self_of(a[0])->data->size})) : Value(); }
Value io_getbuffer(Value* a) { return open_checked(self_of(a[0])) ? call1(types.memoryview, self_of(a[0])->data) : Value(); }
Value io_close(Value* a) {
  BytesIO* b = self_of(a[0]);
  if (b->data && !check_exports(b)) return nullptr;
  b->data = nullptr;
  return Value::none();
}
Value io_true(Value* a) { return open_checked(self_of(a[0])) ? Value::from_bool(true) : Value(); }
Value io_isatty(Value* a) { return open_checked(self_of(a[0])) ? Value::from_bool(false) : Value(); }
Value io_flush(Value* a) { return open_checked(self_of(a[0])) ? Value::none() : Value(); }
Value get_closed(Value v) { return Value::from_bool(!self_of(v)->data); }
Value io_getstate(Value* a) {
  Value content = TRY(io_getvalue(a));
  Object* o = a[0].as_object();
  Value d = class_of(a[0])->has(kClassHeap) ? Value(dict_copy(instance_dict(o))) : Value::none();
  return make_tuple(content, new_int(self_of(a[0])->position), d);
}
Value io_setstate(Value* a) {
  if (!is_tuple(a[1]) || a[1].as<Tuple>()->size != 3) {
    return raisef(exc.TypeError, "%.200s.__setstate__ argument should be 3-tuple, got %.200s", "_io.BytesIO", type_name(a[1]));
  }
  Value* items = a[1].as<Tuple>()->items;
  if (!bytes_io_init(a[0], items, 1, nullptr)) return nullptr;
  int64_t position;
  if (!to_int64(items[1], &position)) return nullptr;
  if (position < 0) return raise(exc.ValueError, "position value cannot be negative");
  self_of(a[0])->position = position;
  if (items[2].is_none()) return Value::none();
  if (!is_dict(items[2])) return raisef(exc.TypeError, "third item of state should be a dict, got a %.200s", type_name(items[2]));
  return dict_update(instance_dict(a[0].as_object()), items[2]) ? Value::none() : Value();
}

constexpr MethodDef kMethods[] = {{"readable", "($self, /)", io_true},
                                  {"seekable", "($self, /)", io_true},
                                  {"writable", "($self, /)", io_true},
                                  {"close", "($self, /)", io_close},
                                  {"flush", "($self, /)", io_flush},
                                  {"isatty", "($self, /)", io_isatty},
                                  {"tell", "($self, /)", io_tell},
                                  {"write", "($self, b, /)", io_write},
                                  {"read1", "($self, size=-1, /)", io_read},
                                  {"readinto", "($self, buffer, /)", io_readinto},
                                  {"readline", "($self, size=-1, /)", io_readline},
                                  {"readlines", "($self, size=None, /)", io_readlines},
                                  {"read", "($self, size=-1, /)", io_read},
                                  {"getbuffer", "($self, /)", io_getbuffer},
                                  {"getvalue", "($self, /)", io_getvalue},
                                  {"seek", "($self, pos, whence=0, /)", io_seek},
                                  {"truncate", "($self, size=None, /)", io_truncate},
                                  {"__getstate__", "!($self, /)", io_getstate},
                                  {"__setstate__", "!($self, state, /)", io_setstate},
                                  {}};
constexpr GetSetDef kGetSet[] = {{"closed", get_closed}, {}};
const ClassSpec kSpec = {.name = "_io.BytesIO", .base = &buffered_io_base, .basicsize = sizeof(BytesIO), .flags = kClassBaseType, .trace = trace_bytes_io,
                         .doc = "BytesIO(initial_bytes=b'')\n--\n\nBuffered I/O implementation using an in-memory bytes buffer.",
                         .slots = {.next = io_next, .new_ = bytes_io_new, .init = bytes_io_init}, .methods = kMethods, .getset = kGetSet};

}  // namespace

void init_bytes_io() { bytes_io = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime::io
