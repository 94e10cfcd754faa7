// Who a process is: process, group and session ids, users, terminals, priority.
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"

namespace pyjit::runtime::posix {

namespace {

template <auto kCall>
Value get_id(Value*) { return new_int(static_cast<int64_t>(kCall())); }
template <int (*kCall)(uid_t)>
Value set_uid(Value* a) {
  uid_t id;
  return to_uid(a[0], &id) ? none_or_error(kCall(id)) : Value();
}
template <int (*kCall)(gid_t)>
Value set_gid(Value* a) {
  gid_t id;
  return to_gid(a[0], &id) ? none_or_error(kCall(id)) : Value();
}
Value do_setreuid(Value* a) {
  uid_t real, effective;
  return to_uid(a[0], &real) && to_uid(a[1], &effective) ? none_or_error(::setreuid(real, effective)) : Value();
}
Value do_setregid(Value* a) {
  gid_t real, effective;
  return to_gid(a[0], &real) && to_gid(a[1], &effective) ? none_or_error(::setregid(real, effective)) : Value();
}
Value do_setresuid(Value* a) {
  uid_t real, effective, saved;
  return to_uid(a[0], &real) && to_uid(a[1], &effective) && to_uid(a[2], &saved) ? none_or_error(::setresuid(real, effective, saved)) : Value();
}
Value do_setresgid(Value* a) {
  gid_t real, effective, saved;
  return to_gid(a[0], &real) && to_gid(a[1], &effective) && to_gid(a[2], &saved) ? none_or_error(::setresgid(real, effective, saved)) : Value();
}
Value do_getresuid(Value*) {
  uid_t real, effective, saved;
  if (::getresuid(&real, &effective, &saved) < 0) return posix_error();
  return make_tuple(new_int(real), new_int(effective), new_int(saved));
}
Value do_getresgid(Value*) {
  gid_t real, effective, saved;
  if (::getresgid(&real, &effective, &saved) < 0) return posix_error();
  return make_tuple(new_int(real), new_int(effective), new_int(saved));
}

Value group_list(const std::vector<gid_t>& groups) {
  List* list = TRY(new_list(groups.size()));
  for (gid_t g : groups) {
    if (!list_append(list, new_int(g))) return nullptr;
  }
  return list;
}
Value do_getgroups(Value*) {
  int n = ::getgroups(0, nullptr);
  if (n < 0) return posix_error();
  std::vector<gid_t> groups(static_cast<size_t>(n));
  n = ::getgroups(n, groups.data());
  if (n < 0) return posix_error();
  groups.resize(static_cast<size_t>(n));
  return group_list(groups);
}
Value do_setgroups(Value* a) {
  if (!class_of(a[0])->slots.getitem || !class_of(a[0])->slots.length) return raise(exc.TypeError, "setgroups argument must be a sequence");
  Value* items;
  Value keep;
  size_t count;
  if (!fast_sequence(a[0], "setgroups argument must be a sequence", &items, &count, &keep)) return nullptr;
  if (count > static_cast<size_t>(sysconf(_SC_NGROUPS_MAX))) return raise(exc.ValueError, "too many groups");
  std::vector<gid_t> groups(count);
  for (size_t i = 0; i < count; ++i) {
    if (!is_int_like(items[i])) return raise(exc.TypeError, "groups must be integers");
    if (!to_gid(items[i], &groups[i])) return nullptr;
  }
  return none_or_error(::setgroups(count, groups.data()));
}
Value do_getgrouplist(Value* a) {
  Str* user = TRY(expect_str(a[0], "getgrouplist", "1"));
  gid_t base;
  if (!to_gid(a[1], &base)) return nullptr;
  std::string name = to_utf8(user);
  int n = 64;
  for (;;) {
    std::vector<gid_t> groups(static_cast<size_t>(n));
    int room = n;
    if (::getgrouplist(name.c_str(), base, groups.data(), &n) >= 0) {
      groups.resize(static_cast<size_t>(n));
      return group_list(groups);
    }
    if (n <= room) n = room * 2;
  }
}
Value do_initgroups(Value* a) {
  std::string user;
  gid_t base;
  if (!fs_encode_path(a[0], &user) || !to_gid(a[1], &base)) return nullptr;
  return none_or_error(::initgroups(user.c_str(), base));
}

Value do_getlogin(Value*) {
  char name[256];
  int error = ::getlogin_r(name, sizeof name);
  return error ? raise_os_error(error) : Value(fs_string(name));
}

Value do_getpgid(Value* a) {
  int pid;
  if (!to_int32(a[0], &pid)) return nullptr;
  pid_t r = ::getpgid(pid);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_setpgid(Value* a) {
  int pid, group;
  return to_int32(a[0], &pid) && to_int32(a[1], &group) ? none_or_error(::setpgid(pid, group)) : Value();
}
Value do_setpgrp(Value*) { return none_or_error(::setpgrp()); }
Value do_getsid(Value* a) {
  int pid;
  if (!to_int32(a[0], &pid)) return nullptr;
  pid_t r = ::getsid(pid);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_setsid(Value*) { return none_or_error(::setsid()); }
Value do_tcgetpgrp(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  pid_t r = ::tcgetpgrp(fd);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_tcsetpgrp(Value* a) {
  int fd, group;
  return to_int32(a[0], &fd) && to_int32(a[1], &group) ? none_or_error(::tcsetpgrp(fd, group)) : Value();
}

Value do_umask(Value* a) {
  int mask;
  return to_int32(a[0], &mask) ? Value::from_int(::umask(static_cast<mode_t>(mask))) : Value();
}
Value do_nice(Value* a) {
  int increment;
  if (!to_int32(a[0], &increment)) return nullptr;
  errno = 0;
  int r = ::nice(increment);
  return r == -1 && errno ? posix_error() : Value::from_int(r);
}
Value do_getpriority(Value* a) {
  int which, who;
  if (!to_int32(a[0], &which) || !to_int32(a[1], &who)) return nullptr;
  errno = 0;
  int r = ::getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
  return errno ? posix_error() : Value::from_int(r);
}
Value do_setpriority(Value* a) {
  int which, who, priority;
  if (!to_int32(a[0], &which) || !to_int32(a[1], &who) || !to_int32(a[2], &priority)) return nullptr;
  return none_or_error(::setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who), priority));
}

}  // namespace

const MethodDef kIdentityFunctions[] = {POSIX_ROW("getpid", "($module, /)", get_id<::getpid>),
                                        POSIX_ROW("getppid", "($module, /)", get_id<::getppid>),
                                        POSIX_ROW("getuid", "($module, /)", get_id<::getuid>),
                                        POSIX_ROW("geteuid", "($module, /)", get_id<::geteuid>),
                                        POSIX_ROW("getgid", "($module, /)", get_id<::getgid>),
                                        POSIX_ROW("getegid", "($module, /)", get_id<::getegid>),
                                        POSIX_ROW("getpgrp", "($module, /)", get_id<::getpgrp>),
                                        POSIX_ROW("setuid", "($module, uid, /)", set_uid<::setuid>),
                                        POSIX_ROW("seteuid", "($module, euid, /)", set_uid<::seteuid>),
                                        POSIX_ROW("setgid", "($module, gid, /)", set_gid<::setgid>),
                                        POSIX_ROW("setegid", "($module, egid, /)", set_gid<::setegid>),
                                        POSIX_ROW("setreuid", "($module, ruid, euid, /)", do_setreuid),
                                        POSIX_ROW("setregid", "($module, rgid, egid, /)", do_setregid),
                                        POSIX_ROW("setresuid", "($module, ruid, euid, suid, /)", do_setresuid),
                                        POSIX_ROW("setresgid", "($module, rgid, egid, sgid, /)", do_setresgid),
                                        POSIX_ROW("getresuid", "($module, /)", do_getresuid),
                                        POSIX_ROW("getresgid", "($module, /)", do_getresgid),
                                        POSIX_ROW("getgroups", "($module, /)", do_getgroups),
                                        POSIX_ROW("setgroups", "($module, groups, /)", do_setgroups),
                                        POSIX_ROW("getgrouplist", "($module, user, group, /)", do_getgrouplist),
                                        POSIX_ROW("initgroups", "($module, username, gid, /)", do_initgroups),
                                        POSIX_ROW("getlogin", "($module, /)", do_getlogin),
                                        POSIX_ROW("getpgid", "($module, /, pid)", do_getpgid),
                                        POSIX_ROW("setpgid", "($module, pid, pgrp, /)", do_setpgid),
                                        POSIX_ROW("setpgrp", "($module, /)", do_setpgrp),
                                        POSIX_ROW("getsid", "($module, pid, /)", do_getsid),
                                        POSIX_ROW("setsid", "($module, /)", do_setsid),
                                        POSIX_ROW("tcgetpgrp", "($module, fd, /)", do_tcgetpgrp),
                                        POSIX_ROW("tcsetpgrp", "($module, fd, pgid, /)", do_tcsetpgrp),
                                        POSIX_ROW("umask", "($module, mask, /)", do_umask),
                                        POSIX_ROW("nice", "($module, increment, /)", do_nice),
                                        POSIX_ROW("getpriority", "($module, /, which, who)", do_getpriority),
                                        POSIX_ROW("setpriority", "($module, /, which, who, priority)", do_setpriority),
                                        {}};

}  // namespace pyjit::runtime::posix
