# Augmented assignment to names, attributes, subscripts and slices in hot loops, on mutable and immutable values.
class Box:
    def __init__(self, v):
        self.v = v


def run(value, delta, n):
    box, items, table = Box(value), [value], {"k": value}
    local = value
    for i in range(n):
        local += delta
        box.v += delta
        items[0] += delta
        table["k"] += delta
    return local == box.v == items[0] == table["k"], local


for value, delta in ((0, 3), (0.0, 0.5), ("", "ab"), ((), (1,)), (2 ** 47, 2 ** 46), (True, True), (1j, 0.5)):
    same, result = run(value, delta, 150)
    print(same, type(result).__name__, result if not isinstance(result, (str, tuple)) else len(result))


def aliased(n):
    a = b = []
    for i in range(n):
        a += [i]
        if i % 50 == 49:
            a = a + [-1]
    return len(a), len(b)


print(aliased(200))


def each_operator(n):
    a, b, c, d, e, f, g = 1, 1000003, 7, 2.0, 0, 255, 1
    for i in range(1, n):
        a *= i % 5 + 1
        a %= 10 ** 9 + 7
        b -= i
        b //= i % 3 + 1
        b += 1000
        c **= i % 3
        c += i
        c %= 97
        d /= 1.5
        d += i
        e ^= i << (i % 20)
        e &= 0xFFFFF
        f |= i
        f >>= i % 2
        g <<= i % 4
        g %= 10 ** 12
    return a, b, c, round(d, 9), e, f, g


print(each_operator(300), each_operator(1000))
t = ([],)
errors = 0
for i in range(200):
    try:
        t[0] += [i]
    except TypeError as error:
        errors += 1
        message = str(error)
print(errors, len(t[0]), message)
grid = {}
for i in range(300):
    grid.setdefault(i % 3, [0, 0])[i % 2] += i
print(grid)


class InPlace:
    def __init__(self):
        self.log = 0

    def __iadd__(self, x):
        self.log += x
        return self if self.log < 5000 else 7


x = InPlace()
for i in range(300):
    x += i
print(x)
