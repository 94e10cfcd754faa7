// Calls on file names: remove, rename, link, readlink, access, permissions, owners, times, extended attributes.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <linux/limits.h>
#include <unistd.h>

#include <cstring>

#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"

namespace pyjit::runtime::posix {

namespace {

template <bool kRemove>
Value do_unlink(Value* a) {
  Path path;
  int dir_fd;
  if (!to_path(a[0], kRemove ? "remove" : "unlink", &path) || !to_dir_fd(a[1], &dir_fd)) return nullptr;
  int r = unlocked([&] { return ::unlinkat(dir_fd, path.c_str(), 0); });
  return r ? path_error(path) : Value::none();
}

template <bool kReplace>
Value do_rename(Value* a) {
  const char* function = kReplace ? "replace" : "rename";
  Path src, dst;
  int src_fd, dst_fd;
  if (!to_path(a[0], function, &src, 0, "src") || !to_path(a[1], function, &dst, 0, "dst") || !to_dir_fd(a[2], &src_fd) ||
      !to_dir_fd(a[3], &dst_fd)) {
    return nullptr;
  }
  int r = unlocked([&] { return ::renameat(src_fd, src.c_str(), dst_fd, dst.c_str()); });
  return r ? path_error(src, dst) : Value::none();
}

Value do_link(Value* a) {
  Path src, dst;
  int src_fd, dst_fd;
  bool follow;
  if (!to_path(a[0], "link", &src, 0, "src") || !to_path(a[1], "link", &dst, 0, "dst") || !to_dir_fd(a[2], &src_fd) ||
      !to_dir_fd(a[3], &dst_fd) || !to_flag(a[4], true, &follow)) {
    return nullptr;
  }
  bool plain = src_fd == AT_FDCWD && dst_fd == AT_FDCWD && follow;   // link() itself leaves the last symbolic link alone
  int r = unlocked([&] { return ::linkat(src_fd, src.c_str(), dst_fd, dst.c_str(), follow && !plain ? AT_SYMLINK_FOLLOW : 0); });
  return r ? path_error(src, dst) : Value::none();
}

Value do_symlink(Value* a) {
  Path src, dst;
  int dir_fd;
  bool directory;
  if (!to_path(a[0], "symlink", &src, 0, "src") || !to_path(a[1], "symlink", &dst, 0, "dst") || !to_flag(a[2], false, &directory) ||
      !to_dir_fd(a[3], &dir_fd)) {
    return nullptr;
  }
  int r = unlocked([&] { return ::symlinkat(src.c_str(), dir_fd, dst.c_str()); });
  return r ? path_error(src, dst) : Value::none();
}

Value do_readlink(Value* a) {
  Path path;
  int dir_fd;
  if (!to_path(a[0], "readlink", &path) || !to_dir_fd(a[1], &dir_fd)) return nullptr;
  char buffer[PATH_MAX + 1];
  ssize_t n = unlocked([&] { return ::readlinkat(dir_fd, path.c_str(), buffer, PATH_MAX); });
  return n < 0 ? path_error(path) : path_string(path, {buffer, static_cast<size_t>(n)});
}

Value do_mkfifo(Value* a) {
  Path path;
  int mode, dir_fd, r;
  if (!to_path(a[0], "mkfifo", &path) || !optional_int(a[1], 0666, &mode) || !to_dir_fd(a[2], &dir_fd)) return nullptr;
  if (!retry(&r, [&] { return ::mkfifoat(dir_fd, path.c_str(), static_cast<mode_t>(mode)); })) return nullptr;
  return r ? path_error(path) : Value::none();
}
Value do_mknod(Value* a) {
  Path path;
  int mode, dir_fd, r;
  int64_t device = 0;
  if (!to_path(a[0], "mknod", &path) || !optional_int(a[1], 0600, &mode) || (a[2] && !to_int64(a[2], &device)) || !to_dir_fd(a[3], &dir_fd)) return nullptr;
  if (!retry(&r, [&] { return ::mknodat(dir_fd, path.c_str(), static_cast<mode_t>(mode), static_cast<dev_t>(device)); })) return nullptr;
  return r ? path_error(path) : Value::none();
}

Value do_access(Value* a) {
  Path path;
  int mode, dir_fd;
  bool effective, follow;
  if (!to_path(a[0], "access", &path) || !to_int32(a[1], &mode) || !to_dir_fd(a[2], &dir_fd) || !to_flag(a[3], false, &effective) ||
      !to_flag(a[4], true, &follow)) {
    return nullptr;
  }
  int flags = (follow ? 0 : AT_SYMLINK_NOFOLLOW) | (effective ? AT_EACCESS : 0);
  int r = unlocked([&] { return ::faccessat(dir_fd, path.c_str(), mode, flags); });
  return Value::from_bool(r == 0);
}

Value do_chmod(Value* a) {
  Path path;
  int mode, dir_fd;
  bool follow;
  if (!to_path(a[0], "chmod", &path, kPathAllowFd) || !to_int32(a[1], &mode) || !to_dir_fd(a[2], &dir_fd) || !to_flag(a[3], true, &follow)) return nullptr;
  int r = unlocked([&] {
    if (!path.given) return ::fchmod(path.fd, static_cast<mode_t>(mode));
    return ::fchmodat(dir_fd, path.c_str(), static_cast<mode_t>(mode), follow ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  if (!r) return Value::none();
  if (path.given && !follow && errno == EOPNOTSUPP) {
    if (dir_fd != AT_FDCWD) return raise(exc.ValueError, "chmod: cannot use dir_fd and follow_symlinks together");
    return raise(exc.NotImplementedError, "chmod: follow_symlinks unavailable on this platform");
  }
  return path_error(path);
}
Value do_fchmod(Value* a) {
  int fd, mode, r;
  if (!to_int32(a[0], &fd) || !to_int32(a[1], &mode) || !retry(&r, [=] { return ::fchmod(fd, static_cast<mode_t>(mode)); })) return nullptr;
  return none_or_error(r);
}

Value do_chown(Value* a) {
  Path path;
  uid_t uid;
  gid_t gid;
  int dir_fd;
  bool follow;
  if (!to_path(a[0], "chown", &path, kPathAllowFd) || !to_uid(a[1], &uid) || !to_gid(a[2], &gid) || !to_dir_fd(a[3], &dir_fd) ||
      !to_flag(a[4], true, &follow) || !check_dir_fd("chown", path, dir_fd) || !check_fd_and_follow("chown", path, follow)) {
    return nullptr;
  }
  int r = unlocked([&] {
    if (!path.given) return ::fchown(path.fd, uid, gid);
    return ::fchownat(dir_fd, path.c_str(), uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  return r ? path_error(path) : Value::none();
}
Value do_lchown(Value* a) {
  Path path;
  uid_t uid;
  gid_t gid;
  if (!to_path(a[0], "lchown", &path) || !to_uid(a[1], &uid) || !to_gid(a[2], &gid)) return nullptr;
  int r = unlocked([&] { return ::lchown(path.c_str(), uid, gid); });
  return r ? path_error(path) : Value::none();
}
Value do_fchown(Value* a) {
  int fd, r;
  uid_t uid;
  gid_t gid;
  if (!to_int32(a[0], &fd) || !to_uid(a[1], &uid) || !to_gid(a[2], &gid) || !retry(&r, [=] { return ::fchown(fd, uid, gid); })) return nullptr;
  return none_or_error(r);
}

// Nanoseconds as an int of any size → seconds and the rest, as divmod by a billion gives them.
bool split_nanoseconds(Value v, timespec* out) {
  Value pair = TRY(divmod(v, Value::from_int(1'000'000'000)));
  if (!is_tuple(pair) || pair.as<Tuple>()->size != 2) {
    return raisef(exc.TypeError, "%.200s.__divmod__() must return a 2-tuple, not %.200s", type_name(v), type_name(pair)), false;
  }
  Value seconds = pair.as<Tuple>()->items[0];
  if (!is_int_like(seconds) && !(seconds = number_index(seconds))) return false;
  int64_t s, n;
  if (!int_to_int64(seconds, &s)) return raise(exc.OverflowError, "timestamp out of range for platform time_t"), false;
  if (!to_int64(pair.as<Tuple>()->items[1], &n)) return false;
  *out = {s, n};
  return true;
}

Value do_utime(Value* a) {
  Path path;
  int dir_fd;
  bool follow;
  if (!to_path(a[0], "utime", &path, kPathAllowFd) || !to_dir_fd(a[3], &dir_fd) || !to_flag(a[4], true, &follow)) return nullptr;
  Value times = a[1], ns = a[2];
  if (times && !times.is_none() && ns) return raise(exc.ValueError, "utime: you may specify either 'times' or 'ns' but not both");
  timespec pair[2];
  bool now = false;
  if (times && !times.is_none()) {
    if (!is_tuple(times) || times.as<Tuple>()->size != 2) {
      return raise(exc.TypeError, "utime: 'times' must be either a tuple of two ints or None");
    }
    Value* items = times.as<Tuple>()->items;
    if (!to_timespec(items[0], &pair[0]) || !to_timespec(items[1], &pair[1])) return nullptr;
  } else if (ns) {
    if (!is_tuple(ns) || ns.as<Tuple>()->size != 2) return raise(exc.TypeError, "utime: 'ns' must be a tuple of two ints");
    Value* items = ns.as<Tuple>()->items;
    if (!split_nanoseconds(items[0], &pair[0]) || !split_nanoseconds(items[1], &pair[1])) return nullptr;
  } else {
    now = true;
  }
  if (!check_dir_fd("utime", path, dir_fd) || !check_fd_and_follow("utime", path, follow)) return nullptr;
  const timespec* when = now ? nullptr : pair;
  int r = unlocked([&] {
    if (!path.given) return ::futimens(path.fd, when);
    return ::utimensat(dir_fd, path.c_str(), when, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  // Like CPython, without the file name.
  return none_or_error(r);
}

// Extended attributes.

Value do_getxattr(Value* a) {
  Path path, attribute;
  bool follow;
  if (!to_path(a[0], "getxattr", &path, kPathAllowFd) || !to_path(a[1], "getxattr", &attribute, 0, "attribute") || !to_flag(a[2], true, &follow) ||
      !check_fd_and_follow("getxattr", path, follow)) {
    return nullptr;
  }
  for (size_t room : {size_t{128}, size_t{XATTR_SIZE_MAX}}) {
    std::string buffer(room, '\0');
    ssize_t n = unlocked([&] {
      if (!path.given) return ::fgetxattr(path.fd, attribute.c_str(), buffer.data(), room);
      return follow ? ::getxattr(path.c_str(), attribute.c_str(), buffer.data(), room)
                    : ::lgetxattr(path.c_str(), attribute.c_str(), buffer.data(), room);
    });
    if (n >= 0) return new_bytes({buffer.data(), static_cast<size_t>(n)});
    if (errno != ERANGE) break;
  }
  return path_error(path);
}
Value do_setxattr(Value* a) {
  Path path, attribute;
  bool follow;
  int flags;
  if (!to_path(a[0], "setxattr", &path, kPathAllowFd) || !to_path(a[1], "setxattr", &attribute, 0, "attribute")) return nullptr;
  BufferView value;
  if (!get_buffer(a[2], &value)) return nullptr;
  bool ok = optional_int(a[3], 0, &flags) && to_flag(a[4], true, &follow) && check_fd_and_follow("setxattr", path, follow);
  int r = 0;
  if (ok) {
    r = unlocked([&] {
      size_t n = static_cast<size_t>(value.length);
      if (!path.given) return ::fsetxattr(path.fd, attribute.c_str(), value.data, n, flags);
      return follow ? ::setxattr(path.c_str(), attribute.c_str(), value.data, n, flags) : ::lsetxattr(path.c_str(), attribute.c_str(), value.data, n, flags);
    });
  }
  int saved = errno;
  release_buffer(&value);
  errno = saved;
  return !ok ? Value() : r ? path_error(path) : Value::none();
}
Value do_removexattr(Value* a) {
  Path path, attribute;
  bool follow;
  if (!to_path(a[0], "removexattr", &path, kPathAllowFd) || !to_path(a[1], "removexattr", &attribute, 0, "attribute") ||
      !to_flag(a[2], true, &follow) || !check_fd_and_follow("removexattr", path, follow)) {
    return nullptr;
  }
  int r = unlocked([&] {
    if (!path.given) return ::fremovexattr(path.fd, attribute.c_str());
    return follow ? ::removexattr(path.c_str(), attribute.c_str()) : ::lremovexattr(path.c_str(), attribute.c_str());
  });
  return r ? path_error(path) : Value::none();
}
Value do_listxattr(Value* a) {
  Path path;
  bool follow;
  if (!to_path(a[0], "listxattr", &path, kPathAllowFd | kPathNullable) || !to_flag(a[1], true, &follow) ||
      !check_fd_and_follow("listxattr", path, follow)) {
    return nullptr;
  }
  const char* name = path.given ? path.c_str() : ".";
  for (size_t room : {size_t{256}, size_t{XATTR_LIST_MAX}}) {
    std::string buffer(room, '\0');
    ssize_t n = unlocked([&] {
      if (path.fd >= 0) return ::flistxattr(path.fd, buffer.data(), room);
      return follow ? ::listxattr(name, buffer.data(), room) : ::llistxattr(name, buffer.data(), room);
    });
    if (n < 0) {
      if (errno == ERANGE) continue;
      break;
    }
    List* list = TRY(new_list());
    for (size_t at = 0; at < static_cast<size_t>(n);) {
      std::string_view one = buffer.data() + at;
      at += one.size() + 1;
      if (!list_append(list, TRY(fs_string(one)))) return nullptr;
    }
    return list;
  }
  return path_error(path);
}

}  // namespace

const MethodDef kFileFunctions[] = {
    POSIX_ROW("unlink", "($module, /, path, *, dir_fd=None)", do_unlink<false>),
    POSIX_ROW("remove", "($module, /, path, *, dir_fd=None)", do_unlink<true>),
    POSIX_ROW("rename", "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)", do_rename<false>),
    POSIX_ROW("replace", "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)", do_rename<true>),
    POSIX_ROW("link", "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=True)", do_link),
    POSIX_ROW("symlink", "($module, /, src, dst, target_is_directory=False, *, dir_fd=None)", do_symlink),
    POSIX_ROW("readlink", "($module, /, path, *, dir_fd=None)", do_readlink),
    POSIX_ROW("mkfifo", "($module, /, path, mode=438, *, dir_fd=None)", do_mkfifo),
    POSIX_ROW("mknod", "($module, /, path, mode=384, device=0, *, dir_fd=None)", do_mknod),
    POSIX_ROW("access", "($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       follow_symlinks=True)", do_access),
    POSIX_ROW("chmod", "($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)", do_chmod),
    POSIX_ROW("fchmod", "($module, /, fd, mode)", do_fchmod),
    POSIX_ROW("chown", "($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)", do_chown),
    POSIX_ROW("lchown", "($module, /, path, uid, gid)", do_lchown),
    POSIX_ROW("fchown", "($module, /, fd, uid, gid)", do_fchown),
    POSIX_ROW("utime", "($module, /, path, times=None, *, ns=<unrepresentable>,\n      dir_fd=None, follow_symlinks=True)", do_utime),
    POSIX_ROW("getxattr", "($module, /, path, attribute, *, follow_symlinks=True)", do_getxattr),
    POSIX_ROW("setxattr", "($module, /, path, attribute, value, flags=0, *,\n         follow_symlinks=True)", do_setxattr),
    POSIX_ROW("removexattr", "($module, /, path, attribute, *, follow_symlinks=True)", do_removexattr),
    POSIX_ROW("listxattr", "($module, /, path=None, *, follow_symlinks=True)", do_listxattr),
    {}};

}  // namespace pyjit::runtime::posix
