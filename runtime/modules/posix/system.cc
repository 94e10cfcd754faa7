// The system at large: environment, host name, random bytes, process times, terminals, processors; path text.
#include <fcntl.h>
#include <linux/limits.h>
#include <pty.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <utmp.h>

#include <cstring>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"
#include "runtime/types/dict.h"

extern char** environ;

namespace pyjit::runtime::posix {

namespace {

constexpr StructField kUnameFields[] = {{"sysname", "operating system name"},
                                        {"nodename", "name of machine on network (implementation-defined)"},
                                        {"release", "operating system release"},
                                        {"version", "operating system version"},
                                        {"machine", "hardware identifier"},
                                        {nullptr, nullptr}};
constexpr StructSequenceSpec kUname = {
    "posix.uname_result",
    "uname_result: Result from os.uname().\n\nThis object may be accessed either as a tuple of\n  (sysname, nodename, release, version, "
    "machine),\nor via the attributes sysname, nodename, release, version, and machine.\n\nSee os.uname for more information.",
    kUnameFields, 5, 5};
constexpr StructField kTimesFields[] = {{"user", "user time"},
                                        {"system", "system time"},
                                        {"children_user", "user time of children"},
                                        {"children_system", "system time of children"},
                                        {"elapsed", "elapsed time since an arbitrary point in the past"},
                                        {nullptr, nullptr}};
constexpr StructSequenceSpec kTimes = {
    "posix.times_result",
    "times_result: Result from os.times().\n\nThis object may be accessed either as a tuple of\n  (user, system, children_user, "
    "children_system, elapsed),\nor via the attributes user, system, children_user, children_system,\nand elapsed.\n\nSee os.times for more "
    "information.",
    kTimesFields, 5, 5};
constexpr StructField kTerminalFields[] = {{"columns", "width of the terminal window in characters"},
                                           {"lines", "height of the terminal window in characters"},
                                           {nullptr, nullptr}};
constexpr StructSequenceSpec kTerminal = {"os.terminal_size", "A tuple of (columns, lines) for holding terminal window size", kTerminalFields, 2, 2};
Class *uname_result, *times_result, *terminal_size;

// name → value as bytes, of the environment the process started with. The first of two equal names counts.
Value make_environ() {
  Dict* d = TRY(new_dict());
  for (char** e = environ; e && *e; ++e) {
    const char* equals = strchr(*e, '=');
    if (!equals) continue;
    Value key = TRY(new_bytes({*e, static_cast<size_t>(equals - *e)})), value = TRY(new_bytes(std::string_view(equals + 1)));
    if (!dict_set_default(d, key, value)) return nullptr;
  }
  return d;
}

Value do_putenv(Value* a) {
  std::string name, value;
  if (!fs_encode_path(a[0], &name) || !fs_encode_path(a[1], &value)) return nullptr;
  if (name.find('=') != std::string::npos) return raise(exc.ValueError, "illegal environment variable name");
  return none_or_error(::setenv(name.c_str(), value.c_str(), 1));
}
Value do_unsetenv(Value* a) {
  std::string name;
  if (!fs_encode_path(a[0], &name)) return nullptr;
  return none_or_error(::unsetenv(name.c_str()));
}

Value do_fspath(Value* a) { return fspath(a[0]); }

Value do_uname(Value*) {
  utsname u;
  if (unlocked([&] { return ::uname(&u); }) < 0) return posix_error();
  Tuple* t = TRY(new_struct_sequence(uname_result));
  const char* values[] = {u.sysname, u.nodename, u.release, u.version, u.machine};
  for (size_t i = 0; i < std::size(values); ++i) t->items[i] = TRY(fs_string(values[i]));
  write_barrier(t);
  return t;
}
Value do_times(Value*) {
  tms t;
  clock_t elapsed = ::times(&t);
  if (elapsed == static_cast<clock_t>(-1)) return posix_error();
  static const double ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  Tuple* r = TRY(new_struct_sequence(times_result));
  clock_t values[] = {t.tms_utime, t.tms_stime, t.tms_cutime, t.tms_cstime, elapsed};
  for (size_t i = 0; i < std::size(values); ++i) r->items[i] = Value::from_double(static_cast<double>(values[i]) / ticks);
  return r;
}
Value do_getloadavg(Value*) {
  double load[3];
  if (::getloadavg(load, 3) != 3) return raise(exc.OSError, "Load averages are unobtainable");
  return make_tuple(Value::from_double(load[0]), Value::from_double(load[1]), Value::from_double(load[2]));
}
Value do_cpu_count(Value*) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? Value::none() : Value::from_int(n);
}

Value do_urandom(Value* a) {
  int64_t size;
  if (!to_length(a[0], &size)) return nullptr;
  if (size < 0) return raise(exc.ValueError, "negative argument not allowed");
  Bytes* b = TRY(new_bytes_uninitialized(static_cast<size_t>(size)));
  for (int64_t at = 0; at < size;) {
    ssize_t n;
    if (!retry(&n, [&] { return ::getrandom(b->data + at, static_cast<size_t>(std::min<int64_t>(size - at, 1 << 20)), 0); })) return nullptr;
    if (n < 0) return posix_error();
    at += n;
  }
  return b;
}
Value do_getrandom(Value* a) {
  int64_t size;
  int flags;
  if (!to_length(a[0], &size) || !optional_int(a[1], 0, &flags)) return nullptr;
  if (size < 0) {
    errno = EINVAL;
    return posix_error();
  }
  Bytes* b = TRY(new_bytes_uninitialized(static_cast<size_t>(size)));
  ssize_t n;
  if (!retry(&n, [&] { return ::getrandom(b->data, static_cast<size_t>(size), static_cast<unsigned>(flags)); })) return nullptr;
  if (n < 0) return posix_error();
  return n == size ? Value(b) : Value(new_bytes({b->data, static_cast<size_t>(n)}));
}

Value do_strerror(Value* a) {
  int code;
  return to_int32(a[0], &code) ? Value(new_str(::strerror(code))) : Value();
}

// Terminals.
Value do_get_terminal_size(Value* a) {
  int fd;
  if (!optional_int(a[0], STDOUT_FILENO, &fd)) return nullptr;
  winsize w;
  if (::ioctl(fd, TIOCGWINSZ, &w)) return posix_error();
  Tuple* t = TRY(new_struct_sequence(terminal_size));
  t->items[0] = Value::from_int(w.ws_col);
  t->items[1] = Value::from_int(w.ws_row);
  return t;
}
Value do_ttyname(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  char buffer[PATH_MAX];
  int error = ::ttyname_r(fd, buffer, sizeof buffer);
  return error ? raise_os_error(error) : Value(fs_string(buffer));
}
Value do_ctermid(Value*) {
  char buffer[L_ctermid];
  return fs_string(::ctermid(buffer));
}
Value do_openpty(Value*) {
  int controller, terminal;
  if (::openpty(&controller, &terminal, nullptr, nullptr, nullptr) < 0) return posix_error();
  for (int fd : {controller, terminal}) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  return make_tuple(Value::from_int(controller), Value::from_int(terminal));
}
Value do_login_tty(Value* a) {
  int fd;
  return to_descriptor(a[0], &fd) ? none_or_error(::login_tty(fd)) : Value();
}
Value do_device_encoding(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  return ::isatty(fd) ? Value(intern("UTF-8")) : Value::none();
}

// normpath for str: collapses "//", "." and "name/.."; "" for what ends up empty.
Value do_path_normpath(Value* a) {
  if (!is_str(a[0])) return raisef(exc.TypeError, "_path_normpath: path should be string, not %.200s", type_name(a[0]));
  Str* path = a[0].as<Str>();
  uint64_t n = path->length;
  StrBuilder out;
  std::vector<std::pair<uint64_t, uint64_t>> parts;
  uint64_t slashes = 0;
  while (slashes < n && path->at(slashes) == '/') ++slashes;
  bool rooted = slashes > 0;
  auto is_up = [&](std::pair<uint64_t, uint64_t> p) { return p.second - p.first == 2 && path->at(p.first) == '.' && path->at(p.first + 1) == '.'; };
  for (uint64_t i = slashes; i < n;) {
    uint64_t end = i;
    while (end < n && path->at(end) != '/') ++end;
    std::pair<uint64_t, uint64_t> part{i, end};
    i = end + 1;
    if (part.first == part.second || (part.second - part.first == 1 && path->at(part.first) == '.')) continue;
    if (!is_up(part) || (!rooted && parts.empty()) || (!parts.empty() && is_up(parts.back()))) {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  if (rooted) out.append_ascii(slashes == 2 ? "//" : "/");
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i) out.append_ascii("/");
    out.append(path, parts[i].first, parts[i].second);
  }
  return out.finish();
}

}  // namespace

const MethodDef kSystemFunctions[] = {POSIX_ROW("putenv", "($module, name, value, /)", do_putenv),
                                      POSIX_ROW("unsetenv", "($module, name, /)", do_unsetenv),
                                      POSIX_ROW("fspath", "($module, /, path)", do_fspath),
                                      POSIX_ROW("uname", "($module, /)", do_uname),
                                      POSIX_ROW("times", "($module, /)", do_times),
                                      POSIX_ROW("getloadavg", "($module, /)", do_getloadavg),
                                      POSIX_ROW("cpu_count", "($module, /)", do_cpu_count),
                                      POSIX_ROW("urandom", "($module, size, /)", do_urandom),
                                      POSIX_ROW("getrandom", "($module, /, size, flags=0)", do_getrandom),
                                      POSIX_ROW("strerror", "($module, code, /)", do_strerror),
                                      POSIX_ROW("get_terminal_size", "($module, fd=<unrepresentable>, /)", do_get_terminal_size),
                                      POSIX_ROW("ttyname", "($module, fd, /)", do_ttyname),
                                      POSIX_ROW("ctermid", "($module, /)", do_ctermid),
                                      POSIX_ROW("openpty", "($module, /)", do_openpty),
                                      POSIX_ROW("login_tty", "($module, fd, /)", do_login_tty),
                                      POSIX_ROW("device_encoding", "($module, /, fd)", do_device_encoding),
                                      POSIX_ROW("_path_normpath", "($module, /, path)", do_path_normpath),
                                      {}};

bool init_system(Module* m) {
  if (!uname_result) {
    uname_result = new_struct_sequence_class(kUname);
    times_result = new_struct_sequence_class(kTimes);
    terminal_size = new_struct_sequence_class(kTerminal);
  }
  Value environment = TRY(make_environ());
  return add_object(m, "uname_result", uname_result) && add_object(m, "times_result", times_result) &&
         add_object(m, "terminal_size", terminal_size) && add_object(m, "environ", environment);
}

}  // namespace pyjit::runtime::posix
