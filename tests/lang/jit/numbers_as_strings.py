# Round trips between numbers and text in hot loops.
total = 0
for i in range(600):
    n = (i * 7919 - 2000) * (10 ** (i % 25))
    assert int(str(n)) == n and int(hex(n), 16) == n and int(f"{n:_}") == n and int(repr(n)) == n
    f = n / 7
    assert float(repr(f)) == f and float(f"{f:.17g}") == f and float.fromhex(f.hex()) == f
    total += len(str(n)) + len(repr(f)) + sum(map(int, str(abs(n))))
print(total)
acc = 0
for i in range(300):
    acc = int(str(acc)[::-1] or 0) + i
    acc %= 10 ** 15
print(acc)
digits = ""
x = 1
for _ in range(300):
    x, d = x * 10 % 97, x * 10 // 97
    digits += str(d)
print(digits[:96] == digits[96:192], digits[:20])
bad = 0
for i in range(300):
    try:
        bad += int("12" + "x" * (i % 3))
    except ValueError as e:
        bad += len(str(e))
print(bad)
