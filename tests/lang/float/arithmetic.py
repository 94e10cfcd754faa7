# Float operators, their special values, mixed operands and errors.
inf, nan = float("inf"), float("nan")
values = [0.0, -0.0, 1.5, -2.25, inf, -inf, nan]
for a in values:
    row = []
    for b in values:
        for operation in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a // b, lambda: a % b,
                lambda: a ** b):
            try:
                row.append(operation())
            except (ZeroDivisionError, OverflowError) as error:
                row.append(str(error))
    print(a, row)
print(divmod(7.5, 2), divmod(-7.5, 2), divmod(7.5, -2), divmod(-0.0, 3), 5.5 % -2, -5.5 // 2, 1e20 // 3, 1e300 * 1e300)
for text in ("0.0 ** -1", "(-8.0) ** (1 / 3)", "10.0 ** 400", "2.0 ** 'a'", "1.5 + '1'", "1.5 % []", "divmod(1.0, 0)",
      "1.5 & 1", "1.5 << 1",
             "~1.5", "1.5 @ 2", "[1] * 1.5", "1.5 // 'a'", "float(1, 2)", "pow(2.0, 3, 5)", "1.5 < 'a'", "1.5[0]",
             "1.5()", "len(1.5)"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
print(nan == nan, nan != nan, nan < 1, [nan] == [nan], nan in [nan], inf == inf, inf > 10 ** 500, -inf < -(10 ** 500),
      0.0 == -0.0)
print((1.5).is_integer(), (2.0).is_integer(), inf.is_integer(), (0.75).as_integer_ratio(), (-2.5).as_integer_ratio(),
      (3.7).__trunc__(), (3.7).__floor__(), (3.2).__ceil__())
for bad in (inf, nan):
    for call in (bad.as_integer_ratio, bad.__trunc__, bad.__floor__):
        try:
            call()
        except (OverflowError, ValueError) as error:
            print(error)
print(abs(-0.0), -0.0, +(-1.5), bool(0.0), bool(nan), (1.5).real, (1.5).imag, (1.5).conjugate(), 3 / 2, 4 / 2, 7 // 2.0,
      2 ** 0.5, 2 ** -1, 4 ** 0.5)
print(max(1.0, nan), max(nan, 1.0), min(1, 1.0), sorted([3, 1.5, -inf, inf, 2]), sum([0.1] * 10), 1e16 + 1, 0.1 + 0.7,
      float.__add__(1.0, 2), float.__radd__(1.0, "a"))
