# __init_subclass__, __set_name__, __class_getitem__, __class__ cell, __mro_entries__, __classcell__ order.
class Plugin:
    registry = {}

    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry[cls.__name__] = tag
        cls.tag = tag


class P1(Plugin, tag="one"): pass
class P2(P1): pass
class P3(P2, tag="three"): pass


print(Plugin.registry, P3.tag, P2.tag, Plugin.__init_subclass__.__self__ is Plugin)
for source in ("class X(Plugin, other=1): pass", "class X(object, z=1): pass",
        "class X(Plugin, tag=1, metaclass=type): print('body')"):
    try:
        exec(source)
    except TypeError as error:
        print(error)


class Order:
    def __set_name__(self, owner, name): print("set_name", name, hasattr(owner, "late"))


class Base:
    def __init_subclass__(cls): print("init_subclass", cls.__name__); cls.late = 1


class Sub(Base):
    a = Order()
    b = c = Order()
    print("body done")


class Generic:
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"


class G2(Generic): pass


print(Generic[int], G2["x", 1], Generic[...], list[int], dict[str, int], type(list[int]).__name__, list[int].__origin__,
      list[int].__args__, tuple[int, ...], list[int]([1, 2]), list[int] == list[int])
for expression in ("int[str]", "Generic()[1]", "Sub[1]", "len[1]"):
    try:
        eval(expression)
    except TypeError as error:
        print(error)


class Entry:
    def __mro_entries__(self, bases): print("entries", len(bases)); return (Base,)


class E(Entry()): pass


print(E.__bases__[0].__name__, E.__orig_bases__[0].__class__.__name__)


class Cell:
    def f(self): return __class__
    g = lambda self: __class__
    def h(self): return [__class__ for _ in range(1)]
    @staticmethod
    def s(): return __class__.__name__


class SubCell(Cell): pass


print(SubCell().f() is Cell, SubCell().g() is Cell, SubCell().h() == [Cell], SubCell.s())


class Body:
    names = []
    for n in range(3):
        names.append(n)
    if names:
        flag = True
    else:
        other = 1
    try:
        1 / 0
    except ZeroDivisionError:
        caught = "yes"
    with open("/dev/null") as fh:
        pass
    import math
    def helper(x): return x * 2
    val = helper(4)
    del helper, fh
    __qualname__ = "Renamed"


print(Body.names, Body.n, Body.flag, Body.caught, Body.math.pi > 3, Body.val, hasattr(Body, "helper"),
      Body.__qualname__, Body.__name__)
def make():
    class Inner:
        class Deep: pass
        def m(self): pass
    return Inner
print(make().__qualname__, make().Deep.__qualname__, make().m.__qualname__, make() is make(), repr(make()))
