# int(), floor division and rounding of floats as loop counters and indices.
x, hits = 0.0, [0] * 10
for i in range(1000):
    x += 0.37
    hits[int(x) % 10] += 1
    hits[int(x // 3) % 10] += round(x) & 1
    hits[-(int(-x) % 3)] -= 1
print(hits, x)
big = 1.0
steps = 0
while int(big) < 2 ** 70:
    big *= 1.5
    steps += int(big) & 1
print(steps, int(big), int(-big), big // 1 == int(big))
for value in (2.0 ** 47, 2.0 ** 48 - 1, -(2.0 ** 47), 2.0 ** 53, 2.0 ** 63, 1e19):
    t = 0
    for i in range(200):
        t += int(value) + i
    print(t, int(value) == value, divmod(value, 7.0))
try:
    for i in range(500):
        int(1e300 * 10.0 ** (i / 40))
except OverflowError as e:
    print(i, e)
