# chr, ord, bin, oct, hex, ascii, repr, format, hash of strings within one process, int bases.
print(chr(0), repr(chr(0)), chr(65), chr(0x10FFFF).encode("utf-8"), [ord(c) for c in "aé中😀\0"], ord(b"a"),
      ord(bytearray(b"z")), all(ord(chr(i)) == i for i in range(0, 0x110000, 997)))
print(bin(0), bin(5), bin(-5), oct(8), oct(-8), hex(255), hex(-255), bin(2 ** 70), hex(10 ** 20), bin(True),
      f"{5:b} {8:o} {255:x} {255:X} {5:#b} {-255:#x}")
print(ascii("é"), ascii([1, "ü"]), ascii("\n'"), repr("é"), repr([None, True, 1.0, "s", b"b", (1,), {2}, {3: 4}]),
      ascii({"ключ": 1}))
print(int("ff", 16), int("-0b101", 2), int("0o17", 8), int("0XfF", 0), int("z", 36), int("1_0", 10),
      [int("10", b) for b in range(2, 37)])
for value, spec in ((5, ""), ("s", ">5"), (1.5, ".2f"), (True, "d"), ([1], ""), (None, ""), (1 + 2j, ".1f"),
        ("abc", "-^9"), (255, "#010x"), (65, "c"), (b"x", ""), (range(3), ""), (1234.5, ","), (0.25, "%"), ("x", "s"),
        (12, "n")):
    print(repr(format(value, spec)), end=" ")
print()
for expression in ("chr(-1)", "chr(0x110000)", "chr('a')", "chr(1.0)", "chr()", "ord('')", "ord('ab')", "ord(5)",
        "ord(b'')", "ord(None)", "bin('a')", "bin(1.0)", "hex(None)", "oct([])", "ascii()", "repr()", "format()",
        "format('a', 5)", "format([], 'd')", "format('a', 'd')", "format(5, 's')", "format(object(), 'x')",
        "int('9', 8)", "int('z', 37)", "int('1', -1)", "int('', 16)", "int('0x', 16)", "hash([])", "chr(2 ** 100)",
        "ord('a', 'b')"):
    try:
        print(expression, eval(expression))
    except Exception as e:
        print(expression, "->", type(e).__name__, e)
print(hash("abc") == hash("abc"), hash(1) == hash(1.0) == hash(True), hash(None) == hash(None),
      hash((1, "a")) == hash((1, "a")), hash(b"a") == hash("a"), hash(frozenset("ab")) == hash(frozenset("ba")),
      hash(2 ** 61), hash(-(2 ** 61)), hash(1 << 61 | 5), hash(0.1), hash(1e100), hash(range(3)) == hash(range(0, 3)),
      hash(int), hash(...) == hash(...)) if False else print(hash(2 ** 61 + 7), hash(0.1), hash(1e100), hash(-1.0),
      hash(3.5))
