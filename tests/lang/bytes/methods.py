# Methods that bytes shares with str, and what differs.
b = b"abracadabra"
print(b.find(b"bra"), b.find(97, 1), b.rfind(b"a"), b.index(b"c"), b.count(b"a"), b.count(97), b.count(b""),
      b.startswith(b"ab"),
      b.endswith((b"x", b"ra")), b.replace(b"a", b"A", 2), b.replace(b"", b"-", 3), b.partition(b"c"),
      b.rpartition(b"z"))
print(b"a,b,,c".split(b","), b" a  b ".split(), b"a b c".rsplit(None, 1), b"x\ny\r\nz".splitlines(),
      b",".join([b"a", bytearray(b"b")]),
      b"  x ".strip(), b"xxaxx".strip(b"x"), b"aXb".lower(), b"aXb".upper(), b"ab cd".title(), b"aBC".capitalize(),
      b"aB".swapcase())
print(b"ab".center(6, b"*"), b"ab".ljust(4), b"7".zfill(3), b"a\tb".expandtabs(4),
      b"abc".translate(bytes.maketrans(b"ab", b"xy")),
      b"abcabc".translate(None, b"b"), b"abc".isalpha(), b"12".isdigit(), b"a1".isalnum(), b" \n".isspace(),
      b"Ab".istitle(), b"\xff".isascii())
print(b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"), b"%d %s %a %x %5.1f %c" % (5, b"x", "é", 255, 2.5, 65),
      b"%b" % b"z", b"%(k)b" % {b"k": b"v"})
for call in (lambda: b.find("a"), lambda: b.index(b"z"), lambda: b.split(""), lambda: b.split(b""),
      lambda: b",".join(["a"]), lambda: b",".join([1]),
             lambda: b.replace("a", b"b"), lambda: b.startswith("a"), lambda: b.translate(b"short"),
             lambda: bytes.maketrans(b"a", b"bc"),
             lambda: b"%s" % "str", lambda: b"%d" % "a", lambda: b"%z" % 1, lambda: b"%c" % 300,
             lambda: b.center(20, b"xy"), lambda: b.count(300), lambda: b.strip("a"), lambda: b.partition(b"")):
    try:
        print(call())
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
print(b"\xe9\xff".decode("latin-1"), b"a" < b"b" <= b"b", b"abc".__getitem__(1), b"abc".__contains__(98),
      bytes.__add__(b"a", b"b"), b"caf\xc3\xa9".decode())


class B(bytes):
    pass


print(B(b"x"), type(B(b"x") + b"y").__name__, type(B(b"ab")[:1]).__name__, isinstance(B(), bytes), B(b"a") == b"a",
      B([65, 66]).lower())
