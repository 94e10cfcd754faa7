// Socket objects: calls that wait at most the socket's time limit.
#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <cmath>
#include <cstring>
#include <memory>

#include "runtime/memory_limits.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/socket/socket.h"
#include "runtime/types/float.h"

namespace pyjit::runtime::net {

using posix::none_or_error;
using posix::optional_int;
using posix::posix_error;
using posix::unlocked;

int64_t default_timeout = -1;

bool set_blocking_mode(int fd, bool blocking) {
  int flags = ::fcntl(fd, F_GETFL);
  int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  return flags >= 0 && (wanted == flags || ::fcntl(fd, F_SETFL, wanted) == 0);
}

bool to_socket_timeout(Value v, int64_t* out) {
  if (v.is_none()) return *out = -1, true;
  double limit = 9223372036854775808.0;
  if (is_float_like(v)) {
    double d = float_value(v);
    if (std::isnan(d)) return raise(exc.ValueError, "Invalid value NaN (not a number)"), false;
    d = d >= 0 ? std::ceil(d * 1e9) : std::floor(d * 1e9);
    if (d < 0 && d >= -limit) return raise(exc.ValueError, "Timeout value out of range"), false;
    if (!(d >= -limit && d < limit)) return raise(exc.OverflowError, "timestamp too large to convert to C _PyTime_t"), false;
    *out = static_cast<int64_t>(d);
  } else {
    Value i = TRY(number_index(v));
    int64_t n;
    if (!int_to_int64(i, &n) || __builtin_mul_overflow(n, int64_t{1'000'000'000}, out)) {
      return raise(exc.OverflowError, "timestamp too large to convert to C _PyTime_t"), false;
    }
    if (n < 0) return raise(exc.ValueError, "Timeout value out of range"), false;
  }
  if (*out / 1'000'000 > INT_MAX) return raise(exc.OverflowError, "timeout doesn't fit into C timeval"), false;
  return true;
}

namespace {

int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1'000'000'000 + t.tv_nsec;
}
Value timed_out() { return raise(exc.TimeoutError, "timed out"); }

// Waits until the socket is ready. 1 ready, 0 the time is over, -1 exception pending.
int wait_ready(int fd, bool writing, bool connecting, int64_t deadline) {
  if (fd < 0) return 1;   // closed: the call itself says so
  for (;;) {
    int64_t left = deadline < 0 ? -1 : deadline - now();
    if (deadline >= 0 && left < 0) return 0;
    pollfd p = {fd, static_cast<short>(writing ? POLLOUT : POLLIN), 0};
    if (connecting) p.events |= POLLERR;
    int ms = left < 0 ? -1 : static_cast<int>((left + 999'999) / 1'000'000);
    int n = unlocked([&] { return ::poll(&p, 1, ms); });
    if (n > 0) return 1;
    if (n == 0) return 0;
    if (errno != EINTR) return posix_error(), -1;
    if (!check_signals()) return -1;
  }
}

// Performs `f` within the time limit that ends at `deadline` (-1: the socket blocks by itself). The result, or -1 with an exception.
template <class F>
int64_t timed_call(Socket* s, bool writing, int64_t deadline, F f) {
  if (!check_signals()) return -1;
  for (;;) {
    if (s->timeout > 0) {
      int ready = wait_ready(s->fd, writing, false, deadline);
      if (ready < 0) return -1;
      if (ready == 0) return timed_out(), -1;
    }
    int64_t r = unlocked([&] { return static_cast<int64_t>(f()); });
    if (r >= 0) return r;
    if (errno == EINTR) {
      if (!check_signals()) return -1;
    } else if (s->timeout > 0 && (errno == EWOULDBLOCK || errno == EAGAIN)) {
      continue;   // somebody else was quicker
    } else {
      return posix_error(), -1;
    }
  }
}
int64_t deadline_of(Socket* s) { return s->timeout > 0 ? now() + s->timeout : -1; }
template <class F>
int64_t socket_call(Socket* s, bool writing, F f) { return timed_call(s, writing, deadline_of(s), f); }

Value socket_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* s = allocate_instance_of<Socket>(cls);
  if (!s) return nullptr;
  s->fd = -1;
  s->timeout = -1;
  return s;
}

bool adopt_descriptor(Socket* s, Value fileno, int family, int type, int proto) {
  if (fileno.is_double() || (is_float_like(fileno))) return raise(exc.TypeError, "integer argument expected, got float"), false;
  int fd;
  if (!to_int32(fileno, &fd)) return false;
  if (fd < 0) return raise(exc.ValueError, "negative file descriptor"), false;
  Address address;
  socklen_t length = sizeof address;
  memset(&address, 0, sizeof address);
  if (::getsockname(fd, &address.any, &length) < 0) {
    if (family == -1 || errno == EBADF || errno == ENOTSOCK) return posix_error(), false;
  } else if (family == -1) {
    family = address.any.sa_family;
  }
  length = sizeof type;
  if (type == -1 && ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) < 0) return posix_error(), false;
  length = sizeof proto;
  if (proto == -1 && ::getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &proto, &length) < 0) return posix_error(), false;
  s->fd = fd;
  s->family = family;
  s->type = type;
  s->proto = proto;
  return true;
}

bool socket_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder binder("socket", "(family=-1, type=-1, proto=-1, fileno=None)");
  Value a[4];
  Socket* s = socket_of(self);
  int family, type, proto;
  if (!binder(args, nargs, kwnames, a) || !optional_int(a[0], -1, &family) || !optional_int(a[1], -1, &type) || !optional_int(a[2], -1, &proto)) {
    return false;
  }
  if (a[3] && !a[3].is_none()) {
    if (!adopt_descriptor(s, a[3], family, type, proto)) return false;
  } else {
    if (family == -1) family = AF_INET;
    if (type == -1) type = SOCK_STREAM;
    if (proto == -1) proto = 0;
    int fd = unlocked([=] { return ::socket(family, type | SOCK_CLOEXEC, proto); });
    if (fd < 0) return posix_error(), false;
    s->fd = fd;
    s->family = family;
    s->type = type;
    s->proto = proto;
  }
  if (type >= 0 && (s->type & SOCK_NONBLOCK)) {
    s->timeout = 0;
  } else {
    s->timeout = default_timeout;
    if (default_timeout >= 0 && !set_blocking_mode(s->fd, false)) return posix_error(), false;
  }
  s->type &= ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  return true;
}

void socket_del(Value self) {
  Socket* s = socket_of(self);
  if (s->fd < 0) return;
  Value pending = take_pending();
  Str* shown = repr(self);
  if (!shown || !warn(exc.ResourceWarning, "unclosed " + to_utf8(shown), 1)) {
    if (error_pending()) write_unraisable(self);
  }
  int fd = s->fd;
  s->fd = -1;
  ::close(fd);
  thread()->exception = pending;
}
Value socket_repr(Value v) {
  Socket* s = socket_of(v);
  return new_strf("<socket object, fd=%d, family=%d, type=%d, proto=%d>", s->fd, s->family, s->type, s->proto);
}

Value m_accept(Value* a) {
  Socket* s = socket_of(a[0]);
  Address address;
  socklen_t length;
  int64_t fd = socket_call(s, false, [&] {
    length = sizeof address;
    return ::accept4(s->fd, &address.any, &length, SOCK_CLOEXEC);
  });
  if (fd < 0) return nullptr;
  Value where = from_address(address, length);
  if (!where) {
    ::close(static_cast<int>(fd));
    return nullptr;
  }
  return make_tuple(Value::from_int(fd), where);
}
Value m_bind(Value* a) {
  Address address;
  socklen_t length;
  Socket* s = socket_of(a[0]);
  if (!to_address(s, a[1], "bind", &address, &length)) return nullptr;
  return none_or_error(unlocked([&] { return ::bind(s->fd, &address.any, length); }));
}
Value m_close(Value* a) {
  Socket* s = socket_of(a[0]);
  int fd = s->fd;
  if (fd < 0) return Value::none();
  s->fd = -1;
  int r = unlocked([=] { return ::close(fd); });
  return r < 0 && errno != ECONNRESET ? posix_error() : Value::none();
}
Value m_detach(Value* a) {
  Socket* s = socket_of(a[0]);
  int fd = s->fd;
  s->fd = -1;
  return Value::from_int(fd);
}

// Starts a connection and waits for it. 0, an errno, or -1 with an exception pending.
int connect_socket(Socket* s, const Address& address, socklen_t length) {
  if (unlocked([&] { return ::connect(s->fd, &address.any, length); }) == 0) return 0;
  bool wait;
  if (errno == EINTR) {
    if (!check_signals()) return -1;
    wait = s->timeout != 0;   // goes on in the background
  } else {
    wait = s->timeout > 0 && errno == EINPROGRESS;
  }
  if (!wait) return errno;
  int ready = wait_ready(s->fd, true, true, deadline_of(s));
  if (ready < 0) return -1;
  if (ready == 0) return EWOULDBLOCK;
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0) return errno;
  return error == EISCONN ? 0 : error;
}
Value m_connect(Value* a) {
  Address address;
  socklen_t length;
  Socket* s = socket_of(a[0]);
  if (!to_address(s, a[1], "connect", &address, &length)) return nullptr;
  int error = connect_socket(s, address, length);
  if (error < 0) return nullptr;
  if (error == EWOULDBLOCK && s->timeout > 0) return timed_out();
  return error ? Value(raise_os_error(error)) : Value::none();
}
Value m_connect_ex(Value* a) {
  Address address;
  socklen_t length;
  Socket* s = socket_of(a[0]);
  if (!to_address(s, a[1], "connect_ex", &address, &length)) return nullptr;
  int error = connect_socket(s, address, length);
  return error < 0 ? Value() : Value::from_int(error);
}
Value m_fileno(Value* a) { return Value::from_int(socket_of(a[0])->fd); }
template <int (*kCall)(int, sockaddr*, socklen_t*)>
Value m_name(Value* a) {
  Address address;
  socklen_t length = sizeof address;
  memset(&address, 0, sizeof address);
  Socket* s = socket_of(a[0]);
  if (unlocked([&] { return kCall(s->fd, &address.any, &length); }) < 0) return posix_error();
  return from_address(address, length);
}
Value m_listen(Value* a) {
  int backlog;
  if (!optional_int(a[1], std::min(SOMAXCONN, 128), &backlog)) return nullptr;
  Socket* s = socket_of(a[0]);
  return none_or_error(unlocked([&] { return ::listen(s->fd, std::max(backlog, 0)); }));
}
Value m_shutdown(Value* a) {
  int how;
  Socket* s = socket_of(a[0]);
  return to_int32(a[1], &how) ? none_or_error(unlocked([&] { return ::shutdown(s->fd, how); })) : Value();
}
Value m_setblocking(Value* a) {
  int blocking = is_true(a[1]);
  if (blocking < 0) return nullptr;
  Socket* s = socket_of(a[0]);
  s->timeout = blocking ? -1 : 0;
  return set_blocking_mode(s->fd, blocking) ? Value::none() : posix_error();
}
Value m_getblocking(Value* a) { return Value::from_bool(socket_of(a[0])->timeout != 0); }
Value m_settimeout(Value* a) {
  int64_t timeout;
  if (!to_socket_timeout(a[1], &timeout)) return nullptr;
  Socket* s = socket_of(a[0]);
  s->timeout = timeout;
  return set_blocking_mode(s->fd, timeout < 0) ? Value::none() : posix_error();
}
Value m_gettimeout(Value* a) { return timeout_value(socket_of(a[0])->timeout); }

Value m_getsockopt(Value* a) {
  int level, option, size;
  if (!to_int32(a[1], &level) || !to_int32(a[2], &option) || !optional_int(a[3], 0, &size)) return nullptr;
  Socket* s = socket_of(a[0]);
  if (size == 0) {
    int flag = 0;
    socklen_t length = sizeof flag;
    return ::getsockopt(s->fd, level, option, &flag, &length) < 0 ? posix_error() : Value::from_int(flag);
  }
  if (size < 0 || size > 1024) return raise(exc.OSError, "getsockopt buflen out of range");
  char buffer[1024];
  socklen_t length = static_cast<socklen_t>(size);
  if (::getsockopt(s->fd, level, option, buffer, &length) < 0) return posix_error();
  return new_bytes({buffer, length});
}
Value m_setsockopt(Value* a) {
  int level, option;
  if (!to_int32(a[1], &level) || !to_int32(a[2], &option)) return nullptr;
  Socket* s = socket_of(a[0]);
  if (a[4]) {
    int64_t size;
    if (!a[3].is_none()) return raisef(exc.TypeError, "setsockopt() argument 3 must be None, not %.50s", type_name(a[3]));
    if (!to_int64(a[4], &size)) return nullptr;
    return none_or_error(::setsockopt(s->fd, level, option, nullptr, static_cast<socklen_t>(size)));
  }
  if (is_int_like(a[3])) {
    int flag;
    return to_int32(a[3], &flag) ? none_or_error(::setsockopt(s->fd, level, option, &flag, sizeof flag)) : Value();
  }
  BufferView view;
  if (!get_buffer(a[3], &view)) return nullptr;
  int r = ::setsockopt(s->fd, level, option, view.data, static_cast<socklen_t>(view.length));
  int saved = errno;
  release_buffer(&view);
  errno = saved;
  return none_or_error(r);
}

// Receiving. Into memory of our own, then one bytes object.
bool to_size(Value v, const char* negative, int64_t* out) {
  if (!posix::to_length(v, out)) return false;
  if (*out < 0) return raise(exc.ValueError, negative), false;
  return true;
}
Value receive(Value* a, const char* negative, bool with_address) {
  int64_t size;
  int flags;
  if (!to_size(a[1], negative, &size) || !optional_int(a[2], 0, &flags)) return nullptr;
  Socket* s = socket_of(a[0]);
  std::unique_ptr<char[]> buffer(new (std::nothrow) char[static_cast<size_t>(size) + 1]);
  if (!buffer) return raise_memory_error();
  Address address;
  socklen_t length = 0;
  int64_t n = socket_call(s, false, [&] {
    length = sizeof address;
    return with_address ? ::recvfrom(s->fd, buffer.get(), static_cast<size_t>(size), flags, &address.any, &length)
                        : ::recv(s->fd, buffer.get(), static_cast<size_t>(size), flags);
  });
  if (n < 0) return nullptr;
  Value data = TRY(new_bytes({buffer.get(), static_cast<size_t>(n)}));
  if (!with_address) return data;
  return make_tuple(data, TRY(from_address(address, length)));
}
Value m_recv(Value* a) { return receive(a, "negative buffersize in recv", false); }
Value m_recvfrom(Value* a) { return receive(a, "negative buffersize in recvfrom", true); }

Value receive_into(Value* a, const char* function, bool with_address) {
  int64_t size = 0;
  int flags;
  if ((a[2] && !posix::to_length(a[2], &size)) || !optional_int(a[3], 0, &flags)) return nullptr;
  BufferView view;
  if (!get_buffer(a[1], &view, kBufferWritable)) return nullptr;
  Value result;
  if (size < 0) {
    raisef(exc.ValueError, "negative buffersize in %s", function);
  } else if (size > view.length) {
    if (with_address) raise(exc.ValueError, "nbytes is greater than the length of the buffer");
    else raise(exc.ValueError, "buffer too small for requested bytes");
  } else {
    if (size == 0) size = view.length;
    Socket* s = socket_of(a[0]);
    Address address;
    socklen_t length = 0;
    int64_t n = socket_call(s, false, [&] {
      length = sizeof address;
      return with_address ? ::recvfrom(s->fd, view.data, static_cast<size_t>(size), flags, &address.any, &length)
                          : ::recv(s->fd, view.data, static_cast<size_t>(size), flags);
    });
    if (n >= 0 && !with_address) result = new_int(n);
    if (n >= 0 && with_address) {
      Value where = from_address(address, length);
      if (where) result = make_tuple(new_int(n), where);
    }
  }
  release_buffer(&view);
  return result;
}
Value m_recv_into(Value* a) { return receive_into(a, "recv_into", false); }
Value m_recvfrom_into(Value* a) { return receive_into(a, "recvfrom_into", true); }

// Sending.
Value m_send(Value* a) {
  int flags;
  if (!optional_int(a[2], 0, &flags)) return nullptr;
  BufferView view;
  if (!get_buffer(a[1], &view)) return nullptr;
  Socket* s = socket_of(a[0]);
  int64_t n = socket_call(s, true, [&] { return ::send(s->fd, view.data, static_cast<size_t>(view.length), flags); });
  release_buffer(&view);
  return n < 0 ? Value() : new_int(n);
}
Value m_sendall(Value* a) {
  int flags;
  if (!optional_int(a[2], 0, &flags)) return nullptr;
  BufferView view;
  if (!get_buffer(a[1], &view)) return nullptr;
  Socket* s = socket_of(a[0]);
  int64_t deadline = deadline_of(s);   // for all of it together
  bool ok = true;
  for (int64_t at = 0; ok && at < view.length;) {
    int64_t n = timed_call(s, true, deadline, [&] { return ::send(s->fd, view.data + at, static_cast<size_t>(view.length - at), flags); });
    ok = n >= 0 && check_signals();
    if (ok) at += n;
  }
  release_buffer(&view);
  return ok ? Value::none() : Value();
}
Value m_sendto(Value* a, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "_socket.socket.sendto() takes no keyword arguments");
  if (nargs < 3 || nargs > 4) return raisef(exc.TypeError, "sendto() takes 2 or 3 arguments (%u given)", nargs - 1);
  int flags = 0;
  if (nargs == 4 && !to_int32(a[2], &flags)) return nullptr;
  Socket* s = socket_of(a[0]);
  BufferView view;
  if (!get_buffer(a[1], &view)) return nullptr;
  Address address;
  socklen_t length;
  int64_t n = -1;
  if (to_address(s, a[nargs - 1], "sendto", &address, &length)) {
    n = socket_call(s, true, [&] { return ::sendto(s->fd, view.data, static_cast<size_t>(view.length), flags, &address.any, length); });
  }
  release_buffer(&view);
  return n < 0 ? Value() : new_int(n);
}

// Messages with ancillary data.
struct BufferList {
  std::vector<BufferView> views;
  std::vector<iovec> vectors;
  ~BufferList() {
    for (BufferView& v : views) release_buffer(&v);
  }
  bool fill(Value sequence, const char* message, bool writable) {
    Value* items;
    Value keep;
    size_t count;
    if (!fast_sequence(sequence, message, &items, &count, &keep)) return false;
    for (size_t i = 0; i < count; ++i) {
      BufferView view;
      if (!get_buffer(items[i], &view, writable ? kBufferWritable : kBufferSimple)) return false;
      views.push_back(view);
      vectors.push_back({view.data, static_cast<size_t>(view.length)});
    }
    return true;
  }
};

Value finish_message(Value first, msghdr& m, const Address& address) {
  List* ancillary = TRY(new_list());
  for (cmsghdr* c = m.msg_controllen ? CMSG_FIRSTHDR(&m) : nullptr; c; c = CMSG_NXTHDR(&m, c)) {
    char* data = reinterpret_cast<char*>(CMSG_DATA(c));
    size_t room = static_cast<size_t>(static_cast<char*>(m.msg_control) + m.msg_controllen - data);
    size_t size = c->cmsg_len < CMSG_LEN(0) ? 0 : std::min(c->cmsg_len - CMSG_LEN(0), room);
    Value bytes = TRY(new_bytes({data, size}));
    if (!list_append(ancillary, make_tuple(Value::from_int(c->cmsg_level), Value::from_int(c->cmsg_type), bytes))) return nullptr;
    if (c->cmsg_len < CMSG_LEN(0)) break;
  }
  Value where = TRY(from_address(address, m.msg_namelen));
  return make_tuple(first, Value(ancillary), Value::from_int(m.msg_flags), where);
}
int64_t receive_message(Socket* s, msghdr* m, Address* address, iovec* vectors, size_t count, std::string* control, int flags) {
  return socket_call(s, false, [&] {
    *m = {};
    m->msg_name = address;
    m->msg_namelen = sizeof *address;
    m->msg_iov = vectors;
    m->msg_iovlen = count;
    m->msg_control = control->empty() ? nullptr : control->data();
    m->msg_controllen = control->size();
    return ::recvmsg(s->fd, m, flags);
  });
}
bool control_room(Value v, std::string* out) {
  int64_t n = 0;
  if (v && !posix::to_length(v, &n)) return false;
  if (n < 0 || n > INT_MAX) return raise(exc.ValueError, "invalid ancillary data buffer length"), false;
  out->resize(static_cast<size_t>(n));
  return true;
}
Value m_recvmsg(Value* a) {
  int64_t size;
  int flags;
  std::string control;
  if (!to_size(a[1], "negative buffer size in recvmsg()", &size) || !control_room(a[2], &control) || !optional_int(a[3], 0, &flags)) return nullptr;
  if (!fits_memory(static_cast<uint64_t>(size))) return nullptr;
  std::string buffer(static_cast<size_t>(size), '\0');
  iovec vector = {buffer.data(), buffer.size()};
  Address address;
  msghdr m;
  int64_t n = receive_message(socket_of(a[0]), &m, &address, &vector, 1, &control, flags);
  return n < 0 ? Value() : finish_message(TRY(new_bytes({buffer.data(), static_cast<size_t>(n)})), m, address);
}
Value m_recvmsg_into(Value* a) {
  int flags;
  std::string control;
  BufferList buffers;
  if (!buffers.fill(a[1], "recvmsg_into() argument 1 must be an iterable", true) || !control_room(a[2], &control) || !optional_int(a[3], 0, &flags)) {
    return nullptr;
  }
  Address address;
  msghdr m;
  int64_t n = receive_message(socket_of(a[0]), &m, &address, buffers.vectors.data(), buffers.vectors.size(), &control, flags);
  return n < 0 ? Value() : finish_message(new_int(n), m, address);
}
bool pack_ancillary(Value v, std::string* out) {
  if (!v) return true;
  Value* items;
  Value keep;
  size_t count;
  if (!fast_sequence(v, "sendmsg() argument 2 must be an iterable", &items, &count, &keep)) return false;
  for (size_t i = 0; i < count; ++i) {
    if (!is_tuple(items[i]) || items[i].as<Tuple>()->size != 3) return raise(exc.TypeError, "[sendmsg() ancillary data items must be 3-tuples"), false;
    Value* t = items[i].as<Tuple>()->items;
    int level, type;
    BufferView view;
    if (!to_int32(t[0], &level) || !to_int32(t[1], &type) || !get_buffer(t[2], &view)) return false;
    size_t at = out->size(), size = static_cast<size_t>(view.length);
    out->resize(at + CMSG_SPACE(size));
    cmsghdr c = {};
    c.cmsg_level = level;
    c.cmsg_type = type;
    c.cmsg_len = CMSG_LEN(size);
    memcpy(out->data() + at, &c, sizeof c);
    memcpy(out->data() + at + CMSG_LEN(0), view.data, size);
    release_buffer(&view);
  }
  return true;
}
Value m_sendmsg(Value* a) {
  int flags;
  std::string control;
  BufferList buffers;
  Address address;
  msghdr m = {};
  Socket* s = socket_of(a[0]);
  if (!optional_int(a[3], 0, &flags) || !buffers.fill(a[1], "sendmsg() argument 1 must be an iterable", false) || !pack_ancillary(a[2], &control)) return nullptr;
  if (a[4] && !a[4].is_none()) {
    if (!to_address(s, a[4], "sendmsg", &address, &m.msg_namelen)) return nullptr;
    m.msg_name = &address;
  }
  m.msg_iov = buffers.vectors.data();
  m.msg_iovlen = buffers.vectors.size();
  m.msg_control = control.empty() ? nullptr : control.data();
  m.msg_controllen = control.size();
  int64_t n = socket_call(s, true, [&] { return ::sendmsg(s->fd, &m, flags); });
  return n < 0 ? Value() : new_int(n);
}

Value get_family(Value v) { return Value::from_int(socket_of(v)->family); }
Value get_type(Value v) { return Value::from_int(socket_of(v)->type); }
Value get_proto(Value v) { return Value::from_int(socket_of(v)->proto); }
Value get_timeout(Value v) { return timeout_value(socket_of(v)->timeout); }
constexpr GetSetDef kGetSet[] = {{"family", get_family, nullptr, "the socket family"},
                                 {"type", get_type, nullptr, "the socket type"},
                                 {"proto", get_proto, nullptr, "the socket protocol"},
                                 {"timeout", get_timeout, nullptr, "the socket timeout"},
                                 {}};
constexpr MethodDef kMethods[] = {method_row("_accept", "!($self, /)", m_accept),
                                  method_row("bind", "!($self, address, /)", m_bind),
                                  method_row("close", "!($self, /)", m_close),
                                  method_row("connect", "!($self, address, /)", m_connect),
                                  method_row("connect_ex", "!($self, address, /)", m_connect_ex),
                                  method_row("detach", "!($self, /)", m_detach),
                                  method_row("fileno", "!($self, /)", m_fileno),
                                  method_row("getpeername", "!($self, /)", m_name<::getpeername>),
                                  method_row("getsockname", "!($self, /)", m_name<::getsockname>),
                                  method_row("getsockopt", "!($self, level, option, buflen=0, /)", m_getsockopt),
                                  method_row("setsockopt", "!($self, level, option, value, optlen=0, /)", m_setsockopt),
                                  method_row("listen", "!($self, backlog=0, /)", m_listen),
                                  method_row("recv", "!($self, bufsize, flags=0, /)", m_recv),
                                  method_row("recvfrom", "!($self, bufsize, flags=0, /)", m_recvfrom),
                                  method_row("recv_into", "!($self, /, buffer, nbytes=0, flags=0)", m_recv_into),
                                  method_row("recvfrom_into", "!($self, /, buffer, nbytes=0, flags=0)", m_recvfrom_into),
                                  method_row("recvmsg", "!($self, bufsize, ancbufsize=0, flags=0, /)", m_recvmsg),
                                  method_row("recvmsg_into", "!($self, buffers, ancbufsize=0, flags=0, /)", m_recvmsg_into),
                                  method_row("send", "!($self, data, flags=0, /)", m_send),
                                  method_row("sendall", "!($self, data, flags=0, /)", m_sendall),
                                  {"sendto", "!($self, /, *args)", nullptr, Effects::kCallsPython, MethodKind::kMethod, nullptr, m_sendto},
                                  method_row("sendmsg", "!($self, buffers, ancdata=(), flags=0, address=None, /)", m_sendmsg),
                                  method_row("setblocking", "!($self, flag, /)", m_setblocking),
                                  method_row("getblocking", "!($self, /)", m_getblocking),
                                  method_row("settimeout", "!($self, timeout, /)", m_settimeout),
                                  method_row("gettimeout", "!($self, /)", m_gettimeout),
                                  method_row("shutdown", "!($self, how, /)", m_shutdown),
                                  {}};

}  // namespace

extern const ClassSpec kSocketSpec = {.name = "_socket.socket",
                                      .basicsize = sizeof(Socket),
                                      .flags = kClassBaseType,
                                      .doc = "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\nsocket(family=-1, type=-1, "
                                             "proto=-1, fileno=None) -> socket object\n\nA socket of the given family and type.",
                                      .slots = {.repr = socket_repr, .new_ = socket_new, .init = socket_init, .del = socket_del},
                                      .methods = kMethods,
                                      .getset = kGetSet};

}  // namespace pyjit::runtime::net
