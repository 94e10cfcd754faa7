# __slots__: layouts, inheritance, conflicts, __dict__ and __weakref__ slots, errors.
class A:
    __slots__ = ("x", "y")

    def __init__(self, x): self.x = x


a = A(1)
print(a.x, hasattr(a, "y"), hasattr(a, "__dict__"), A.__slots__, type(A.x).__name__, A.x.__name__, A.x.__get__(a),
      repr(A.x))
a.y = 2
del a.x
for statement in ("a.x", "a.z = 1", "del a.x", "a.z", "a.__dict__", "vars(a)", "A.x.__get__(5)", "A.x.__set__(5, 1)",
        "a.__slots__ = ()", "a.__class__ = int"):
    try:
        exec(statement)
        print(statement, "fine")
    except Exception as error:
        print(statement, "->", type(error).__name__, error)


class B(A):
    __slots__ = ("z",)


class C(A): pass


class D(A):
    __slots__ = ("__dict__",)


class E(A):
    __slots__ = "single"


b, c, d, e = B(1), C(1), D(1), E(1)
b.z = 5
c.anything = d.other = 1
e.single = 2
print(b.x, b.z, vars(c), vars(d), e.single, C.__dict__.get("__slots__"), D.__slots__, E.__slots__)
for source in ("class X:\n __slots__ = ('a',)\n a = 1", "class X:\n __slots__ = ('1a',)", "class X:\n __slots__ = (5,)",
        "class X(int):\n __slots__ = ('a',)", "class X(A, B): pass",
        "class Y:\n __slots__ = ('q',)\nclass X(A, Y): pass", "class X:\n __slots__ = ('__dict__', '__dict__')",
        "class X:\n __slots__ = 5", "class X(tuple):\n __slots__ = ()\nprint(X((1,)))",
        "class X:\n __slots__ = {'a': 'doc a'}\nprint(X.a.__doc__, X.__slots__)",
        "class X:\n __slots__ = ['m', 'n', 'm']\nprint(X.__slots__)",
        "class X:\n __slots__ = ('__p',)\nprint(sorted(k for k in vars(X) if 'p' in k and k[:2] != '__'))",
        "class Y:\n __slots__ = ()\nclass X(A, Y):\n __slots__ = ()\nprint(X(3).x)",
        "class X(C):\n __slots__ = ('n',)\nX(1).whatever = 2"):
    try:
        exec(source)
    except Exception as error:
        print(source.replace("\n", ";"), "->", type(error).__name__, error)


class P:
    __slots__ = ("v",)

    def __getattr__(self, name): return "missing " + name


p = P()
print(p.v, p.w)
p.v = 1
print(p.v)


class Q:
    __slots__ = ("a", "b")


class R:
    __slots__ = ("a", "b")


q = Q()
q.a = 1
q.__class__ = R
print(type(q).__name__, q.a)
try:
    q.__class__ = A
except TypeError as error:
    print(error)
from copy import copy
r = copy(b)
print(r.x, r.z, r is b, type(r).__name__)
