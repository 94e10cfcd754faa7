# functools: partial, partialmethod, reduce, wraps, cmp_to_key, total_ordering, singledispatch.
import functools


def f(a, b=2, *args, c=3, **kw): return a, b, args, c, kw


p = functools.partial(f, 1, c=9)
print(p(), p(5), p(5, 6, c=1, d=2), p.func is f, p.args, p.keywords, functools.partial(p, 7)(8),
      functools.partial(f, 1, 2).args)
print(functools.reduce(lambda a, b: a * 10 + b, [1, 2, 3]), functools.reduce(max, [3, 1], 5),
      functools.reduce(lambda a, b: a + b, [], "init"))
try:
    functools.reduce(max, [])
except TypeError as e:
    print(e)
print(sorted(["bb", "a", "ccc"], key=functools.cmp_to_key(lambda a, b: len(b) - len(a))))


@functools.total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n


print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2))


@functools.singledispatch
def show(x): return f"object {x}"


@show.register
def _(x: int): return f"int {x}"


@show.register(list)
def _(x): return f"list of {len(x)}"


print(show(5), show(True), show([1]), show("s"), show.dispatch(int)(1))


class C:
    def m(self, a, b): return a, b
    pm = functools.partialmethod(m, 1)
    @functools.cached_property
    def cp(self):
        print("computed", end=" ")
        return 42
    @functools.singledispatchmethod
    def sd(self, x): return "other"
    @sd.register
    def _(self, x: str): return "str"


c = C()
print(c.pm(2), c.cp, c.cp, vars(c), c.sd(1), c.sd("a"))


@functools.wraps(f)
def g(*a): pass


print(g.__name__, g.__wrapped__ is f)
