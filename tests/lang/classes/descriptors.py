# Data and non-data descriptors, precedence, __set_name__, __delete__, class access, errors.
class Data:
    def __set_name__(self, owner, name): self.name = "_" + name; print("name", owner.__name__, name)
    def __get__(self, obj, cls=None): return (self.name, obj is None,
          cls.__name__) if obj is None else obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value): obj.__dict__[self.name] = value * 2
    def __delete__(self, obj): del obj.__dict__[self.name]


class NonData:
    def __get__(self, obj, cls): return "nondata"


class SetOnly:
    def __set__(self, obj, value): obj.__dict__["stored"] = value


class C:
    d = Data()
    n = NonData()
    s = SetOnly()


c = C()
print(C.d, c.d, C.n, c.n, type(c.s).__name__)
c.d = 5
c.n = "instance"
c.s = 7
c.__dict__["d"] = "shadow"
c.__dict__["s"] = "instance s"
print(c.d, c.n, c.s, vars(c))
del c.d
print(c.d)
for statement in ("del c.s", "del c.d", "del c.n; print(c.n)", "C.d = 5; print(c.d)"):
    try:
        exec(statement)
    except Exception as error:
        print(statement, type(error).__name__, error)


class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, cls): return self if obj is None else obj.__dict__[self.name]
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} wants {self.kind.__name__}")
        obj.__dict__[self.name] = value


class Point:
    x, y = Typed(int), Typed(float)
    def __init__(self, x, y): self.x, self.y = x, y


p = Point(1, 2.0)
print(vars(p), p.x + p.y, isinstance(Point.x, Typed))
for args in ((1, 2), ("a", 1.0)):
    try:
        Point(*args)
    except TypeError as error:
        print(error)


class Bad:
    def __set_name__(self, owner, name): raise ValueError("no name")


try:
    class Uses: b = Bad()
except Exception as error:
    print(type(error).__name__, error, repr(error.__cause__))


class Method:
    def __init__(self, f): self.f = f
    def __get__(self, obj, cls): return lambda *a: self.f(obj, cls.__name__, *a)


class M:
    @Method
    def go(self, cls, v): return self is None, cls, v


print(M.go(1), M().go(2))
class Cached:
    def __init__(self, f): self.f, self.name = f, f.__name__
    def __get__(self, obj, cls):
        print("compute", end=" ")
        value = obj.__dict__[self.name] = self.f(obj)
        return value
class H:
    @Cached
    def v(self): return 42
h = H()
print(h.v, h.v, h.v)
f = (lambda self: self).__get__(5)
print(f(), f.__self__, int.__dict__["real"].__get__(7), str.__dict__["upper"].__get__("a")(),
      type(C.__dict__["n"]).__name__)
i = H()
i.inst = NonData()
print(type(i.inst).__name__)
