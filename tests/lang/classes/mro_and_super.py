# Method resolution order, cooperative super(), explicit super, and MRO conflicts.
class A:
    def go(self): return ["A"]
    def who(self): return "A"


class B(A):
    def go(self): return ["B"] + super().go()


class C(A):
    def go(self): return ["C"] + super().go()
    def who(self): return "C>" + super().who()


class D(B, C):
    def go(self): return ["D"] + super().go()


class E(D):
    def go(self): return ["E"] + super(D, self).go() + super(B, self).go()


print([c.__name__ for c in D.__mro__], D().go(), E().go(), D().who(), D.mro() == list(D.__mro__), D.__bases__,
      D.__base__)
for bases in ((A, B), (A, A), (object, A), (B, A, C), (int, str), (bool,), (1,), (len,)):
    try:
        print([c.__name__ for c in type("X", bases, {}).__mro__])
    except TypeError as error:
        print(error)


class P:
    x = 1

    @classmethod
    def make(cls): return cls.__name__

    @staticmethod
    def st(): return "st"

    @property
    def prop(self): return "P.prop"


class Q(P):
    @classmethod
    def make(cls): return "Q:" + super().make()

    @staticmethod
    def st(): return "Q:" + super(Q, Q).st()

    @property
    def prop(self): return "Q:" + super().prop

    def attr(self): return super().x, super().__init__.__name__, super().__thisclass__.__name__, super().__self_class__.__name__

    def missing(self): return super().nothing

    def nested(self):
        def inner(): return super(Q, self).make()
        return inner(), [super(Q, self).x for _ in range(1)]


q = Q()
print(Q.make(), q.make(), q.st(), q.prop, q.attr(), q.nested())
try:
    q.missing()
except AttributeError as error:
    print(error)


def outside(self): super().x
class R: f = outside
for call in (lambda: R().f(), lambda: super(), lambda: super(int, "a").x, lambda: super(1), lambda: outside(1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)


class Del:
    def f(self):
        del self
        return super().x


try:
    Del().f()
except RuntimeError as error:
    print(error)


class Init:
    def __init__(self, **kw): self.log = sorted(kw)


class M1(Init):
    def __init__(self, a, **kw): super().__init__(**kw); self.log.append(("M1", a))


class M2(Init):
    def __init__(self, b, **kw): super().__init__(**kw); self.log.append(("M2", b))


class Both(M1, M2): pass


print(Both(a=1, b=2, c=3).log, super(M1, Both(a=1, b=2)).__init__.__qualname__)
