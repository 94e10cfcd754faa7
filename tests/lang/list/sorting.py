# sort and sorted: stability, keys, reverse, failure, mutation during sort, partial orders.
data = [(3, "c"), (1, "b"), (3, "a"), (2, "z"), (1, "a")]
print(sorted(data), sorted(data, key=lambda p: p[0]), sorted(data, key=lambda p: p[0], reverse=True),
      sorted(data, reverse=True))
print(data.sort(key=lambda p: p[1]), data, sorted("hello"), sorted({3: 1, 1: 2}), sorted((x for x in "cab")),
      sorted([]), sorted([True, 0, 2, -1.5]), sorted(["b", "B", "a"], key=str.lower))
for n in (2, 10, 31, 32, 33, 63, 64, 65, 100, 500, 1000):
    x, values = 7, []
    for _ in range(n):
        x = x * 1103515245 + 12345 & 0x7FFFFFFF
        values.append(x >> 8 & 63)
    ordered = sorted(enumerate(values), key=lambda p: p[1])
    assert all(a[1] < b[1] or a[1] == b[1] and a[0] < b[0] for a, b in zip(ordered, ordered[1:]))
    back = sorted(enumerate(values), key=lambda p: p[1], reverse=True)
    assert all(a[1] > b[1] or a[1] == b[1] and a[0] < b[0] for a, b in zip(back, back[1:]))
    runs = sorted(list(range(n)) + list(range(n, 0, -1)) + values)
    assert runs == sorted(runs, key=lambda v: v) and len(runs) == 2 * n + n
print("stable")


class Item:
    log = []

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Item.log.append((self.n, other.n))
        return self.n < other.n

    def __repr__(self):
        return f"I{self.n}"


items = [Item(n) for n in (3, 1, 2)]
print(sorted(items), Item.log, min(items), max(items))
Item.log.clear()
print([sorted(map(Item, p)) for p in ((1,), (1, 2), (2, 1), (1, 2, 3, 4), (4, 3, 2, 1), (2, 3, 1, 4))], len(Item.log),
      Item.log)
a = [3, 2, 1]


def key(v):
    a.append(v)
    return v


try:
    a.sort(key=key)
except ValueError as error:
    print(error, a)
for bad in ([1, "a"], [None, 1], [(1, 2), (1, "a")], [1j, 2j], [{}, {}], [object, object]):
    try:
        bad.sort()
    except TypeError as error:
        print(error)
try:
    sorted([3, 1], key=5)
except TypeError as error:
    print(error)
try:
    sorted([3, 1], None)
except TypeError as error:
    print(error)
nan = float("nan")
print(sorted([3, nan, 1]), sorted([[2], [1, 5], []]), sorted([{1, 2}, {1}, {3}], key=len),
      sorted(range(5), key=lambda v: -v), sorted([2.5, 1, 10 ** 20, -3.0]), sorted([b"b", b"a"]))
