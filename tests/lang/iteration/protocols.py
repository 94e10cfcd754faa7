# for loops over everything iterable; iterator protocol errors; loop else; loop variables.
for obj in ("ab", b"ab", [1, 2], (1, 2), {1: 2}, {1}, range(2), iter([1]), (x for x in "q"), enumerate("e"),
        zip("z", [1]), map(str, [1]), filter(None, [1]), reversed([1, 2]), {1: 2}.items(), {1: 2}.values(),
        memoryview(b"m"), bytearray(b"b"), frozenset([3])):
    print(type(obj).__name__, [x for x in obj], end="; ")
print()
for x in (y := [1, 2]):
    pass
else:
    print("else", x, y)
for i in range(3):
    if i == 1:
        break
else:
    print("never")
for i, (a, *b) in enumerate([(1, 2, 3), "xy"]):
    print(i, a, b)


class Obj: pass


o = Obj()
d = {}
for o.field in [1, 2]:
    pass
for d["k"], d["j"] in [(1, 2), (3, 4)]:
    pass
print(o.field, d)
for bad in (5, None, object, len, 1.5, ..., True):
    try:
        for _ in bad:
            pass
    except TypeError as e:
        print(e)


class Once:
    def __init__(self): self.done = False
    def __iter__(self): return self
    def __next__(self):
        if self.done:
            self.done = False
            raise StopIteration
        self.done = True
        return "once"


o = Once()
print(list(o), list(o), next(o, "d"), next(o, "d"))


class Get:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


class GetStop:
    def __getitem__(self, i):
        if i > 1:
            raise StopIteration
        return i


class GetErr:
    def __getitem__(self, i): raise KeyError(i)


print(list(Get()), 9 in Get(), 5 in Get(), max(Get()), list(GetStop()), [*Get()], dict(zip(Get(), "ab")))
try:
    list(GetErr())
except KeyError as e:
    print(repr(e))


class IterProp:
    @property
    def __iter__(self): return lambda: iter("prop")


class IterNone:
    __iter__ = None
    def __getitem__(self, i): return 1


class InstIter: pass


inst = InstIter()
inst.__iter__ = lambda: iter([1])
print(list(IterProp()))
for bad in (IterNone(), inst):
    try:
        iter(bad)
    except TypeError as e:
        print(e)
i = 100
for i in range(3):
    i += 10
print(i, [i for i in range(2)], i)
it = iter([1, 2, 3, 4])
for a in it:
    print(a, next(it, None), end=" ")
print()
while True:
    break
else:
    print("never")
n = 3
while n:
    n -= 1
else:
    print("while else", n)
