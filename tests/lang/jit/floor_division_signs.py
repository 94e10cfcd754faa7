# // and % and divmod for all signs, hot, with a divisor that turns zero at the end.
def table(values, divisor):
    out = []
    for v in values:
        out.append((v // divisor, v % divisor))
    return out


values = list(range(-60, 61))
for divisor in (1, -1, 2, -2, 7, -7, 64, -64, 1000, -1000, 2 ** 50, -(2 ** 50)):
    rows = table(values, divisor)
    assert all(q * divisor + r == v for v, (q, r) in zip(values, rows))
    print(divisor, rows[0], rows[30], rows[59:62], rows[-1], sum(q for q, _ in rows), sum(r for _, r in rows))


def until_zero(n):
    total = 0
    for i in range(n, -1, -1):
        total += 1000 // i
    return total


try:
    until_zero(500)
except ZeroDivisionError as error:
    print(error)


def modulo_zero(values):
    total = 0
    for v in values:
        total += 10 % v
    return total


for bad in (0, 0.0, False):
    try:
        modulo_zero([3] * 300 + [bad])
    except ZeroDivisionError as error:
        print(repr(bad), error)
print(-(2 ** 47) // -1, -(2 ** 63) // -1, divmod(-7.5, 2), 7 // -2.0, -7 % 2.5, 5.0 % -3)
