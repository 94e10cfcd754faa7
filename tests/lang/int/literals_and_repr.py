# Integer literals in every base, underscores, repr, and conversion errors of int().
print(0, 00, 1_000_000, 0x_FF, 0b1010, 0o777, 0XAB, 0B11, 0O17)
print(int(), int("  42\n"), int("-0"), int("+7"), int("1_000"), int("0x1f", 16), int("1f", 16), int("0b11", 0),
      int("z", 36))
print(int("0o17", 0), int("  0xA  ", 0), int(b"12"), int(bytearray(b"-3")), int("٣٤"), int(3.99), int(-3.99), int(True))
for args in [("",), ("a",), ("1__0",), ("_1",), ("1_",), ("0x10",), ("12", 2), ("1", 1), ("1", 37), ("010", 0), (None,),
      ([],),
             ("1.5",), (1, 2), ("\x00",), (b"\xff",), ("9" * 60 + "x",), (float("nan"),), (float("inf"),), ("1", "2")]:
    try:
        print(int(*args))
    except (ValueError, TypeError, OverflowError) as error:
        print(args, type(error).__name__, error)
print(bin(10), bin(-10), oct(64), oct(-8), hex(255), hex(-255), bin(0), hex(2 ** 70))
print(repr(-5), str(10 ** 30), ascii(7), f"{2 ** 100}")
print((255).to_bytes(2, "big"), (255).to_bytes(2, "little"), (-2).to_bytes(3, "big", signed=True),
      (0).to_bytes(0, "big"), (5).to_bytes())
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\xff\xff", "little", signed=True), int.from_bytes([1, 2, 3]),
      int.from_bytes(b""))
for call in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (1).to_bytes(1, "middle"),
             lambda: (1).to_bytes(-1, "big"), lambda: int.from_bytes("ab", "big"), lambda: bin(1.0), lambda: hex("1")):
    try:
        call()
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
