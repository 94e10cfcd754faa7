# Python key functions and __lt__ called from native sorting, hot, with exceptions thrown through the sort.
data = [(i * 7919) % 1009 for i in range(500)]
print(sorted(data, key=lambda x: -x)[:5], sorted(data, key=lambda x: x % 10)[:5])


def key(x):
    if x == 13:
        raise KeyError(x)
    return x


try:
    sorted(data + [13], key=key)
except KeyError as error:
    print("key:", error)


class Item:
    compared = 0

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Item.compared += 1
        if Item.compared == 3000:
            raise ValueError("enough")
        return self.n < other.n


items = [Item(x) for x in data[:200]]
items.sort()
print([i.n for i in items[:5]], Item.compared > 500)
more = [Item(x) for x in data]
try:
    more.sort()
except ValueError as error:
    print(error, len(more), sorted(i.n for i in more) == sorted(data))
keys = [lambda x: x, lambda x: float(x), lambda x: str(x), lambda x: (x % 3, x)]
for k in keys:
    print(max(data, key=k), min(data, key=k), sorted(data, key=k, reverse=True)[:3])


def mixed(x):
    return x if x < 1000 else str(x)


try:
    sorted(data, key=mixed)
except TypeError as error:
    print(error)
mutated = list(range(300))
try:
    mutated.sort(key=lambda x: mutated.append(x) or x)
except ValueError as error:
    print(error)
print(list(map(lambda x, y: x + y, data[:3], data[1:])), sum(filter(lambda x: x % 2, data)))
