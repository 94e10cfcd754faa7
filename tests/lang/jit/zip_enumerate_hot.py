# Hot loops over zip, enumerate, reversed, map, filter, items() and chains of them, of different and of changing
# lengths.
def dot(a, b):
    total = 0
    for x, y in zip(a, b):
        total += x * y
    return total


print(dot(range(400), range(400)), dot([1, 2, 3], [4, 5]), dot([0.5] * 300, range(300)),
      dot((1,) * 300, [2 ** 50] * 300))


def strict(a, b):
    n = 0
    try:
        for _ in zip(a, b, strict=True):
            n += 1
    except ValueError as error:
        return n, str(error)
    return n


print(strict(range(300), range(300)), strict(range(300), range(200)), strict(range(200), range(300)))


def weighted(items, start):
    total = 0
    for i, x in enumerate(items, start):
        total += i * len(x)
    return total


print(weighted(["ab", "c", ""] * 100, 0), weighted(("abc",) * 300, 2 ** 48 - 100), weighted(["x"] * 300, -150))


def back(items):
    value = 0
    for x in reversed(items):
        value = (value * 7 + x) % 10007
    return value


print(back(list(range(300))), back(tuple(range(301))), back(range(0, 900, 3)), back({i: 0 for i in range(300)}),
      back(bytes(range(200))))


def items(table):
    total = 0
    for k, v in table.items():
        total += k * v
    for k in table:
        total -= k
    for v in table.values():
        total -= v
    return total


print(items({i: i + 1 for i in range(300)}), items({0.5: 2, 3: 4}))
three = 0
for a, b, (c, d) in zip(range(300), map(str, range(300)), enumerate(reversed(range(300)))):
    three += a - c + len(b) + d
print(three)
pipeline = filter(lambda x: x % 3, map(lambda x: x * x, filter(None, range(300))))
print(sum(pipeline), next(pipeline, "end"))
shrinking = list(range(300))
steps = 0
for x in reversed(shrinking):
    steps += 1
    shrinking.pop()
    if shrinking:
        shrinking.pop()
print(steps, len(shrinking))
pairs = [(i, -i) for i in range(200)]
total = 0
for index, (a, b) in enumerate(pairs):
    pairs[(index + 1) % 200] = (index, 1)
    total += a * b
print(total, list(zip()), list(zip(*pairs[:2])))
