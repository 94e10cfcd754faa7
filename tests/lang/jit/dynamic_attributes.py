# getattr, setattr, delattr, hasattr and __dict__ with names that vary, in hot loops.
class Record:
    fallback = "class"

    def method(self):
        return 5


def by_name(records, names):
    total = 0
    for i, r in enumerate(records):
        name = names[i % len(names)]
        total += getattr(r, name, 1000)
        setattr(r, name, i)
        if i % 5 == 0:
            delattr(r, name)
        total += hasattr(r, "a") + hasattr(r, "method") + hasattr(r, "zzz")
    return total


print(by_name([Record() for _ in range(400)], ["a", "b", "c"]))
shared = Record()
print(by_name([shared] * 400, ["a", "b", "c", "d" * 3]), sorted(vars(shared)))


def through_dict(n):
    r = Record()
    d = r.__dict__
    total = 0
    for i in range(n):
        d["x"] = i
        total += r.x
        r.x = -i
        total += d["x"]
        if i % 100 == 0:
            d.clear()
            total += hasattr(r, "x")
            r.y = 1
        if i % 150 == 0:
            r.__dict__ = {"x": 5}
            total += r.x * 1000
    return total, r.__dict__ is d, sorted(vars(r)), len(d)


print(through_dict(400))


class Guarded:
    reads = 0

    def __getattribute__(self, name):
        type(self).reads += 1
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2)

    def __delattr__(self, name):
        raise AttributeError(f"no deleting of {name}")


g = Guarded()
total = 0
for i in range(300):
    g.v = i
    total += g.v
try:
    del g.v
except AttributeError as error:
    print(error)
print(total, Guarded.reads)
getter = Record.method
total = 0
for i in range(300):
    r = Record()
    total += r.method() + getter(r) + getattr(r, "method")() + Record.method(r)
print(total, Record().fallback, vars(Record())) 
