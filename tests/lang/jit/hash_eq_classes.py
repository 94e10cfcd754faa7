# Dict and set lookups with user-defined __hash__ and __eq__, changed while hot.
class Key:
    hashes = equals = 0

    def __init__(self, name, n):
        self.name = name
        self.n = n

    def __hash__(self):
        Key.hashes += 1
        return self.n

    def __eq__(self, other):
        Key.equals += 1
        return isinstance(other, Key) and self.name == other.name


table = {Key(f"k{i % 20}", i % 20): i for i in range(100)}
print(len(table), Key.hashes, Key.equals)
total = 0
for i in range(300):
    total += table[Key(f"k{i % 20}", i % 20)]
print(total, Key.hashes, Key.equals)
for i in range(300):
    if i == 150:
        Key.__eq__ = lambda self, other: self is other
    total += table.get(Key("k3", 3), -1000)
print(total)


class Broken:
    def __hash__(self):
        return self.value


def lookups(values):
    errors = set()
    for v in values:
        b = Broken()
        b.value = v
        try:
            {b: 1}[b]
        except TypeError as error:
            errors.add(str(error))
    return errors


print(lookups([1] * 200 + ["x"]), lookups([True, 2 ** 100, -1] * 70))


class Raising:
    def __init__(self, fail):
        self.fail = fail

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if self.fail:
            raise RuntimeError("eq fails")
        return False


d = {Raising(False): 1}
count = 0
try:
    for i in range(300):
        d.get(Raising(i == 250))
        count += 1
except RuntimeError as error:
    print(count, error)


class NoHash:
    __hash__ = None


for bad in ([], {}, set(), NoHash(), (1, [])):
    try:
        for key in [1] * 200 + [bad]:
            {key: 1}
    except TypeError as error:
        print(error)
t = {}
for i in range(300):
    t[i % 3, float(i % 2), i % 2 == 0] = i
    t[1, True], t[1.0, 1] = i, i + 1
print(t)
