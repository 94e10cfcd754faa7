# TypeError texts for wrong calls of Python functions.
def f0(): pass
def f1(a): pass
def f2(a, b): pass
def f3(a, b, c=1): pass
def kw1(*, k): pass
def kw2(*, k, m): pass
def kw3(a, *, k, m, n): pass
def pos(a, b, /): pass
def pos2(a, /, b): pass
def star(a, *args): pass
def both(a, b=1, *, c=2): pass


class C:
    def m(self): pass
    def n(self, a): pass
    def __call__(self, x): pass
    @classmethod
    def cm(cls, a): pass
    @staticmethod
    def sm(a): pass


class D:
    def __init__(self, a, b): pass


class E:
    pass


calls = """f0(1)
f0(1, 2)
f0(a=1)
f1()
f1(1, 2)
f1(b=1)
f1(1, a=2)
f1(1, b=2)
f2()
f2(1)
f2(b=1)
f2(1, 2, 3)
f3()
f3(1, 2, 3, 4)
f3(c=1)
kw1()
kw1(1)
kw1(1, k=2)
kw2()
kw3()
kw3(1)
kw3(1, 2, k=3)
pos(1)
pos(a=1, b=2)
pos(1, b=2)
pos2(a=1, b=2)
pos2(1, a=2)
star()
star(b=1)
both()
both(1, 2, 3)
both(1, d=2)
both(1, 2, 3, c=4)
C().m(1)
C().n()
C().n(1, 2)
C.m()
C.n(1)
C()()
C().cm()
C.cm(1, 2)
C.sm()
D()
D(1)
D(1, 2, 3)
D(1, 2, c=3)
E(1)
E(a=1)
f1(*5)
f1(*None)
f1(**5)
f1(**[1])
f1(**{1: 2})
f2(1, *[2], **{"a": 3})
f1(**{"a": 1}, **{"a": 2})
f2(*[1], *[2, 3])
(lambda x: x)()
(lambda: 1)(2)
5()
None(1)
"x"()
[]()
C().m.x()
len(1, 2)
len()
(i for i in [])()""".splitlines()
import warnings
warnings.simplefilter("ignore")
for call in calls:
    try:
        print(call, eval(call))
    except Exception as error:
        print(call, "->", type(error).__name__, error)
