// The select module: select, poll objects, epoll objects.
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <cmath>
#include <vector>

#include "runtime/module_registry.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/types/float.h"

namespace pyjit::runtime {

namespace posix {
namespace {

constexpr int64_t kNanos = 1'000'000'000, kMilli = 1'000'000;

int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * kNanos + t.tv_nsec;
}

// A timeout in units of `unit` nanoseconds, rounded away from zero. False: TypeError with `message`, or overflow, pending.
bool to_timeout(Value v, int64_t unit, const char* message, int64_t* out) {
  bool too_large = false;
  if (is_float_like(v)) {
    double d = float_value(v);
    if (std::isnan(d)) return raise(exc.ValueError, "Invalid value NaN (not a number)"), false;
    d *= static_cast<double>(unit);
    d = d >= 0 ? std::ceil(d) : std::floor(d);
    too_large = !(d >= -9223372036854775808.0 && d < 9223372036854775808.0);
    if (!too_large) *out = static_cast<int64_t>(d);
  } else {
    if (!is_int_like(v) && !class_of(v)->slots.index) return raise(exc.TypeError, message), false;
    Value i = TRY(number_index(v));
    int64_t n;
    too_large = !int_to_int64(i, &n) || __builtin_mul_overflow(n, unit, out);
  }
  if (too_large) return raise(exc.OverflowError, "timestamp too large to convert to C _PyTime_t"), false;
  return true;
}
// Nanoseconds → milliseconds for poll, rounded up; -1: for ever.
int to_poll_ms(int64_t ns) {
  if (ns < 0) return -1;
  int64_t ms = ns / kMilli + (ns % kMilli != 0);
  return static_cast<int>(std::min<int64_t>(ms, INT_MAX));
}
// Repeats `f(remaining_ns)` until it is not interrupted, or the time is over. False: a signal handler raised.
template <class F>
bool wait_until_ready(int64_t timeout, int* result, F f) {
  if (!check_signals()) return false;
  int64_t deadline = timeout > 0 ? now() + timeout : 0, left = timeout;
  for (;;) {
    *result = unlocked([&] { return f(left); });
    if (*result >= 0 || errno != EINTR) return true;
    if (!check_signals()) return false;
    if (timeout > 0 && (left = deadline - now()) < 0) return *result = 0, true;
  }
}

// select().

struct SelectSet {
  fd_set bits;
  std::vector<int> fds;
  RootedVector items;
};
bool to_select_set(Value v, SelectSet* out, int* highest) {
  FD_ZERO(&out->bits);
  Value *items, keep;
  size_t count;
  if (!fast_sequence(v, "arguments 1-3 must be sequences", &items, &count, &keep)) return false;
  // fileno() may change a list: it is read anew every time.
  List* list = is_list(v) ? v.as<List>() : nullptr;
  for (size_t i = 0; i < (list ? list->size : count); ++i) {
    Value item = list ? list->items()[i] : items[i];
    int fd;
    if (!to_descriptor(item, &fd)) return false;
    if (fd >= FD_SETSIZE) return raise(exc.ValueError, "filedescriptor out of range in select()"), false;
    if (i >= FD_SETSIZE) return raise(exc.ValueError, "too many file descriptors in select()"), false;
    FD_SET(fd, &out->bits);
    *highest = std::max(*highest, fd);
    out->fds.push_back(fd);
    out->items.push_back(item);
  }
  return true;
}
Value ready_list(SelectSet& set, const fd_set& ready) {
  List* list = TRY(new_list());
  for (size_t i = 0; i < set.fds.size(); ++i) {
    if (FD_ISSET(set.fds[i], &ready) && !list_append(list, set.items[i])) return nullptr;
  }
  return list;
}

Value do_select(Value* a) {
  int64_t timeout = -1;
  if (a[3] && !a[3].is_none()) {
    if (!to_timeout(a[3], kNanos, "timeout must be a float or None", &timeout)) return nullptr;
    if (timeout < 0) return raise(exc.ValueError, "timeout must be non-negative");
  }
  SelectSet sets[3];
  int highest = -1, n;
  for (int i = 0; i < 3; ++i) {
    if (!to_select_set(a[i], &sets[i], &highest)) return nullptr;
  }
  fd_set ready[3];
  if (!wait_until_ready(timeout, &n, [&](int64_t left) {
        for (int i = 0; i < 3; ++i) ready[i] = sets[i].bits;
        timeval t{left / kNanos, (left % kNanos + 999) / 1000};
        if (t.tv_usec >= 1'000'000) ++t.tv_sec, t.tv_usec -= 1'000'000;
        return ::select(highest + 1, &ready[0], &ready[1], &ready[2], left < 0 ? nullptr : &t);
      })) {
    return nullptr;
  }
  if (n < 0) return posix_error();
  if (n == 0) {
    for (auto& set : ready) FD_ZERO(&set);
  }
  Value lists[3];
  for (int i = 0; i < 3; ++i) lists[i] = TRY(ready_list(sets[i], ready[i]));
  return new_tuple(lists, 3);
}

// poll objects.

struct PollObject : Object {
  std::vector<pollfd>* fds;    // in the order they were registered
  bool busy;
};
Class *poll_class, *epoll_class;
PollObject* poll_of(Value v) { return v.as<PollObject>(); }
void finalize_poll(Object* o) {
  delete static_cast<PollObject*>(o)->fds;
  static_cast<PollObject*>(o)->fds = nullptr;
}
pollfd* find_fd(PollObject* p, int fd) {
  for (pollfd& f : *p->fds) {
    if (f.fd == fd) return &f;
  }
  return nullptr;
}
bool to_event_mask(Value v, short* out) {
  Value i = TRY(number_index(v));
  int64_t n;
  if (int_sign(i) < 0) return raise(exc.ValueError, "value must be positive"), false;
  if (!int_to_int64(i, &n) || n > USHRT_MAX) return raise(exc.OverflowError, "Python int too large for C unsigned short"), false;
  return *out = static_cast<short>(n), true;
}

Value do_poll(Value*) {
  auto* p = allocate_instance_of<PollObject>(poll_class);
  if (!p) return nullptr;
  p->fds = new std::vector<pollfd>;
  return p;
}
Value poll_register(Value* a) {
  int fd;
  short events = POLLIN | POLLPRI | POLLOUT;
  if (!to_descriptor(a[1], &fd) || (a[2] && !to_event_mask(a[2], &events))) return nullptr;
  PollObject* p = poll_of(a[0]);
  if (pollfd* f = find_fd(p, fd)) f->events = events;
  else p->fds->push_back({fd, events, 0});
  return Value::none();
}
Value poll_modify(Value* a) {
  int fd;
  short events;
  if (!to_descriptor(a[1], &fd) || !to_event_mask(a[2], &events)) return nullptr;
  pollfd* f = find_fd(poll_of(a[0]), fd);
  if (!f) return raise_os_error(ENOENT);
  f->events = events;
  return Value::none();
}
Value poll_unregister(Value* a) {
  int fd;
  if (!to_descriptor(a[1], &fd)) return nullptr;
  PollObject* p = poll_of(a[0]);
  pollfd* f = find_fd(p, fd);
  if (!f) return raise_key_error(Value::from_int(fd));
  p->fds->erase(p->fds->begin() + (f - p->fds->data()));
  return Value::none();
}
Value poll_poll(Value* a) {
  int64_t timeout = -1;
  if (a[1] && !a[1].is_none()) {
    if (!to_timeout(a[1], kMilli, "timeout must be an integer or None", &timeout)) return nullptr;
    if (timeout >= 0 && timeout / kMilli > INT_MAX) return raise(exc.OverflowError, "timeout is too large");
    if (timeout < 0 && timeout / kMilli < INT_MIN) return raise(exc.OverflowError, "timeout is too large");
  }
  PollObject* p = poll_of(a[0]);
  if (p->busy) return raise(exc.RuntimeError, "concurrent poll() invocation");
  std::vector<pollfd> fds = *p->fds;
  for (pollfd& f : fds) f.revents = 0;
  int n;
  p->busy = true;
  bool ok = wait_until_ready(timeout, &n, [&](int64_t left) { return ::poll(fds.data(), fds.size(), to_poll_ms(left)); });
  p->busy = false;
  if (!ok) return nullptr;
  if (n < 0) return posix_error();
  List* list = TRY(new_list());
  for (const pollfd& f : fds) {
    if (n && f.revents && !list_append(list, make_tuple(Value::from_int(f.fd), Value::from_int(static_cast<uint16_t>(f.revents))))) return nullptr;
  }
  return list;
}

// epoll objects.

struct EpollObject : Object { int fd; };
EpollObject* epoll_of(Value v) { return v.as<EpollObject>(); }
EpollObject* open_epoll(Value v) {
  if (epoll_of(v)->fd >= 0) return epoll_of(v);
  return raise(exc.ValueError, "I/O operation on closed epoll object");
}
void close_epoll(EpollObject* e) {
  int fd = e->fd;
  e->fd = -1;
  if (fd >= 0) unlocked([=] { return ::close(fd); });
}
void finalize_epoll(Object* o) {
  auto* e = static_cast<EpollObject*>(o);
  if (e->fd >= 0) ::close(e->fd);
  e->fd = -1;
}
Value make_epoll(Class* cls, int fd) {
  auto* e = allocate_instance_of<EpollObject>(cls);
  if (!e) return nullptr;
  e->fd = fd;
  return e;
}
Value epoll_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder binder("epoll", "(sizehint=-1, flags=0)");
  Value a[2];
  int size = -1, flags = 0;
  if (!binder(args, nargs, kwnames, a) || (a[0] && !to_int32(a[0], &size)) || (a[1] && !to_int32(a[1], &flags))) return nullptr;
  if (size == -1) size = FD_SETSIZE - 1;
  if (size <= 0) return raise(exc.ValueError, "negative sizehint");
  if (flags && flags != EPOLL_CLOEXEC) return raise(exc.OSError, "invalid flags");
  auto* e = allocate_instance_of<EpollObject>(cls);
  if (!e) return nullptr;
  e->fd = ::epoll_create1(EPOLL_CLOEXEC);
  return e->fd < 0 ? posix_error() : Value(e);
}
Value epoll_fromfd(Value* a) {
  int fd;
  return to_int32(a[1], &fd) ? make_epoll(a[0].as<Class>(), fd) : Value();
}
Value epoll_close(Value* a) { return close_epoll(epoll_of(a[0])), Value::none(); }
Value epoll_fileno(Value* a) {
  EpollObject* e = TRY(open_epoll(a[0]));
  return Value::from_int(e->fd);
}
Value epoll_enter(Value* a) { return TRY(open_epoll(a[0])); }
Value epoll_exit(Value* a) { return call_method0(a[0], names.close); }
Value epoll_closed(Value v) { return Value::from_bool(epoll_of(v)->fd < 0); }

Value epoll_control(Value self, int operation, Value target, Value mask) {
  int fd;
  epoll_event event = {};
  event.events = EPOLLIN | EPOLLPRI | EPOLLOUT;
  if (!to_descriptor(target, &fd)) return nullptr;
  if (mask) {
    Value i = TRY(number_index(mask));
    int64_t n;
    if (int_sign(i) < 0) return raise(exc.ValueError, "value must be positive");
    if (!int_to_int64(i, &n) || n > UINT_MAX) return raise(exc.OverflowError, "Python int too large for C unsigned int");
    event.events = static_cast<uint32_t>(n);
  }
  event.data.fd = fd;
  EpollObject* e = TRY(open_epoll(self));
  int epfd = e->fd;
  return none_or_error(unlocked([&] { return ::epoll_ctl(epfd, operation, fd, &event); }));
}
Value epoll_register(Value* a) { return epoll_control(a[0], EPOLL_CTL_ADD, a[1], a[2]); }
Value epoll_modify(Value* a) { return epoll_control(a[0], EPOLL_CTL_MOD, a[1], a[2]); }
Value epoll_unregister(Value* a) { return epoll_control(a[0], EPOLL_CTL_DEL, a[1], nullptr); }
Value epoll_poll(Value* a) {
  EpollObject* e = TRY(open_epoll(a[0]));
  int64_t timeout = -1;
  int limit = -1, n;
  if (a[1] && !a[1].is_none()) {
    if (!to_timeout(a[1], kNanos, "timeout must be an integer or None", &timeout)) return nullptr;
    if (timeout / kMilli > INT_MAX || timeout / kMilli < INT_MIN) return raise(exc.OverflowError, "timeout is too large");
  }
  if (a[2] && !to_int32(a[2], &limit)) return nullptr;
  if (limit == -1) limit = FD_SETSIZE - 1;
  if (limit < 1) return raisef(exc.ValueError, "maxevents must be greater than 0, got %d", limit);
  std::vector<epoll_event> events(static_cast<size_t>(limit));
  int fd = e->fd;
  if (!wait_until_ready(timeout, &n, [&](int64_t left) { return ::epoll_wait(fd, events.data(), limit, to_poll_ms(left)); })) return nullptr;
  if (n < 0) return posix_error();
  List* list = TRY(new_list(static_cast<size_t>(n)));
  for (int i = 0; i < n; ++i) {
    const epoll_event& ev = events[static_cast<size_t>(i)];
    if (!list_append(list, make_tuple(Value::from_int(ev.data.fd), new_int(ev.events)))) return nullptr;
  }
  return list;
}

constexpr MethodDef kPollMethods[] = {
    method_row("register", "($self, fd,\n         eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)", poll_register),
    method_row("modify", "($self, fd, eventmask, /)", poll_modify), method_row("unregister", "($self, fd, /)", poll_unregister),
    method_row("poll", "($self, timeout=None, /)", poll_poll), {}};
const ClassSpec kPollSpec = {.name = "select.poll",
                             .basicsize = sizeof(PollObject),
                             .flags = kClassNoInstantiation,
                             .finalize = finalize_poll,
                             .methods = kPollMethods};
constexpr MethodDef kEpollMethods[] = {
    {"fromfd", "($type, fd, /)", epoll_fromfd, Effects::kCallsPython, MethodKind::kClassMethod},
    method_row("close", "($self, /)", epoll_close),
    method_row("fileno", "($self, /)", epoll_fileno),
    method_row("register", "($self, /, fd,\n         eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)", epoll_register),
    method_row("modify", "($self, /, fd, eventmask)", epoll_modify),
    method_row("unregister", "($self, /, fd)", epoll_unregister),
    method_row("poll", "($self, /, timeout=None, maxevents=-1)", epoll_poll),
    method_row("__enter__", "($self, /)", epoll_enter),
    method_row("__exit__", "($self, exc_type=None, exc_value=None, exc_tb=None, /)", epoll_exit),
    {}};
constexpr GetSetDef kEpollGetSet[] = {{"closed", epoll_closed, nullptr, "True if the epoll handler is closed"}, {}};
const ClassSpec kEpollSpec = {.name = "select.epoll",
                              .basicsize = sizeof(EpollObject),
                              .finalize = finalize_epoll,
                              .doc = "select.epoll(sizehint=-1, flags=0)\n\nReturns an epolling object\n\nsizehint must be a positive integer or "
                                     "-1 for the default size. The\nsizehint is used to optimize internal data structures. It doesn't limit\nthe "
                                     "maximum number of monitored events.",
                              .slots = {.new_ = epoll_new},
                              .methods = kEpollMethods,
                              .getset = kEpollGetSet};

constexpr MethodDef kFunctions[] = {POSIX_ROW("select", "($module, rlist, wlist, xlist, timeout=None, /)", do_select),
                                    POSIX_ROW("poll", "($module, /)", do_poll),
                                    {}};
#define ROW(name) {#name, static_cast<long>(name)},
constexpr NamedInt kConstants[] = {
    // clang-format off
    ROW(PIPE_BUF) ROW(POLLIN) ROW(POLLPRI) ROW(POLLOUT) ROW(POLLERR) ROW(POLLHUP) ROW(POLLNVAL) ROW(POLLRDNORM) ROW(POLLRDBAND) ROW(POLLWRNORM)
    ROW(POLLWRBAND) ROW(POLLMSG) ROW(POLLRDHUP) ROW(EPOLLIN) ROW(EPOLLOUT) ROW(EPOLLPRI) ROW(EPOLLERR) ROW(EPOLLHUP) ROW(EPOLLRDHUP)
    ROW(EPOLLET) ROW(EPOLLONESHOT) ROW(EPOLLEXCLUSIVE) ROW(EPOLLRDNORM) ROW(EPOLLRDBAND) ROW(EPOLLWRNORM) ROW(EPOLLWRBAND) ROW(EPOLLMSG)
    ROW(EPOLL_CLOEXEC)
    // clang-format on
};
#undef ROW

}  // namespace
}  // namespace posix

bool init_select_module(Module* m) {
  using namespace posix;
  static Value roots[1];
  if (!poll_class) {
    heap.add_root_range(roots, roots + 1);
    roots[0] = poll_class = new_builtin_class(kPollSpec);
  }
  for (const NamedInt& c : kConstants) {
    if (!add_int(m, c.name, static_cast<uint32_t>(c.value))) return false;
  }
  return add_functions(m, kFunctions) && add_class(m, kEpollSpec, &epoll_class) && add_object(m, "error", exc.OSError);
}

}  // namespace pyjit::runtime
