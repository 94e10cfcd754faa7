// Socket addresses between Python values and struct sockaddr; host names.
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netdb.h>

#include <cstddef>
#include <cstring>

#include "runtime/codecs.h"
#include "runtime/modules/socket/socket.h"
#include "runtime/names.h"
#include "runtime/paths.h"

namespace pyjit::runtime::net {

using posix::fs_string;
using posix::unlocked;

Value gai_error(int code) {
  if (code == EAI_SYSTEM) return raise_os_error(errno);
  Value args[] = {Value::from_int(code), new_str(gai_strerror(code))};
  return raise_object(TRY(call(gaierror_class, args, 2)));
}

Value from_address(const Address& a, socklen_t length) {
  if (length == 0) return Value::none();
  char text[INET6_ADDRSTRLEN];
  switch (a.any.sa_family) {
    case AF_INET:
      inet_ntop(AF_INET, &a.in.sin_addr, text, sizeof text);
      return make_tuple(Value(new_str(text)), Value::from_int(ntohs(a.in.sin_port)));
    case AF_INET6:
      inet_ntop(AF_INET6, &a.in6.sin6_addr, text, sizeof text);
      return make_tuple(Value(new_str(text)), Value::from_int(ntohs(a.in6.sin6_port)), Value::from_int(ntohl(a.in6.sin6_flowinfo)),
                        Value::from_int(a.in6.sin6_scope_id));
    case AF_UNIX: {
      size_t n = length - offsetof(sockaddr_un, sun_path);
      if (n > 0 && a.un.sun_path[0] == 0) return new_bytes({a.un.sun_path, n});   // Linux's abstract names
      return fs_string({a.un.sun_path, strnlen(a.un.sun_path, n)});
    }
    case AF_NETLINK: {
      auto* nl = reinterpret_cast<const sockaddr_nl*>(&a);
      return make_tuple(new_int(nl->nl_pid), new_int(nl->nl_groups));
    }
    default:
      return make_tuple(Value::from_int(a.any.sa_family), Value(new_bytes({a.any.sa_data, length - offsetof(sockaddr, sa_data)})));
  }
}

bool to_host(Value v, std::string* out) {
  if (is_str(v)) {
    Str* s = v.as<Str>();
    if (s->is_ascii()) {
      *out = to_utf8(s);
    } else {
      Bytes* b = encode_str(s, intern("idna"), nullptr);
      if (!b) {
        if (pending_matches(exc.UnicodeError)) {
          clear_pending();
          raise(exc.TypeError, "encoding of hostname failed");
        }
        return false;
      }
      *out = std::string(b->view());
    }
  } else if (is_bytes(v)) {
    *out = std::string(v.as<Bytes>()->view());
  } else if (is_instance(v, types.bytearray)) {
    out->assign(v.as<ByteArray>()->data(), v.as<ByteArray>()->size);
  } else {
    return raisef(exc.TypeError, "str, bytes or bytearray expected, not %s", type_name(v)), false;
  }
  if (out->find('\0') != std::string::npos) return raise(exc.TypeError, "host name must not contain null character"), false;
  return true;
}

bool resolve_host(const std::string& name, int family, Address* out, socklen_t* length) {
  memset(out, 0, sizeof *out);
  auto set_in = [&](uint32_t address) {
    out->in.sin_family = AF_INET;
    out->in.sin_addr.s_addr = htonl(address);
    *length = sizeof out->in;
    return true;
  };
  if (name == "<broadcast>" || name == "255.255.255.255") {
    if (family != AF_INET && family != AF_UNSPEC) return raise(exc.OSError, "address family mismatched"), false;
    return set_in(INADDR_BROADCAST);
  }
  if (name.empty() && family == AF_INET) return set_in(INADDR_ANY);
  if ((family == AF_UNSPEC || family == AF_INET) && inet_pton(AF_INET, name.c_str(), &out->in.sin_addr) > 0) {
    out->in.sin_family = AF_INET;
    *length = sizeof out->in;
    return true;
  }
  if ((family == AF_UNSPEC || family == AF_INET6) && name.find('%') == std::string::npos && inet_pton(AF_INET6, name.c_str(), &out->in6.sin6_addr) > 0) {
    out->in6.sin6_family = AF_INET6;
    *length = sizeof out->in6;
    return true;
  }
  addrinfo hints = {}, *found = nullptr;
  hints.ai_family = family;
  if (name.empty()) {
    hints.ai_socktype = SOCK_DGRAM;   // any one will do
    hints.ai_flags = AI_PASSIVE;
  }
  int error = unlocked([&] { return ::getaddrinfo(name.empty() ? nullptr : name.c_str(), name.empty() ? "0" : nullptr, &hints, &found); });
  if (error) return gai_error(error), false;
  *length = std::min<socklen_t>(found->ai_addrlen, sizeof *out);
  memcpy(out, found->ai_addr, *length);
  freeaddrinfo(found);
  return true;
}

namespace {

bool to_port(Value v, const char* function, in_port_t* out) {
  int port;
  if (!to_int32(v, &port)) return false;
  if (port < 0 || port > 0xffff) return raisef(exc.OverflowError, "%s(): port must be 0-65535.", function), false;
  return *out = htons(static_cast<uint16_t>(port)), true;
}
bool need_tuple(Value v, const char* function, const char* family) {
  if (is_tuple(v)) return true;
  return raisef(exc.TypeError, "%s(): %s address must be tuple, not %.500s", function, family, type_name(v)), false;
}

}  // namespace

bool to_address(Socket* s, Value v, const char* function, Address* out, socklen_t* length) {
  switch (s->family) {
    case AF_INET: {
      if (!need_tuple(v, function, "AF_INET")) return false;
      Tuple* t = v.as<Tuple>();
      if (t->size != 2) return raise(exc.TypeError, "AF_INET address must be a pair (host, port)"), false;
      std::string host;
      in_port_t port;
      if (!to_host(t->items[0], &host) || !to_port(t->items[1], function, &port) || !resolve_host(host, AF_INET, out, length)) return false;
      out->in.sin_port = port;
      return true;
    }
    case AF_INET6: {
      if (!need_tuple(v, function, "AF_INET6")) return false;
      Tuple* t = v.as<Tuple>();
      if (t->size < 2 || t->size > 4) return raise(exc.TypeError, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"), false;
      std::string host;
      in_port_t port;
      int64_t flow = 0, scope = 0;
      if (!to_host(t->items[0], &host)) return false;
      if (t->size > 2 && !to_int64(t->items[2], &flow)) return false;
      if (t->size > 3 && !to_int64(t->items[3], &scope)) return false;
      if (!to_port(t->items[1], function, &port)) return false;
      if (flow < 0 || flow > 0xfffff) return raisef(exc.OverflowError, "%s(): flowinfo must be 0-1048575.", function), false;
      if (!resolve_host(host, AF_INET6, out, length)) return false;
      out->in6.sin6_port = port;
      out->in6.sin6_flowinfo = htonl(static_cast<uint32_t>(flow));
      if (t->size > 3 || !out->in6.sin6_scope_id) out->in6.sin6_scope_id = static_cast<uint32_t>(scope);
      return true;
    }
    case AF_UNIX: {
      std::string path;
      if (is_str(v)) {
        Bytes* b = TRY(fs_encode(v.as<Str>()));
        path = std::string(b->view());
      } else {
        BufferView view;
        if (!get_buffer(v, &view)) return false;
        append_buffer(view, &path);
        release_buffer(&view);
      }
      memset(out, 0, sizeof *out);
      bool abstract = !path.empty() && path[0] == 0;
      if (path.size() + !abstract > sizeof out->un.sun_path) return raise(exc.OSError, "AF_UNIX path too long"), false;
      out->un.sun_family = AF_UNIX;
      memcpy(out->un.sun_path, path.data(), path.size());
      *length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + !abstract);
      return true;
    }
    case AF_NETLINK: {
      if (!need_tuple(v, function, "AF_NETLINK")) return false;
      Tuple* t = v.as<Tuple>();
      int pid, groups;
      if (t->size != 2) return raise(exc.TypeError, "AF_NETLINK address must be a pair (pid, groups)"), false;
      if (!to_int32(t->items[0], &pid) || !to_int32(t->items[1], &groups)) return false;
      auto* nl = reinterpret_cast<sockaddr_nl*>(out);
      *nl = {};
      nl->nl_family = AF_NETLINK;
      nl->nl_pid = static_cast<uint32_t>(pid);
      nl->nl_groups = static_cast<uint32_t>(groups);
      *length = sizeof *nl;
      return true;
    }
    default:
      return raisef(exc.OSError, "%s(): bad family", function), false;
  }
}

}  // namespace pyjit::runtime::net
