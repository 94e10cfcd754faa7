// _IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase: the abstract classes and their default methods; the module itself.
#include <unistd.h>

#include "runtime/modules/io/writable_argument.h"
#include "runtime/builtins.h"
#include "runtime/heap.h"
#include "runtime/memory_limits.h"
#include "runtime/module_registry.h"
#include "runtime/modules/io/io.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime::io {

Class *io_base, *raw_io_base, *buffered_io_base, *text_io_base, *unsupported_operation;

std::nullptr_t raise_unsupported(const char* message) { return raise(unsupported_operation, message); }
std::nullptr_t raise_closed(const char* message) { return raise(exc.ValueError, message); }

int is_closed(Value file) {
  Value v = get_attr(file, names.closed);
  return v ? is_true(v) : -1;
}

bool size_argument(Value v, int64_t* size) {
  *size = -1;
  if (!v || v.is_none()) return true;
  if (!is_int_like(v) && !class_of(v)->slots.index) {
    raisef(exc.TypeError, "argument should be integer or None, not '%.200s'", type_name(v));
    return false;
  }
  return index_to_ssize(v, size, exc.OverflowError);
}

bool handle_interrupt() {
  Thread* t = thread();
  return !(t->poll & kPollSignal) || poll_signals();
}

namespace {

Str* closed_name() {
  static Str* s = intern("__IOBase_closed");
  return s;
}

bool check_closed(Value self) {
  int c = is_closed(self);
  if (c > 0) raise_closed();
  return c == 0;
}
bool check_ability(Value self, const char* method, const char* message) {
  Value v = TRY(call_method0(self, intern(method)));
  if (v.is_true()) return true;
  raise_unsupported(message);
  return false;
}

Value base_unsupported_seek(Value*) { return raise_unsupported("seek"); }
Value base_unsupported_truncate(Value*) { return raise_unsupported("truncate"); }
Value base_unsupported_fileno(Value*) { return raise_unsupported("fileno"); }
Value base_tell(Value* a) {
  Value args[] = {Value::from_int(0), Value::from_int(1)};
  return call_method(a[0], intern("seek"), args, 2);
}
Value base_flush(Value* a) {
  if (instance_get_attr(a[0].as_object(), closed_name())) return raise_closed();
  return Value::none();
}
Value base_close(Value* a) { return iobase_close(a[0]); }
Value base_false(Value*) { return Value::from_bool(false); }
Value base_seekable(Value* a) { return Value::from_bool(false); }
Value base_check_closed(Value* a) { return check_closed(a[0]) ? Value::none() : Value(); }
Value base_check_seekable(Value* a) { return check_ability(a[0], "seekable", "File or stream is not seekable.") ? Value::from_bool(true) : Value(); }
Value base_check_readable(Value* a) { return check_ability(a[0], "readable", "File or stream is not readable.") ? Value::from_bool(true) : Value(); }
Value base_check_writable(Value* a) { return check_ability(a[0], "writable", "File or stream is not writable.") ? Value::from_bool(true) : Value(); }
Value base_isatty(Value* a) { return check_closed(a[0]) ? Value::from_bool(false) : Value(); }
Value base_enter(Value* a) { return check_closed(a[0]) ? a[0] : Value(); }
Value base_exit(Value* args, uint32_t nargs, Tuple* kwnames) { return call_method0(args[0], names.close); }
Value get_closed(Value self) { return Value::from_bool(bool(instance_get_attr(self.as_object(), closed_name()))); }
Value get_dict(Value self) { return instance_dict(self.as_object()); }

Value base_readline(Value* a) {
  int64_t limit;
  if (!size_argument(a[1], &limit)) return nullptr;
  Value peek = get_attr_or_null(a[0], intern("peek"));
  if (!peek && error_pending()) return nullptr;
  std::string line;
  while (limit < 0 || static_cast<int64_t>(line.size()) < limit) {
    int64_t want = 1;
    if (peek) {
      Value ahead = TRY(call1(peek, Value::from_int(1)));
      if (!is_bytes(ahead)) return raisef(exc.OSError, "peek() should have returned a bytes object, not '%.200s'", type_name(ahead));
      auto view = ahead.as<Bytes>()->view();
      if (!view.empty()) {
        size_t end = view.find('\n');
        want = static_cast<int64_t>(end == std::string_view::npos ? view.size() : end + 1);
        if (limit >= 0) want = std::min<int64_t>(want, limit - static_cast<int64_t>(line.size()));
      }
    }
    Value chunk = TRY(call_method1(a[0], names.read, Value::from_int(want)));
    if (!is_bytes(chunk)) return raisef(exc.OSError, "read() should have returned a bytes object, not '%.200s'", type_name(chunk));
    if (!chunk.as<Bytes>()->size) break;
    line.append(chunk.as<Bytes>()->view());
    if (line.back() == '\n') break;
  }
  return new_bytes(line);
}
Value base_readlines(Value* a) {
  int64_t hint;
  if (!size_argument(a[1], &hint)) return nullptr;
  List* out = TRY(new_list());
  Value it = TRY(get_iter(a[0]));
  int64_t length_so_far = 0;
  while (Value line = iter_next(it)) {
    if (!list_append(out, line)) return nullptr;
    if (hint <= 0) continue;
    int64_t n = length(line);
    if (n < 0) return nullptr;
    length_so_far += n;
    if (length_so_far > hint) break;
  }
  return error_pending() ? Value() : out;
}
Value base_writelines(Value* a) {
  if (!check_closed(a[0])) return nullptr;
  Value it = TRY(get_iter(a[1]));
  while (Value line = iter_next(it)) TRY(call_method1(a[0], names.write, line));
  return error_pending() ? Value() : Value::none();
}
Value base_iter(Value self) { return check_closed(self) ? self : Value(); }
Value base_next(Value self) {
  Value line = TRY(call_method0(self, names.readline));
  int64_t n = length(line);
  return n > 0 ? line : Value();
}
Value base_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }
// A file that nobody closed: flush and close it; what goes wrong is nobody's to hear.
void base_del(Value self) {
  Value closed = get_attr_or_null(self, names.closed);
  if (!closed) return clear_pending();
  int c = is_true(closed);
  if (c) return clear_pending();
  if (!call_method0(self, names.close)) clear_pending();
}
Value base_del_method(Value* a) {
  base_del(a[0]);
  return Value::none();
}

constexpr MethodDef kBaseMethods[] = {{"seek", "($self, offset, whence=0, /)", base_unsupported_seek},
                                      {"tell", "($self, /)", base_tell},
                                      {"truncate", "($self, size=None, /)", base_unsupported_truncate},
                                      {"flush", "($self, /)", base_flush},
                                      {"close", "($self, /)", base_close},
                                      {"seekable", "($self, /)", base_seekable},
                                      {"readable", "($self, /)", base_false},
                                      {"writable", "($self, /)", base_false},
                                      {"_checkClosed", "!($self, msg=None)", base_check_closed},
                                      {"_checkSeekable", "!($self, msg=None)", base_check_seekable},
                                      {"_checkReadable", "!($self, msg=None)", base_check_readable},
                                      {"_checkWritable", "!($self, msg=None)", base_check_writable},
                                      {"fileno", "($self, /)", base_unsupported_fileno},
                                      {"isatty", "($self, /)", base_isatty},
                                      {"__enter__", "!($self, /)", base_enter},
                                      {.name = "__exit__", .signature = "!($self, *args)", .raw = base_exit},
                                      {"readline", "($self, size=-1, /)", base_readline},
                                      {"readlines", "($self, hint=-1, /)", base_readlines},
                                      {"writelines", "($self, lines, /)", base_writelines},
                                      {"__del__", "!($self, /)", base_del_method},
                                      {}};
constexpr GetSetDef kBaseGetSet[] = {{"closed", get_closed}, {"__dict__", get_dict}, {}};
const ClassSpec kBaseSpec = {.name = "_io._IOBase",
                             .basicsize = sizeof(IOObject),
                             .flags = kClassBaseType | kClassHasDict | kClassHasWeakref | kClassLayered,
                             .doc = "The abstract base class for all I/O classes.",
                             .slots = {.iter = base_iter, .next = base_next, .new_ = base_new},
                             .methods = kBaseMethods,
                             .getset = kBaseGetSet};

// _RawIOBase

Value raw_read_method(Value* a) {
  int64_t n;
  if (!size_argument(a[1], &n)) return nullptr;
  if (n < 0) return call_method0(a[0], intern("readall"));
  if (!fits_memory(static_cast<uint64_t>(n))) return nullptr;
  ByteArray* b = TRY(new_bytearray(std::string(static_cast<size_t>(n), '\0')));
  Value got = TRY(call_method1(a[0], intern("readinto"), b));
  if (got.is_none()) return got;
  int64_t count;
  if (!index_to_ssize(got, &count, exc.ValueError)) return nullptr;
  return new_bytes({b->data(), static_cast<size_t>(std::min(count, n))});
}
Value raw_readall(Value* a) {
  std::string all;
  for (;;) {
    Value chunk = TRY(call_method1(a[0], names.read, Value::from_int(kDefaultBufferSize)));
    if (chunk.is_none()) {
      if (all.empty()) return chunk;
      break;
    }
    if (!is_bytes(chunk)) return raise(exc.TypeError, "read() should return bytes");
    if (!chunk.as<Bytes>()->size) break;
    all.append(chunk.as<Bytes>()->view());
  }
  return new_bytes(all);
}
constexpr MethodDef kRawMethods[] = {{"read", "($self, size=-1, /)", raw_read_method}, {"readall", "($self, /)", raw_readall}, {}};
const ClassSpec kRawSpec = {.name = "_io._RawIOBase", .base = &io_base, .basicsize = sizeof(IOObject), .flags = kClassBaseType, .doc = "Base class for raw binary I/O.",
                            .slots = {.new_ = base_new}, .methods = kRawMethods};

// _BufferedIOBase

Value buffered_unsupported_read(Value*) { return raise_unsupported("read"); }
Value buffered_unsupported_read1(Value*) { return raise_unsupported("read1"); }
Value buffered_unsupported_write(Value*) { return raise_unsupported("write"); }
Value unsupported_detach(Value*) { return raise_unsupported("detach"); }
Value read_into(Value* a, const char* method) {
  BufferView view;
  if (!writable_argument(a[1], &view, method[4] ? "readinto1" : "readinto")) return nullptr;
  Value data = call_method1(a[0], intern(method), new_int(view.length));
  Value result;
  if (data && !is_bytes(data)) {
    raise(exc.TypeError, "read() should return bytes");
  } else if (data) {
    auto bytes = data.as<Bytes>()->view();
    if (static_cast<int64_t>(bytes.size()) > view.length) {
      raisef(exc.ValueError, "read() returned too much data: %zd bytes requested, %zd returned", static_cast<ssize_t>(view.length),
             static_cast<ssize_t>(bytes.size()));
    } else {
      memcpy(view.data, bytes.data(), bytes.size());
      result = new_int(static_cast<int64_t>(bytes.size()));
    }
  }
  release_buffer(&view);
  return result;
}
Value buffered_readinto(Value* a) { return read_into(a, "read"); }
Value buffered_readinto1(Value* a) { return read_into(a, "read1"); }
constexpr MethodDef kBufferedMethods[] = {{"detach", "($self, /)", unsupported_detach},
                                          {"read", "!($self, size=-1, /)", buffered_unsupported_read},
                                          {"read1", "!($self, size=-1, /)", buffered_unsupported_read1},
                                          {"readinto", "($self, buffer, /)", buffered_readinto},
                                          {"readinto1", "($self, buffer, /)", buffered_readinto1},
                                          {"write", "!($self, b, /)", buffered_unsupported_write},
                                          {}};
const ClassSpec kBufferedSpec = {.name = "_io._BufferedIOBase", .base = &io_base, .basicsize = sizeof(IOObject), .flags = kClassBaseType, .doc = "Base class for buffered IO objects.",
                                 .slots = {.new_ = base_new}, .methods = kBufferedMethods};

// _TextIOBase

Value text_unsupported_readline(Value*) { return raise_unsupported("readline"); }
Value get_none(Value) { return Value::none(); }
constexpr MethodDef kTextMethods[] = {{"detach", "!($self, /)", unsupported_detach},
                                      {"read", "!($self, size=-1, /)", buffered_unsupported_read},
                                      {"readline", "!($self, size=-1, /)", text_unsupported_readline},
                                      {"write", "!($self, s, /)", buffered_unsupported_write},
                                      {}};
constexpr GetSetDef kTextGetSet[] = {{"encoding", get_none}, {"newlines", get_none}, {"errors", get_none}, {}};
const ClassSpec kTextSpec = {.name = "_io._TextIOBase", .base = &io_base, .basicsize = sizeof(IOObject), .flags = kClassBaseType, .doc = "Base class for text I/O.",
                             .slots = {.new_ = base_new}, .methods = kTextMethods, .getset = kTextGetSet};

// The module.

Value m_open(Value* a) { return open_file(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]); }
Value m_open_code(Value* a) {
  if (!is_str(a[0])) return raisef(exc.TypeError, "open_code() argument 'path' must be str, not %.50s", type_name(a[0]));
  return open_file(a[0], intern("rb"), nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
}
Value m_text_encoding(Value* a) { return a[0].is_none() ? Value(intern("locale")) : a[0]; }
constexpr const char* kOpenDoc = "Open file and return a stream.  Raise OSError upon failure.";
constexpr MethodDef kFunctions[] = {
    {"open", "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)", m_open,
     Effects::kCallsPython, MethodKind::kFunction, kOpenDoc},
    {"open_code", "($module, /, path)", m_open_code, Effects::kCallsPython, MethodKind::kFunction,
     "Opens the provided file with the intent to import the contents.\n\nThis may perform extra validation beyond open(), but is otherwise interchangeable\nwith calling open(path, 'rb')."},
    {"text_encoding", "($module, encoding, stacklevel=2, /)", m_text_encoding, Effects::kReads, MethodKind::kFunction,
     "A helper function to choose the text encoding.\n\nWhen encoding is not None, this function returns it.\nOtherwise, this function returns the default text encoding\n(i.e. \"locale\" or \"utf-8\" depends on UTF-8 mode)."},
    {}};

}  // namespace

Value iobase_close(Value self) {
  Object* o = self.as_object();
  if (instance_get_attr(o, closed_name())) return Value::none();
  Value r = call_method0(self, names.flush);
  Value pending = r ? Value() : take_pending();
  if (!instance_set_attr(o, closed_name(), Value::from_bool(true))) return nullptr;
  if (pending) thread()->exception = pending;
  return r ? Value::none() : Value();
}

void init_base_classes() {
  io_base = new_builtin_class(kBaseSpec);
  io_base->slots.del = base_del;
  raw_io_base = new_builtin_class(kRawSpec);
  buffered_io_base = new_builtin_class(kBufferedSpec);
  text_io_base = new_builtin_class(kTextSpec);
}

}  // namespace pyjit::runtime::io

namespace pyjit::runtime {

bool init_io(Module* m) {
  using namespace io;
  Class** const classes[] = {&io_base,         &raw_io_base,     &buffered_io_base, &text_io_base, &file_io,         &bytes_io,        &buffered_reader,
                             &buffered_writer, &buffered_random, &buffered_rw_pair, &string_io,    &text_io_wrapper, &newline_decoder};
  if (!io_base) {
    init_base_classes();
    init_file_io();
    init_buffered();
    init_bytes_io();
    init_string_io();
    init_text_io();
    // UnsupportedOperation(OSError, ValueError)
    Dict* ns = TRY(new_dict());
    if (!dict_set_str(ns, names.dunder_module, intern("io"))) return false;
    Value args[] = {intern("UnsupportedOperation"), make_tuple(Value(exc.OSError), Value(exc.ValueError)), ns};
    unsupported_operation = TRY(new_class(types.type, args, 3, nullptr));
    static Value roots[16];
    size_t n = 0;
    for (Class** c : classes) roots[n++] = *c;
    roots[n++] = unsupported_operation;
    heap.add_root_range(roots, roots + n);
  }
  for (Class** c : classes) {
    if (!dict_set_str(m->dict(), (*c)->name, *c)) return false;
  }
  if (!add_functions(m, kFunctions)) return false;
  for (const MethodDef* f = kFunctions; f->name; ++f) module_get(m, intern(f->name)).as<NativeFunction>()->module_name = intern("io");
  return add_int(m, "DEFAULT_BUFFER_SIZE", kDefaultBufferSize) &&
         add_object(m, "UnsupportedOperation", unsupported_operation) && add_object(m, "BlockingIOError", exc.BlockingIOError);
}

}  // namespace pyjit::runtime
