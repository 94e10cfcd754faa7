// _socket: what its files share: the socket object, addresses, errors, time limits.
#pragma once
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "runtime/modules/posix/posix.h"

namespace pyjit::runtime::net {

struct Socket : Object {
  int fd;               // -1: closed
  int family, type, proto;
  int64_t timeout;      // nanoseconds; -1: blocks, 0: never blocks
};
extern Class *socket_class, *gaierror_class, *herror_class;
extern int64_t default_timeout;
inline Socket* socket_of(Value v) { return v.as<Socket>(); }

union Address {
  sockaddr any;
  sockaddr_in in;
  sockaddr_in6 in6;
  sockaddr_un un;
  sockaddr_storage storage;
};
// The Python form of an address: a tuple, a path, None when there is none.
Value from_address(const Address& address, socklen_t length);
// False: exception pending, named after `function`.
bool to_address(Socket* s, Value v, const char* function, Address* out, socklen_t* length);
// A host name as bytes (IDNA for other scripts): "str, bytes or bytearray expected, not int".
bool to_host(Value v, std::string* out);
// Resolves a host to an address of `family`; "" is any address, "<broadcast>" the broadcast one.
bool resolve_host(const std::string& name, int family, Address* out, socklen_t* length);
Value gai_error(int code);

// None, a float or an int of seconds → nanoseconds (-1: none). ValueError "Timeout value out of range".
bool to_socket_timeout(Value v, int64_t* out);
inline Value timeout_value(int64_t ns) { return ns < 0 ? Value::none() : Value::from_double(static_cast<double>(ns) * 1e-9); }
bool set_blocking_mode(int fd, bool blocking);

extern const MethodDef kSocketMethods[], kNetworkFunctions[];
bool add_socket_constants(Module* m);

#define NET_ROW(name, signature, fn) {name, signature, fn, Effects::kCallsPython, MethodKind::kFunction}

}  // namespace pyjit::runtime::net
