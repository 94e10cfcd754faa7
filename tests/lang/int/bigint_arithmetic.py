# Big integers: sums, products, quotients and remainders of many sizes, checked by identities and printed.
def lcg():
    x = 1
    while True:
        x = x * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        yield x


source = lcg()
numbers = []
for size in (1, 2, 3, 5, 8, 13, 21, 40):
    n = 0
    for _ in range(size):
        n = n << 64 | next(source)
    numbers += [n, -n, n + 1]
for a in numbers:
    for b in numbers:
        q, r = divmod(a, b)
        assert q * b + r == a and (0 <= r < b or b < r <= 0)
        assert (a + b) * (a - b) == a * a - b * b
        assert (a + b) - b == a and -(a - b) == b - a
        assert a * (b + 1) == a * b + a
print(numbers[6] * numbers[9], numbers[9] // numbers[3], numbers[10] % numbers[5])
print(10 ** 50 // 7, -10 ** 50 // 7, 10 ** 50 % -7, -(10 ** 50) % 7, 2 ** 200 - 1)
print(3 ** 150, (-3) ** 151, 2 ** 64 * 2 ** 64, (2 ** 64 - 1) ** 2, 12345678901234567890 * 98765432109876543210)
print(10 ** 100 / 10 ** 99, 2 ** 1000 / 2 ** 999, (2 ** 53 + 1) / 1, 1 / 2 ** 60, -(2 ** 70) / 3)
for text in ("2 ** 1100 / 3", "10 ** 400 * 1.0", "1.5 + 10 ** 400", "float(2 ** 1024)", "2 ** 70 // 0", "2 ** 70 % 0",
        "2 ** 70 / 0"):
    try:
        print(eval(text))
    except (OverflowError, ZeroDivisionError) as error:
        print(text, type(error).__name__, error)
print(10 ** 400 // 10 ** 398, (10 ** 400 + 7) % 1000, abs(-(10 ** 30)), -0 * 10 ** 30, divmod(-(10 ** 20), 3))
