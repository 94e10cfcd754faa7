// _signal: handlers, alarms and waiting for signals.
#include "runtime/signals.h"

#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cmath>
#include <csignal>

#include "runtime/blocking.h"
#include "runtime/errors.h"
#include "runtime/gil.h"
#include "runtime/heap.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/struct_sequence.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/frame.h"

namespace pyjit::runtime {

namespace {

constexpr int kSignals = 65;
std::atomic<bool> tripped[kSignals];
std::atomic<bool> any_tripped;
Value handlers[kSignals];        // Python handler; SIG_DFL and SIG_IGN as ints; None: not set from Python
Thread* main_thread_state;
std::atomic<int> wakeup_fd{-1};
Value default_int_handler_function;
Class* siginfo_class;
Value itimer_error;

extern "C" void on_signal(int signum) {
  int saved = errno;
  trip_signal(signum);
  errno = saved;
}

bool valid(int signum) {
  if (signum >= 1 && signum < kSignals) return true;
  raise(exc.ValueError, "signal number out of range");
  return false;
}
bool set_system_handler(int signum, void (*fn)(int)) {
  struct sigaction action = {};
  action.sa_handler = fn;
  sigemptyset(&action.sa_mask);
  return sigaction(signum, &action, nullptr) == 0;
}

Value s_default_int_handler(Value*, uint32_t, Tuple*) { return raise_object(call0(exc.KeyboardInterrupt)); }
Value s_signal(Value* a) {
  int signum;
  if (!to_int32(a[0], &signum)) return nullptr;
  if (!is_main_thread()) return raise(exc.ValueError, "signal only works in main thread of the main interpreter");
  if (!valid(signum)) return nullptr;
  void (*fn)(int);
  if (a[1] == Value::from_int(0) || (!is_callable(a[1]) && compare_bool(a[1], Value::from_int(0), kEq) > 0)) {
    fn = SIG_DFL;
  } else if (a[1] == Value::from_int(1) || (!is_callable(a[1]) && compare_bool(a[1], Value::from_int(1), kEq) > 0)) {
    fn = SIG_IGN;
  } else if (is_callable(a[1])) {
    fn = on_signal;
  } else {
    return raise(exc.TypeError, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }
  if (!check_signals()) return nullptr;
  if (!set_system_handler(signum, fn)) return raise_os_error(errno);
  Value old = handlers[signum];
  handlers[signum] = fn == SIG_DFL ? Value::from_int(0) : fn == SIG_IGN ? Value::from_int(1) : a[1];
  return old ? old : Value::none();
}
Value s_getsignal(Value* a) {
  int signum;
  if (!to_int32(a[0], &signum) || !valid(signum)) return nullptr;
  return handlers[signum] ? handlers[signum] : Value::none();
}
Value s_alarm(Value* a) {
  int seconds;
  return to_int32(a[0], &seconds) ? new_int(alarm(static_cast<unsigned>(seconds))) : Value();
}
Value s_pause(Value*) {
  {
    BlockingRegion region;
    pause();
  }
  return check_signals() ? Value::none() : Value();
}
Value s_raise_signal(Value* a) {
  int signum;
  if (!to_int32(a[0], &signum)) return nullptr;
  if (::raise(signum) != 0) return raise_os_error(errno);
  return check_signals() ? Value::none() : Value();
}
Value s_siginterrupt(Value* a) {
  int signum;
  if (!to_int32(a[0], &signum) || !valid(signum)) return nullptr;
  struct sigaction action;
  if (sigaction(signum, nullptr, &action) < 0) return raise_os_error(errno);
  int flag = TRY_INT(is_true(a[1]));
  if (flag) action.sa_flags &= ~SA_RESTART;
  else action.sa_flags |= SA_RESTART;
  return sigaction(signum, &action, nullptr) < 0 ? Value(raise_os_error(errno)) : Value::none();
}
Value s_set_wakeup_fd(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  if (!is_main_thread()) return raise(exc.ValueError, "set_wakeup_fd only works in main thread of the main interpreter");
  return Value::from_int(wakeup_fd.exchange(fd));
}
Value s_strsignal(Value* a) {
  int signum;
  if (!to_int32(a[0], &signum) || !valid(signum)) return nullptr;
  const char* text = strsignal(signum);
  return text && std::string_view(text).find("Unknown signal") == std::string_view::npos ? Value(new_str(text)) : Value::none();
}
bool to_mask(Value iterable, sigset_t* set) {
  sigemptyset(set);
  Value it = TRY(get_iter(iterable));
  while (Value v = iter_next(it)) {
    int signum;
    if (!to_int32(v, &signum)) return false;
    if (signum < 1 || signum >= kSignals) return raisef(exc.ValueError, "signal number %d out of range [1; 64]", signum), false;
    sigaddset(set, signum);
  }
  return !error_pending();
}
Value from_mask(const sigset_t& set) {
  Set* s = TRY(new_set(nullptr));
  for (int i = 1; i < kSignals; ++i) {
    if (sigismember(&set, i) == 1 && set_add(s, Value::from_int(i)) < 0) return nullptr;
  }
  return s;
}
Value s_pthread_sigmask(Value* a) {
  int how;
  sigset_t set, old;
  if (!to_int32(a[0], &how) || !to_mask(a[1], &set)) return nullptr;
  if (int error = pthread_sigmask(how, &set, &old)) return raise_os_error(error);
  if (!check_signals()) return nullptr;
  return from_mask(old);
}
Value s_pthread_kill(Value* a) {
  int64_t ident;
  int signum;
  if (!to_int64(a[0], &ident) || !to_int32(a[1], &signum)) return nullptr;
  if (int error = pthread_kill(static_cast<pthread_t>(ident), signum)) return raise_os_error(error);
  return check_signals() ? Value::none() : Value();
}
Value s_sigpending(Value*) {
  sigset_t set;
  return sigpending(&set) < 0 ? Value(raise_os_error(errno)) : from_mask(set);
}
Value s_sigwait(Value* a) {
  sigset_t set;
  int signum, error;
  if (!to_mask(a[0], &set)) return nullptr;
  {
    BlockingRegion region;
    error = sigwait(&set, &signum);
  }
  return error ? Value(raise_os_error(error)) : Value::from_int(signum);
}
Value siginfo_value(const siginfo_t& info) {
  Tuple* t = TRY(new_struct_sequence(siginfo_class));
  int64_t fields[] = {info.si_signo, info.si_code, info.si_errno, info.si_pid, info.si_uid, info.si_status, info.si_band};
  for (int i = 0; i < 7; ++i) t->items[i] = new_int(fields[i]);
  return t;
}
Value wait_info(Value signals, const timespec* timeout) {
  sigset_t set;
  siginfo_t info;
  if (!to_mask(signals, &set)) return nullptr;
  for (;;) {
    int r;
    {
      BlockingRegion region;
      r = timeout ? sigtimedwait(&set, &info, timeout) : sigwaitinfo(&set, &info);
    }
    if (r >= 0) return siginfo_value(info);
    if (errno == EAGAIN) return Value::none();
    if (errno != EINTR) return raise_os_error(errno);
    if (!check_signals()) return nullptr;
  }
}
Value s_sigwaitinfo(Value* a) { return wait_info(a[0], nullptr); }
Value s_sigtimedwait(Value* a) {
  double seconds;
  if (!to_double(a[1], &seconds)) return nullptr;
  if (seconds < 0) return raise(exc.ValueError, "timeout must be non-negative");
  timespec t = {static_cast<time_t>(seconds), static_cast<long>((seconds - std::floor(seconds)) * 1e9)};
  return wait_info(a[0], &t);
}
Value s_valid_signals(Value*) {
  sigset_t set;
  sigfillset(&set);
  return from_mask(set);
}
Value timer_value(const itimerval& t) {
  return make_tuple(Value::from_double(static_cast<double>(t.it_value.tv_sec) + static_cast<double>(t.it_value.tv_usec) * 1e-6),
                    Value::from_double(static_cast<double>(t.it_interval.tv_sec) + static_cast<double>(t.it_interval.tv_usec) * 1e-6));
}
bool to_timeval(Value v, timeval* t) {
  double d = 0;
  if (v && !to_double(v, &d)) return false;
  double whole = std::floor(d);
  t->tv_sec = static_cast<time_t>(whole);
  t->tv_usec = static_cast<suseconds_t>(std::ceil((d - whole) * 1e6));
  if (t->tv_usec >= 1000000) ++t->tv_sec, t->tv_usec -= 1000000;
  return true;
}
Value s_setitimer(Value* a) {
  int which;
  itimerval now, old;
  if (!to_int32(a[0], &which) || !to_timeval(a[1], &now.it_value) || !to_timeval(a[2], &now.it_interval)) return nullptr;
  if (setitimer(static_cast<__itimer_which_t>(which), &now, &old) < 0) return raise_os_error(errno);
  return timer_value(old);
}
Value s_getitimer(Value* a) {
  int which;
  itimerval now;
  if (!to_int32(a[0], &which)) return nullptr;
  if (getitimer(static_cast<__itimer_which_t>(which), &now) < 0) return raise_os_error(errno);
  return timer_value(now);
}

const MethodDef kFunctions[] = {
    {.name = "default_int_handler", .signature = "($module, signalnum, frame, /)", .kind = MethodKind::kFunction,
     .doc = "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt.", .raw = s_default_int_handler},
    function_row("alarm", "($module, seconds, /)", s_alarm),
    function_row("setitimer", "($module, which, seconds, interval=0.0, /)", s_setitimer),
    function_row("getitimer", "($module, which, /)", s_getitimer),
    function_row("signal", "($module, signalnum, handler, /)", s_signal),
    function_row("raise_signal", "($module, signalnum, /)", s_raise_signal),
    function_row("strsignal", "($module, signalnum, /)", s_strsignal),
    function_row("getsignal", "($module, signalnum, /)", s_getsignal),
    function_row("set_wakeup_fd", "!(fd, *, warn_on_full_buffer=True)", s_set_wakeup_fd),
    function_row("siginterrupt", "($module, signalnum, flag, /)", s_siginterrupt),
    function_row("pause", "($module, /)", s_pause),
    function_row("pthread_kill", "($module, thread_id, signalnum, /)", s_pthread_kill),
    function_row("pthread_sigmask", "($module, how, mask, /)", s_pthread_sigmask),
    function_row("sigpending", "($module, /)", s_sigpending),
    function_row("sigwait", "($module, sigset, /)", s_sigwait),
    function_row("sigwaitinfo", "($module, sigset, /)", s_sigwaitinfo),
    function_row("sigtimedwait", "($module, sigset, timeout, /)", s_sigtimedwait),
    function_row("valid_signals", "($module, /)", s_valid_signals),
    {}};

constexpr StructField kInfoFields[] = {{"si_signo", "signal number"}, {"si_code", "signal code"}, {"si_errno", "errno associated with this signal"},
                                       {"si_pid", "sending process ID"}, {"si_uid", "real user ID of sending process"},
                                       {"si_status", "exit value or signal"}, {"si_band", "band event for SIGPOLL"}, {}};
constexpr StructSequenceSpec kInfoSpec = {"signal.struct_siginfo", "struct_siginfo: Result from sigwaitinfo or sigtimedwait.", kInfoFields, 7, 7};

}  // namespace

void trip_signal(int signum) {
  tripped[signum].store(true);
  any_tripped.store(true);
  if (main_thread_state) __atomic_fetch_or(&main_thread_state->poll, static_cast<uint32_t>(kPollSignal), __ATOMIC_SEQ_CST);
  int fd = wakeup_fd.load();
  if (fd >= 0) {
    char byte = static_cast<char>(signum);
    [[maybe_unused]] ssize_t n = write(fd, &byte, 1);
  }
}

bool poll_signals() {
  if (!is_main_thread() || !any_tripped.exchange(false)) return true;
  __atomic_fetch_and(&thread()->poll, ~static_cast<uint32_t>(kPollSignal), __ATOMIC_SEQ_CST);
  for (int i = 1; i < kSignals; ++i) {
    if (!tripped[i].exchange(false)) continue;
    Value h = handlers[i];
    if (!h || !is_callable(h)) continue;
    Frame* f = visible_frame(thread()->frame);
    Value frame = f ? Value(frame_object(f)) : Value::none();
    if (!call2(h, Value::from_int(i), frame)) {
      any_tripped.store(true);   // the rest at the next poll
      __atomic_fetch_or(&thread()->poll, static_cast<uint32_t>(kPollSignal), __ATOMIC_SEQ_CST);
      return false;
    }
  }
  return true;
}

void signals_after_fork() {
  main_thread_state = thread();
  any_tripped.store(false);
  for (auto& t : tripped) t.store(false);
}

void install_default_signals() {
  main_thread_state = thread();
  run_signal_handlers_hook = poll_signals;
  heap.add_root_range(handlers, handlers + kSignals);
  heap.add_root_range(&default_int_handler_function, &default_int_handler_function + 1);
  set_system_handler(SIGPIPE, SIG_IGN);
  set_system_handler(SIGXFSZ, SIG_IGN);
  default_int_handler_function = new_native_function(&kFunctions[0], nullptr, intern("_signal"));
  for (int i = 1; i < kSignals; ++i) {
    struct sigaction action;
    if (sigaction(i, nullptr, &action) < 0) {
      handlers[i] = Value::none();
    } else if (action.sa_handler == SIG_DFL) {
      handlers[i] = Value::from_int(0);
    } else {
      handlers[i] = action.sa_handler == SIG_IGN ? Value::from_int(1) : Value::none();
    }
  }
  if (handlers[SIGINT] == Value::from_int(0)) {
    handlers[SIGINT] = default_int_handler_function;
    set_system_handler(SIGINT, on_signal);
  }
}

bool init_signal_module(Module* m) {
  if (!siginfo_class) {
    siginfo_class = new_struct_sequence_class(kInfoSpec);
    static Value root;
    root = siginfo_class;
    heap.add_root_range(&root, &root + 1);
  }
  bool ok = add_functions(m, kFunctions) && add_object(m, "struct_siginfo", siginfo_class) && add_object(m, "ItimerError", exc.OSError);
  // The module's default_int_handler is the one installed for SIGINT.
  ok = ok && add_object(m, "default_int_handler", default_int_handler_function);
  struct { const char* name; int value; } constants[] = {
      {"SIG_DFL", 0}, {"SIG_IGN", 1}, {"SIG_BLOCK", SIG_BLOCK}, {"SIG_UNBLOCK", SIG_UNBLOCK}, {"SIG_SETMASK", SIG_SETMASK}, {"NSIG", kSignals},
      {"SIGHUP", SIGHUP}, {"SIGINT", SIGINT}, {"SIGQUIT", SIGQUIT}, {"SIGILL", SIGILL}, {"SIGTRAP", SIGTRAP}, {"SIGIOT", SIGIOT}, {"SIGABRT", SIGABRT},
      {"SIGFPE", SIGFPE}, {"SIGKILL", SIGKILL}, {"SIGBUS", SIGBUS}, {"SIGSEGV", SIGSEGV}, {"SIGSYS", SIGSYS}, {"SIGPIPE", SIGPIPE}, {"SIGALRM", SIGALRM},
      {"SIGTERM", SIGTERM}, {"SIGUSR1", SIGUSR1}, {"SIGUSR2", SIGUSR2}, {"SIGCLD", SIGCHLD}, {"SIGCHLD", SIGCHLD}, {"SIGPWR", SIGPWR}, {"SIGIO", SIGIO},
      {"SIGURG", SIGURG}, {"SIGWINCH", SIGWINCH}, {"SIGPOLL", SIGPOLL}, {"SIGSTOP", SIGSTOP}, {"SIGTSTP", SIGTSTP}, {"SIGCONT", SIGCONT}, {"SIGTTIN", SIGTTIN},
      {"SIGTTOU", SIGTTOU}, {"SIGVTALRM", SIGVTALRM}, {"SIGPROF", SIGPROF}, {"SIGXCPU", SIGXCPU}, {"SIGXFSZ", SIGXFSZ}, {"SIGRTMIN", SIGRTMIN},
      {"SIGRTMAX", SIGRTMAX}, {"SIGSTKFLT", SIGSTKFLT}, {"ITIMER_REAL", ITIMER_REAL}, {"ITIMER_VIRTUAL", ITIMER_VIRTUAL}, {"ITIMER_PROF", ITIMER_PROF}};
  for (auto& c : constants) ok = ok && add_int(m, c.name, c.value);
  return ok;
}

}  // namespace pyjit::runtime
