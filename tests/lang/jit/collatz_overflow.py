# While loops whose values stay small for a long time and then leave the small-int range in the same loop.
def steps(start, factor, offset, limit):
    n = start
    count = 0
    peak = n
    while n != 1 and count < limit:
        n = n >> 1 if n & 1 == 0 else factor * n + offset
        count += 1
        if n > peak:
            peak = n
    return count, peak


print([steps(k, 3, 1, 10 ** 4) for k in (1, 7, 27, 97, 871, 6171, 77031, 837799, 8400511, 63728127)])
print(steps(27, 5, 1, 400), steps(7, 7, 3, 300))
print(steps(2 ** 47 - 1, 3, 1, 2000), steps(2 ** 63 + 1, 3, 1, 2000))


def lcg(seed, n, mask):
    x = seed
    total = 0
    for _ in range(n):
        x = (x * 6364136223846793005 + 1442695040888963407) & mask
        total ^= x >> 13
    return x, total


for bits in (32, 47, 48, 53, 63, 64, 65, 128):
    print(bits, lcg(1, 500, (1 << bits) - 1))


def sum_of_squares(n, start):
    total = 0
    i = start
    while i < start + n:
        total += i * i - (i - 1) * (i + 1)
        total += (i * i * i) // (i * i)
        i += 1
    return total - n * start


for start in (1, 1000, 2 ** 15, 2 ** 23, 2 ** 24, 2 ** 31, 2 ** 40):
    print(start, sum_of_squares(300, start))
h = 14695981039346656037
for i in range(1000):
    h ^= i & 0xFF
    h = h * 1099511628211 % 2 ** 64
print(h)
