# Hot integer loops pass 2**47, 2**48 and 2**63, upwards and downwards.
def grow(start, factor, offset, steps):
    x = start
    seen = []
    for i in range(steps):
        x = x * factor + offset
        if i % (steps // 4) == 0:
            seen.append(x)
    return x, seen


for start, factor, offset, steps in [(1, 2, 1, 80), (-1, 2, -1, 80), (3, 3, 0, 60), (1, -2, 1, 100),
        (7, 1, 1 << 40, 300)]:
    x, seen = grow(start, factor, offset, steps)
    print(x, [hex(s) for s in seen])


def add_up(limit, step):
    total = 0
    while total < limit:
        total += step
    return total


print(add_up(2 ** 47 + 5, 2 ** 36 + 1))
print(add_up(2 ** 48, 2 ** 37 - 1))
print(add_up(2 ** 64, 2 ** 52 + 3))
for edge in (2 ** 47, 2 ** 48, 2 ** 62, 2 ** 63, 2 ** 64):
    total = -edge - 150
    for _ in range(300):
        total += 1
    print(total + edge)
    total = edge - 150
    for _ in range(300):
        total += 1
    print(total - edge, total)
