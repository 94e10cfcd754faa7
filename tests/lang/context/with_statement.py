# with: enter and exit order, swallowing, several managers, targets, errors, lookup on the type.
class CM:
    def __init__(self, name, swallow=False, fail=None):
        self.name, self.swallow, self.fail = name, swallow, fail

    def __enter__(self):
        print("enter", self.name, end="; ")
        if self.fail == "enter":
            raise RuntimeError("enter " + self.name)
        return self.name

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value, tb is not None, end="; ")
        if self.fail == "exit":
            raise RuntimeError("exit " + self.name)
        return self.swallow


with CM("a") as a, CM("b") as b:
    print(a, b, end="; ")
print()
with (CM("p") as p, CM("q"), CM("r") as (x, *y),):
    print(p, x, y, end="; ")
print()
with CM("s", True):
    raise ValueError("swallowed")
print()


def f(n):
    for i in range(3):
        with CM(str(i)):
            if n == 0: continue
            if n == 1: break
            if n == 2: return "returned"
    return "end"


for n in range(4):
    print(f(n))
for make in (lambda: CM("o", fail="enter"), lambda: CM("o", fail="exit"), lambda: CM("o")):
    try:
        with CM("outer"), make():
            raise KeyError("body")
    except Exception as e:
        print(repr(e), repr(e.__context__))


class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
class Async:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass


for bad in (NoExit(), NoEnter(), 5, None, Async()):
    try:
        with bad:
            pass
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
c = CM("inst")
c.__enter__ = lambda: print("never")
with c:
    pass
print()


class T: pass


t = T()
lst = [0]
with CM("attr") as t.x, CM("item") as lst[0]:
    print(t.x, lst)
try:
    with CM("unpack") as (u, v, w):
        pass
except ValueError as e:
    print(e)
with CM("n") as n:
    with CM("m", True) as m:
        raise ValueError
    print("between", end="; ")
print()
class Truthy:
    def __enter__(self): return self
    def __exit__(self, *a): return [1]
class BadBool:
    def __enter__(self): return self
    def __exit__(self, *a): return self
    def __bool__(self): raise TypeError("no bool")
with Truthy():
    1 / 0
try:
    with BadBool():
        1 / 0
except TypeError as e:
    print(e, repr(e.__context__))
