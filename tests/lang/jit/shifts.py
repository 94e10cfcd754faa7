# Shifts in hot loops with counts that vary, results that overflow, and negative operands.
def left(value, counts):
    out = []
    for c in counts:
        out.append(value << c)
    return out


def right(value, counts):
    out = []
    for c in counts:
        out.append(value >> c)
    return out


counts = [i % 70 for i in range(210)]
for value in (0, 1, -1, 5, -5, 2 ** 46, -(2 ** 46), 2 ** 70, -(2 ** 70) + 1):
    a, b = left(value, counts), right(value, counts)
    print(value, sum(a), sum(b), a[69], b[69], b[3])


def bad_shift(n):
    total = 0
    for i in range(n):
        try:
            total += 1 << (500 - i)
        except ValueError as error:
            return i, str(error)
    return total


print(bad_shift(1000))


def mix(n):
    h = 0
    for i in range(n):
        h = ((h << 5) ^ (h >> 27) ^ i) & 0xFFFFFFFF
    return h


print(mix(3000), mix(3001))
