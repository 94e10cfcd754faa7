// The fcntl module: fcntl, ioctl, flock, lockf.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstring>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"

namespace pyjit::runtime {

namespace posix {
namespace {

constexpr int64_t kBuffer = 1024;   // what a string argument may have

// The low 32 bits of any int, as C's conversion to unsigned int.
bool to_word(Value v, unsigned* out) {
  Value i = TRY(number_index(v));
  int64_t n;
  if (!int_to_int64(i, &n)) {
    n = static_cast<int64_t>(i.as<BigInt>()->limbs[0]);
    if (i.as<BigInt>()->is_negative()) n = -n;
  }
  return *out = static_cast<unsigned>(n), true;
}

// A str or bytes-like argument as bytes: 1, 0 (it is something else), -1.
int text_argument(Value v, std::string* out) {
  if (is_str(v)) {
    *out = to_utf8(v.as<Str>());
    return 1;
  }
  if (!supports_buffer(v)) return 0;
  BufferView view;
  if (!get_buffer(v, &view)) return -1;
  append_buffer(view, out);
  release_buffer(&view);
  return 1;
}

Value do_fcntl(Value* a) {
  int fd, command, r;
  if (!to_descriptor(a[0], &fd) || !to_int32(a[1], &command)) return nullptr;
  std::string text;
  int is_text = a[2] ? text_argument(a[2], &text) : 0;
  if (is_text < 0) return nullptr;
  if (is_text) {
    if (static_cast<int64_t>(text.size()) > kBuffer) return raise(exc.ValueError, "fcntl string arg too long");
    char buffer[kBuffer];
    memcpy(buffer, text.data(), text.size());
    if (!retry(&r, [&] { return ::fcntl(fd, command, buffer); })) return nullptr;
    return r < 0 ? posix_error() : Value(new_bytes({buffer, text.size()}));
  }
  unsigned argument = 0;
  if (a[2] && !to_word(a[2], &argument)) return nullptr;
  if (!retry(&r, [&] { return ::fcntl(fd, command, static_cast<int>(argument)); })) return nullptr;
  return r < 0 ? posix_error() : Value::from_int(r);
}

Value do_ioctl(Value* a) {
  int fd, r;
  unsigned request;
  bool mutate;
  if (!to_descriptor(a[0], &fd) || !to_word(a[1], &request) || !to_flag(a[3], true, &mutate)) return nullptr;
  if (a[2] && (is_str(a[2]) || supports_buffer(a[2]))) {
    BufferView view;
    bool writable = false;
    if (!is_str(a[2]) && !is_bytes(a[2])) {
      writable = get_buffer(a[2], &view, kBufferWritable);
      if (!writable) clear_pending();
    }
    if (writable && mutate) {
      // Small buffers pass through a copy, so that the memory cannot move while others run.
      char copy[kBuffer];
      bool small = view.length <= kBuffer;
      if (small) memcpy(copy, view.data, static_cast<size_t>(view.length));
      char* argument = small ? copy : view.data;
      r = unlocked([&] { return ::ioctl(fd, request, argument); });
      int saved = errno;
      if (small && r >= 0) memcpy(view.data, copy, static_cast<size_t>(view.length));
      release_buffer(&view);
      errno = saved;
      return r < 0 ? posix_error() : Value::from_int(r);
    }
    if (writable) release_buffer(&view);
    std::string text;
    if (text_argument(a[2], &text) < 0) return nullptr;
    if (static_cast<int64_t>(text.size()) > kBuffer) return raise(exc.ValueError, "ioctl string arg too long");
    char buffer[kBuffer];
    memcpy(buffer, text.data(), text.size());
    r = unlocked([&] { return ::ioctl(fd, request, buffer); });
    return r < 0 ? posix_error() : Value(new_bytes({buffer, text.size()}));
  }
  unsigned argument = 0;
  if (a[2] && !to_word(a[2], &argument)) return nullptr;
  r = unlocked([&] { return ::ioctl(fd, request, static_cast<int>(argument)); });
  return r < 0 ? posix_error() : Value::from_int(r);
}

Value do_flock(Value* a) {
  int fd, operation, r;
  if (!to_descriptor(a[0], &fd) || !to_int32(a[1], &operation) || !retry(&r, [=] { return ::flock(fd, operation); })) return nullptr;
  return none_or_error(r);
}

Value do_lockf(Value* a) {
  int fd, command, whence, r;
  int64_t length = 0, start = 0;
  if (!to_descriptor(a[0], &fd) || !to_int32(a[1], &command) || !optional_int(a[4], 0, &whence)) return nullptr;
  struct flock lock = {};
  if (command == LOCK_UN) lock.l_type = F_UNLCK;
  else if (command & LOCK_SH) lock.l_type = F_RDLCK;
  else if (command & LOCK_EX) lock.l_type = F_WRLCK;
  else return raise(exc.ValueError, "unrecognized lockf argument");
  if ((a[3] && !to_int64(a[3], &start)) || (a[2] && !to_int64(a[2], &length))) return nullptr;
  lock.l_start = start;
  lock.l_len = length;
  lock.l_whence = static_cast<short>(whence);
  if (!retry(&r, [&] { return ::fcntl(fd, command & LOCK_NB ? F_SETLK : F_SETLKW, &lock); })) return nullptr;
  return none_or_error(r);
}

constexpr MethodDef kFunctions[] = {POSIX_ROW("fcntl", "($module, fd, cmd, arg=0, /)", do_fcntl),
                                    POSIX_ROW("ioctl", "($module, fd, request, arg=0, mutate_flag=True, /)", do_ioctl),
                                    POSIX_ROW("flock", "($module, fd, operation, /)", do_flock),
                                    POSIX_ROW("lockf", "($module, fd, cmd, len=0, start=0, whence=0, /)", do_lockf),
                                    {}};
#define ROW(name) {#name, static_cast<long>(name)},
constexpr NamedInt kConstants[] = {
    // clang-format off
    ROW(LOCK_SH) ROW(LOCK_EX) ROW(LOCK_NB) ROW(LOCK_UN) ROW(LOCK_MAND) ROW(LOCK_READ) ROW(LOCK_WRITE) ROW(LOCK_RW) ROW(F_DUPFD)
    ROW(F_DUPFD_CLOEXEC) ROW(F_GETFD) ROW(F_SETFD) ROW(F_GETFL) ROW(F_SETFL) ROW(F_GETLK) ROW(F_SETLK) ROW(F_SETLKW) ROW(F_OFD_GETLK)
    ROW(F_OFD_SETLK) ROW(F_OFD_SETLKW) ROW(F_GETOWN) ROW(F_SETOWN) ROW(F_GETSIG) ROW(F_SETSIG) ROW(F_RDLCK) ROW(F_WRLCK) ROW(F_UNLCK)
    ROW(F_GETLK64) ROW(F_SETLK64) ROW(F_SETLKW64) ROW(FASYNC) ROW(F_SETLEASE) ROW(F_GETLEASE) ROW(F_NOTIFY) ROW(F_EXLCK) ROW(F_SHLCK)
    ROW(DN_ACCESS) ROW(DN_MODIFY) ROW(DN_CREATE) ROW(DN_DELETE) ROW(DN_RENAME) ROW(DN_ATTRIB) ROW(DN_MULTISHOT) ROW(F_ADD_SEALS)
    ROW(F_GET_SEALS) ROW(F_SEAL_SEAL) ROW(F_SEAL_SHRINK) ROW(F_SEAL_GROW) ROW(F_SEAL_WRITE) ROW(F_GETPIPE_SZ) ROW(F_SETPIPE_SZ)
    ROW(FD_CLOEXEC)
    // clang-format on
};
#undef ROW

}  // namespace
}  // namespace posix

bool init_fcntl_module(Module* m) {
  for (const posix::NamedInt& c : posix::kConstants) {
    if (!add_int(m, c.name, static_cast<uint32_t>(c.value))) return false;
  }
  return add_functions(m, posix::kFunctions);
}

}  // namespace pyjit::runtime
