# Small-int arithmetic: every operator, all sign combinations, error texts.
values = [0, 1, -1, 2, -2, 7, -7, 10, -13]
for a in values:
    row = []
    for b in values:
        row.append(a + b)
        row.append(a - b)
        row.append(a * b)
        if b:
            row.append(a // b)
            row.append(a % b)
            assert (a // b, a % b) == divmod(a, b)
        row.append(a & b)
        row.append(a | b)
        row.append(a ^ b)
        if b >= 0:
            row.append(a ** b)
            row.append(a << b)
            row.append(a >> b)
    print(a, row)
print([7 / b for b in (1, 2, -4, 8)], 2 ** -2, (-2) ** -3, 0 ** 0, -2 ** 2, ~5, ~-1, +3, -(-3))
for operation in ("1 // 0", "1 % 0", "1 / 0", "divmod(1, 0)", "0 ** -1", "1 << -1", "1 >> -1", "pow(2, 3, 0)",
      "pow(2, -1, 4)",
                  "1 + 'a'", "'a' + 1", "1 - None", "[] * 1.5", "1 @ 2", "-'a'", "~1.5", "+[]", "1 < 'a'", "None >= 1",
                  "1 and []", "not 1", "5 << 'a'", "2 ** 'x'", "pow(2, 3, 'x')", "1 % 'a'", "abs('x')", "1 ** None"):
    try:
        print(operation, "=", eval(operation))
    except Exception as error:
        print(operation, type(error).__name__, error)
print(pow(3, 200, 13), pow(-3, 5, 7), pow(3, 5, -7), pow(3, -1, 7), pow(2, 0, 1), pow(38, -1, 97), pow(True, 3))
