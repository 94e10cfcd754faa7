# Numeric float kernels whose last digit matters: no reordering, no fused multiply-add, exact repr.
import math


def newton(x):
    g = x
    for _ in range(60):
        g = 0.5 * (g + x / g)
    return g


print([newton(x) for x in (2.0, 3.0, 10.0, 1e-10, 1e300)])


def series(n):
    s = 0.0
    sign = 1.0
    for k in range(n):
        s += sign / (2 * k + 1)
        sign = -sign
    return 4 * s


print(series(1000), series(1001))


def harmonic(n):
    up = down = 0.0
    for i in range(1, n + 1):
        up += 1.0 / i
        down += 1.0 / (n + 1 - i)
    return up, down, up == down


print(harmonic(1000))


def logistic(r, n):
    x = 0.5
    for _ in range(n):
        x = r * x * (1.0 - x)
    return x


print([logistic(r, 1000) for r in (2.9, 3.5, 3.9, 4.0)])


def kahan(values):
    total = c = 0.0
    for v in values:
        y = v - c
        t = total + y
        c = (t - total) - y
        total = t
    return total


print(kahan([0.1] * 1000), sum([0.1] * 1000), math.fsum([0.1] * 1000))


def horner(x, n):
    total = 0.0
    for _ in range(n):
        for c in (1.5, -2.25, 0.1, 3.0):
            total = total * x + c
        total = math.sin(total) + math.sqrt(abs(total)) % 1.0
    return total


print(horner(0.9, 300), horner(-1.1, 301))
x = 1.0
for i in range(400):
    x = x * 3.7 if x < 1e150 else x / 1e160
    x = -x if i % 7 == 0 else x
print(x)
mean = m2 = 0.0
for n, v in enumerate([i * 37 % 101 / 7 for i in range(500)], 1):
    delta = v - mean
    mean += delta / n
    m2 += delta * (v - mean)
print(mean, m2 / 499)
print(sum(math.floor(i * 0.3) + math.ceil(i * 0.7) for i in range(300)), math.hypot(*[0.5] * 4))
print(max(math.atan2(math.sin(i), math.cos(i)) for i in range(300)))
