# Sockets and readiness: stream pairs, local servers, time limits, ancillary data, select, poll, epoll; messages of wrong calls.
import os
import select
import socket


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


a, b = socket.socketpair()
a.sendall(b"hello")
print(b.recv(3), b.recv(9))
print(select.select([b], [a], [], 0) == ([], [a], []))
poller = select.poll()
poller.register(b, select.POLLIN)
print(poller.poll(0))
a.send(b"x")
print(poller.poll(10) == [(b.fileno(), select.POLLIN)])
with select.epoll() as e:
    e.register(b)
    print(e.poll(0) == [(b.fileno(), select.EPOLLIN | select.EPOLLOUT)] or e.poll(0) == [(b.fileno(), select.EPOLLIN)])
    e.unregister(b)
    print(e.poll(0))
print(e.closed)
attempt(e.fileno)
a.close()
print(b.recv(5), b.recv(5))
b.close()
attempt(b.recv, 1)
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
peer, where = server.accept()
print(where == client.getsockname(), client.getpeername() == server.getsockname())
client.settimeout(0.02)
attempt(client.recv, 5)
client.setblocking(False)
attempt(client.recv, 5)
client.setblocking(True)
with peer.makefile("rwb") as f:
    f.write(b"one\ntwo\n")
    f.flush()
print(client.makefile().readline())
view = bytearray(10)
print(client.gettimeout(), client.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM)
for s in (server, client, peer):
    s.close()
p, q = socket.socketpair()
r, w = os.pipe()
socket.send_fds(p, [b"take this"], [w])
message, fds, flags, address = socket.recv_fds(q, 100, 1)
os.write(fds[0], b"arrived")
print(message, len(fds), flags, address, os.read(r, 20))
print(p.sendmsg([b"ab", b"cd"]), q.recv_into(view), view)
p.close()
q.close()
u1, u2 = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u1.bind(("127.0.0.1", 0))
print(u2.sendto(b"datagram", u1.getsockname()), u1.recvfrom(100)[0])
for call in ((u1.bind, 5), (u1.bind, ("a",)), (u1.bind, ("127.0.0.1", "b")), (u1.bind, ("127.0.0.1", 70000)), (u1.bind, (5, 5)), (u1.send, "a"),
             (u1.recv, -1), (u1.recv, "a"), (u1.setsockopt, 1, 2, "a"), (u1.getsockopt, 1, 2, 5000), (u1.settimeout, -1), (u1.settimeout, "a"),
             (u1.sendto, b"a"), (u1.sendto, b"a", 5), (socket.inet_aton, "nope"), (socket.inet_ntoa, b"a"), (socket.inet_pton, 2, "a"),
             (socket.inet_ntop, 2, b"a"), (socket.htons, 1 << 20), (socket.ntohl, -1), (socket.inet_ntop, 10, bytes(15) + b"\1"),
             (select.select, 5, [], []), (select.select, [-1], [], []), (select.select, ["a"], [], []), (select.select, [], [], [], -1),
             (poller.unregister, 99), (poller.modify, 99, 1), (poller.register, 0, -1), (socket.getservbyname, "nope")):
    print(call[0].__name__, end=" ")
    attempt(*call)
u1.close()
u2.close()
