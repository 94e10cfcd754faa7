// stat, lstat, fstat, statvfs → os.stat_result, os.statvfs_result.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::posix {

namespace {

constexpr StructField kStatFields[] = {{"st_mode", "protection bits"},
                                       {"st_ino", "inode"},
                                       {"st_dev", "device"},
                                       {"st_nlink", "number of hard links"},
                                       {"st_uid", "user ID of owner"},
                                       {"st_gid", "group ID of owner"},
                                       {"st_size", "total size, in bytes"},
                                       {nullptr, nullptr},   // the times in whole seconds have no names
                                       {nullptr, nullptr},
                                       {nullptr, nullptr},
                                       {"st_atime", "time of last access"},
                                       {"st_mtime", "time of last modification"},
                                       {"st_ctime", "time of last change"},
                                       {"st_atime_ns", "time of last access in nanoseconds"},
                                       {"st_mtime_ns", "time of last modification in nanoseconds"},
                                       {"st_ctime_ns", "time of last change in nanoseconds"},
                                       {"st_blksize", "blocksize for filesystem I/O"},
                                       {"st_blocks", "number of blocks allocated"},
                                       {"st_rdev", "device type (if inode device)"},
                                       {nullptr, nullptr}};
constexpr StructSequenceSpec kStatResult = {
    "os.stat_result",
    "stat_result: Result from stat, fstat, or lstat.\n\nThis object may be accessed either as a tuple of\n  (mode, ino, dev, nlink, uid, gid, "
    "size, atime, mtime, ctime)\nor via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.\n\nPosix/windows: If your "
    "platform supports st_blksize, st_blocks, st_rdev,\nor st_flags, they are available as attributes only.\n\nSee os.stat for more "
    "information.",
    kStatFields, 19, 10};
enum { kWholeTimes = 7, kFloatTimes = 10, kNanoTimes = 13 };

constexpr StructField kStatvfsFields[] = {{"f_bsize", nullptr}, {"f_frsize", nullptr}, {"f_blocks", nullptr}, {"f_bfree", nullptr},
                                          {"f_bavail", nullptr}, {"f_files", nullptr}, {"f_ffree", nullptr},  {"f_favail", nullptr},
                                          {"f_flag", nullptr},  {"f_namemax", nullptr}, {"f_fsid", nullptr},  {nullptr, nullptr}};
constexpr StructSequenceSpec kStatvfsResult = {
    "os.statvfs_result",
    "statvfs_result: Result from statvfs or fstatvfs.\n\nThis object may be accessed either as a tuple of\n  (bsize, frsize, blocks, bfree, "
    "bavail, files, ffree, favail, flag, namemax),\nor via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.\n\nSee os.statvfs "
    "for more information.",
    kStatvfsFields, 11, 10};

Class *stat_result, *statvfs_result;
Value (*plain_new)(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames);

// stat_result(sequence): the float times that the sequence does not give are the whole seconds.
Value stat_result_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value v = TRY(plain_new(cls, args, nargs, kwnames));
  auto* t = v.as<Tuple>();
  for (int i = 0; i < 3; ++i) {
    if (t->items[kFloatTimes + i].is_none()) t->items[kFloatTimes + i] = t->items[kWholeTimes + i];
  }
  write_barrier(t);
  return v;
}

Value do_stat(Value* a) {
  Path path;
  int dir_fd;
  bool follow;
  if (!to_path(a[0], "stat", &path, kPathAllowFd) || !to_dir_fd(a[1], &dir_fd) || !to_flag(a[2], true, &follow)) return nullptr;
  return stat_path("stat", path, dir_fd, follow);
}
Value do_lstat(Value* a) {
  Path path;
  int dir_fd;
  if (!to_path(a[0], "lstat", &path) || !to_dir_fd(a[1], &dir_fd)) return nullptr;
  return stat_path("lstat", path, dir_fd, false);
}
Value do_fstat(Value* a) {
  int fd, r;
  struct stat st;
  if (!to_int32(a[0], &fd)) return nullptr;
  if (!retry(&r, [&] { return ::fstat(fd, &st); })) return nullptr;
  return r ? posix_error() : make_stat_result(st);
}

Value make_statvfs_result(const struct statvfs& s) {
  Tuple* t = TRY(new_struct_sequence(statvfs_result));
  uint64_t values[] = {s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree, s.f_bavail, s.f_files, s.f_ffree, s.f_favail, s.f_flag, s.f_namemax, s.f_fsid};
  for (size_t i = 0; i < std::size(values); ++i) t->items[i] = new_int_unsigned(values[i]);
  write_barrier(t);
  return t;
}
Value do_statvfs(Value* a) {
  Path path;
  struct statvfs s;
  if (!to_path(a[0], "statvfs", &path, kPathAllowFd)) return nullptr;
  int r = unlocked([&] { return path.given ? ::statvfs(path.c_str(), &s) : ::fstatvfs(path.fd, &s); });
  return r ? path_error(path) : make_statvfs_result(s);
}
Value do_fstatvfs(Value* a) {
  int fd, r;
  struct statvfs s;
  if (!to_int32(a[0], &fd)) return nullptr;
  if (!retry(&r, [&] { return ::fstatvfs(fd, &s); })) return nullptr;
  return r ? posix_error() : make_statvfs_result(s);
}

bool to_device(Value v, uint64_t* out) {
  Value i = TRY(number_index(v));
  int64_t n;
  if (int_to_int64(i, &n) && n >= 0) return *out = static_cast<uint64_t>(n), true;
  if (int_sign(i) > 0 && int_bit_length(i) <= 64) return *out = i.as<BigInt>()->limbs[0], true;
  if (int_sign(i) < 0) return raise(exc.OverflowError, "can't convert negative int to unsigned"), false;
  return raise(exc.OverflowError, "int too big to convert"), false;
}
Value do_major(Value* a) {
  uint64_t device;
  return to_device(a[0], &device) ? new_int(major(device)) : Value();
}
Value do_minor(Value* a) {
  uint64_t device;
  return to_device(a[0], &device) ? new_int(minor(device)) : Value();
}
Value do_makedev(Value* a) {
  int high, low;
  if (!to_int32(a[0], &high) || !to_int32(a[1], &low)) return nullptr;
  return new_int_unsigned(makedev(static_cast<unsigned>(high), static_cast<unsigned>(low)));
}

}  // namespace

Value make_stat_result(const struct stat& st) {
  Tuple* t = TRY(new_struct_sequence(stat_result));
  t->items[0] = new_int_unsigned(st.st_mode);
  t->items[1] = new_int_unsigned(st.st_ino);
  t->items[2] = new_int_unsigned(st.st_dev);
  t->items[3] = new_int_unsigned(st.st_nlink);
  t->items[4] = new_int_unsigned(st.st_uid);
  t->items[5] = new_int_unsigned(st.st_gid);
  t->items[6] = new_int(st.st_size);
  const timespec* times[] = {&st.st_atim, &st.st_mtim, &st.st_ctim};
  for (int i = 0; i < 3; ++i) {
    t->items[kWholeTimes + i] = new_int(times[i]->tv_sec);
    t->items[kFloatTimes + i] = Value::from_double(static_cast<double>(times[i]->tv_sec) + 1e-9 * static_cast<double>(times[i]->tv_nsec));
    t->items[kNanoTimes + i] = int_from_int128(static_cast<__int128>(times[i]->tv_sec) * 1'000'000'000 + times[i]->tv_nsec);
  }
  t->items[16] = new_int(st.st_blksize);
  t->items[17] = new_int(st.st_blocks);
  t->items[18] = new_int_unsigned(st.st_rdev);
  write_barrier(t);
  return t;
}

Value stat_path(const char* function, const Path& path, int dir_fd, bool follow_symlinks) {
  if (!check_dir_fd(function, path, dir_fd) || !check_fd_and_follow(function, path, follow_symlinks)) return nullptr;
  struct stat st;
  int r = unlocked([&] {
    if (path.fd != -1) return ::fstat(path.fd, &st);
    return ::fstatat(dir_fd, path.given ? path.c_str() : nullptr, &st, follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  return r ? path_error(path) : make_stat_result(st);
}

const MethodDef kStatFunctions[] = {POSIX_ROW("stat", "($module, /, path, *, dir_fd=None, follow_symlinks=True)", do_stat),
                                    POSIX_ROW("lstat", "($module, /, path, *, dir_fd=None)", do_lstat),
                                    POSIX_ROW("fstat", "($module, /, fd)", do_fstat),
                                    POSIX_ROW("statvfs", "($module, /, path)", do_statvfs),
                                    POSIX_ROW("fstatvfs", "($module, fd, /)", do_fstatvfs),
                                    POSIX_ROW("major", "($module, device, /)", do_major),
                                    POSIX_ROW("minor", "($module, device, /)", do_minor),
                                    POSIX_ROW("makedev", "($module, major, minor, /)", do_makedev),
                                    {}};

bool init_stat(Module* m) {
  if (!stat_result) {
    stat_result = new_struct_sequence_class(kStatResult);
    statvfs_result = new_struct_sequence_class(kStatvfsResult);
    plain_new = stat_result->slots.new_;
    stat_result->slots.new_ = stat_result_new;
  }
  return add_object(m, "stat_result", stat_result) && add_object(m, "statvfs_result", statvfs_result);
}

}  // namespace pyjit::runtime::posix
