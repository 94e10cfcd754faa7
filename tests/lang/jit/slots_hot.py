# Instances with __slots__ in hot loops: unset slots, inheritance with and without __dict__, deletion.
class Pair:
    __slots__ = ("a", "b")


class Triple(Pair):
    __slots__ = ("c",)


class Loose(Pair):
    pass


def fill(cls, n):
    total = 0
    for i in range(n):
        p = cls()
        p.a = i
        p.b = p.a * 2
        if i % 50 == 0:
            p.a = float(i)
        total += p.a + p.b
    return total


print(fill(Pair, 500), fill(Triple, 500), fill(Loose, 500))


def unset(items):
    good = bad = 0
    for p in items:
        try:
            good += p.b
        except AttributeError as error:
            bad += 1
            message = str(error)
    return good, bad, message


items = []
for i in range(400):
    p = (Pair, Triple, Loose)[i % 3]()
    if i % 7:
        p.b = i
    items.append(p)
print(unset(items))
for p in items[::2]:
    if hasattr(p, "b"):
        del p.b
print(unset(items))
for p in items:
    try:
        p.other = 1
    except AttributeError as error:
        message = str(error)
print(message, sum(hasattr(p, "other") for p in items))
try:
    Pair().__dict__
except AttributeError as error:
    print(error)
print(Loose().__dict__, Triple.__slots__)
