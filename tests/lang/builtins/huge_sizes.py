# Sizes that no machine has: an exception each, and the process goes on.
import array
import collections
import hashlib
import io
import itertools
import math
import os
import struct
import time
import zlib


def put(stream, at, text):
    stream.seek(at)
    stream.write(text)


CASES = """
"a" * (1 << 62)
[0] * (1 << 60)
[0] * (1 << 63)
bytes(1 << 62)
bytes(1 << 64)
bytearray(1 << 62)
(0,) * (1 << 60)
1 << (1 << 62)
1 << 10**12
list(range(1 << 62))
list(range(1 << 70))
list(itertools.repeat(0, 1 << 62))
",".join(["b"] * (1 << 20) * 100000)
"".ljust(1 << 62)
"".zfill(1 << 62)
b"".ljust(1 << 62)
b"".rjust(10**14)
b"".zfill(1 << 62)
"%*d" % (1 << 62, 1)
"%*d" % (1 << 70, 1)
"%.*f" % (1 << 40, 1.0)
format(1, "99999999999999999999d")
format(1.0, ".9999999999f")
"{:{}}".format(1, 1 << 61)
("a" * 1000000).replace("a", "b" * 10**13)
array.array("q", [1]) * (1 << 60)
struct.pack(str(1 << 62) + "x")
struct.calcsize(str(1 << 62) + "q")
itertools.product(range(2), repeat=1 << 62)
itertools.combinations_with_replacement(range(2), 1 << 62)
itertools.tee([], 1 << 62)
os.urandom(1 << 62)
hashlib.shake_128(b"").digest(1 << 62)
zlib.decompress(zlib.compress(b""), bufsize=1 << 62)
put(io.BytesIO(), (1 << 63) - 1, b"a")
put(io.StringIO(), (1 << 63) - 1, "a")
put(io.StringIO(), 1 << 62, "a")
open("/dev/null", "rb", 1 << 62)
memoryview(b"a").cast("B", [1 << 62, 1 << 62])
(1).to_bytes(1 << 62, "big")
math.factorial(1 << 64)
time.sleep(1e300)
time.localtime(1e300)
os.close(1 << 62)
"""
for case in CASES.split("\n"):
    try:
        print(case, "->", type(eval(case or "None")).__name__)
    except Exception as error:
        print(case, "->", type(error).__name__, error)
items = []
try:
    items[1 << 62:] = range(1 << 62)
except MemoryError:
    print("slice", len(items))
