# Hot loops over ranges of every shape, with steps, big bounds and values that pass 48 and 64 bits.
def total(r):
    result = 0
    count = 0
    for i in r:
        result += i
        count += 1
    return count, result


for r in (range(1000), range(5, 1000), range(0, 1000, 7), range(1000, 0, -1), range(1000, -1000, -13), range(0),
          range(5, 5), range(10, 0), range(2 ** 47 - 200, 2 ** 47 + 200), range(2 ** 63 - 200, 2 ** 63 + 200, 3),
          range(-(2 ** 64) - 200, -(2 ** 64) + 200), range(0, 2 ** 70, 2 ** 61),
          range(2 ** 47 + 300, 2 ** 47 - 300, -1)):
    c, t = total(r)
    print(r, c, t, t == (r[0] + r[-1]) * c // 2 if c else None)


def until(limit):
    for i in range(2 ** 62):
        if i * i > limit:
            return i


print(until(10 ** 6))


def assigned(n):
    seen = 0
    for i in range(n):
        seen += i
        i += 1000
        seen += i
    return seen, i


print(assigned(500))


class Index:
    def __index__(self):
        return 300


print(total(range(Index())), total(range(True, Index(), Index())))


def nested(n):
    count = 0
    for i in range(n):
        for j in range(i, n, i + 1):
            for k in range(j, i, -2):
                count += k
    return count


print(nested(40))
