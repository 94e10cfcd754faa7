# int(), float(), str(), round() and friends in hot loops, with results that change type and arguments that fail.
def to_int(values):
    good = 0
    bad = {}
    for v in values:
        try:
            good += int(v)
        except (ValueError, TypeError, OverflowError) as error:
            bad[type(error).__name__] = str(error)
    return good, bad


print(to_int([1.5, -1.5, 2.999, True, "12", " -7 ", b"3", 1e15] * 30))
print(to_int([1.5] * 200 + [float("inf"), float("nan"), "x", None, 1e300]))


def rounding(values):
    total = 0
    kinds = set()
    for v in values:
        r = round(v)
        total += r
        kinds.add(type(r).__name__)
        kinds.add(type(round(v, 1)).__name__)
    return total, sorted(kinds)


print(rounding([0.5, 1.5, 2.5, -0.5, -1.5, 3.7, 7, 2 ** 60 + 0.0] * 40))


def digits(n):
    total = 0
    for i in range(n):
        for c in str(i * i):
            total += int(c)
        total += int(str(i)[::-1])
    return total


print(digits(500))


def floats(n):
    x = 0.0
    for i in range(n):
        x += float(str(i / 7)) - i / 7
        x += float(f"{i}.5")
        x += i // 2.0 + i % 2.5
    return x


print(floats(500))


def bases(n):
    ok = 0
    for i in range(n):
        ok += int(bin(i), 2) == int(hex(i), 16) == int(oct(i), 8) == int(f"{i:_}".replace("_", "")) == i
    return ok


print(bases(300))
mixed = []
for i in range(300):
    mixed.append(i / 2 if i % 2 else i // 2)
print(sum(mixed), {type(m).__name__ for m in mixed} == {"int", "float"})
print(sum(int(x * 1e16) % 1000 for x in (0.1, 0.2, 0.3) for _ in range(100)))
acc = 0
for i in range(400):
    acc += i ** 2 - i ** 0.5 + (-i) ** 3 + 2 ** -(i % 5) + pow(i, 3, 1000)
print(round(acc, 6))
try:
    for i in range(300, -1, -1):
        acc = i ** -1
except ZeroDivisionError as error:
    print(i, error)
z = 0
for i in range(300):
    z += (-i) ** 0.5 if i % 100 == 99 else i
print(f"{z.real:.6f} {z.imag:.6f}")
