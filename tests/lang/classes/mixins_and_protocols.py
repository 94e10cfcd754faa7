# Mixins that build on one another: comparison, iteration, attribute logging, arithmetic from two methods.
class Compare:
    def __eq__(self, o): return self.key() == o.key()
    def __lt__(self, o): return self.key() < o.key()
    def __le__(self, o): return not o < self
    def __hash__(self): return hash(self.key())


class Show:
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in sorted(vars(self).items()))})"


class Arith:
    def __add__(self, o): return self.make(self.amount() + self.amount_of(o))
    __radd__ = __add__
    def __neg__(self): return self.make(-self.amount())
    def __sub__(self, o): return self + -self.make(self.amount_of(o))
    def amount_of(self, o): return o.amount() if isinstance(o, Arith) else o


class Cash(Compare, Show, Arith):
    def __init__(self, n, unit="x"): self.n, self.unit = n, unit
    def key(self): return self.n
    def amount(self): return self.n
    def make(self, n): return type(self)(n, self.unit)


class Tip(Cash):
    def make(self, n): return super().make(n * 2)


a, b = Cash(5), Cash(3)
print(a, b, a + b, a - b, 1 + a, sum([a, b]), a > b, a >= b, sorted([a, b]), a == Cash(5), len({a, Cash(5), b}), -a,
      Tip(1) + Tip(2), max(a, b, Tip(9)), a != b)


class Countable:
    total = 0
    def __init_subclass__(cls, **k): super().__init_subclass__(**k); cls.total = 0
    def __new__(cls, *a, **k):
        for c in cls.__mro__:
            if "total" in vars(c):
                c.total += 1
        return super().__new__(cls)


class X(Countable):
    def __init__(self, v=0): self.v = v


class Y(X): pass


[X(), Y(), Y(1), X(2)]
print(Countable.total, X.total, Y.total)


class Iter:
    def __iter__(self): return (getattr(self, n) for n in self.fields)
    def __getitem__(self, i): return getattr(self, self.fields[i]) if isinstance(i, int) else getattr(self, i)
    def __len__(self): return len(self.fields)


class P(Iter, Show):
    fields = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y


p = P(1, 2)
x, y = p
print(x, y, p[0], p["y"], len(p), list(p), p, dict(zip(p.fields, p)), tuple(reversed(P(3, 4))), 2 in p)
print([c.__name__ for c in Tip.__mro__], Cash.__add__ is Arith.__add__, Cash.__radd__ is Cash.__add__,
      hasattr(P, "__contains__"))
