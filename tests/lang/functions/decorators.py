# Decorators on functions, methods and classes: order of evaluation, arguments, stacking, classes as decorators.
import functools

log = []


def note(tag):
    log.append(("make", tag))

    def wrap(f):
        log.append(("wrap", tag, getattr(f, "__name__", "?")))

        @functools.wraps(f)
        def inner(*a, **k):
            return f"{tag}({f(*a, **k)})"

        return inner

    return wrap


@note("a")
@note("b")
def f(x):
    """doc"""
    return x


print(log, f(1), f.__name__, f.__doc__, f.__wrapped__.__wrapped__(5))


class Count:
    def __init__(self, f):
        self.f, self.n = f, 0

    def __call__(self, *a):
        self.n += 1
        return self.f(*a), self.n

    def __get__(self, obj, cls):
        return functools.partial(self, obj)


@Count
def g(x): return -x


class K:
    @Count
    def m(self, x): return x + 1

    @staticmethod
    @note("s")
    def s(x): return x

    @classmethod
    @note("c")
    def c(cls, x): return cls.__name__, x

    @property
    @note("p")
    def p(self): return "prop"


print(g(1), g(2), g.n, K().m(1), K().m(2), K.s(3), K.c(4), K().p)


def register(cls):
    cls.registered = True
    return cls


def replace(cls): return 42


@register
class R: pass


@replace
class Q: pass


@(lambda f: print(f.__name__))
def printed(): pass


@(lambda f: [f.__name__])
def listed(): pass


table = {"d": [note("t")]}


@table["d"][0]
def t(): return "t"


print(R.registered, Q, printed, listed, t())
try:
    @None
    def z(): pass
except TypeError as error:
    print(error)
try:
    @undefined_decorator
    def z(): pass
except NameError as error:
    print(error)
def twice(f): return lambda *a: f(f(*a))
@twice
@twice
def inc(x): return x + 1
print(inc(0), [f.__name__ for f in (f, t)])
