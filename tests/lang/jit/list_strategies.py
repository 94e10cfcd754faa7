# Lists of ints turn into lists of floats, of strings, and of everything, by element stores in hot loops.
def replace_all(items, convert):
    for i in range(len(items)):
        items[i] = convert(items[i])
    return items


items = list(range(300))
print(sum(items))
replace_all(items, float)
print(sum(items), items[:2])
replace_all(items, lambda x: int(x) << 45)
print(sum(items), items[-1])
replace_all(items, str)
print(len("".join(items)), items[3])
replace_all(items, lambda s: None if len(s) % 2 else s)
print(items.count(None))


def half_way(n):
    items = [0] * n
    for i in range(n):
        items[i] = i if i < n // 2 else i + 0.25
    return sum(items), items[n // 2 - 1 : n // 2 + 1]


print(half_way(600))


def appends(n):
    items = []
    for i in range(n):
        items.append(i if i % 100 else (i, None))
    total = 0
    for x in items:
        if isinstance(x, tuple):
            total += x[0] * 1000
        else:
            total += x
    return total


print(appends(500))
grid = [[0] * 20] * 3 + [[0] * 20 for _ in range(3)]
for row in grid:
    for j in range(20):
        row[j] += j
print([sum(row) for row in grid])
nested = []
for i in range(200):
    nested = [nested, i] if i % 50 == 0 else nested + [i]
print(len(nested), nested[1:4], len(nested[0]))
