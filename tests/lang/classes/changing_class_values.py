"""Class attributes that are assigned again and again, read through classes, subclasses and instances in between."""


class Base:
    made = 0
    limit = 5
    label = "base"

    def __init__(self):
        Base.made += 1

    def seen(self):
        return self.made, self.limit, self.label


class Child(Base):
    pass


class Own(Base):
    made = 100


def run(n):
    out = []
    for i in range(n):
        b, c, o = Base(), Child(), Own()
        if i % 50 == 7:
            Base.label = "label%d" % i
        if i % 90 == 11:
            Own.made += 1
        out.append((b.seen(), c.seen(), o.seen(), Child.made, Own.made, Base.limit))
    return out


result = run(300)
print(result[0], result[11], result[12], result[299])

# A plain value gives way to a method, a property, a descriptor, and back.
class Kinds:
    value = 1

    def read(self):
        return self.value


class Descriptor:
    def __get__(self, obj, cls):
        return "got"


def kinds(n):
    k, out = Kinds(), []
    for i in range(n):
        if i % 10 == 0:
            Kinds.value = [i, 2.5 * i, "s%d" % i, (i,), property(lambda self: "prop"), lambda self: "method", Descriptor(), None][i // 10 % 8]
        v = k.read()
        out.append(v() if callable(v) else v)
        if i % 10 == 5:
            k.__dict__["value"] = "mine"
        if i % 10 == 7:
            del k.__dict__["value"]
    return out


print(kinds(320)[::9])


class Later:
    pass


class Sub(Later):
    pass


def appears(n):
    out = []
    s = Sub()
    for i in range(n):
        if i % 6 == 0:
            Later.x = i
        if i % 24 == 12:
            Sub.x = -i
        if i % 24 == 18:
            del Sub.x
        if i % 48 == 45:
            del Later.x
        out.append(getattr(s, "x", "none"))
        try:
            out.append(s.x)
        except AttributeError as e:
            out.append(str(e))
    return out


print(appears(200)[::7])


class Inert:
    def __init__(self, v):
        self.v = v


class Holder:
    thing = Inert(1)

    def look(self):
        t = self.thing
        return t.v if isinstance(t, Inert) else t


def becomes_descriptor(n):
    h, out = Holder(), []
    for i in range(n):
        Holder.thing = Inert(i)
        if i == n - 20:
            Inert.__get__ = lambda self, obj, cls: ("through", self.v)
        out.append(h.look())
    del Inert.__get__
    return out[-24::3]


print(becomes_descriptor(200))
