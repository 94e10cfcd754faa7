// FileIO: a file descriptor; and open(), which stacks the layers.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/modules/io/writable_argument.h"
#include "runtime/builtins.h"
#include "runtime/heap.h"
#include "runtime/memory_limits.h"
#include "runtime/modules/io/io.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/paths.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime::io {

Class* file_io;

int64_t raw_read(FileIO* f, char* data, size_t n) {
  if (!handle_interrupt()) return -1;   // a signal that came since the last poll would not interrupt the read
  for (;;) {
    ssize_t got = ::read(f->fd, data, n);
    if (got >= 0) return got;
    if (errno == EAGAIN) return -2;
    if (errno != EINTR) return raise_os_error(errno), -1;
    if (!handle_interrupt()) return -1;
  }
}

int64_t raw_write(FileIO* f, const char* data, size_t n) {
  for (;;) {
    ssize_t put = ::write(f->fd, data, n);
    if (put >= 0) return put;
    if (errno == EAGAIN) return -2;
    if (errno != EINTR) return raise_os_error(errno), -1;
    if (!handle_interrupt()) return -1;
  }
}

namespace {

FileIO* file(Value v) { return v.as<FileIO>(); }

bool open_checked(FileIO* f) {
  if (f->fd >= 0) return true;
  raise_closed("I/O operation on closed file");
  return false;
}
bool ability(FileIO* f, bool ok, const char* what) {
  if (!open_checked(f)) return false;
  if (ok) return true;
  raise_unsupported(what);
  return false;
}

bool parse_mode(FileIO* f, const std::string& mode, int* flags) {
  bool plus = false, rwa = false;
  const char* bad = "Must have exactly one of create/read/write/append mode and at most one plus";
  for (char c : mode) {
    if (c == 'x' || c == 'r' || c == 'w' || c == 'a') {
      if (rwa) return raise(exc.ValueError, bad), false;
      rwa = true;
      if (c == 'x') f->created = f->writable = true, *flags |= O_EXCL | O_CREAT;
      if (c == 'r') f->readable = true;
      if (c == 'w') f->writable = true, *flags |= O_CREAT | O_TRUNC;
      if (c == 'a') f->writable = f->appending = true, *flags |= O_APPEND | O_CREAT;
    } else if (c == '+') {
      if (plus) return raise(exc.ValueError, bad), false;
      f->readable = f->writable = plus = true;
    } else if (c != 'b') {
      return raisef(exc.ValueError, "invalid mode: %.200s", mode.c_str()), false;
    }
  }
  if (!rwa) return raise(exc.ValueError, bad), false;
  *flags |= f->readable && f->writable ? O_RDWR : f->readable ? O_RDONLY : O_WRONLY;
  *flags |= O_CLOEXEC;
  return true;
}

Value file_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* f = allocate_instance_of<FileIO>(cls);
  if (!f) return nullptr;
  f->fd = -1;
  f->seekable = -1;
  f->close_fd = true;
  return f;
}

bool internal_close(FileIO* f) {
  if (f->fd < 0) return true;
  int fd = f->fd;
  f->fd = -1;
  if (::close(fd) == 0) return true;
  raise_os_error(errno);
  return false;
}

bool file_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"FileIO", "(file, mode='r', closefd=True, opener=None)"};
  static const Signature* signature = parse_signature(&def);
  Value a[4];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  FileIO* f = file(self);
  if (f->fd >= 0 && f->close_fd && !internal_close(f)) return false;
  f->fd = -1;
  f->created = f->readable = f->writable = f->appending = false;
  f->seekable = -1;
  if (a[0].is_double()) return raise(exc.TypeError, "integer argument expected, got float"), false;
  std::string mode = "r";
  if (a[1]) {
    Str* m = expect_str(a[1], "FileIO", "2");
    if (!m) return false;
    mode = to_utf8(m);
  }
  int flags = 0, close_fd = 1;
  if (a[2]) close_fd = TRY_INT(is_true(a[2])) + 0;
  int fd = -1;
  bool by_number = is_int_like(a[0]) || (!is_str(a[0]) && !is_bytes(a[0]) && class_of(a[0])->slots.index);
  if (by_number) {
    if (!to_int32(a[0], &fd)) return false;
    if (fd < 0) return raise(exc.ValueError, "negative file descriptor"), false;
  }
  if (!parse_mode(f, mode, &flags)) return false;
  std::string path;
  if (by_number) {
    f->fd = fd;
    f->close_fd = close_fd;
  } else {
    if (!fs_encode_path(a[0], &path)) return false;
    if (!close_fd) return raise(exc.ValueError, "Cannot use closefd=False with file name"), false;
    f->close_fd = true;
    if (!a[3] || a[3].is_none()) {
      do {
        errno = 0;
        f->fd = ::open(path.c_str(), flags, 0666);
        if (f->fd < 0 && (errno == EMFILE || errno == ENFILE)) {
          // Files that nobody refers to still hold descriptors until they are collected.
          heap.collect(true);
          heap.run_pending_finalizers();
          f->fd = ::open(path.c_str(), flags, 0666);
        }
      } while (f->fd < 0 && errno == EINTR && handle_interrupt());
      if (f->fd < 0) return error_pending() ? false : (raise_os_error(errno, a[0]), false);
    } else {
      Value r = TRY(call2(a[3], a[0], Value::from_int(flags)));
      if (!is_int_like(r)) return raise(exc.TypeError, "expected integer from opener"), false;
      if (!to_int32(r, &f->fd)) return false;
      if (f->fd < 0) return raisef(exc.ValueError, "opener returned %d", f->fd), false;
    }
  }
  struct stat st;
  if (fstat(f->fd, &st) < 0) {
    if (errno == EBADF) {
      int saved = errno;
      f->fd = -1;
      return raise_os_error(saved, a[0]), false;
    }
  } else if (S_ISDIR(st.st_mode)) {
    if (f->close_fd) internal_close(f);
    f->fd = -1;
    return raise_os_error(EISDIR, a[0]), false;
  }
  if (!instance_set_attr(f, names.name, a[0])) return false;
  if (f->appending && lseek(f->fd, 0, SEEK_END) < 0 && errno != ESPIPE && errno != EINVAL) return raise_os_error(errno), false;
  return true;
}

Value file_close(Value* a) {
  FileIO* f = file(a[0]);
  Value r = iobase_close(a[0]);
  if (!f->close_fd) {
    f->fd = -1;
    return r;
  }
  Value pending = r ? Value() : take_pending();
  bool ok = internal_close(f);
  if (pending) {
    thread()->exception = pending;
    return nullptr;
  }
  return ok ? Value::none() : Value();
}
Value file_readable(Value* a) { return open_checked(file(a[0])) ? Value::from_bool(file(a[0])->readable) : Value(); }
Value file_writable(Value* a) { return open_checked(file(a[0])) ? Value::from_bool(file(a[0])->writable) : Value(); }
Value file_seekable(Value* a) {
  FileIO* f = file(a[0]);
  if (!open_checked(f)) return nullptr;
  if (f->seekable < 0) f->seekable = lseek(f->fd, 0, SEEK_CUR) >= 0;
  return Value::from_bool(f->seekable);
}
Value file_fileno(Value* a) { return open_checked(file(a[0])) ? Value::from_int(file(a[0])->fd) : Value(); }
Value file_isatty(Value* a) { return open_checked(file(a[0])) ? Value::from_bool(isatty(file(a[0])->fd)) : Value(); }

Value seek_to(FileIO* f, Value position, int whence) {
  if (position.is_double()) return raise(exc.TypeError, "an integer is required");
  int64_t offset = 0;
  if (position && !position.is_none() && !to_int64(position, &offset)) return nullptr;
  off_t r = lseek(f->fd, offset, whence);
  if (f->seekable < 0) f->seekable = r >= 0;
  if (r < 0) return raise_os_error(errno);
  return new_int(r);
}
Value file_seek(Value* a) {
  int whence = 0;
  if (a[2] && !to_int32(a[2], &whence)) return nullptr;
  return open_checked(file(a[0])) ? seek_to(file(a[0]), a[1], whence) : Value();
}
Value file_tell(Value* a) { return open_checked(file(a[0])) ? seek_to(file(a[0]), Value::from_int(0), SEEK_CUR) : Value(); }
Value file_truncate(Value* a) {
  FileIO* f = file(a[0]);
  if (!ability(f, f->writable, "File not open for writing")) return nullptr;
  Value size = a[1] && !a[1].is_none() ? a[1] : TRY(seek_to(f, Value::from_int(0), SEEK_CUR));
  int64_t n;
  if (!to_int64(size, &n)) return nullptr;
  if (ftruncate(f->fd, n) < 0) return raise_os_error(errno);
  return size;
}
Value file_readinto(Value* a) {
  FileIO* f = file(a[0]);
  if (!ability(f, f->readable, "File not open for reading")) return nullptr;
  BufferView view;
  if (!writable_argument(a[1], &view, "readinto")) return nullptr;
  int64_t n = raw_read(f, view.data, static_cast<size_t>(view.length));
  release_buffer(&view);
  return n == -1 ? Value() : n == -2 ? Value::none() : new_int(n);
}
Value file_readall(Value* a) {
  FileIO* f = file(a[0]);
  if (!open_checked(f)) return nullptr;
  std::string all;
  size_t step = kDefaultBufferSize;
  struct stat st;
  off_t at = lseek(f->fd, 0, SEEK_CUR);
  if (at >= 0 && fstat(f->fd, &st) == 0 && st.st_size > at) step = static_cast<size_t>(st.st_size - at) + 1;
  for (;;) {
    size_t have = all.size();
    if (!fits_memory(have + step)) return nullptr;
    all.resize(have + step);
    int64_t n = raw_read(f, all.data() + have, step);
    all.resize(have + static_cast<size_t>(std::max<int64_t>(n, 0)));
    if (n == -1) return nullptr;
    if (n == -2) {
      if (all.empty()) return Value::none();
      break;
    }
    if (n == 0) break;
    step = std::max<size_t>(kDefaultBufferSize, all.size() / 4);
  }
  return new_bytes(all);
}
Value file_read(Value* a) {
  FileIO* f = file(a[0]);
  if (!ability(f, f->readable, "File not open for reading")) return nullptr;
  int64_t n;
  if (!size_argument(a[1], &n)) return nullptr;
  if (n < 0) return file_readall(a);
  Bytes* b = TRY(new_bytes_uninitialized(static_cast<size_t>(n)));
  int64_t got = raw_read(f, b->data, static_cast<size_t>(n));
  if (got == -1) return nullptr;
  if (got == -2) return Value::none();
  return got == n ? b : new_bytes({b->data, static_cast<size_t>(got)});
}
Value file_write(Value* a) {
  FileIO* f = file(a[0]);
  if (!ability(f, f->writable, "File not open for writing")) return nullptr;
  BufferView view;
  if (!get_buffer(a[1], &view)) return nullptr;
  int64_t n = raw_write(f, view.data, static_cast<size_t>(view.length));
  release_buffer(&view);
  return n == -1 ? Value() : n == -2 ? Value::none() : new_int(n);
}
const char* mode_text(FileIO* f) {
  if (f->created) return f->readable ? "xb+" : "xb";
  if (f->appending) return f->readable ? "ab+" : "ab";
  if (f->readable) return f->writable ? "rb+" : "rb";
  return "wb";
}
Value get_mode(Value v) { return intern(mode_text(file(v))); }
Value get_closed(Value v) { return Value::from_bool(file(v)->fd < 0); }
Value get_close_fd(Value v) { return Value::from_bool(file(v)->close_fd); }
Value file_repr(Value v) {
  FileIO* f = file(v);
  if (f->fd < 0) return new_str("<_io.FileIO [closed]>");
  Value name = get_attr_or_null(v, names.name);
  const char* close_fd = f->close_fd ? "True" : "False";
  if (!name) {
    if (error_pending()) return nullptr;
    return new_strf("<_io.FileIO fd=%d mode='%s' closefd=%s>", f->fd, mode_text(f), close_fd);
  }
  RecursionGuard guard(" while getting the repr of an object");
  if (!guard.ok()) return nullptr;
  return new_strf("<_io.FileIO name=%s mode='%s' closefd=%s>", to_utf8(TRY(repr(name))).c_str(), mode_text(f), close_fd);
}
// A descriptor that was never closed: warn as CPython does, then the inherited __del__ closes it.
void file_del(Value self) {
  FileIO* f = file(self);
  if (f->fd >= 0 && f->close_fd) {
    Str* shown = repr(self);
    if (shown && !warn(exc.ResourceWarning, "unclosed file " + to_utf8(shown), 1) && !pending_matches(exc.Warning)) clear_pending();
    if (error_pending()) write_unraisable(self);
  }
  io_base->slots.del(self);
}

constexpr MethodDef kMethods[] = {{"read", "($self, size=-1, /)", file_read},
                                  {"readall", "($self, /)", file_readall},
                                  {"readinto", "($self, buffer, /)", file_readinto},
                                  {"write", "($self, b, /)", file_write},
                                  {"seek", "($self, pos, whence=0, /)", file_seek},
                                  {"tell", "($self, /)", file_tell},
                                  {"truncate", "($self, size=None, /)", file_truncate},
                                  {"close", "($self, /)", file_close},
                                  {"seekable", "($self, /)", file_seekable},
                                  {"readable", "($self, /)", file_readable},
                                  {"writable", "($self, /)", file_writable},
                                  {"fileno", "($self, /)", file_fileno},
                                  {"isatty", "($self, /)", file_isatty},
                                  {}};
constexpr GetSetDef kGetSet[] = {{"closed", get_closed}, {"closefd", get_close_fd}, {"mode", get_mode}, {}};
const ClassSpec kSpec = {.name = "_io.FileIO",
                         .base = &raw_io_base,
                         .basicsize = sizeof(FileIO),
                         .flags = kClassBaseType,
                         .doc = "FileIO(file, mode='r', closefd=True, opener=None)\n--\n\nOpen a file.",
                         .slots = {.repr = file_repr, .new_ = file_new, .init = file_init},
                         .methods = kMethods,
                         .getset = kGetSet};

}  // namespace

Value open_file(Value file, Value mode_value, Value buffering_value, Value encoding, Value errors, Value newline, Value closefd, Value opener) {
  Value path = file;
  if (!is_int_like(file)) {
    path = fspath(file);
    if (!path) {
      if (!class_of(file)->slots.index) return nullptr;
      clear_pending();
      path = file;
    }
  }
  std::string mode = "r";
  if (mode_value) {
    if (!is_str(mode_value)) return raisef(exc.TypeError, "open() argument 'mode' must be str, not %.50s", type_name(mode_value));
    mode = to_utf8(mode_value.as<Str>());
  }
  int buffering = -1;
  if (buffering_value && !to_int32(buffering_value, &buffering)) return nullptr;
  for (Value* v : {&encoding, &errors, &newline}) {
    if (*v && v->is_none()) *v = nullptr;
    if (*v && !is_str(*v)) {
      const char* which = v == &encoding ? "encoding" : v == &errors ? "errors" : "newline";
      return raisef(exc.TypeError, "open() argument '%s' must be str or None, not %.50s", which, type_name(*v));
    }
  }
  bool creating = false, reading = false, writing = false, appending = false, updating = false, text = false, binary = false;
  for (size_t i = 0; i < mode.size(); ++i) {
    char c = mode[i];
    bool known = true;
    switch (c) {
      case 'x': creating = true; break;
      case 'r': reading = true; break;
      case 'w': writing = true; break;
      case 'a': appending = true; break;
      case '+': updating = true; break;
      case 't': text = true; break;
      case 'b': binary = true; break;
      default: known = false;
    }
    if (!known || mode.find(c, i + 1) != std::string::npos) return raisef(exc.ValueError, "invalid mode: '%s'", mode.c_str());
  }
  std::string raw_mode;
  if (creating) raw_mode += 'x';
  if (reading) raw_mode += 'r';
  if (writing) raw_mode += 'w';
  if (appending) raw_mode += 'a';
  if (updating) raw_mode += '+';
  if (text && binary) return raise(exc.ValueError, "can't have text and binary mode at once");
  if (creating + reading + writing + appending > 1) return raise(exc.ValueError, "must have exactly one of create/read/write/append mode");
  if (binary && encoding) return raise(exc.ValueError, "binary mode doesn't take an encoding argument");
  if (binary && errors) return raise(exc.ValueError, "binary mode doesn't take an errors argument");
  if (binary && newline) return raise(exc.ValueError, "binary mode doesn't take a newline argument");
  if (binary && buffering == 1 &&
      !warn(exc.RuntimeWarning, "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used", 1)) {
    return nullptr;
  }
  Value raw_args[] = {path, new_str(raw_mode), closefd ? closefd : Value::from_bool(true), opener ? opener : Value::none()};
  Value raw = TRY(call(file_io, raw_args, 4));
  Value result = raw;
  auto fail = [&]() -> Value {
    Value pending = take_pending();
    if (!call_method0(result, names.close)) clear_pending();
    thread()->exception = pending;
    return nullptr;
  };
  Value tty = call_method0(raw, names.isatty);
  if (!tty) return fail();
  bool line_buffering = false;
  if (buffering == 1 && !binary) {
    buffering = -1;
    line_buffering = true;
  } else if (buffering == 1) {
    buffering = -1;
  } else if (buffering < 0 && tty.is_true()) {
    line_buffering = true;
  }
  if (buffering < 0) {
    struct stat st;
    buffering = kDefaultBufferSize;
    if (fstat(raw.as<FileIO>()->fd, &st) == 0 && st.st_blksize > 1) buffering = static_cast<int>(st.st_blksize);
  }
  if (buffering < -1) {
    raise(exc.ValueError, "invalid buffering size");
    return fail();
  }
  if (buffering == 0) {
    if (binary) return raw;
    raise(exc.ValueError, "can't have unbuffered text I/O");
    return fail();
  }
  Class* buffered_class = updating ? buffered_random : creating || writing || appending ? buffered_writer : reading ? buffered_reader : nullptr;
  if (!buffered_class) {
    raisef(exc.ValueError, "unknown mode: '%s'", mode.c_str());
    return fail();
  }
  Value buffer = call2(buffered_class, raw, Value::from_int(buffering));
  if (!buffer) return fail();
  result = buffer;
  if (binary) return buffer;
  Value text_args[] = {buffer, encoding ? encoding : Value::none(), errors ? errors : Value::none(), newline ? newline : Value::none(),
                       Value::from_bool(line_buffering)};
  Value wrapper = call(text_io_wrapper, text_args, 5);
  if (!wrapper) return fail();
  if (!set_attr(wrapper, names.mode, mode_value ? mode_value : Value(intern("r")))) return nullptr;
  return wrapper;
}

void init_file_io() {
  file_io = new_builtin_class(kSpec);
  file_io->slots.del = file_del;
}

}  // namespace pyjit::runtime::io
