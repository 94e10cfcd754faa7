// BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair: a read-ahead buffer and a write-behind buffer over a raw stream.
//
// At most one of the two buffers is in use. Reading first flushes what is to be written; writing (on a BufferedRandom) first moves the
// raw position back over what was read ahead. Over an exact FileIO the system is called directly.
#include <cerrno>

#include "runtime/modules/io/writable_argument.h"
#include "runtime/heap.h"
#include "runtime/memory_limits.h"
#include "runtime/modules/io/io.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"

namespace pyjit::runtime::io {

Class *buffered_reader, *buffered_writer, *buffered_random, *buffered_rw_pair;

namespace {

struct Buffered : IOObject {
  Value raw;
  int64_t buffer_size;
  char* read_data;           // malloc'ed; bytes read_at .. read_end are ahead of the program
  int64_t read_at, read_end;
  char* write_data;          // malloc'ed; write_size bytes are behind
  int64_t write_size;
  bool ok, detached, readable, writable;
};

void trace_buffered(Object* o, Tracer& t) { t.visit(static_cast<Buffered*>(o)->raw); }
void finalize_buffered(Object* o) {
  auto* b = static_cast<Buffered*>(o);
  free(b->read_data);
  free(b->write_data);
  b->read_data = b->write_data = nullptr;
  b->ok = false;
}
Buffered* buffered(Value v) { return v.as<Buffered>(); }

bool check_init(Buffered* b) {
  if (b->ok) return true;
  raise(exc.ValueError, b->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
  return false;
}
FileIO* direct(Buffered* b) { return is_exact(b->raw, file_io) ? b->raw.as<FileIO>() : nullptr; }
bool raw_closed(Buffered* b, bool* closed) {
  if (FileIO* f = direct(b)) return *closed = f->fd < 0, true;
  int c = is_closed(b->raw);
  *closed = c > 0;
  return c >= 0;
}
bool check_open(Buffered* b, const char* message) {
  if (!check_init(b)) return false;
  bool closed;
  if (!raw_closed(b, &closed)) return false;
  if (closed && b->read_at == b->read_end) return raise_closed(message), false;
  return !closed || (raise_closed(message), false);
}

// Raw read: bytes read, 0 at the end, -1 error pending, -2 would block.
int64_t fill_from_raw(Buffered* b, char* data, int64_t n) {
  if (FileIO* f = direct(b)) {
    if (!f->readable) return raise_unsupported("File not open for reading"), -1;
    return raw_read(f, data, static_cast<size_t>(n));
  }
  if (!fits_memory(static_cast<uint64_t>(n))) return -1;
  ByteArray* window = new_bytearray(std::string(static_cast<size_t>(n), '\0'));
  if (!window) return -1;
  Value r = call_method1(b->raw, intern("readinto"), window);
  if (!r) return -1;
  if (r.is_none()) return -2;
  int64_t got;
  if (!index_to_ssize(r, &got, exc.ValueError)) return -1;
  if (got < 0 || got > n) {
    raisef(exc.OSError, "raw readinto() returned invalid length %zd (should have been between 0 and %zd)", static_cast<ssize_t>(got), static_cast<ssize_t>(n));
    return -1;
  }
  memcpy(data, window->data(), static_cast<size_t>(got));
  return got;
}
int64_t put_to_raw(Buffered* b, const char* data, int64_t n) {
  if (FileIO* f = direct(b)) {
    if (!f->writable) return raise_unsupported("File not open for writing"), -1;
    return raw_write(f, data, static_cast<size_t>(n));
  }
  Value r = call_method1(b->raw, names.write, new_bytes({data, static_cast<size_t>(n)}));
  if (!r) return -1;
  if (r.is_none()) return -2;
  int64_t put;
  if (!index_to_ssize(r, &put, exc.ValueError)) return -1;
  if (put < 0 || put > n) {
    raisef(exc.OSError, "raw write() returned invalid length %zd (should have been between 0 and %zd)", static_cast<ssize_t>(put), static_cast<ssize_t>(n));
    return -1;
  }
  return put;
}

int64_t raw_seek(Buffered* b, int64_t offset, int whence) {
  Value args[] = {new_int(offset), Value::from_int(whence)};
  Value r = call_method(b->raw, intern("seek"), args, 2);
  if (!r) return -1;
  int64_t n;
  if (!to_int64(r, &n)) return -1;
  if (n < 0) return raisef(exc.OSError, "Raw stream returned invalid position %zd", static_cast<ssize_t>(n)), -1;
  return n;
}

std::nullptr_t raise_blocking(int64_t written) {
  Value args[] = {Value::from_int(EAGAIN), intern("write could not complete without blocking"), new_int(written)};
  Exception* e = new_exception(exc.BlockingIOError, args, 3);
  return e ? raise_object(e) : nullptr;
}

// Writes out the write buffer. False with BlockingIOError pending when the raw stream would block (what is left stays).
bool flush_writes(Buffered* b) {
  while (b->write_size) {
    int64_t put = put_to_raw(b, b->write_data, b->write_size);
    if (put == -2) return raise_blocking(0), false;
    if (put < 0) return false;
    memmove(b->write_data, b->write_data + put, static_cast<size_t>(b->write_size - put));
    b->write_size -= put;
    if (!handle_interrupt()) return false;
  }
  return true;
}
// Gives up the read-ahead: the raw position becomes the program's.
bool drop_reads(Buffered* b) {
  int64_t ahead = b->read_end - b->read_at;
  b->read_at = b->read_end = 0;
  return !ahead || raw_seek(b, -ahead, 1) >= 0;
}

char* read_buffer(Buffered* b) {
  if (!b->read_data) b->read_data = static_cast<char*>(malloc(static_cast<size_t>(b->buffer_size)));
  return b->read_data;
}
// Fills an empty read buffer: as fill_from_raw.
int64_t refill(Buffered* b) {
  char* data = read_buffer(b);
  int64_t n = fill_from_raw(b, data, b->buffer_size);
  b->read_at = 0;
  b->read_end = std::max<int64_t>(n, 0);
  return n;
}

bool init_buffered_object(Value self, Value* args, uint32_t nargs, Tuple* kwnames, const char* name, bool readable, bool writable) {
  const MethodDef def = {name, "(raw, buffer_size=8192)"};
  static const Signature* signature = parse_signature(&def);
  Value a[2];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  Buffered* b = buffered(self);
  b->ok = false;
  b->detached = false;
  int64_t size = kDefaultBufferSize;
  if (a[1] && !index_to_ssize(a[1], &size, exc.ValueError)) return false;
  auto require = [&](const char* method, const char* message) {
    if (FileIO* f = is_exact(a[0], file_io) ? a[0].as<FileIO>() : nullptr; f && f->fd >= 0 && method[0] != 's') {
      if (method[0] == 'r' ? f->readable : f->writable) return true;
      return raise_unsupported(message), false;
    }
    Value r = call_method0(a[0], intern(method));
    if (!r) return false;
    int t = is_true(r);
    if (t == 0) raise_unsupported(message);
    return t > 0;
  };
  if (readable && writable && !require("seekable", "File or stream is not seekable.")) return false;
  if (readable && !require("readable", "File or stream is not readable.")) return false;
  if (writable && !require("writable", "File or stream is not writable.")) return false;
  if (size <= 0) return raise(exc.ValueError, "buffer size must be strictly positive"), false;
  free(b->read_data);
  free(b->write_data);
  b->read_data = b->write_data = nullptr;
  b->raw = a[0];
  b->buffer_size = size;
  b->read_at = b->read_end = b->write_size = 0;
  b->readable = readable;
  b->writable = writable;
  b->ok = true;
  write_barrier(b);
  return true;
}
bool reader_init(Value s, Value* a, uint32_t n, Tuple* k) { return init_buffered_object(s, a, n, k, "BufferedReader", true, false); }
bool writer_init(Value s, Value* a, uint32_t n, Tuple* k) { return init_buffered_object(s, a, n, k, "BufferedWriter", false, true); }
bool random_init(Value s, Value* a, uint32_t n, Tuple* k) { return init_buffered_object(s, a, n, k, "BufferedRandom", true, true); }
Value buffered_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }

bool before_read(Buffered* b) { return !b->writable || flush_writes(b); }

Value read_all(Buffered* b) {
  std::string all(b->read_data ? b->read_data + b->read_at : "", static_cast<size_t>(b->read_end - b->read_at));
  b->read_at = b->read_end = 0;
  Value readall = get_attr_or_null(b->raw, intern("readall"));
  if (!readall && error_pending()) return nullptr;
  if (readall) {
    Value rest = TRY(call0(readall));
    if (rest.is_none()) return all.empty() ? rest : Value(new_bytes(all));
    if (!is_bytes(rest)) return raise(exc.TypeError, "readall() should return bytes");
    if (all.empty()) return rest;
    all.append(rest.as<Bytes>()->view());
    return new_bytes(all);
  }
  for (;;) {
    Value chunk = TRY(call_method0(b->raw, names.read));
    if (chunk.is_none()) return all.empty() ? chunk : Value(new_bytes(all));
    if (!is_bytes(chunk)) return raise(exc.TypeError, "read() should return bytes");
    if (!chunk.as<Bytes>()->size) return new_bytes(all);
    all.append(chunk.as<Bytes>()->view());
  }
}

Value b_read(Value* a) {
  Buffered* b = buffered(a[0]);
  int64_t n;
  if (!check_init(b) || !size_argument(a[1], &n)) return nullptr;
  if (n < -1) return raise(exc.ValueError, "read length must be non-negative or -1");
  if (!check_open(b, "read of closed file") || !before_read(b)) return nullptr;
  if (n == -1) return read_all(b);
  Bytes* out = TRY(new_bytes_uninitialized(static_cast<size_t>(n)));
  int64_t have = 0;
  bool blocked = false;
  while (have < n) {
    int64_t ready = std::min(n - have, b->read_end - b->read_at);
    if (ready) {
      memcpy(out->data + have, b->read_data + b->read_at, static_cast<size_t>(ready));
      b->read_at += ready;
      have += ready;
      continue;
    }
    int64_t got;
    if (n - have >= b->buffer_size) {
      got = fill_from_raw(b, out->data + have, n - have);
      if (got > 0) have += got;
    } else {
      got = refill(b);
    }
    if (got == -1) return nullptr;
    blocked = got == -2;
    if (got <= 0) break;
  }
  if (blocked && !have) return Value::none();
  return have == n ? out : new_bytes({out->data, static_cast<size_t>(have)});
}
Value b_read1(Value* a) {
  Buffered* b = buffered(a[0]);
  int64_t n;
  if (!check_init(b) || !size_argument(a[1], &n)) return nullptr;
  if (!check_open(b, "read of closed file") || !before_read(b)) return nullptr;
  if (n < 0) n = b->buffer_size;
  if (n == 0) return new_bytes("");
  if (b->read_at == b->read_end) {
    int64_t got = refill(b);
    if (got == -1) return nullptr;
  }
  int64_t ready = std::min(n, b->read_end - b->read_at);
  Value out = new_bytes({b->read_data + b->read_at, static_cast<size_t>(ready)});
  b->read_at += ready;
  return out;
}
Value read_into(Value* a, bool once) {
  Buffered* b = buffered(a[0]);
  if (!check_open(b, "readinto of closed file") || !before_read(b)) return nullptr;
  BufferView view;
  if (!writable_argument(a[1], &view, once ? "readinto1" : "readinto")) return nullptr;
  int64_t have = 0, got = 0;
  while (have < view.length) {
    int64_t ready = std::min(view.length - have, b->read_end - b->read_at);
    if (ready) {
      memcpy(view.data + have, b->read_data + b->read_at, static_cast<size_t>(ready));
      b->read_at += ready;
      have += ready;
      if (once) break;
      continue;
    }
    if (view.length - have >= b->buffer_size) {
      got = fill_from_raw(b, view.data + have, view.length - have);
      if (got > 0) have += got;
      if (got > 0 && once) break;
    } else {
      got = refill(b);
    }
    if (got <= 0) break;
  }
  release_buffer(&view);
  if (got == -1) return nullptr;
  if (got == -2 && !have) return Value::none();
  return new_int(have);
}
Value b_readinto(Value* a) { return read_into(a, false); }
Value b_readinto1(Value* a) { return read_into(a, true); }
Value b_peek(Value* a) {
  Buffered* b = buffered(a[0]);
  if (!check_open(b, "peek of closed file") || !before_read(b)) return nullptr;
  if (b->read_at == b->read_end && refill(b) == -1) return nullptr;
  return new_bytes({b->read_data + b->read_at, static_cast<size_t>(b->read_end - b->read_at)});
}
// A line, or null with nothing pending at the end of the file for the iterator.
Value read_line(Buffered* b, int64_t limit) {
  std::string line;
  for (;;) {
    int64_t ready = b->read_end - b->read_at;
    if (limit >= 0) ready = std::min(ready, limit - static_cast<int64_t>(line.size()));
    const char* start = b->read_data + b->read_at;
    const char* end = ready ? static_cast<const char*>(memchr(start, '\n', static_cast<size_t>(ready))) : nullptr;
    int64_t take = end ? end - start + 1 : ready;
    b->read_at += take;
    if (line.empty() && (end || (limit >= 0 && take == limit))) return new_bytes({start, static_cast<size_t>(take)});
    line.append(start ? start : "", static_cast<size_t>(take));
    if (end || (limit >= 0 && static_cast<int64_t>(line.size()) >= limit)) return new_bytes(line);
    int64_t got = refill(b);
    if (got == -1) return nullptr;
    if (got <= 0) return new_bytes(line);
  }
}
Value b_readline(Value* a) {
  Buffered* b = buffered(a[0]);
  int64_t limit;
  if (!check_init(b) || !size_argument(a[1], &limit)) return nullptr;
  if (!check_open(b, "readline of closed file") || !before_read(b)) return nullptr;
  return read_line(b, limit);
}
Value b_next(Value self) {
  Buffered* b = buffered(self);
  Value line;
  if (class_of(self) == buffered_reader || class_of(self) == buffered_random) {
    if (!check_open(b, "readline of closed file") || !before_read(b)) return nullptr;
    line = TRY(read_line(b, -1));
  } else {
    line = TRY(call_method0(self, names.readline));
    if (!is_bytes(line)) return raisef(exc.OSError, "readline() should have returned a bytes object, not '%.200s'", type_name(line));
  }
  return line.as<Bytes>()->size ? line : Value();
}

Value b_write(Value* a) {
  Buffered* b = buffered(a[0]);
  if (!check_init(b)) return nullptr;
  bool closed;
  if (!raw_closed(b, &closed)) return nullptr;
  if (closed) return raise_closed("write to closed file");
  BufferView view;
  if (!get_buffer(a[1], &view)) return nullptr;
  int64_t n = view.length;
  auto give_up = [&]() -> Value {
    release_buffer(&view);
    return nullptr;
  };
  if (b->readable && !drop_reads(b)) return give_up();
  if (!b->write_data) b->write_data = static_cast<char*>(malloc(static_cast<size_t>(b->buffer_size)));
  if (b->write_size + n <= b->buffer_size) {
    memcpy(b->write_data + b->write_size, view.data, static_cast<size_t>(n));
    b->write_size += n;
    release_buffer(&view);
    return new_int(n);
  }
  if (!flush_writes(b)) {
    if (!pending_matches(exc.BlockingIOError)) return give_up();
    // Take what fits; say how much was taken.
    int64_t room = std::min(n, b->buffer_size - b->write_size);
    memcpy(b->write_data + b->write_size, view.data, static_cast<size_t>(room));
    b->write_size += room;
    clear_pending();
    release_buffer(&view);
    if (room == n) return new_int(n);
    return raise_blocking(room);
  }
  int64_t done = 0;
  while (n - done > b->buffer_size) {
    int64_t put = put_to_raw(b, view.data + done, n - done);
    if (put == -1) return give_up();
    if (put == -2) {
      int64_t room = std::min(n - done, b->buffer_size);
      memcpy(b->write_data, view.data + done, static_cast<size_t>(room));
      b->write_size = room;
      done += room;
      release_buffer(&view);
      return done == n ? new_int(n) : Value(raise_blocking(done));
    }
    done += put;
    if (!handle_interrupt()) return give_up();
  }
  memcpy(b->write_data, view.data + done, static_cast<size_t>(n - done));
  b->write_size = n - done;
  release_buffer(&view);
  return new_int(n);
}
Value b_flush(Value* a) {
  Buffered* b = buffered(a[0]);
  if (!check_init(b)) return nullptr;
  bool closed;
  if (!raw_closed(b, &closed)) return nullptr;
  if (closed) return raise_closed("flush of closed file");
  if (b->writable && !flush_writes(b)) return nullptr;
  if (b->readable && b->writable && !drop_reads(b)) return nullptr;
  if (!b->writable || direct(b)) return Value::none();
  return call_method0(b->raw, names.flush);
}
Value reader_flush(Value* a) {
  Buffered* b = buffered(a[0]);
  return check_init(b) ? call_method0(b->raw, names.flush) : Value();
}
Value b_close(Value* a) {
  Buffered* b = buffered(a[0]);
  if (!check_init(b)) return nullptr;
  bool closed;
  if (!raw_closed(b, &closed)) return nullptr;
  if (closed) return Value::none();
  Value flushed = call_method0(a[0], names.flush);
  Value first = flushed ? Value() : take_pending();
  Value r = call_method0(b->raw, names.close);
  if (first) {
    // The flush error comes out; a close error on top has it as context.
    if (!r) {
      Value second = take_pending();
      second.as<Exception>()->context = first;
      write_barrier(second.as_object());
      thread()->exception = second;
    } else {
      thread()->exception = first;
    }
    return nullptr;
  }
  return r;
}
Value b_detach(Value* a) {
  Buffered* b = buffered(a[0]);
  if (!check_init(b)) return nullptr;
  TRY(call_method0(a[0], names.flush));
  Value raw = b->raw;
  b->raw = nullptr;
  b->detached = true;
  b->ok = false;
  return raw;
}
Value b_seek(Value* a) {
  Buffered* b = buffered(a[0]);
  int whence = 0;
  if (!check_init(b) || (a[2] && !to_int32(a[2], &whence))) return nullptr;
  if (whence < 0 || whence > 4) return raisef(exc.ValueError, "whence value %d unsupported", whence);
  if (!check_open(b, "seek of closed file")) return nullptr;
  Value seekable = TRY(call_method0(b->raw, intern("seekable")));
  if (!seekable.is_true()) return raise_unsupported("File or stream is not seekable.");
  int64_t target;
  if (!to_int64(a[1], &target)) return nullptr;
  if (b->writable && !flush_writes(b)) return nullptr;
  int64_t ahead = b->read_end - b->read_at;
  if (whence != 2 && b->readable && ahead) {
    // Within the buffer: no system call but tell().
    int64_t current = raw_seek(b, 0, 1);
    if (current < 0) return nullptr;
    int64_t here = current - ahead;
    int64_t delta = whence == 0 ? target - here : target;
    if (delta >= -b->read_at && delta <= ahead) {
      b->read_at += delta;
      return new_int(here + delta);
    }
  }
  if (whence == 1) target -= ahead;
  b->read_at = b->read_end = 0;
  int64_t r = raw_seek(b, target, whence);
  return r < 0 ? Value() : new_int(r);
}
Value b_tell(Value* a) {
  Buffered* b = buffered(a[0]);
  if (!check_init(b)) return nullptr;
  Value r = TRY(call_method0(b->raw, intern("tell")));
  int64_t n;
  if (!to_int64(r, &n)) return nullptr;
  if (n < 0) return raisef(exc.OSError, "Raw stream returned invalid position %zd", static_cast<ssize_t>(n));
  return new_int(n - (b->read_end - b->read_at) + b->write_size);
}
Value b_truncate(Value* a) {
  Buffered* b = buffered(a[0]);
  if (!check_init(b)) return nullptr;
  if (!b->writable) return raise_unsupported("truncate");
  bool closed;
  if (!raw_closed(b, &closed)) return nullptr;
  if (closed) return raise_closed("truncate of closed file");
  if (!flush_writes(b)) return nullptr;
  Value position = a[1] && !a[1].is_none() ? a[1] : TRY(b_tell(a));
  if (!drop_reads(b)) return nullptr;
  return call_method1(b->raw, intern("truncate"), position);
}

#define FORWARD(name, method) \
  Value name(Value* a) { return check_init(buffered(a[0])) ? call_method0(buffered(a[0])->raw, intern(method)) : Value(); }
FORWARD(b_seekable, "seekable")
FORWARD(b_fileno, "fileno")
FORWARD(b_isatty, "isatty")
FORWARD(b_readable, "readable")
FORWARD(b_writable, "writable")
#undef FORWARD
Value get_closed(Value v) { return check_init(buffered(v)) ? get_attr(buffered(v)->raw, names.closed) : Value(); }
Value get_name(Value v) { return check_init(buffered(v)) ? get_attr(buffered(v)->raw, names.name) : Value(); }
Value get_mode(Value v) { return check_init(buffered(v)) ? get_attr(buffered(v)->raw, names.mode) : Value(); }
Value get_raw(Value v) { return buffered(v)->raw ? buffered(v)->raw : Value(raise(exc.ValueError, "raw stream has been detached")); }
Value b_repr(Value self) {
  std::string cls = type_name(self);
  if (class_of(self)->has(kClassHeap)) {
    Value module = get_attr_or_null(class_of(self), names.dunder_module);
    cls = (module && is_str(module) ? to_utf8(module.as<Str>()) + "." : "") + to_utf8(class_of(self)->qualname);
  }
  Value name = get_attr_or_null(self, names.name);
  if (!name) {
    if (error_pending()) {
      if (!pending_matches(exc.ValueError)) return nullptr;
      clear_pending();
    }
    return new_str("<" + cls + ">");
  }
  RecursionGuard guard(" while getting the repr of an object");
  if (!guard.ok()) return nullptr;
  return new_str("<" + cls + " name=" + to_utf8(TRY(repr(name))) + ">");
}
Value b_getstate(Value* a) { return raisef(exc.TypeError, "cannot pickle '%.100s' object", type_name(a[0])); }
Value b_sizeof(Value* a) { return new_int(static_cast<int64_t>(sizeof(Buffered)) + buffered(a[0])->buffer_size); }

#define COMMON_METHODS                                                                                                                       \
  {"detach", "($self, /)", b_detach}, {"close", "($self, /)", b_close}, {"seekable", "($self, /)", b_seekable},                              \
      {"fileno", "($self, /)", b_fileno}, {"isatty", "($self, /)", b_isatty}, {"seek", "($self, target, whence=0, /)", b_seek},              \
      {"tell", "($self, /)", b_tell}, {"truncate", "($self, pos=None, /)", b_truncate}, {"__getstate__", "!($self, /)", b_getstate},         \
      {"__sizeof__", "($self, /)", b_sizeof}
#define READ_METHODS                                                                                                                         \
  {"read", "($self, size=-1, /)", b_read}, {"read1", "($self, size=-1, /)", b_read1}, {"peek", "($self, size=0, /)", b_peek},                \
      {"readinto", "($self, buffer, /)", b_readinto}, {"readinto1", "($self, buffer, /)", b_readinto1},                                      \
      {"readline", "($self, size=-1, /)", b_readline}, {"readable", "($self, /)", b_readable}
constexpr MethodDef kReaderMethods[] = {COMMON_METHODS, READ_METHODS, {"flush", "($self, /)", reader_flush}, {}};
constexpr MethodDef kWriterMethods[] = {COMMON_METHODS, {"flush", "($self, /)", b_flush}, {"write", "($self, buffer, /)", b_write},
                                        {"writable", "($self, /)", b_writable}, {}};
constexpr MethodDef kRandomMethods[] = {COMMON_METHODS, READ_METHODS, {"flush", "($self, /)", b_flush}, {"write", "($self, buffer, /)", b_write},
                                        {"writable", "($self, /)", b_writable}, {}};
constexpr GetSetDef kGetSet[] = {{"closed", get_closed}, {"name", get_name}, {"mode", get_mode}, {"raw", get_raw}, {}};

const ClassSpec kReaderSpec = {.name = "_io.BufferedReader", .base = &buffered_io_base, .basicsize = sizeof(Buffered), .flags = kClassBaseType,
                               .trace = trace_buffered, .finalize = finalize_buffered,
                               .doc = "BufferedReader(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\nCreate a new buffered reader using the given readable raw IO object.",
                               .slots = {.repr = b_repr, .next = b_next, .new_ = buffered_new, .init = reader_init},
                               .methods = kReaderMethods, .getset = kGetSet};
const ClassSpec kWriterSpec = {.name = "_io.BufferedWriter", .base = &buffered_io_base, .basicsize = sizeof(Buffered), .flags = kClassBaseType,
                               .trace = trace_buffered, .finalize = finalize_buffered,
                               .doc = "BufferedWriter(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\nA buffer for a writeable sequential RawIO object.\n\nThe constructor creates a "
                                      "BufferedWriter for the given writeable raw\nstream. If the buffer_size is not given, it defaults to\nDEFAULT_BUFFER_SIZE.",
                               .slots = {.repr = b_repr, .new_ = buffered_new, .init = writer_init},
                               .methods = kWriterMethods, .getset = kGetSet};
const ClassSpec kRandomSpec = {.name = "_io.BufferedRandom", .base = &buffered_io_base, .basicsize = sizeof(Buffered), .flags = kClassBaseType,
                               .trace = trace_buffered, .finalize = finalize_buffered,
                               .doc = "BufferedRandom(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\nA buffered interface to random access streams.\n\nThe constructor creates a "
                                      "reader and writer for a seekable stream,\nraw, given in the first argument. If the buffer_size is omitted it\ndefaults to DEFAULT_BUFFER_SIZE.",
                               .slots = {.repr = b_repr, .next = b_next, .new_ = buffered_new, .init = random_init},
                               .methods = kRandomMethods, .getset = kGetSet};

// BufferedRWPair: a reader and a writer side by side.

struct Pair : IOObject { Value reader, writer; };
void trace_pair(Object* o, Tracer& t) {
  t.visit(static_cast<Pair*>(o)->reader);
  t.visit(static_cast<Pair*>(o)->writer);
}
bool pair_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"BufferedRWPair", "(reader, writer, buffer_size=8192, /)"};
  static const Signature* signature = parse_signature(&def);
  Value a[3];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  Value size = a[2] ? a[2] : Value::from_int(kDefaultBufferSize);
  auto* p = self.as<Pair>();
  p->reader = TRY(call2(buffered_reader, a[0], size));
  p->writer = TRY(call2(buffered_writer, a[1], size));
  write_barrier(p);
  return true;
}
Value side(Value v, bool writer) {
  Value s = writer ? v.as<Pair>()->writer : v.as<Pair>()->reader;
  return s ? s : Value(raise(exc.ValueError, "I/O operation on uninitialized object"));
}
#define PAIR(name, method, writer, count)                                        \
  Value name(Value* a) {                                                         \
    Value s = TRY(side(a[0], writer));                                           \
    return call_method(s, intern(method), a + 1, a[1] || count == 0 ? count : 0); \
  }
PAIR(p_read, "read", false, 1)
PAIR(p_read1, "read1", false, 1)
PAIR(p_peek, "peek", false, 1)
PAIR(p_readinto, "readinto", false, 1)
PAIR(p_readinto1, "readinto1", false, 1)
PAIR(p_write, "write", true, 1)
#undef PAIR
Value p_flush(Value* a) { return call_method0(TRY(side(a[0], true)), names.flush); }
Value p_readable(Value* a) { return call_method0(TRY(side(a[0], false)), intern("readable")); }
Value p_writable(Value* a) { return call_method0(TRY(side(a[0], true)), intern("writable")); }
Value p_close(Value* a) {
  Value w = call_method0(TRY(side(a[0], true)), names.close);
  Value first = w ? Value() : take_pending();
  Value r = call_method0(TRY(side(a[0], false)), names.close);
  if (first) thread()->exception = first;
  return first ? Value() : r;
}
Value p_isatty(Value* a) {
  Value r = TRY(call_method0(TRY(side(a[0], true)), names.isatty));
  return r.is_true() ? r : call_method0(TRY(side(a[0], false)), names.isatty);
}
Value p_closed(Value v) { return get_attr(TRY(side(v, true)), names.closed); }
constexpr MethodDef kPairMethods[] = {{"read", "!($self, size=-1, /)", p_read},
                                      {"read1", "!($self, size=-1, /)", p_read1},
                                      {"peek", "!($self, size=0, /)", p_peek},
                                      {"readinto", "!($self, buffer, /)", p_readinto},
                                      {"readinto1", "!($self, buffer, /)", p_readinto1},
                                      {"write", "!($self, b, /)", p_write},
                                      {"flush", "!($self, /)", p_flush},
                                      {"readable", "!($self, /)", p_readable},
                                      {"writable", "!($self, /)", p_writable},
                                      {"close", "!($self, /)", p_close},
                                      {"isatty", "!($self, /)", p_isatty},
                                      {"__getstate__", "!($self, /)", b_getstate},
                                      {}};
constexpr GetSetDef kPairGetSet[] = {{"closed", p_closed}, {}};
const ClassSpec kPairSpec = {.name = "_io.BufferedRWPair", .base = &buffered_io_base, .basicsize = sizeof(Pair), .flags = kClassBaseType, .trace = trace_pair,
                             .doc = "BufferedRWPair(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)\n--\n\nA buffered reader and writer object together.",
                             .slots = {.new_ = buffered_new, .init = pair_init}, .methods = kPairMethods, .getset = kPairGetSet};

}  // namespace

void init_buffered() {
  buffered_reader = new_builtin_class(kReaderSpec);
  buffered_writer = new_builtin_class(kWriterSpec);
  buffered_random = new_builtin_class(kRandomSpec);
  buffered_rw_pair = new_builtin_class(kPairSpec);
}

}  // namespace pyjit::runtime::io
