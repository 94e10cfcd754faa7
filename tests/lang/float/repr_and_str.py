# The shortest repr of floats, the switch to exponents, infinities, NaN, and parsing of literals.
for x in (0.0, -0.0, 1.0, 0.1, 0.1 + 0.2, 1 / 3, 1e15, 1e16, 1.5e16, 123456789012345680.0, 1e17, 1e22, 1e23, 0.0001,
      0.00001, 1.234e-5,
          5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 9007199254740993.0, 4.35, 2.675, 100.0, 1e100,
          123456.789e3):
    text = repr(x)
    assert float(text) == x
    print(text, str(-x), f"{x}", format(x, ""), f"{x!r:>10}")
print(float("inf"), -float("inf"), float("nan"), [float("nan")], 1e400, -1e400, 1e-400)
for text in ("1", " 1.5\n", "-.5", "5.", "1e3", "1E-3", "+inf", "Infinity", "-INF", "nan", "NaN", "1_000.5", "0x10", "",
      ".", "1e", "e5", "1__0",
             "1 2", "1.5.2", "infinit", "١.٥", "--1", b"2.5", "1e400", "\x00", None, [1], 1j):
    try:
        print(repr(text), float(text))
    except (ValueError, TypeError) as error:
        print(repr(text), type(error).__name__, error)
print(1_0.5_0, 1e1_0, .5, 5., 0e0, 1E5, 0_0.0)
print(float(), float(True), float(10 ** 20), (1.5).hex(), (-0.1).hex(), (0.0).hex(), float("inf").hex(),
      float.fromhex("0x1.8p3"), float.fromhex("-1.5"))
for text in ("0x", "zz", "0x1p99999", "0x1.8p"):
    try:
        print(float.fromhex(text))
    except (ValueError, OverflowError) as error:
        print(text, error)
