# zlib: streams in pieces, limits, dictionaries, formats, checksums, and the errors of damaged data.
import zlib


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e), e)


data = b"".join(b"%d squared is %d; " % (i, i * i) for i in range(3000))
for level in (-1, 0, 1, 6, 9):
    packed = zlib.compress(data, level)
    print(level, len(packed), zlib.crc32(packed), zlib.decompress(packed) == data)
for wbits in (15, -15, 31, 9):
    packed = zlib.compress(data, wbits=wbits)
    print(wbits, len(packed), zlib.decompress(packed, wbits) == data, zlib.decompress(packed, wbits, bufsize=1) == data)
c = zlib.compressobj(9)
pieces = [c.compress(data[i:i + 1000]) for i in range(0, len(data), 1000)] + [c.flush(zlib.Z_SYNC_FLUSH)]
twin = c.copy()
print(len(b"".join(pieces)), c.flush() == twin.flush())
d = zlib.decompressobj()
out = d.decompress(zlib.compress(data) + b"tail", 100)
print(len(out), len(d.unconsumed_tail) > 0, d.eof, d.unused_data)
rest = b""
while d.unconsumed_tail and not d.eof:
    rest += d.decompress(d.unconsumed_tail, 5000)
print(out + rest == data, d.eof, d.unused_data, d.flush())
c = zlib.compressobj(zdict=b"squared is")
packed = c.compress(b"2 squared is 4") + c.flush()
attempt(zlib.decompress, packed)
attempt(zlib.decompressobj(zdict=b"squared is").decompress, packed)
attempt(zlib.decompressobj(zdict=b"something else").decompress, packed)
attempt(zlib.decompress, b"abcdefg")
attempt(zlib.decompress, b"")
attempt(zlib.decompress, zlib.compress(b"x")[:-1])
attempt(zlib.compress, "a")
attempt(zlib.compress, b"a", 99)
attempt(zlib.compressobj, 99)
attempt(zlib.decompressobj, 99)
attempt(zlib.decompress, zlib.compress(b"x"), bufsize=-1)
attempt(zlib.decompressobj().decompress, b"", -1)
attempt(zlib.decompressobj().flush, 0)
attempt(c.compress, b"a")
attempt(c.copy)
attempt(type(c))
print(zlib.crc32(data), zlib.crc32(b"a", -1), zlib.adler32(data), zlib.adler32(b"a", 5), zlib.error.__mro__)
