// Calls on descriptors: open, read, write, seek, dup, pipe, truncation, inheritance, terminals.
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include <climits>
#include <memory>
#include <vector>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"

namespace pyjit::runtime::posix {

namespace {

Value do_open(Value* a) {
  Path path;
  int flags, mode, dir_fd, fd;
  if (!to_path(a[0], "open", &path) || !to_int32(a[1], &flags) || !optional_int(a[2], 0777, &mode) || !to_dir_fd(a[3], &dir_fd)) return nullptr;
  if (!retry(&fd, [&] { return ::openat(dir_fd, path.c_str(), flags | O_CLOEXEC, mode); })) return nullptr;
  if (fd < 0 && (errno == EMFILE || errno == ENFILE)) {
    // Files that nobody refers to still hold descriptors until they are collected.
    heap.collect(true);
    heap.run_pending_finalizers();
    if (!retry(&fd, [&] { return ::openat(dir_fd, path.c_str(), flags | O_CLOEXEC, mode); })) return nullptr;
  }
  return fd < 0 ? path_error(path) : Value::from_int(fd);
}

Value do_close(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  int r = unlocked([&] { return ::close(fd); });
  if (r < 0 && errno == EINTR) return Value::none();   // Linux has closed it all the same
  return none_or_error(r);
}
Value do_closerange(Value* a) {
  int low, high;
  if (!to_int32(a[0], &low) || !to_int32(a[1], &high)) return nullptr;
  low = std::max(low, 0);
  if (low < high) {
    unlocked([&] {
      if (::close_range(static_cast<unsigned>(low), static_cast<unsigned>(high - 1), 0) == 0) return 0;
      for (int fd = low; fd < high; ++fd) ::close(fd);
      return 0;
    });
  }
  return Value::none();
}

constexpr int64_t kMaxTransfer = 0x7ffff000;   // what one Linux call moves at most

// Reads into memory that no other thread can see, then makes the bytes object: `f(buffer, size)` is the call.
template <class F>
Value read_bytes(Value size, F f) {
  int64_t n;
  if (!to_length(size, &n)) return nullptr;
  if (n < 0) {
    errno = EINVAL;
    return posix_error();
  }
  n = std::min(n, kMaxTransfer);
  char small[4096];
  std::unique_ptr<char[]> large;
  char* buffer = small;
  if (n > static_cast<int64_t>(sizeof small)) {
    large.reset(new (std::nothrow) char[static_cast<size_t>(n)]);
    if (!large) return raise_memory_error();
    buffer = large.get();
  }
  ssize_t got;
  if (!retry(&got, [&] { return f(buffer, static_cast<size_t>(n)); })) return nullptr;
  return got < 0 ? posix_error() : Value(new_bytes({buffer, static_cast<size_t>(got)}));
}
// Writes from a bytes-like object.
template <class F>
Value write_bytes(Value data, F f) {
  BufferView view;
  if (!get_buffer(data, &view)) return nullptr;
  ssize_t put;
  size_t n = static_cast<size_t>(std::min(view.length, kMaxTransfer));
  bool ok = retry(&put, [&] { return f(view.data, n); });
  int saved = errno;
  release_buffer(&view);
  errno = saved;
  return !ok ? Value() : put < 0 ? posix_error() : new_int(put);
}

Value do_read(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  return read_bytes(a[1], [=](char* buffer, size_t n) { return ::read(fd, buffer, n); });
}
Value do_pread(Value* a) {
  int fd;
  int64_t offset;
  if (!to_int32(a[0], &fd) || !to_int64(a[2], &offset)) return nullptr;
  return read_bytes(a[1], [=](char* buffer, size_t n) { return ::pread(fd, buffer, n, offset); });
}
Value do_write(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  return write_bytes(a[1], [=](const char* data, size_t n) { return ::write(fd, data, n); });
}
Value do_pwrite(Value* a) {
  int fd;
  int64_t offset;
  if (!to_int32(a[0], &fd) || !to_int64(a[2], &offset)) return nullptr;
  return write_bytes(a[1], [=](const char* data, size_t n) { return ::pwrite(fd, data, n, offset); });
}

// readv and friends: the buffers of a sequence, held while `f(vector, count)` runs.
template <class F>
Value vector_call(Value buffers, const char* function, bool writable, F f) {
  if (!is_list(buffers) && !is_tuple(buffers) && !class_of(buffers)->slots.getitem) {
    return raisef(exc.TypeError, "%s() arg 2 must be a sequence", function);
  }
  Value* items;
  Value keep;
  size_t count;
  if (!fast_sequence(buffers, "buffers must be a sequence", &items, &count, &keep)) return nullptr;
  std::vector<BufferView> views;
  std::vector<iovec> vectors;
  bool ok = true;
  for (size_t i = 0; ok && i < count; ++i) {
    BufferView view;
    ok = get_buffer(items[i], &view, writable ? kBufferWritable : kBufferSimple);
    if (!ok) break;
    views.push_back(view);
    vectors.push_back({view.data, static_cast<size_t>(view.length)});
  }
  ssize_t moved = 0;
  if (ok) ok = retry(&moved, [&] { return f(vectors.data(), static_cast<int>(vectors.size())); });
  int saved = errno;
  for (BufferView& view : views) release_buffer(&view);
  errno = saved;
  return !ok ? Value() : moved < 0 ? posix_error() : new_int(moved);
}
Value do_readv(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  return vector_call(a[1], "readv", true, [=](const iovec* v, int n) { return ::readv(fd, v, n); });
}
Value do_writev(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  return vector_call(a[1], "writev", false, [=](const iovec* v, int n) { return ::writev(fd, v, n); });
}
Value do_preadv(Value* a) {
  int fd, flags;
  int64_t offset;
  if (!to_int32(a[0], &fd) || !to_int64(a[2], &offset) || !optional_int(a[3], 0, &flags)) return nullptr;
  return vector_call(a[1], "preadv2", true, [=](const iovec* v, int n) { return ::preadv2(fd, v, n, offset, flags); });
}
Value do_pwritev(Value* a) {
  int fd, flags;
  int64_t offset;
  if (!to_int32(a[0], &fd) || !to_int64(a[2], &offset) || !optional_int(a[3], 0, &flags)) return nullptr;
  return vector_call(a[1], "pwritev2", false, [=](const iovec* v, int n) { return ::pwritev2(fd, v, n, offset, flags); });
}

Value do_lseek(Value* a) {
  int fd, how;
  int64_t position;
  if (!to_int32(a[0], &fd) || !to_int64(a[1], &position) || !to_int32(a[2], &how)) return nullptr;
  off_t r = unlocked([=] { return ::lseek(fd, position, how); });
  return r < 0 ? posix_error() : new_int(r);
}

Value do_dup(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  int r = unlocked([=] { return ::fcntl(fd, F_DUPFD_CLOEXEC, 0); });
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_dup2(Value* a) {
  int fd, target, r;
  bool inheritable;
  if (!to_int32(a[0], &fd) || !to_int32(a[1], &target) || !to_flag(a[2], true, &inheritable)) return nullptr;
  if (fd < 0 || target < 0) {
    errno = EBADF;
    return posix_error();
  }
  if (!retry(&r, [=] {
        if (inheritable || fd == target) return ::dup2(fd, target);
        return ::dup3(fd, target, O_CLOEXEC);
      })) {
    return nullptr;
  }
  if (r >= 0 && fd == target && !inheritable) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  return r < 0 ? posix_error() : Value::from_int(r);
}

Value make_pipe(int flags) {
  int fds[2];
  if (unlocked([&] { return ::pipe2(fds, flags); }) < 0) return posix_error();
  return make_tuple(Value::from_int(fds[0]), Value::from_int(fds[1]));
}
Value do_pipe(Value*) { return make_pipe(O_CLOEXEC); }
Value do_pipe2(Value* a) {
  int flags;
  return to_int32(a[0], &flags) ? make_pipe(flags) : Value();
}

template <int (*kCall)(int)>
Value sync_call(Value* a) {
  int fd, r;
  if (!to_descriptor(a[0], &fd) || !retry(&r, [=] { return kCall(fd); })) return nullptr;
  return none_or_error(r);
}
Value do_sync(Value*) {
  unlocked([] { return ::sync(), 0; });
  return Value::none();
}
Value do_ftruncate(Value* a) {
  int fd, r;
  int64_t length;
  if (!to_int32(a[0], &fd) || !to_int64(a[1], &length) || !retry(&r, [=] { return ::ftruncate(fd, length); })) return nullptr;
  return none_or_error(r);
}
Value do_truncate(Value* a) {
  Path path;
  int64_t length;
  if (!to_path(a[0], "truncate", &path, kPathAllowFd) || !to_int64(a[1], &length)) return nullptr;
  int r = unlocked([&] { return path.given ? ::truncate(path.c_str(), length) : ::ftruncate(path.fd, length); });
  return r < 0 ? path_error(path) : Value::none();
}
Value do_fallocate(Value* a) {
  int fd;
  int64_t offset, length;
  if (!to_int32(a[0], &fd) || !to_int64(a[1], &offset) || !to_int64(a[2], &length)) return nullptr;
  for (;;) {
    int error = unlocked([=] { return ::posix_fallocate(fd, offset, length); });
    if (!error) return Value::none();
    if (error != EINTR) return raise_os_error(error);
    if (!check_signals()) return nullptr;
  }
}
Value do_fadvise(Value* a) {
  int fd, advice;
  int64_t offset, length;
  if (!to_int32(a[0], &fd) || !to_int64(a[1], &offset) || !to_int64(a[2], &length) || !to_int32(a[3], &advice)) return nullptr;
  for (;;) {
    int error = unlocked([=] { return ::posix_fadvise(fd, offset, length, advice); });
    if (!error) return Value::none();
    if (error != EINTR) return raise_os_error(error);
    if (!check_signals()) return nullptr;
  }
}
Value do_lockf(Value* a) {
  int fd, command;
  int64_t length;
  if (!to_int32(a[0], &fd) || !to_int32(a[1], &command) || !to_int64(a[2], &length)) return nullptr;
  return none_or_error(unlocked([=] { return ::lockf(fd, command, length); }));
}

bool optional_offset(Value v, int64_t* storage, int64_t** out) {
  *out = nullptr;
  if (!v || v.is_none()) return true;
  *out = storage;
  return to_int64(v, storage);
}
Value do_sendfile(Value* a) {
  int out_fd, in_fd;
  int64_t count, offset = 0, *where;
  if (!to_int32(a[0], &out_fd) || !to_int32(a[1], &in_fd) || !optional_offset(a[2], &offset, &where) || !to_length(a[3], &count)) return nullptr;
  ssize_t r;
  if (!retry(&r, [=] { return ::sendfile(out_fd, in_fd, where, static_cast<size_t>(count)); })) return nullptr;
  return r < 0 ? posix_error() : new_int(r);
}
Value do_copy_file_range(Value* a) {
  int src, dst;
  int64_t count, from, to, *from_at, *to_at;
  if (!to_int32(a[0], &src) || !to_int32(a[1], &dst) || !to_length(a[2], &count)) return nullptr;
  if (count < 0) return raise(exc.ValueError, "negative value for 'count' not allowed");
  if (!optional_offset(a[3], &from, &from_at) || !optional_offset(a[4], &to, &to_at)) return nullptr;
  ssize_t r;
  if (!retry(&r, [=] { return ::copy_file_range(src, from_at, dst, to_at, static_cast<size_t>(count), 0); })) return nullptr;
  return r < 0 ? posix_error() : new_int(r);
}
Value do_splice(Value* a) {
  int src, dst, flags;
  int64_t count, from, to, *from_at, *to_at;
  if (!to_int32(a[0], &src) || !to_int32(a[1], &dst) || !to_length(a[2], &count)) return nullptr;
  if (count < 0) return raise(exc.ValueError, "negative value for 'count' not allowed");
  if (!optional_offset(a[3], &from, &from_at) || !optional_offset(a[4], &to, &to_at) || !optional_int(a[5], 0, &flags)) return nullptr;
  ssize_t r;
  if (!retry(&r, [=] { return ::splice(src, from_at, dst, to_at, static_cast<size_t>(count), static_cast<unsigned>(flags)); })) return nullptr;
  return r < 0 ? posix_error() : new_int(r);
}

// Inheritance and blocking mode: flags of the descriptor.
Value do_get_inheritable(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  int flags = ::fcntl(fd, F_GETFD);
  return flags < 0 ? posix_error() : Value::from_bool(!(flags & FD_CLOEXEC));
}
Value do_set_inheritable(Value* a) {
  int fd, inheritable;
  if (!to_int32(a[0], &fd) || !to_int32(a[1], &inheritable)) return nullptr;
  int flags = ::fcntl(fd, F_GETFD);
  if (flags < 0) return posix_error();
  int wanted = inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC;
  return wanted == flags ? Value::none() : none_or_error(::fcntl(fd, F_SETFD, wanted));
}
Value do_get_blocking(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  int flags = ::fcntl(fd, F_GETFL);
  return flags < 0 ? posix_error() : Value::from_bool(!(flags & O_NONBLOCK));
}
Value do_set_blocking(Value* a) {
  int fd;
  bool blocking;
  if (!to_int32(a[0], &fd) || !to_flag(a[1], true, &blocking)) return nullptr;
  int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0) return posix_error();
  int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  return wanted == flags ? Value::none() : none_or_error(::fcntl(fd, F_SETFL, wanted));
}
Value do_isatty(Value* a) {
  int fd;
  return to_int32(a[0], &fd) ? Value::from_bool(::isatty(fd)) : Value();
}

bool to_unsigned_int(Value v, uint64_t limit, uint64_t* out) {
  Value i = TRY(number_index(v));
  int64_t n;
  if (int_sign(i) < 0) return raise(exc.ValueError, "value must be positive"), false;
  if (int_to_int64(i, &n)) *out = static_cast<uint64_t>(n);
  else if (int_bit_length(i) <= 64) *out = i.as<BigInt>()->limbs[0];
  else return raisef(exc.OverflowError, "Python int too large to convert to C unsigned %s", limit == UINT_MAX ? "int" : "long long"), false;
  if (*out > limit) return raise(exc.OverflowError, "Python int too large to convert to C unsigned int"), false;
  return true;
}
Value do_eventfd(Value* a) {
  uint64_t initial;
  int flags;
  if (!to_unsigned_int(a[0], UINT_MAX, &initial) || !optional_int(a[1], EFD_CLOEXEC, &flags)) return nullptr;
  int r = ::eventfd(static_cast<unsigned>(initial), flags);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_eventfd_read(Value* a) {
  int fd;
  eventfd_t value;
  if (!to_descriptor(a[0], &fd)) return nullptr;
  int r = unlocked([&] { return ::eventfd_read(fd, &value); });
  return r < 0 ? posix_error() : new_int_unsigned(value);
}
Value do_eventfd_write(Value* a) {
  int fd;
  uint64_t value;
  if (!to_descriptor(a[0], &fd) || !to_unsigned_int(a[1], UINT64_MAX, &value)) return nullptr;
  return none_or_error(unlocked([=] { return ::eventfd_write(fd, value); }));
}
Value do_memfd_create(Value* a) {
  Path name;
  uint64_t flags = MFD_CLOEXEC;
  if (!to_path(a[0], "memfd_create", &name, 0, "name")) return nullptr;
  if (a[1] && !to_unsigned_int(a[1], UINT_MAX, &flags)) return nullptr;
  int r = ::memfd_create(name.c_str(), static_cast<unsigned>(flags));
  return r < 0 ? posix_error() : Value::from_int(r);
}

}  // namespace

const MethodDef kDescriptorFunctions[] = {
    POSIX_ROW("open", "($module, /, path, flags, mode=511, *, dir_fd=None)", do_open),
    POSIX_ROW("close", "($module, /, fd)", do_close),
    POSIX_ROW("closerange", "($module, fd_low, fd_high, /)", do_closerange),
    POSIX_ROW("read", "($module, fd, length, /)", do_read),
    POSIX_ROW("pread", "($module, fd, length, offset, /)", do_pread),
    POSIX_ROW("write", "($module, fd, data, /)", do_write),
    POSIX_ROW("pwrite", "($module, fd, buffer, offset, /)", do_pwrite),
    POSIX_ROW("readv", "($module, fd, buffers, /)", do_readv),
    POSIX_ROW("writev", "($module, fd, buffers, /)", do_writev),
    POSIX_ROW("preadv", "($module, fd, buffers, offset, flags=0, /)", do_preadv),
    POSIX_ROW("pwritev", "($module, fd, buffers, offset, flags=0, /)", do_pwritev),
    POSIX_ROW("lseek", "($module, fd, position, how, /)", do_lseek),
    POSIX_ROW("dup", "($module, fd, /)", do_dup),
    POSIX_ROW("dup2", "($module, /, fd, fd2, inheritable=True)", do_dup2),
    POSIX_ROW("pipe", "($module, /)", do_pipe),
    POSIX_ROW("pipe2", "($module, flags, /)", do_pipe2),
    POSIX_ROW("fsync", "($module, /, fd)", sync_call<::fsync>),
    POSIX_ROW("fdatasync", "($module, /, fd)", sync_call<::fdatasync>),
    POSIX_ROW("sync", "($module, /)", do_sync),
    POSIX_ROW("ftruncate", "($module, fd, length, /)", do_ftruncate),
    POSIX_ROW("truncate", "($module, /, path, length)", do_truncate),
    POSIX_ROW("posix_fallocate", "($module, fd, offset, length, /)", do_fallocate),
    POSIX_ROW("posix_fadvise", "($module, fd, offset, length, advice, /)", do_fadvise),
    POSIX_ROW("lockf", "($module, fd, command, length, /)", do_lockf),
    POSIX_ROW("sendfile", "($module, /, out_fd, in_fd, offset, count)", do_sendfile),
    POSIX_ROW("copy_file_range", "($module, /, src, dst, count, offset_src=None,\n                offset_dst=None)", do_copy_file_range),
    POSIX_ROW("splice", "($module, /, src, dst, count, offset_src=None, offset_dst=None,\n       flags=0)", do_splice),
    POSIX_ROW("get_inheritable", "($module, fd, /)", do_get_inheritable),
    POSIX_ROW("set_inheritable", "($module, fd, inheritable, /)", do_set_inheritable),
    POSIX_ROW("get_blocking", "($module, fd, /)", do_get_blocking),
    POSIX_ROW("set_blocking", "($module, fd, blocking, /)", do_set_blocking),
    POSIX_ROW("isatty", "($module, fd, /)", do_isatty),
    POSIX_ROW("eventfd", "($module, /, initval, flags=EFD_CLOEXEC)", do_eventfd),
    POSIX_ROW("eventfd_read", "($module, /, fd)", do_eventfd_read),
    POSIX_ROW("eventfd_write", "($module, /, fd, value)", do_eventfd_write),
    POSIX_ROW("memfd_create", "($module, /, name, flags=MFD_CLOEXEC)", do_memfd_create),
    {}};

}  // namespace pyjit::runtime::posix
