# The interpreter's quick ways of calling and their corners: defaults, keywords, constructors, bound methods, natives.


def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


def d(a, b=2, c=3):
    return a, b, c


def ko(a, b=2, *, k, m="m"):
    return a, b, k, m


def po(a, b=5, /, c=6, *, k=7):
    return a, b, c, k


def none_default(a=None, b=None):
    return a, b


class Point:
    def __init__(self, x, y=0, *, name="p"):
        self.x, self.y, self.name = x, y, name

    def moved(self, dx=1, dy=1):
        return Point(self.x + dx, y=self.y + dy, name=self.name)

    def __repr__(self):
        return f"<{self.name} {self.x},{self.y}>"


class Empty:
    pass


class Returns:
    def __init__(self, v=0):
        return v


class Counted:
    made = 0

    def __new__(cls, *args, **kw):
        cls.made += 1
        return object.__new__(cls)

    def __init__(self, v=1):
        self.v = v


class Closing:
    alive = []

    def __init__(self, a, b):
        self.ab = a, b

    def __del__(self):
        Closing.alive.append(getattr(self, "ab", None))


def loop():
    p = Point(1)
    bound = p.moved
    for i in range(60):
        out = []
        out.append(d(i))
        out.append(d(i, 5))
        out.append(d(i, c=9))
        out.append(d(c=1, a=2))
        out.append(ko(i, k=1))
        out.append(ko(i, 3, m=2, k=1))
        out.append(po(i))
        out.append(po(i, c=8, k=9))
        out.append(none_default(b=i))
        out.append(none_default(None, i))
        out.append(Point(i))
        out.append(Point(i, name="q"))
        out.append(Point(y=i, x=2))
        out.append(p.moved())
        out.append(p.moved(dy=3))
        out.append(bound(2))
        out.append(bound(dx=2))
        out.append(type(Empty()).__name__)
        out.append(Counted().v)
        out.append(Counted(v=i).v)
        out.append(isinstance(i, int))
        out.append(max(i, 3) + min(i, 5))
        out.append(max([i, 2], key=lambda v: -v))
        out.append("a,b".split(","))
        out.append("a-b".replace("-", "+", 1))
    print(out)


loop()
print(Counted.made)


def errors():
    def c1(): return d()
    def c2(): return d(1, 2, 3, 4)
    def c3(): return d(1, a=2)
    def c4(): return d(1, e=2)
    def c5(): return ko(1)
    def c6(): return ko(1, 2, 3, k=1)
    def c7(): return po(a=1)
    def c8(): return Point()
    def c9(): return Point(1, 2, 3)
    def c10(): return Point(1, z=3)
    def c11(): return Empty(1)
    def c12(): return Empty(a=1)
    def c13(): return Returns(1)
    def c14(): return Closing(1)
    def c15(): return "".join()
    def c16(): return [].append(1, 2)
    def c17(): return len()
    def c18(): return list.append({}, 1)
    def c19(): return Point(1).moved(1, 2, 3)
    def c20(): return isinstance(1)
    for f in (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c15, c16, c17, c18, c19, c20):
        for _ in range(3):
            show(f)
    show(lambda: type(Returns(None)).__name__)


errors()


# The same call site with callees of different kinds, and callees that change.
def site(f):
    return f(1)


def site_kw(f):
    return f(1, c=4)


class C:
    def __init__(self, a, b=10, c=11):
        self.t = a, b, c

    def __call__(self, a, c=0):
        return "call", a, c

    def m(self, b=20, c=21):
        return "m", b, c


for i in range(5):
    for f in (d, C, C(0), C(0).m, lambda a, c=5: (a, c), str, Empty):
        r = None
        try:
            r = site(f)
            print(getattr(r, "t", r))
            r = site_kw(f)
            print(getattr(r, "t", r))
        except TypeError as e:
            print(e)
    if i == 1:
        C.__init__ = lambda self, a: setattr(self, "t", ("one", a))
    if i == 2:
        d.__defaults__ = (7, 8)
    if i == 3:
        d.__defaults__ = None
        ko.__kwdefaults__ = {"k": 1}
        show(lambda: ko(1))


class Base:
    def __init__(self, v):
        self.v = v


class Left(Base):
    def __init__(self, v):
        self.left = 1
        super().__init__(v)


class Right(Base):
    def __init__(self, v):
        super().__init__(v)
        self.right = 2


class Slotted(Base):
    __slots__ = ("s",)

    def __init__(self, v):
        self.s = 3
        Base.__init__(self, v)


class Prop(Base):
    @property
    def v(self):
        return self._v

    @v.setter
    def v(self, x):
        self._v = -x


class Guarded(Base):
    def __setattr__(self, name, value):
        object.__setattr__(self, name, (name, value))


def read_all(objects):
    return [o.v for o in objects]


kinds = [Base, Left, Right, Slotted, Prop, Guarded]
for i in range(40):
    objects = [k(i) for k in kinds]
    for o in objects:
        o.v = i + 1
        o.extra = i
    got = read_all(objects), [o.extra for o in objects]
print(got, [sorted(vars(o)) for o in objects])
Base.w = 5
for i in range(60):
    for o in objects:
        if i == 30:
            Base.w = property(lambda self: ("w", type(self).__name__))
        r = o.w
print(r)
for i in range(60):
    objects[1].w2 = i
    Left.count = i
    assert objects[1].w2 == i and objects[1].count == i
try:
    objects[0].w = 1
except AttributeError as e:
    print(e)
