# bytearray: mutation of every kind, and errors that leave it unchanged.
a = bytearray(b"hello")
a[0] = 72
a[-1:] = b"p!"
a.append(33)
a.extend([1, 2])
a.extend(b"xy")
a += b"z"
a.insert(1, 45)
print(a, len(a), a.pop(), a.pop(0), a.remove(45), a, a.index(b"l"), a.reverse(), a)
del a[0]
del a[::2]
a *= 2
a[1:3] = [65, 66, 67]
a[::3] = b"." * len(a[::3])
print(a, a.copy() == a, a.copy() is a, bytes(a), a.hex(), a.find(b"A"), list(a[:3]), a.clear(), a)
print(bytearray(), bytearray(3), bytearray("é", "utf-8"), bytearray([1]), repr(bytearray(b"a'b")),
      bytearray(b"x") == b"x", bytearray(b"a") < b"b",
      bytearray(b"ab").upper(), type(bytearray(b"a") + b"b").__name__, type(b"a" + bytearray(b"b")).__name__,
      bytearray(b"%d") % 5, bytearray.fromhex("00ff"))
a = bytearray(b"abc")
for call in (lambda: a.append(256), lambda: a.append("a"), lambda: a.extend([1, 300]), lambda: a.extend("abc"),
      lambda: a.insert(0, -1), lambda: a.remove(200),
             lambda: bytearray().pop(), lambda: a.pop(10), lambda: a.__setitem__(5, 1), lambda: a.__setitem__(0, "x"),
             lambda: a.__setitem__(slice(0, 1), 5.5),
             lambda: a.__setitem__(slice(None, None, 2), b"x"), lambda: hash(a), lambda: {a: 1}, lambda: bytearray("a"),
             lambda: bytearray(-1), lambda: a.join([1]),
             lambda: a.__setitem__(slice(0, 1), "x"), lambda: a.extend(5), lambda: a + [1], lambda: a.__delitem__(7)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(a)
m = memoryview(a)
try:
    a.append(1)
except BufferError as error:
    print(error)
m[0] = 90
m.release()
a.append(100)
print(a, a.decode(), a.split(b"b"), [*a], a[1:2], 90 in a, b"bc" in a)
for i in range(5):
    a[i % len(a)] ^= i
    a += bytes([i])
print(a)
