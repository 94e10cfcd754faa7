# Iterators written in Python, the old __getitem__ protocol, and __next__ replaced while hot.
class Count:
    def __init__(self, n):
        self.i = 0
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


print(sum(Count(500)), sum(x for x in Count(300) if x % 2), max(Count(200)), list(Count(3)))


class Old:
    def __getitem__(self, i):
        if i >= 300:
            raise IndexError("stop")
        return i * i


total = 0
for x in Old():
    total += x
print(total, 400 in Old(), 401 in Old(), list(zip(Old(), "ab")))
it = Count(600)
total = 0


def faster(self):
    if self.i > 310:
        raise StopIteration
    self.i += 1
    return 1000


for x in it:
    total += x
    if x == 300:
        Count.__next__ = faster
print(total, it.i)


class Failing:
    def __iter__(self):
        for i in range(400):
            if i == 333:
                raise KeyError(i)
            yield i


seen = 0
try:
    for x in Failing():
        seen += 1
except KeyError as error:
    print(seen, error)
two = iter(lambda state=[0]: state.__setitem__(0, state[0] + 1) or state[0], 250)
print(sum(two))


class NotIter:
    def __iter__(self):
        return 5


try:
    for i in range(300):
        for x in [1] if i < 250 else NotIter():
            pass
except TypeError as error:
    print(i, error)
shared = iter(range(300))
print(sum(a * b for a, b in zip(shared, shared)))
items = iter([1, 2, 3])
for a in items:
    for b in items:
        print(a, b)
