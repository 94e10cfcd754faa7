# collections.namedtuple: fields, defaults, replace, errors, subclassing.
from collections import namedtuple

P = namedtuple("P", "x y")
p = P(1, y=2)
print(p, p.x, p[1], tuple(p), p._fields, p._asdict(), p._replace(x=5), P._make([3, 4]), p == (1, 2),
      hash(p) == hash((1, 2)), P.__doc__, len(p), P.x.__doc__)
x, y = p
D = namedtuple("D", ["a", "b", "c"], defaults=[2, 3])
print(x, y, D(1), D._field_defaults, D(1, c=0), namedtuple("R", "a b a class", rename=True)._fields,
      sorted([P(2, 1), P(1, 9)]))


class Q(P):
    __slots__ = ()
    @property
    def norm(self): return self.x ** 2 + self.y ** 2
    def __str__(self): return f"<{self.x},{self.y}>"


q = Q(3, 4)
print(q, repr(q), q.norm, q._replace(y=0), type(q._replace(y=0)).__name__, isinstance(q, tuple), q + (1,))
for e in ("P(1)", "P(1, 2, 3)", "P(1, z=2)", "P._make([1])", "p._replace(z=1)", "namedtuple('X', 'a a')",
        "namedtuple('X', 'class')", "namedtuple('1X', 'a')", "namedtuple('X', '_a')",
        "namedtuple('X', 'a', defaults=[1, 2])", "p.z"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
try:
    p.x = 5
except AttributeError as e:
    print(e)
match p:
    case P(1, b):
        print("matched", b)
