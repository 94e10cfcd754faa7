# Known results of float algorithms, to the last digit: quadratic roots, compound interest, integrals, series.
import math


def roots(a, b, c):
    d = b * b - 4 * a * c
    if d < 0:
        return complex(-b, math.sqrt(-d)) / (2 * a)
    q = -(b + math.copysign(math.sqrt(d), b)) / 2
    return q / a, c / q if q else 0.0


print(roots(1, -3, 2), roots(1, 1e8, 1), roots(1, 2, 5), roots(2.5, 0, -0.1))
balance = 1000.0
for year in range(30):
    balance *= 1.035
    balance -= 12.5
print(balance, round(balance, 2), f"{balance:,.2f}")


def simpson(f, a, b, n):
    h = (b - a) / n
    return h / 3 * (f(a) + f(b) + 4 * sum(f(a + i * h) for i in range(1, n, 2)) + 2 * sum(f(a + i * h) for i in range(2,
          n, 2)))


print(simpson(math.sin, 0, math.pi, 100), simpson(lambda x: x ** 3, 0, 2, 10), simpson(math.exp, -1, 1, 64))


def bisect(f, lo, hi):
    while hi - lo > 1e-15 * max(1, abs(lo)):
        mid = (lo + hi) / 2
        if mid in (lo, hi):
            break
        lo, hi = (lo, mid) if f(lo) * f(mid) <= 0 else (mid, hi)
    return lo


print(bisect(lambda x: x * x - 2, 0, 2), bisect(lambda x: math.cos(x) - x, 0, 1))
e, term = 0.0, 1.0
for k in range(1, 25):
    e += term
    term /= k
print(e, e == math.e, sum(1 / math.factorial(k) for k in range(20)))
x = 0.0
while x != 1.0 and x < 2:
    x += 0.1
print(x, 0.1 * 3 == 0.3, 0.1 + 0.2, 1 - 0.9, 1e16 + 1 - 1e16, 4.35 * 100, 1.1 + 2.2, 3 * 1.1)
