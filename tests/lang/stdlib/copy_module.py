# copy and deepcopy: shared and recursive structures, own hooks, immutables.
import copy

a = [1, [2, 3], {"k": [4]}]
b, c = copy.copy(a), copy.deepcopy(a)
a[1].append("x")
a[2]["k"].append("y")
print(b, c, b[1] is a[1], c[1] is a[1])
shared = [1]
s = copy.deepcopy([shared, shared, (shared,)])
print(s[0] is s[1], s[2][0] is s[0], s[0] is shared)
r = []
r.append(r)
q = copy.deepcopy(r)
print(q[0] is q, q is r)
t = (1, "a", frozenset([2]))
print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy((1, [2]))[1], copy.copy(None), copy.deepcopy(len) is len,
      copy.copy(int) is int, copy.deepcopy(1.5))


class P:
    def __init__(self, v): self.v = v; self.me = self


class Hook:
    def __init__(self, n): self.n = n
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep copied"


class Red:
    def __reduce__(self): return (list, ((1, 2),))


class Slots:
    __slots__ = ("a", "b")


class State:
    def __init__(self): self.x, self.secret = [1], "s"
    def __getstate__(self): return {"x": self.x}
    def __setstate__(self, st): self.__dict__.update(st, restored=True)


p = P([1])
p2, p3 = copy.copy(p), copy.deepcopy(p)
print(p2.v is p.v, p2.me is p, p3.v is p.v, p3.me is p3, copy.copy(Hook(1)), copy.deepcopy([Hook(1)]), copy.copy(Red()),
      vars(copy.copy(State())))
sl = Slots()
sl.a = [1]
sl2 = copy.deepcopy(sl)
print(sl2.a, sl2.a is sl.a, hasattr(sl2, "b"), type(copy.copy({1: 2})).__name__, copy.copy({1, 2}),
      copy.copy(bytearray(b"x")), copy.deepcopy({(1, 2): [3]}))


class Sub(list):
    tag = None


x = Sub([1, [2]])
x.tag = ["t"]
y, z = copy.copy(x), copy.deepcopy(x)
print(y, type(y).__name__, y.tag is x.tag, z.tag, z.tag is x.tag)
try:
    copy.copy((i for i in []))
except TypeError as e:
    print(e)
