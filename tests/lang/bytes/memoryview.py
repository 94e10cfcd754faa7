# memoryview over bytes and bytearray: slices share, formats, casts, comparison, release.
data = bytearray(range(12))
m = memoryview(data)
print(len(m), m[0], m[-1], m[2:5].tobytes(), m[::3].tolist(), m.nbytes, m.itemsize, m.format, m.ndim, m.shape,
      m.strides, m.readonly, m.contiguous, m.obj is data)
part = m[4:8]
part[0] = 255
part[1:3] = b"\xaa\xbb"
print(data, part.hex(), bytes(part), list(reversed(part)), 255 in part, part == b"\xff\xaa\xbb\x07",
      part == bytearray([255, 170, 187, 7]), part != b"x")
w = memoryview(bytes(range(8))).cast("H")
print(w.tolist(), w.shape, w[1], w.format, w.nbytes, memoryview(b"abcdefgh").cast("Q").tolist(),
      memoryview(b"abcd").cast("c")[1], memoryview(b"\xff").cast("b")[0], w.cast("B").tobytes())
g = memoryview(bytes(range(6))).cast("B", [2, 3])
print(g.tolist(), g.shape, g[1, 2], g.ndim)
for call in (lambda: memoryview("a"), lambda: memoryview(5), lambda: memoryview(b"a").__setitem__(0, 1),
      lambda: m.__setitem__(0, 256), lambda: m.__setitem__(0, "a"),
             lambda: m[20], lambda: m["a"], lambda: m.__setitem__(slice(0, 2), b"abc"),
             lambda: memoryview(b"abc").cast("H"), lambda: memoryview(b"ab").cast("zz"), lambda: g[0], lambda: hash(m)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(hash(memoryview(b"ab")) == hash(b"ab"), m.toreadonly().readonly, memoryview(b"ab").tobytes(), bytes(m[:3]),
      bytearray(m[1:3]), b"".join([m[:2], b"-"]), int.from_bytes(m[:2], "big"))
m.release()
try:
    m[0]
except ValueError as error:
    print(error)
with memoryview(b"xyz") as v:
    print(v[1], v.tolist())
try:
    v.tolist()
except ValueError as error:
    print(error)
