# Builtins that consume iterators of Python code: sum, any, all, min, max, zip, map and friends, hot and stopped early.
def gen(n, log):
    for i in range(n):
        log.append(i)
        yield i


for n in (5, 100, 400):
    log = []
    print(any(x > 50 for x in gen(n, log)), len(log))
    log = []
    print(all(x < 300 for x in gen(n, log)), len(log))
    print(sum(x * x for x in gen(n, [])), max(gen(n, []), key=lambda x: -x), min(-x for x in gen(n, [])))
total = 0
for i in range(200):
    total += sum([i, i + 1, i + 2]) + max(i, 100) + min(i, 50, 70) + len(range(i)) + abs(-i) + divmod(i, 7)[1]
print(total)
for i in range(300):
    pairs = list(zip(range(i % 4), "abc"))
    trip = [a + b for a, b in zip([1, 2], [3, 4], strict=True)]
    mapped = list(map(pow, [2, 3], [i % 5, 2]))
print(pairs, trip, mapped)


def exhausted():
    it = iter(range(3))
    out = []
    for i in range(200):
        out.append(next(it, -1))
    return sum(out)


print(exhausted())
print(sum([0.1] * 10), sum([1, 2.5, True]), sum([[1], [2]], []), sum((i for i in [2 ** 62] * 10), 0.5))
try:
    sum(["a", "b"] * 100)
except TypeError as error:
    print(error)
big = 0
for i in range(300):
    big = sum([big, 2 ** 40, i])
print(big)
print(sum(map(lambda s: len(s), ["ab", "c"] * 200)), list(reversed(range(5))), sorted({3, 1, 2}))
print(sum(1 for _ in enumerate(gen(300, []), 5)), dict(enumerate("ab", 2 ** 62)))
