# bytes: construction, literals, repr, indexing, slicing, comparison, errors.
print(b"abc", b'a"b', b"a'b", b"a'b\"c", b"\x00\n\t\\\xff~", bytes(), bytes(3), bytes([1, 2, 255]), bytes(b"x"),
      bytes(range(5)), bytes("é", "utf-8"), b"a" b"b", rb"\n", bytes(bytearray(b"q")), bytes(memoryview(b"mv")))
b = b"hello"
print(b[0], b[-1], b[1:3], b[::-1], b[10:], len(b), list(b), b + b"!", b * 2, 3 * b"-", 104 in b, b"ell" in b,
      b == bytearray(b"hello"), b == "hello", b < b"help", hash(b) == hash(bytes([104, 101, 108, 108, 111])))


class HasBytes:
    def __bytes__(self):
        return b"custom"


class BadBytes:
    def __bytes__(self):
        return "str"


print(bytes(HasBytes()), {b"k": 1}[b"k"], min(b), max(b), sorted(b"cab"), b.hex(), b.hex(":"), b.hex("-", 2),
      bytes.fromhex("68 65 6c"))
for text in ("bytes(-1)", "bytes([256])", "bytes([-1])", "bytes('a')", "bytes(['a'])", "bytes(1.5)",
      "bytes(BadBytes())", "b + 'x'",
             "b + 1", "b[9]", "b['a']", "b * 'x'", "b % 1", "b < 'a'", "bytes(1, 'utf-8')", "bytes('a', 'nope')",
             "bytes.fromhex('6')",
             "bytes.fromhex('zz')", "bytes.fromhex(1)", "b.hex('ab')", "'a' in b", "300 in b", "b.foo",
             "bytes(object())", "bytes(None)"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
try:
    b[0] = 1
except TypeError as error:
    print(error)
try:
    del b[0]
except TypeError as error:
    print(error)
print(str(b), f"{b}", repr(b), "%s" % b, b.__class__, bytes(b) is b, b[:] is b, bool(b""), bool(b"\0"))
