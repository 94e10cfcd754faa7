# Hot float code meets infinities, NaN, negative zero and subnormal numbers.
def fold(values):
    total = 0.0
    for v in values:
        total = total * 0.5 + v
    return total


inf, nan = float("inf"), float("nan")
base = [1.0, 2.5, -3.25] * 100
print(fold(base))
print(fold(base + [inf]))
print(fold(base + [inf, -inf]))
print(fold(base + [nan] + base))


def compare(values, limit):
    less = equal = greater = other = 0
    for v in values:
        if v < limit:
            less += 1
        elif v == limit:
            equal += 1
        elif v > limit:
            greater += 1
        else:
            other += 1
    return less, equal, greater, other


print(compare(base + [nan, inf, -inf, 0.0, -0.0], 0.0))
print(compare(base, nan))


def halve(x):
    count = 0
    while x > 0:
        x *= 0.5
        count += 1
    return count


print(halve(1.0), halve(1e308), halve(5e-324))
x = -1.0
for _ in range(1200):
    x *= 0.5
print(x, str(x)[0], x == 0)
for _ in range(300):
    x = -x
print(x, -x)


def divide(n):
    total = 0.0
    for i in range(n, -1, -1):
        total += 1.0 / i
    return total


try:
    divide(400)
except ZeroDivisionError as error:
    print(error)
