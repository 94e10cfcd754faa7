// Functions of _socket that need no socket object: names and addresses, services, interfaces, byte order.
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <unistd.h>

#include <climits>
#include <cstring>

#include "runtime/codecs.h"
#include "runtime/modules/socket/socket.h"
#include "runtime/names.h"
#include "runtime/paths.h"

namespace pyjit::runtime::net {

using posix::fs_string;
using posix::none_or_error;
using posix::optional_int;
using posix::posix_error;
using posix::unlocked;

namespace {

Value herror(int code) {
  Value args[] = {Value::from_int(code), new_str(hstrerror(code))};
  return raise_object(TRY(call(herror_class, args, 2)));
}

Value do_getaddrinfo(Value* a) {
  std::string host, port;
  bool has_host = !a[0].is_none(), has_port = !a[1].is_none();
  if (has_host) {
    if (!is_str(a[0]) && !is_bytes(a[0])) return raise(exc.TypeError, "getaddrinfo() argument 1 must be string or None");
    if (is_str(a[0])) {
      Bytes* b = TRY(encode_str(a[0].as<Str>(), intern("idna"), nullptr));
      host = std::string(b->view());
    } else {
      host = std::string(a[0].as<Bytes>()->view());
    }
    if (host.find('\0') != std::string::npos) return raise(exc.ValueError, "embedded null character");
  }
  if (has_port) {
    if (is_int_like(a[1])) {
      int64_t n;
      if (!to_int64(a[1], &n)) return nullptr;
      port = std::to_string(n);
    } else if (is_str(a[1])) {
      port = to_utf8(a[1].as<Str>());
    } else if (is_bytes(a[1])) {
      port = std::string(a[1].as<Bytes>()->view());
    } else {
      return raise(exc.OSError, "Int or String expected");
    }
  }
  addrinfo hints = {}, *found = nullptr;
  if (!optional_int(a[2], 0, &hints.ai_family) || !optional_int(a[3], 0, &hints.ai_socktype) || !optional_int(a[4], 0, &hints.ai_protocol) ||
      !optional_int(a[5], 0, &hints.ai_flags)) {
    return nullptr;
  }
  int error = unlocked([&] { return ::getaddrinfo(has_host ? host.c_str() : nullptr, has_port ? port.c_str() : nullptr, &hints, &found); });
  if (error) return gai_error(error);
  List* list = new_list();
  for (addrinfo* i = found; list && i; i = i->ai_next) {
    Address address;
    memcpy(&address, i->ai_addr, std::min<size_t>(i->ai_addrlen, sizeof address));
    Value where = from_address(address, i->ai_addrlen);
    Value name = where ? Value(fs_string(i->ai_canonname ? i->ai_canonname : "")) : Value();
    if (!name || !list_append(list, make_tuple(Value::from_int(i->ai_family), Value::from_int(i->ai_socktype), Value::from_int(i->ai_protocol), name, where))) {
      list = nullptr;
    }
  }
  freeaddrinfo(found);
  return list;
}

Value do_getnameinfo(Value* a) {
  int flags;
  if (!is_tuple(a[0])) return raise(exc.TypeError, "getnameinfo() argument 1 must be a tuple");
  if (!to_int32(a[1], &flags)) return nullptr;
  Tuple* t = a[0].as<Tuple>();
  int port;
  int64_t flow = 0, scope = 0;
  if (t->size < 2 || t->size > 4) return raise(exc.TypeError, "getnameinfo(): illegal sockaddr argument");
  if (!is_str(t->items[0])) return raise(exc.TypeError, "getnameinfo(): illegal sockaddr argument");
  if (!to_int32(t->items[1], &port) || (t->size > 2 && !to_int64(t->items[2], &flow)) || (t->size > 3 && !to_int64(t->items[3], &scope))) return nullptr;
  if (flow < 0 || flow > 0xfffff) return raise(exc.OverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
  addrinfo hints = {}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_NUMERICHOST;
  std::string host = to_utf8(t->items[0].as<Str>()), service = std::to_string(port);
  int error = unlocked([&] { return ::getaddrinfo(host.c_str(), service.c_str(), &hints, &found); });
  if (error) return gai_error(error);
  if (found->ai_next) {
    freeaddrinfo(found);
    return raise(exc.OSError, "sockaddr resolved to multiple addresses");
  }
  if (found->ai_family == AF_INET && t->size != 2) {
    freeaddrinfo(found);
    return raise(exc.OSError, "IPv4 sockaddr must be 2 tuple");
  }
  if (found->ai_family == AF_INET6) {
    auto* in6 = reinterpret_cast<sockaddr_in6*>(found->ai_addr);
    in6->sin6_flowinfo = htonl(static_cast<uint32_t>(flow));
    in6->sin6_scope_id = static_cast<uint32_t>(scope);
  }
  char host_text[NI_MAXHOST], service_text[NI_MAXSERV];
  error = unlocked([&] { return ::getnameinfo(found->ai_addr, found->ai_addrlen, host_text, sizeof host_text, service_text, sizeof service_text, flags); });
  freeaddrinfo(found);
  if (error) return gai_error(error);
  return make_tuple(Value(fs_string(host_text)), Value(fs_string(service_text)));
}

Value address_text(const Address& a) {
  char text[INET6_ADDRSTRLEN];
  if (a.any.sa_family == AF_INET6) inet_ntop(AF_INET6, &a.in6.sin6_addr, text, sizeof text);
  else inet_ntop(AF_INET, &a.in.sin_addr, text, sizeof text);
  return new_str(text);
}
Value do_gethostbyname(Value* a) {
  std::string name;
  Address address;
  socklen_t length;
  if (!to_host(a[0], &name) || !resolve_host(name, AF_INET, &address, &length)) return nullptr;
  return address_text(address);
}

// hostent → (name, aliases, addresses).
Value host_entry(const hostent& h) {
  List *aliases = TRY(new_list()), *addresses = TRY(new_list());
  for (char** p = h.h_aliases; p && *p; ++p) {
    if (!list_append(aliases, TRY(fs_string(*p)))) return nullptr;
  }
  for (char** p = h.h_addr_list; p && *p; ++p) {
    char text[INET6_ADDRSTRLEN];
    inet_ntop(h.h_addrtype, *p, text, sizeof text);
    if (!list_append(addresses, new_str(text))) return nullptr;
  }
  return make_tuple(Value(TRY(fs_string(h.h_name))), Value(aliases), Value(addresses));
}
template <class F>
Value host_lookup(F f) {
  hostent entry, *found = nullptr;
  std::vector<char> buffer(4096);
  int code = 0, error;
  while ((error = unlocked([&] { return f(&entry, buffer.data(), buffer.size(), &found, &code); })) == ERANGE && buffer.size() < (1 << 24)) {
    buffer.resize(buffer.size() * 2);
  }
  return found ? host_entry(*found) : herror(code);
}
Value do_gethostbyname_ex(Value* a) {
  std::string name;
  Address address;
  socklen_t length;
  if (!to_host(a[0], &name) || !resolve_host(name, AF_INET, &address, &length)) return nullptr;
  return host_lookup([&](auto... rest) { return ::gethostbyname_r(name.c_str(), rest...); });
}
Value do_gethostbyaddr(Value* a) {
  std::string name;
  Address address;
  socklen_t length;
  if (!to_host(a[0], &name) || !resolve_host(name, AF_UNSPEC, &address, &length)) return nullptr;
  bool six = address.any.sa_family == AF_INET6;
  const void* bytes = six ? static_cast<const void*>(&address.in6.sin6_addr) : &address.in.sin_addr;
  return host_lookup([&](auto... rest) { return ::gethostbyaddr_r(bytes, six ? 16 : 4, six ? AF_INET6 : AF_INET, rest...); });
}
Value do_gethostname(Value*) {
  char name[HOST_NAME_MAX + 1];
  if (::gethostname(name, sizeof name - 1) < 0) return posix_error();
  name[sizeof name - 1] = 0;
  return fs_string(name);
}
Value do_sethostname(Value* a) {
  std::string name;
  if (!fs_encode_path(a[0], &name)) return nullptr;
  return none_or_error(::sethostname(name.data(), name.size()));
}

bool text_of(Value v, const char* function, int position, std::string* out) {
  if (!is_str(v)) return raisef(exc.TypeError, "%s() argument %d must be str, not %.50s", function, position, v.is_none() ? "None" : type_name(v)), false;
  *out = to_utf8(v.as<Str>());
  if (out->find('\0') != std::string::npos) return raise(exc.ValueError, "embedded null character"), false;
  return true;
}
Value do_getservbyname(Value* a) {
  std::string name, protocol;
  if (!text_of(a[0], "getservbyname", 1, &name) || (a[1] && !text_of(a[1], "getservbyname", 2, &protocol))) return nullptr;
  servent* s = ::getservbyname(name.c_str(), a[1] ? protocol.c_str() : nullptr);
  return s ? Value::from_int(ntohs(static_cast<uint16_t>(s->s_port))) : Value(raise(exc.OSError, "service/proto not found"));
}
Value do_getservbyport(Value* a) {
  int port;
  std::string protocol;
  if (!to_int32(a[0], &port) || (a[1] && !text_of(a[1], "getservbyport", 2, &protocol))) return nullptr;
  if (port < 0 || port > 0xffff) return raise(exc.OverflowError, "getservbyport: port must be 0-65535.");
  servent* s = ::getservbyport(htons(static_cast<uint16_t>(port)), a[1] ? protocol.c_str() : nullptr);
  return s ? Value(new_str(s->s_name)) : Value(raise(exc.OSError, "port/proto not found"));
}
Value do_getprotobyname(Value* a) {
  std::string name;
  if (!text_of(a[0], "getprotobyname", 1, &name)) return nullptr;
  protoent* p = ::getprotobyname(name.c_str());
  return p ? Value::from_int(p->p_proto) : Value(raise(exc.OSError, "protocol not found"));
}

Value do_inet_aton(Value* a) {
  std::string text;
  if (!text_of(a[0], "inet_aton", 1, &text)) return nullptr;
  in_addr address;
  if (!::inet_aton(text.c_str(), &address)) return raise(exc.OSError, "illegal IP address string passed to inet_aton");
  return new_bytes({reinterpret_cast<char*>(&address), sizeof address});
}
Value do_inet_ntoa(Value* a) {
  BufferView view;
  if (!get_buffer(a[0], &view)) return nullptr;
  std::string packed(view.view());
  release_buffer(&view);
  if (packed.size() != 4) return raise(exc.OSError, "packed IP wrong length for inet_ntoa");
  char text[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, packed.data(), text, sizeof text);
  return new_str(text);
}
Value do_inet_pton(Value* a) {
  int family;
  std::string text;
  if (!to_int32(a[0], &family) || !text_of(a[1], "inet_pton", 2, &text)) return nullptr;
  char packed[16];
  int r = ::inet_pton(family, text.c_str(), packed);
  if (r < 0) return posix_error();
  if (r == 0) return raise(exc.OSError, "illegal IP address string passed to inet_pton");
  return new_bytes({packed, family == AF_INET ? size_t{4} : size_t{16}});
}
Value do_inet_ntop(Value* a) {
  int family;
  BufferView view;
  if (!to_int32(a[0], &family) || !get_buffer(a[1], &view)) return nullptr;
  std::string packed(view.view());
  release_buffer(&view);
  if (family != AF_INET && family != AF_INET6) return raisef(exc.ValueError, "unknown address family %d", family);
  if (packed.size() != (family == AF_INET ? 4 : 16)) return raise(exc.ValueError, "invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  if (!::inet_ntop(family, packed.data(), text, sizeof text)) return posix_error();
  return new_str(text);
}

// htons and friends: swapping is its own inverse.
template <bool kToNetwork>
Value swap16(Value* a) {
  const char* name = kToNetwork ? "htons" : "ntohs";
  int x;
  if (!to_int32(a[0], &x)) return nullptr;
  if (x < 0) return raisef(exc.OverflowError, "%s: can't convert negative Python int to C 16-bit unsigned integer", name);
  if (x > 0xffff) return raisef(exc.OverflowError, "%s: Python int too large to convert to C 16-bit unsigned integer", name);
  return Value::from_int(htons(static_cast<uint16_t>(x)));
}
Value swap32(Value* a) {
  if (!is_int_like(a[0])) return raisef(exc.TypeError, "expected int, %s found", type_name(a[0]));
  Value i = int_value(a[0]);
  int64_t x;
  if (int_sign(i) < 0) return raise(exc.OverflowError, "can't convert negative value to unsigned int");
  if (!int_to_int64(i, &x) || x > UINT32_MAX) return raise(exc.OverflowError, "int larger than 32 bits");
  return new_int(htonl(static_cast<uint32_t>(x)));
}

Value do_dup(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  int r = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_close(Value* a) {
  int fd;
  if (!to_int32(a[0], &fd)) return nullptr;
  int r = unlocked([=] { return ::close(fd); });
  return r < 0 && errno != ECONNRESET ? posix_error() : Value::none();
}
Value do_socketpair(Value* a) {
  int family, type, proto, fds[2];
  if (!optional_int(a[0], AF_UNIX, &family) || !optional_int(a[1], SOCK_STREAM, &type) || !optional_int(a[2], 0, &proto)) return nullptr;
  if (unlocked([&] { return ::socketpair(family, type | SOCK_CLOEXEC, proto, fds); }) < 0) return posix_error();
  Value made[2];
  for (int i = 0; i < 2; ++i) {
    Value args[] = {Value::from_int(family), Value::from_int(type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)), Value::from_int(proto), Value::from_int(fds[i])};
    made[i] = call(socket_class, args, 4);
    if (!made[i]) {
      for (int k = i; k < 2; ++k) ::close(fds[k]);
      return nullptr;
    }
  }
  return make_tuple(made[0], made[1]);
}
Value do_getdefaulttimeout(Value*) { return timeout_value(default_timeout); }
Value do_setdefaulttimeout(Value* a) { return to_socket_timeout(a[0], &default_timeout) ? Value::none() : Value(); }

Value do_if_nameindex(Value*) {
  struct if_nameindex* all = ::if_nameindex();
  if (!all) return posix_error();
  List* list = new_list();
  for (auto* i = all; list && (i->if_index || i->if_name); ++i) {
    Value name = fs_string(i->if_name);
    if (!name || !list_append(list, make_tuple(Value::from_int(i->if_index), name))) list = nullptr;
  }
  ::if_freenameindex(all);
  return list;
}
Value do_if_nametoindex(Value* a) {
  std::string name;
  if (!fs_encode_path(a[0], &name)) return nullptr;
  unsigned index = ::if_nametoindex(name.c_str());
  return index ? Value::from_int(index) : Value(raise(exc.OSError, "no interface with this name"));
}
Value do_if_indextoname(Value* a) {
  int64_t index;
  char name[IF_NAMESIZE + 1];
  if (!to_int64(a[0], &index)) return nullptr;
  return ::if_indextoname(static_cast<unsigned>(index), name) ? Value(fs_string(name)) : posix_error();
}

template <bool kSpace>
Value cmsg_size(Value* a) {
  int64_t n;
  if (!index_to_ssize(a[0], &n)) return nullptr;
  if (n < 0 || n > INT_MAX - 64) return raisef(exc.OverflowError, "%s() argument out of range", kSpace ? "CMSG_SPACE" : "CMSG_LEN");
  return new_int(static_cast<int64_t>(kSpace ? CMSG_SPACE(static_cast<size_t>(n)) : CMSG_LEN(static_cast<size_t>(n))));
}

}  // namespace

const MethodDef kNetworkFunctions[] = {
    NET_ROW("getaddrinfo", "!($module, /, host, port, family=0, type=0, proto=0, flags=0)", do_getaddrinfo),
    NET_ROW("getnameinfo", "!($module, sockaddr, flags, /)", do_getnameinfo),
    NET_ROW("gethostbyname", "!($module, host, /)", do_gethostbyname),
    NET_ROW("gethostbyname_ex", "!($module, host, /)", do_gethostbyname_ex),
    NET_ROW("gethostbyaddr", "!($module, host, /)", do_gethostbyaddr),
    NET_ROW("gethostname", "!($module, /)", do_gethostname),
    NET_ROW("sethostname", "!($module, name, /)", do_sethostname),
    NET_ROW("getservbyname", "!($module, name, proto=0, /)", do_getservbyname),
    NET_ROW("getservbyport", "!($module, port, proto=0, /)", do_getservbyport),
    NET_ROW("getprotobyname", "!($module, name, /)", do_getprotobyname),
    NET_ROW("inet_aton", "!($module, address, /)", do_inet_aton),
    NET_ROW("inet_ntoa", "!($module, packed, /)", do_inet_ntoa),
    NET_ROW("inet_pton", "!($module, family, address, /)", do_inet_pton),
    NET_ROW("inet_ntop", "!($module, family, packed, /)", do_inet_ntop),
    NET_ROW("htons", "!($module, integer, /)", swap16<true>),
    NET_ROW("ntohs", "!($module, integer, /)", swap16<false>),
    NET_ROW("htonl", "!($module, integer, /)", swap32),
    NET_ROW("ntohl", "!($module, integer, /)", swap32),
    NET_ROW("dup", "!($module, fd, /)", do_dup),
    NET_ROW("close", "!($module, fd, /)", do_close),
    NET_ROW("socketpair", "!($module, family=0, type=0, proto=0, /)", do_socketpair),
    NET_ROW("getdefaulttimeout", "!($module, /)", do_getdefaulttimeout),
    NET_ROW("setdefaulttimeout", "!($module, timeout, /)", do_setdefaulttimeout),
    NET_ROW("if_nameindex", "!($module, /)", do_if_nameindex),
    NET_ROW("if_nametoindex", "!($module, name, /)", do_if_nametoindex),
    NET_ROW("if_indextoname", "!($module, index, /)", do_if_indextoname),
    NET_ROW("CMSG_LEN", "!($module, length, /)", cmsg_size<false>),
    NET_ROW("CMSG_SPACE", "!($module, length, /)", cmsg_size<true>),
    {}};

}  // namespace pyjit::runtime::net
