// Waiting for children, and taking their status apart.
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::posix {

namespace {

constexpr StructField kWaitidFields[] = {{"si_pid", nullptr}, {"si_uid", nullptr}, {"si_signo", nullptr}, {"si_status", nullptr}, {"si_code", nullptr},
                                         {nullptr, nullptr}};
constexpr StructSequenceSpec kWaitid = {
    "posix.waitid_result",
    "waitid_result: Result from waitid.\n\nThis object may be accessed either as a tuple of\n  (si_pid, si_uid, si_signo, si_status, "
    "si_code),\nor via the attributes si_pid, si_uid, and so on.\n\nSee os.waitid for more information.",
    kWaitidFields, 5, 5};
Class* waitid_result;

constexpr StructField kUsageFields[] = {{"ru_utime", "user time used"},
                                        {"ru_stime", "system time used"},
                                        {"ru_maxrss", "max. resident set size"},
                                        {"ru_ixrss", "shared memory size"},
                                        {"ru_idrss", "unshared data size"},
                                        {"ru_isrss", "unshared stack size"},
                                        {"ru_minflt", "page faults not requiring I/O"},
                                        {"ru_majflt", "page faults requiring I/O"},
                                        {"ru_nswap", "number of swap outs"},
                                        {"ru_inblock", "block input operations"},
                                        {"ru_oublock", "block output operations"},
                                        {"ru_msgsnd", "IPC messages sent"},
                                        {"ru_msgrcv", "IPC messages received"},
                                        {"ru_nsignals", "signals received"},
                                        {"ru_nvcsw", "voluntary context switches"},
                                        {"ru_nivcsw", "involuntary context switches"},
                                        {nullptr, nullptr}};
constexpr StructSequenceSpec kUsage = {
    "resource.struct_rusage",
    "struct_rusage: Result from getrusage.\n\nThis object may be accessed either as a tuple of\n    (utime,stime,maxrss,ixrss,idrss,"
    "isrss,minflt,majflt,\n    nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\nor via the attributes ru_utime, ru_stime, "
    "ru_maxrss, and so on.",
    kUsageFields, 16, 16};

Value status_pair(pid_t pid, int status) { return make_tuple(Value::from_int(pid), Value::from_int(status)); }

Value do_wait(Value*) {
  pid_t pid;
  int status = 0;
  if (!retry(&pid, [&] { return ::wait(&status); })) return nullptr;
  return pid < 0 ? posix_error() : status_pair(pid, status);
}
Value do_waitpid(Value* a) {
  pid_t wanted, pid;
  int options, status = 0;
  if (!to_int32(a[0], &wanted) || !to_int32(a[1], &options) || !retry(&pid, [&] { return ::waitpid(wanted, &status, options); })) return nullptr;
  return pid < 0 ? posix_error() : status_pair(pid, status);
}
Value wait_with_usage(pid_t wanted, int options) {
  pid_t pid;
  int status = 0;
  rusage usage = {};
  if (!retry(&pid, [&] { return ::wait4(wanted, &status, options, &usage); })) return nullptr;
  if (pid < 0) return posix_error();
  Value u = TRY(make_rusage(usage));
  return make_tuple(Value::from_int(pid), Value::from_int(status), u);
}
Value do_wait3(Value* a) {
  int options;
  return to_int32(a[0], &options) ? wait_with_usage(-1, options) : Value();
}
Value do_wait4(Value* a) {
  pid_t pid;
  int options;
  return to_int32(a[0], &pid) && to_int32(a[1], &options) ? wait_with_usage(pid, options) : Value();
}
Value do_waitid(Value* a) {
  int type, id, options, r;
  siginfo_t info = {};
  if (!to_int32(a[0], &type) || !to_int32(a[1], &id) || !to_int32(a[2], &options)) return nullptr;
  if (!retry(&r, [&] { return ::waitid(static_cast<idtype_t>(type), static_cast<id_t>(id), &info, options); })) return nullptr;
  if (r < 0) return posix_error();
  if (info.si_pid == 0) return Value::none();
  Tuple* t = TRY(new_struct_sequence(waitid_result));
  int64_t values[] = {info.si_pid, info.si_uid, info.si_signo, info.si_status, info.si_code};
  for (size_t i = 0; i < std::size(values); ++i) t->items[i] = new_int(values[i]);
  return t;
}
Value do_pidfd_open(Value* a) {
  int pid, flags;
  if (!to_int32(a[0], &pid) || !optional_int(a[1], 0, &flags)) return nullptr;
  long fd = ::syscall(SYS_pidfd_open, pid, static_cast<unsigned>(flags));
  return fd < 0 ? posix_error() : Value::from_int(fd);
}

template <class F>
Value of_status(Value v, F f) {
  int status;
  return to_int32(v, &status) ? Value(f(status)) : Value();
}
Value w_coredump(Value* a) { return of_status(a[0], [](int s) { return Value::from_bool(WCOREDUMP(s)); }); }
Value w_exitstatus(Value* a) { return of_status(a[0], [](int s) { return Value::from_int(WEXITSTATUS(s)); }); }
Value w_ifcontinued(Value* a) { return of_status(a[0], [](int s) { return Value::from_bool(WIFCONTINUED(s)); }); }
Value w_ifexited(Value* a) { return of_status(a[0], [](int s) { return Value::from_bool(WIFEXITED(s)); }); }
Value w_ifsignaled(Value* a) { return of_status(a[0], [](int s) { return Value::from_bool(WIFSIGNALED(s)); }); }
Value w_ifstopped(Value* a) { return of_status(a[0], [](int s) { return Value::from_bool(WIFSTOPPED(s)); }); }
Value w_stopsig(Value* a) { return of_status(a[0], [](int s) { return Value::from_int(WSTOPSIG(s)); }); }
Value w_termsig(Value* a) { return of_status(a[0], [](int s) { return Value::from_int(WTERMSIG(s)); }); }
Value do_exitcode(Value* a) {
  int status;
  if (!to_int32(a[0], &status)) return nullptr;
  if (WIFEXITED(status)) return Value::from_int(WEXITSTATUS(status));
  if (WIFSIGNALED(status)) return Value::from_int(-WTERMSIG(status));
  if (WIFSTOPPED(status)) return raisef(exc.ValueError, "process stopped by delivery of signal %i", WSTOPSIG(status));
  return raisef(exc.ValueError, "invalid wait status: %i", status);
}

}  // namespace

Class* rusage_class() {
  static Class* cls = nullptr;
  static Value root;
  if (!cls) {
    cls = new_struct_sequence_class(kUsage);
    root = Value(cls);
    heap.add_root_range(&root, &root + 1);
  }
  return cls;
}

Value make_rusage(const rusage& usage) {
  Tuple* t = TRY(new_struct_sequence(rusage_class()));
  auto seconds = [](const timeval& v) { return Value::from_double(static_cast<double>(v.tv_sec) + static_cast<double>(v.tv_usec) * 1e-6); };
  t->items[0] = seconds(usage.ru_utime);
  t->items[1] = seconds(usage.ru_stime);
  long values[] = {usage.ru_maxrss, usage.ru_ixrss,  usage.ru_idrss,  usage.ru_isrss, usage.ru_minflt,  usage.ru_majflt, usage.ru_nswap,
                   usage.ru_inblock, usage.ru_oublock, usage.ru_msgsnd, usage.ru_msgrcv, usage.ru_nsignals, usage.ru_nvcsw,  usage.ru_nivcsw};
  for (size_t i = 0; i < std::size(values); ++i) t->items[2 + i] = new_int(values[i]);
  return t;
}

const MethodDef kWaitFunctions[] = {POSIX_ROW("wait", "($module, /)", do_wait),
                                    POSIX_ROW("waitpid", "($module, pid, options, /)", do_waitpid),
                                    POSIX_ROW("wait3", "($module, /, options)", do_wait3),
                                    POSIX_ROW("wait4", "($module, /, pid, options)", do_wait4),
                                    POSIX_ROW("waitid", "($module, idtype, id, options, /)", do_waitid),
                                    POSIX_ROW("pidfd_open", "($module, /, pid, flags=0)", do_pidfd_open),
                                    POSIX_ROW("WCOREDUMP", "($module, status, /)", w_coredump),
                                    POSIX_ROW("WEXITSTATUS", "($module, /, status)", w_exitstatus),
                                    POSIX_ROW("WIFCONTINUED", "($module, /, status)", w_ifcontinued),
                                    POSIX_ROW("WIFEXITED", "($module, /, status)", w_ifexited),
                                    POSIX_ROW("WIFSIGNALED", "($module, /, status)", w_ifsignaled),
                                    POSIX_ROW("WIFSTOPPED", "($module, /, status)", w_ifstopped),
                                    POSIX_ROW("WSTOPSIG", "($module, /, status)", w_stopsig),
                                    POSIX_ROW("WTERMSIG", "($module, /, status)", w_termsig),
                                    POSIX_ROW("waitstatus_to_exitcode", "($module, /, status)", do_exitcode),
                                    {}};

bool init_wait(Module* m) {
  if (!waitid_result) waitid_result = new_struct_sequence_class(kWaitid);
  return add_object(m, "waitid_result", waitid_result);
}

}  // namespace pyjit::runtime::posix
