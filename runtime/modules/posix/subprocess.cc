// _posixsubprocess.fork_exec: the child half of subprocess.Popen, between fork and exec.
//
// Everything the child needs is prepared before the fork. Until exec the child of vfork shares our memory and the child of fork may
// hold locks of other threads, so it makes system calls only; the exception is preexec_fn, which forces a real fork.
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"

namespace pyjit::runtime {

namespace posix {
namespace {

struct ChildPlan {
  StringVector arguments, executables, environment;
  char **argv, **paths, **envp = nullptr;      // envp null: inherit
  std::vector<int> keep;                       // sorted descriptors that stay open
  std::string cwd;
  bool has_cwd, close_fds, restore_signals, new_session, set_groups, set_gid, set_uid;
  int p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write;
  int process_group, umask;
  std::vector<gid_t> groups;
  gid_t gid;
  uid_t uid;
  Value preexec;                               // null: none
  sigset_t* mask;                              // the signal mask to restore, when signals were blocked around vfork
};

bool set_inheritable(int fd) {
  int flags = fcntl(fd, F_GETFD);
  return flags >= 0 && (!(flags & FD_CLOEXEC) || fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) == 0);
}

void close_others(const ChildPlan& plan) {
  int low = 3;
  auto close_below = [&](int high) {   // [low, high)
    if (low < high && ::close_range(static_cast<unsigned>(low), static_cast<unsigned>(high - 1), 0) < 0) {
      long limit = std::min<long>(sysconf(_SC_OPEN_MAX), high);
      for (int fd = low; fd < limit; ++fd) ::close(fd);
    }
  };
  for (int fd : plan.keep) {
    if (fd < low) continue;
    close_below(fd);
    low = fd + 1;
  }
  close_below(INT32_MAX);
}

// Moves `fd` onto a standard descriptor. False: errno.
bool place(int fd, int target) {
  if (fd == target) return set_inheritable(fd);
  return fd < 0 || ::dup2(fd, target) >= 0;
}

// Signal handlers of the parent must not run in a child that shares its memory.
void reset_handlers() {
  for (int i = 1; i < NSIG; ++i) {
    struct sigaction action;
    if (i == SIGKILL || i == SIGSTOP || sigaction(i, nullptr, &action) < 0 || action.sa_handler == SIG_IGN || action.sa_handler == SIG_DFL) continue;
    action = {};
    action.sa_handler = SIG_DFL;
    sigaction(i, &action, nullptr);
  }
}

// Everything up to exec. Returns only on failure, with errno; *stage names what failed ("noexec": before exec).
void run_child(ChildPlan& plan, const char** stage) {
  *stage = "noexec";
  for (int fd : plan.keep) {
    if (fd != plan.errpipe_write && !set_inheritable(fd)) return;
  }
  for (int fd : {plan.p2cwrite, plan.c2pread, plan.errread, plan.errpipe_read}) {
    if (fd >= 0) ::close(fd);
  }
  // dup2 onto 0 and 1 must not destroy what is still to be moved.
  if (plan.c2pwrite == 0 && (plan.c2pwrite = ::dup(plan.c2pwrite)) < 0) return;
  while (plan.errwrite == 0 || plan.errwrite == 1) {
    if ((plan.errwrite = ::dup(plan.errwrite)) < 0) return;
  }
  if (!place(plan.p2cread, 0) || !place(plan.c2pwrite, 1) || !place(plan.errwrite, 2)) return;
  if (plan.has_cwd && ::chdir(plan.cwd.c_str()) < 0) return;
  if (plan.umask >= 0) ::umask(static_cast<mode_t>(plan.umask));
  if (plan.restore_signals) {
    for (int signal : {SIGPIPE, SIGXFSZ}) ::signal(signal, SIG_DFL);
  }
  if (plan.mask) {
    reset_handlers();
    pthread_sigmask(SIG_SETMASK, plan.mask, nullptr);
  }
  if (plan.new_session && ::setsid() < 0) return;
  if (plan.process_group >= 0 && ::setpgid(0, plan.process_group) < 0) return;
  if (plan.set_groups && ::setgroups(plan.groups.size(), plan.groups.data()) < 0) return;
  if (plan.set_gid && ::setregid(plan.gid, plan.gid) < 0) return;
  if (plan.set_uid && ::setreuid(plan.uid, plan.uid) < 0) return;
  *stage = "";
  if (plan.preexec) {
    if (!call0(plan.preexec)) {
      *stage = "Exception occurred in preexec_fn.";
      errno = 0;
      return;
    }
  }
  if (plan.close_fds) close_others(plan);
  int failure = 0;
  for (char** path = plan.paths; *path; ++path) {
    if (plan.envp) ::execve(*path, plan.argv, plan.envp);
    else ::execv(*path, plan.argv);
    if (errno != ENOENT && errno != ENOTDIR && !failure) failure = errno;
  }
  if (failure) errno = failure;
}

// Tells the parent what happened: "OSError:<errno in hex>:<stage>", read back by subprocess.
void report_failure(int fd, int error, const char* stage) {
  char text[128];
  char* p = text;
  auto add = [&](const char* s) {
    while (*s && p < text + sizeof text) *p++ = *s++;
  };
  if (error) {
    add("OSError:");
    char digits[16], *d = digits + sizeof digits;
    *--d = 0;
    for (unsigned n = static_cast<unsigned>(error); n; n >>= 4) *--d = "0123456789ABCDEF"[n & 15];
    add(d);
    add(":");
  } else {
    add("SubprocessError:0:");
  }
  add(stage);
  [[maybe_unused]] ssize_t n = ::write(fd, text, static_cast<size_t>(p - text));
}

[[noreturn]] __attribute__((noinline)) void child_main(ChildPlan& plan) {
  const char* stage;
  run_child(plan, &stage);
  report_failure(plan.errpipe_write, errno, stage);
  ::_exit(255);
}

__attribute__((noinline)) pid_t start_child(ChildPlan& plan, bool use_vfork) {
  pid_t pid = use_vfork ? ::vfork() : ::fork();
  if (pid) return pid;
  if (plan.preexec) run_after_fork(true);
  child_main(plan);
}

bool to_strings(Value v, const char* message, StringVector* out) {
  Value* items;
  Value keep;
  size_t count;
  if (!fast_sequence(v, message, &items, &count, &keep)) return false;
  Tuple* copy = new_tuple(items, count);
  if (!copy) return false;
  for (size_t i = 0; i < count; ++i) {
    std::string text;
    if (!fs_encode_path(copy->items[i], &text)) return false;
    out->strings.push_back(std::move(text));
  }
  return true;
}

bool to_kept_descriptors(Value v, std::vector<int>* out) {
  if (!is_tuple(v)) return raisef(exc.TypeError, "fork_exec() argument 4 must be tuple, not %.50s", type_name(v)), false;
  int previous = -1;
  for (uint64_t i = 0; i < v.as<Tuple>()->size; ++i) {
    Value item = v.as<Tuple>()->items[i];
    int64_t fd;
    if (!is_int_like(item) || !int_to_int64(int_value(item), &fd) || fd <= previous || fd > INT32_MAX) {
      return raise(exc.ValueError, "bad value(s) in fds_to_keep"), false;
    }
    out->push_back(previous = static_cast<int>(fd));
  }
  return true;
}

Value fork_exec(Value* a, uint32_t nargs, Tuple*) {
  enum { kArgs, kExecutables, kCloseFds, kPassFds, kCwd, kEnv, kFirstPipe, kRestore = 14, kSession, kGroup, kGid, kGids, kUid, kUmask, kPreexec, kVfork, kCount };
  if (nargs != kCount) return raisef(exc.TypeError, "function takes exactly %d arguments (%u given)", kCount, nargs);
  ChildPlan plan{};
  if (!to_flag(a[kCloseFds], false, &plan.close_fds) || !to_kept_descriptors(a[kPassFds], &plan.keep)) return nullptr;
  int* const pipes[] = {&plan.p2cread, &plan.p2cwrite, &plan.c2pread, &plan.c2pwrite, &plan.errread, &plan.errwrite, &plan.errpipe_read, &plan.errpipe_write};
  for (int i = 0; i < 8; ++i) {
    if (!to_int32(a[kFirstPipe + i], pipes[i])) return nullptr;
  }
  bool allow_vfork;
  if (!to_flag(a[kRestore], false, &plan.restore_signals) || !to_flag(a[kSession], false, &plan.new_session) ||
      !to_int32(a[kGroup], &plan.process_group) || !to_int32(a[kUmask], &plan.umask) || !to_flag(a[kVfork], false, &allow_vfork)) {
    return nullptr;
  }
  if (plan.close_fds && plan.errpipe_write < 3) return raise(exc.ValueError, "errpipe_write must be >= 3");
  if (!to_strings(a[kExecutables], "executable_list must be a sequence", &plan.executables)) return nullptr;
  if (!a[kArgs].is_none() && !to_strings(a[kArgs], "argv must be a tuple", &plan.arguments)) return nullptr;
  if (!a[kEnv].is_none()) {
    if (!to_strings(a[kEnv], "env must be a sequence", &plan.environment)) return nullptr;
    plan.envp = plan.environment.finish();
  }
  plan.argv = plan.arguments.finish();
  plan.paths = plan.executables.finish();
  plan.has_cwd = !a[kCwd].is_none();
  if (plan.has_cwd && !fs_encode_path(a[kCwd], &plan.cwd)) return nullptr;
  plan.set_gid = !a[kGid].is_none();
  plan.set_uid = !a[kUid].is_none();
  plan.set_groups = !a[kGids].is_none();
  if ((plan.set_gid && !to_gid(a[kGid], &plan.gid)) || (plan.set_uid && !to_uid(a[kUid], &plan.uid))) return nullptr;
  if (plan.set_groups) {
    if (!is_list(a[kGids])) return raise(exc.TypeError, "setgroups argument must be a list");
    List* list = a[kGids].as<List>();
    for (uint64_t i = 0; i < list->size; ++i) {
      gid_t gid;
      if (!is_int_like(list->items()[i])) return raise(exc.TypeError, "groups must be integers");
      if (!to_gid(list->items()[i], &gid)) return raise(exc.ValueError, "invalid group id");
      plan.groups.push_back(gid);
    }
  }
  if (!a[kPreexec].is_none()) plan.preexec = a[kPreexec];
  bool use_vfork = allow_vfork && !plan.preexec && !plan.set_gid && !plan.set_uid && !plan.set_groups;
  if (plan.preexec) run_before_fork();
  sigset_t all, old;
  if (use_vfork) {
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    plan.mask = &old;
  }
  pid_t pid = start_child(plan, use_vfork);
  int saved = errno;
  if (use_vfork) pthread_sigmask(SIG_SETMASK, &old, nullptr);
  if (plan.preexec) run_after_fork(false);
  errno = saved;
  return pid < 0 ? posix_error() : Value::from_int(pid);
}

constexpr MethodDef kFunctions[] = {
    {"fork_exec", "!($module, /, *args)", nullptr, Effects::kCallsPython, MethodKind::kFunction, nullptr, fork_exec}, {}};

}  // namespace
}  // namespace posix

bool init_posixsubprocess_module(Module* m) { return add_functions(m, posix::kFunctions); }

}  // namespace pyjit::runtime
