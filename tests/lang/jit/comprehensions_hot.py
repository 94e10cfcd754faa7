# Comprehensions of every kind in hot code: nested, filtered, with closures, walrus, and exceptions inside.
def flatten(rows):
    return [x for row in rows for x in row if x % 2]


rows = [list(range(i)) for i in range(30)]
for _ in range(20):
    flat = flatten(rows)
print(len(flat), sum(flat))
matrix = [[i * j for j in range(12)] for i in range(12)]
for _ in range(50):
    turned = [[row[i] for row in matrix] for i in range(12)]
print(turned == matrix, sum(map(sum, turned)))
for n in range(100):
    table = {k: v for k, v in zip("abc" * n, range(3 * n))}
    unique = {x % 7 for x in range(n)}
print(table, sorted(unique))


def closures(n):
    return [lambda: i for i in range(n)], [lambda i=i: i for i in range(n)]


late, early = closures(200)
print(sum(f() for f in late), sum(f() for f in early))


def failing(items):
    return [10 // x for x in items]


try:
    failing([1] * 300 + [0])
except ZeroDivisionError as error:
    print(error)
total = 0
for i in range(200):
    values = [y for x in range(i % 10) if (y := x * x) > 10]
    total += sum(values) + (y if i % 10 else 0)
print(total)


class Scope:
    size = 3
    cells = [n * 2 for n in range(size)]
    grid = [(a, b) for a in range(2) for b in (5, 6)]


print(Scope.cells, Scope.grid)
gens = (x * y for x in range(20) for y in range(x) if (x + y) % 3 == 0)
print(sum(gens), sum(gens))
print(sum(len([c for c in str(i) if c in "13579"]) for i in range(500)))
first = next(x for x in range(10 ** 9) if x * x > 50000)
print(first, any(x == 299 for x in range(300)), all(x < 299 for x in range(300)))
print([[[k for k in range(j)] for j in range(i)] for i in range(4)], {(): [] for _ in range(3)})
d = {i: {j: i * j for j in range(5)} for i in range(50)}
print(sum(v for inner in d.values() for v in inner.values()))
