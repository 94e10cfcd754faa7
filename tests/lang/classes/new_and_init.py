# __new__ and __init__: arguments, returning other types, immutables, object's own checks, __del__-free lifecycle.
class Track:
    def __new__(cls, *a, **k):
        print("new", cls.__name__, a, k, end="; ")
        return super().__new__(cls)

    def __init__(self, *a, **k):
        print("init", a, k)


class Other:
    def __new__(cls): print("new other", end="; "); return 5
    def __init__(self): print("never")


class Passes(Track):
    def __init__(self, x): super().__init__(x, extra=1)


class ReturnsSub:
    def __new__(cls, kind=None):
        if cls is ReturnsSub and kind:
            return super().__new__(Child)
        return super().__new__(cls)
    def __init__(self, kind=None): self.kind = kind


class Child(ReturnsSub):
    def __init__(self, kind=None): self.kind = "child " + str(kind)


Track(1, b=2)
print(Other())
Passes(3)
print(type(ReturnsSub()).__name__, type(ReturnsSub("x")).__name__, ReturnsSub("x").kind)


class Noinit:
    def __new__(cls, *a): return super().__new__(cls)


class OnlyInit:
    def __init__(self, a): self.a = a


class Bad:
    def __init__(self): return 5


class BadNew:
    def __new__(cls): return super().__new__(cls, 1)


class BadInit:
    def __init__(self): super().__init__(1)


class Neither: pass


class NotCls:
    def __new__(self): return object.__new__(5)


class Wrong:
    def __new__(cls): return object.__new__(int)


for make in (lambda: Noinit(1, 2), lambda: OnlyInit(1), lambda: OnlyInit(), lambda: Bad(), lambda: BadNew(),
        lambda: BadInit(), lambda: Neither(1), lambda: Neither(a=1), lambda: NotCls(), lambda: Wrong(),
        lambda: object(1), lambda: object.__new__(), lambda: int.__new__(str), lambda: int.__new__(OnlyInit),
        lambda: object().__init__(1), lambda: Neither.__new__(Neither, 1), lambda: object.__new__(OnlyInit, 5)):
    try:
        print(type(make()).__name__)
    except TypeError as error:
        print(error)


class Upper(str):
    def __new__(cls, s): return super().__new__(cls, s.upper())


class Pair(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    first = property(lambda self: self[0])


class Temp(float):
    def __new__(cls, v, unit="C"):
        self = super().__new__(cls, v)
        self.unit = unit
        return self


print(Upper("abc"), Pair(1, 2).first, Pair(1, 2), Temp(20.5), Temp(1, "K").unit, Temp(1) + 1,
      isinstance(Upper("a"), str))
class Multi:
    made = 0
    def __new__(cls):
        if cls.made < 2:
            cls.made += 1
            return super().__new__(cls)
        return None
print([type(Multi()).__name__ for _ in range(4)])
x = OnlyInit.__new__(OnlyInit)
print(hasattr(x, "a"), OnlyInit.__init__(x, 9), x.a)
class Abstract:
    def __init__(self):
        if type(self) is Abstract:
            raise NotImplementedError("abstract")
class Concrete(Abstract): pass
try:
    Abstract()
except NotImplementedError as e:
    print(repr(e), type(Concrete()).__name__)
