# __reduce__, __getstate__ and copyreg-free copying of odd classes through copy.
import copy


class Args:
    def __new__(cls, a, b=0):
        self = super().__new__(cls)
        self.ab = (a, b)
        return self
    def __getnewargs__(self): return self.ab


class Tuple(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __getnewargs__(self): return tuple(self)


class Dict(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.extra = len(self)


class R:
    def __init__(self, n): self.n = n
    def __reduce_ex__(self, protocol): return (R, (self.n * 2,), {"more": protocol >= 2})


class Bad:
    def __reduce__(self): return 5


a = Args(1, 2)
a.other = [1]
b, c = copy.copy(a), copy.deepcopy(a)
print(b.ab, b.other is a.other, c.other is a.other, copy.copy(Tuple(1, 2)), type(copy.copy(Tuple(1))).__name__,
      copy.deepcopy(Dict(a=[1])).extra, vars(copy.copy(R(4))))
try:
    copy.copy(Bad())
except Exception as e:
    print(type(e).__name__, e)
m = {}
x = [1, [2]]
y = copy.deepcopy(x, m)
print(y, m[id(x)] is y, copy.deepcopy(x, m) is y, object().__reduce_ex__(2)[0].__name__, (5).__getnewargs__(),
      "s".__getnewargs__(), a.__getstate__(), object().__getstate__())
f = copy.copy(lambda: 1)
print(f(), copy.copy(copy) is copy if False else "module skipped", copy.copy(range(3)),
      copy.deepcopy(slice(1, 2)) if False else "slice skipped",
      copy.replace if hasattr(copy, "replace") else "no replace")
