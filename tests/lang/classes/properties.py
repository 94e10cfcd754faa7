# property: getters, setters, deleters, inheritance, docs, errors.
class Temp:
    def __init__(self): self._c = 0

    @property
    def c(self):
        """celsius"""
        return self._c

    @c.setter
    def c(self, v):
        if v < -273:
            raise ValueError("cold")
        self._c = v

    @c.deleter
    def c(self): self._c = None

    f = property(lambda self: self._c * 9 / 5 + 32, lambda self, v: setattr(self, "_c", (v - 32) * 5 / 9),
          doc="fahrenheit")
    ro = property(lambda self: "ro")
    wo = property(fset=lambda self, v: print("wo", v))
    nothing = property()


t = Temp()
t.c = 100
print(t.c, t.f, t.ro)
t.f = 32
print(t.c)
del t.c
print(t.c, Temp.c.__doc__, Temp.f.__doc__, Temp.ro.__doc__, type(Temp.c).__name__, Temp.c.fget.__name__, Temp.ro.fset)
t.wo = 5
for statement in ("t.c = -300", "t.ro = 1", "del t.ro", "t.wo", "t.nothing", "t.nothing = 1", "del t.f",
        "Temp.c.fget = 1", "t.c.x"):
    try:
        exec(statement)
    except Exception as error:
        print(statement, "->", type(error).__name__, error)


class Sub(Temp):
    @Temp.c.getter
    def c(self): return "sub", self._c

    @property
    def f(self): return "sub f", super().f if self._c is not None else None


s = Sub()
s.c = 10
print(s.c, s.f)
try:
    s.f = 1
except AttributeError as error:
    print(error)
s.__dict__["c"] = "shadow"
print(s.c, vars(s))


class Raises:
    @property
    def a(self): return self.missing

    def __getattr__(self, name): return f"fallback {name}"


class Plain:
    @property
    def a(self): return self.missing


print(Raises().a)
try:
    Plain().a
except AttributeError as error:
    print(error)
print(hasattr(Plain(), "a"), getattr(Plain(), "a", "default"))


class Meta(type):
    @property
    def size(cls): return len(cls.__name__)


class Long(metaclass=Meta): pass


print(Long.size, hasattr(Long(), "size"))
try:
    Long.size = 5
except AttributeError as error:
    print(error)


class ClassProp:
    @classmethod
    def make(cls): return cls.__name__
    @staticmethod
    def add(a, b): return a + b
    sm = staticmethod(len)
    cm = classmethod(lambda cls, x: (cls.__name__, x))


print(ClassProp.make(), ClassProp().make(), ClassProp.add(1, 2), ClassProp().sm("abc"), ClassProp().cm(3),
      ClassProp.__dict__["sm"].__func__ is len, staticmethod(len)("ab"), type(ClassProp.__dict__["make"]).__name__)
try:
    classmethod(len)("ab")
except TypeError as error:
    print(error)
