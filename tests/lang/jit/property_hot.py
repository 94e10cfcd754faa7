# Properties, descriptors and __getattr__ read and written in hot loops, replaced while hot.
class Celsius:
    def __init__(self, degrees):
        self._degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < -273:
            raise ValueError("too cold")
        self._degrees = value


def warm(c, n):
    for i in range(n):
        c.degrees += 1
        if i % 10 == 0:
            c.degrees = c.degrees * 0.5
    return c.degrees


print(round(warm(Celsius(3), 300), 9))


def cool(c):
    count = 0
    try:
        while True:
            c.degrees -= 1
            count += 1
    except ValueError as error:
        return count, str(error), c.degrees


print(cool(Celsius(10)))


class Desc:
    def __get__(self, obj, cls):
        return 7 if obj is None else obj.__dict__.get("own", 1)

    def __set__(self, obj, value):
        obj.__dict__["own"] = value * 2


class Holder:
    d = Desc()


h = Holder()
total = 0
for i in range(500):
    total += h.d + Holder.d
    if i == 200:
        h.d = 50
    if i == 300:
        h.__dict__["d"] = 10 ** 6
    if i == 400:
        Holder.d = 3
print(total)
c = Celsius(1)
total = 0
for i in range(500):
    if i == 250:
        Celsius.degrees = 40
    total += c.degrees
print(total)


class Lazy:
    def __getattr__(self, name):
        value = len(name) * 10
        setattr(self, name, value)
        return value


total = 0
for i in range(300):
    lazy = Lazy()
    total += lazy.abc + lazy.abc + lazy.abcd
print(total)
