// Making and ending processes: fork, exec, posix_spawn, kill, system.
#include <fcntl.h>
#include <pty.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/gil.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"
#include "runtime/signals.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::posix {

namespace {

// os.register_at_fork: three lists of callables.
enum { kBefore, kInChild, kInParent, kMoments };
Value fork_functions[kMoments];

bool add_fork_function(Value list_of[], int moment, Value f) {
  static bool rooted = false;
  if (!rooted) heap.add_root_range(fork_functions, fork_functions + kMoments), rooted = true;
  if (!list_of[moment]) list_of[moment] = new_list();
  return list_of[moment] && list_append(list_of[moment].as<List>(), f);
}
void run_fork_functions(int moment) {
  if (!fork_functions[moment]) return;
  Tuple* all = to_tuple(fork_functions[moment]);
  for (uint64_t i = 0; all && i < all->size; ++i) {
    Value f = all->items[moment == kBefore ? all->size - 1 - i : i];   // before: last registered first
    if (!call0(f)) write_unraisable(f);
  }
}

Value do_register_at_fork(Value* a) {
  if (!a[0] && !a[1] && !a[2]) return raise(exc.TypeError, "At least one argument is required.");
  static constexpr const char* kNames[] = {"before", "after_in_child", "after_in_parent"};
  for (int i = 0; i < kMoments; ++i) {
    if (a[i] && !is_callable(a[i])) return raisef(exc.TypeError, "'%s' must be callable, not %.50s", kNames[i], type_name(a[i]));
  }
  for (int i = 0; i < kMoments; ++i) {
    if (a[i] && !add_fork_function(fork_functions, i, a[i])) return nullptr;
  }
  return Value::none();
}

Value do_fork(Value*) {
  run_before_fork();
  pid_t pid = ::fork();
  int saved = errno;
  run_after_fork(pid == 0);
  errno = saved;
  return pid < 0 ? posix_error() : Value::from_int(pid);
}
Value do_forkpty(Value*) {
  run_before_fork();
  int fd = -1;
  pid_t pid = ::forkpty(&fd, nullptr, nullptr, nullptr);
  int saved = errno;
  run_after_fork(pid == 0);
  errno = saved;
  return pid < 0 ? posix_error() : Value(make_tuple(Value::from_int(pid), Value::from_int(fd)));
}

Value do_exit(Value* a) {
  int status;
  if (!to_int32(a[0], &status)) return nullptr;
  ::_exit(status);
}
Value do_abort(Value*) { ::abort(); }

Value do_execv(Value* a) {
  Path path;
  StringVector arguments;
  if (!to_path(a[0], "execv", &path) || !to_argument_vector(a[1], "execv() arg 2", &arguments)) return nullptr;
  ::execv(path.c_str(), arguments.finish());
  return posix_error();
}
Value do_execve(Value* a) {
  Path path;
  StringVector arguments, environment;
  if (!to_path(a[0], "execve", &path, kPathAllowFd) || !to_argument_vector(a[1], "execve: argv", &arguments) ||
      !to_environment_vector(a[2], "execve", &environment)) {
    return nullptr;
  }
  if (path.given) ::execve(path.c_str(), arguments.finish(), environment.finish());
  else ::fexecve(path.fd, arguments.finish(), environment.finish());
  return path_error(path);
}

// posix_spawn.

struct SpawnPlan {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  std::vector<std::string> paths;   // open actions copy them, but only glibc promises so
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

bool add_file_actions(Value v, SpawnPlan* plan) {
  if (!v || v.is_none()) return true;
  Value* items;
  Value keep;
  size_t count;
  if (!is_iterable_type(v)) return raise(exc.TypeError, "file_actions must be a sequence or None"), false;
  if (!fast_sequence(v, "file_actions must be a sequence or None", &items, &count, &keep)) return false;
  for (size_t i = 0; i < count; ++i) {
    if (!is_tuple(items[i]) || !items[i].as<Tuple>()->size) {
      return raise(exc.TypeError, "Each file_actions element must be a non-empty tuple"), false;
    }
    Tuple* t = items[i].as<Tuple>();
    int action, fd, other, error = 0;
    if (!to_int32(t->items[0], &action)) return false;
    switch (action) {
      case kSpawnOpen: {
        if (t->size != 5) return raise(exc.TypeError, "A open file_action tuple must have 5 elements"), false;
        std::string path;
        int mode;
        if (!to_int32(t->items[1], &fd) || !fs_encode_path(t->items[2], &path) || !to_int32(t->items[3], &other) || !to_int32(t->items[4], &mode)) return false;
        error = posix_spawn_file_actions_addopen(&plan->actions, fd, path.c_str(), other, static_cast<mode_t>(mode));
        break;
      }
      case kSpawnClose:
        if (t->size != 2) return raise(exc.TypeError, "A close file_action tuple must have 2 elements"), false;
        if (!to_int32(t->items[1], &fd)) return false;
        error = posix_spawn_file_actions_addclose(&plan->actions, fd);
        break;
      case kSpawnDup2:
        if (t->size != 3) return raise(exc.TypeError, "A dup2 file_action tuple must have 3 elements"), false;
        if (!to_int32(t->items[1], &fd) || !to_int32(t->items[2], &other)) return false;
        error = posix_spawn_file_actions_adddup2(&plan->actions, fd, other);
        break;
      default:
        return raise(exc.TypeError, "Unknown file_actions identifier"), false;
    }
    if (error) return raise_os_error(error), false;
  }
  return true;
}

bool set_spawn_attributes(Value* a, SpawnPlan* plan) {
  enum { kSetPgroup = 4, kResetIds, kSetSid, kSetSigmask, kSetSigdef, kScheduler };
  short flags = 0;
  if (a[kSetPgroup]) {
    int group;
    if (!to_int32(a[kSetPgroup], &group)) return false;
    posix_spawnattr_setpgroup(&plan->attributes, group);
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  int on;
  if (!optional_int(a[kResetIds], 0, &on)) return false;
  if (on) flags |= POSIX_SPAWN_RESETIDS;
  if (!optional_int(a[kSetSid], 0, &on)) return false;
  if (on) flags |= POSIX_SPAWN_SETSID;
  sigset_t set;
  if (a[kSetSigmask]) {
    if (!to_signal_set(a[kSetSigmask], &set)) return false;
    posix_spawnattr_setsigmask(&plan->attributes, &set);
    flags |= POSIX_SPAWN_SETSIGMASK;
  }
  if (a[kSetSigdef]) {
    if (!to_signal_set(a[kSetSigdef], &set)) return false;
    posix_spawnattr_setsigdefault(&plan->attributes, &set);
    flags |= POSIX_SPAWN_SETSIGDEF;
  }
  if (a[kScheduler]) {
    if (!is_tuple(a[kScheduler]) || a[kScheduler].as<Tuple>()->size != 2) {
      return raise(exc.TypeError, "A scheduler tuple must have two elements"), false;
    }
    Value* pair = a[kScheduler].as<Tuple>()->items;
    sched_param param;
    if (!pair[0].is_none()) {
      int policy;
      if (!to_int32(pair[0], &policy)) return false;
      posix_spawnattr_setschedpolicy(&plan->attributes, policy);
      flags |= POSIX_SPAWN_SETSCHEDULER;
    }
    if (!to_sched_param(pair[1], &param)) return false;
    posix_spawnattr_setschedparam(&plan->attributes, &param);
    flags |= POSIX_SPAWN_SETSCHEDPARAM;
  }
  posix_spawnattr_setflags(&plan->attributes, flags);
  return true;
}

template <bool kSearch>
Value do_spawn(Value* a) {
  const char* function = kSearch ? "posix_spawnp" : "posix_spawn";
  Path path;
  StringVector arguments, environment;
  SpawnPlan plan;
  if (!to_path(a[0], function, &path) || !to_argument_vector(a[1], kSearch ? "posix_spawnp: argv" : "posix_spawn: argv", &arguments) ||
      !to_environment_vector(a[2], function, &environment) || !add_file_actions(a[3], &plan) || !set_spawn_attributes(a, &plan)) {
    return nullptr;
  }
  pid_t pid;
  char **argv = arguments.finish(), **envp = environment.finish();
  int error = kSearch ? ::posix_spawnp(&pid, path.c_str(), &plan.actions, &plan.attributes, argv, envp)
                      : ::posix_spawn(&pid, path.c_str(), &plan.actions, &plan.attributes, argv, envp);
  if (!error) return Value::from_int(pid);
  errno = error;
  return path_error(path);
}

Value do_system(Value* a) {
  std::string command;
  if (!fs_encode_path(a[0], &command)) return nullptr;
  return Value::from_int(unlocked([&] { return ::system(command.c_str()); }));
}
Value do_kill(Value* a) {
  int pid, signal;
  if (!to_int32(a[0], &pid) || !to_int32(a[1], &signal)) return nullptr;
  if (::kill(pid, signal) < 0) return posix_error();
  return check_signals() ? Value::none() : Value();   // one sent to ourselves is handled before we go on
}
Value do_killpg(Value* a) {
  int group, signal;
  if (!to_int32(a[0], &group) || !to_int32(a[1], &signal)) return nullptr;
  if (::killpg(group, signal) < 0) return posix_error();
  return check_signals() ? Value::none() : Value();
}

}  // namespace

char** StringVector::finish() {
  pointers.clear();
  for (std::string& s : strings) pointers.push_back(s.data());
  pointers.push_back(nullptr);
  return pointers.data();
}

bool to_argument_vector(Value v, const char* what, StringVector* out) {
  if (!is_list(v) && !is_tuple(v)) return raisef(exc.TypeError, "%s must be a tuple or list", what), false;
  Tuple* items = to_tuple(v);   // __fspath__ may change the list
  if (!items) return false;
  if (!items->size) return raisef(exc.ValueError, "%s must not be empty", what), false;
  for (uint64_t i = 0; i < items->size; ++i) {
    std::string text;
    if (!fs_encode_path(items->items[i], &text)) return false;
    if (i == 0 && text.empty()) return raisef(exc.ValueError, "%s first element cannot be empty", what), false;
    out->strings.push_back(std::move(text));
  }
  return true;
}

bool to_environment_vector(Value v, const char* function, StringVector* out) {
  if (!is_dict(v) && (!class_of(v)->slots.getitem || is_str(v) || is_bytes(v) || is_list(v) || is_tuple(v))) {
    return raisef(exc.TypeError, "%s: environment must be a mapping object", function), false;
  }
  Value keys = TRY(call_method0(v, intern("keys"))), values = TRY(call_method0(v, intern("values")));
  List *key_list = TRY(to_list(keys)), *value_list = TRY(to_list(values));
  for (uint64_t i = 0; i < key_list->size && i < value_list->size; ++i) {
    std::string key, value;
    if (!fs_encode_path(key_list->items()[i], &key) || !fs_encode_path(value_list->items()[i], &value)) return false;
    if (key.empty() || key.find('=', 1) != std::string::npos) return raise(exc.ValueError, "illegal environment variable name"), false;
    out->strings.push_back(key + "=" + value);
  }
  return true;
}

bool to_signal_set(Value v, sigset_t* out) {
  sigemptyset(out);
  Value iterator = TRY(get_iter(v));
  while (Value item = iter_next(iterator)) {
    Value index = TRY(number_index(item));
    int64_t n;
    if (!int_to_int64(index, &n)) n = 0;
    if (n < 1 || n >= NSIG) return raisef(exc.ValueError, "signal number %ld out of range [1; %i]", static_cast<long>(n), NSIG - 1), false;
    sigaddset(out, static_cast<int>(n));   // fails for those glibc keeps for itself; they cannot be blocked anyway
  }
  return !error_pending();
}

void run_before_fork() { run_fork_functions(kBefore); }
void run_after_fork(bool child) {
  if (child) {
    threads_after_fork();
    signals_after_fork();
  }
  run_fork_functions(child ? kInChild : kInParent);
}

const MethodDef kProcessFunctions[] = {
    POSIX_ROW("fork", "($module, /)", do_fork),
    POSIX_ROW("forkpty", "($module, /)", do_forkpty),
    POSIX_ROW("register_at_fork",
              "($module, /, *, before=<unrepresentable>,\n                 after_in_child=<unrepresentable>,\n                 "
              "after_in_parent=<unrepresentable>)",
              do_register_at_fork),
    POSIX_ROW("_exit", "($module, /, status)", do_exit),
    POSIX_ROW("abort", "($module, /)", do_abort),
    POSIX_ROW("execv", "($module, path, argv, /)", do_execv),
    POSIX_ROW("execve", "($module, /, path, argv, env)", do_execve),
    POSIX_ROW("posix_spawn",
              "($module, path, argv, env, /, *, file_actions=(),\n            setpgroup=<unrepresentable>, resetids=False, setsid=False,\n     "
              "       setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)",
              do_spawn<false>),
    POSIX_ROW("posix_spawnp",
              "($module, path, argv, env, /, *, file_actions=(),\n             setpgroup=<unrepresentable>, resetids=False, setsid=False,\n    "
              "         setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)",
              do_spawn<true>),
    POSIX_ROW("system", "($module, /, command)", do_system),
    POSIX_ROW("kill", "($module, pid, signal, /)", do_kill),
    POSIX_ROW("killpg", "($module, pgid, signal, /)", do_killpg),
    {}};

}  // namespace pyjit::runtime::posix
