# One hot call site meets functions, classes, builtins, bound methods, partials, lambdas, callable objects and
# non-callables.
from functools import partial


class Doubler:
    def __call__(self, x):
        return 2 * x

    def method(self, x):
        return x + 100


class Made:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return self.x + other

    __radd__ = __add__


class FromNew:
    def __new__(cls, x):
        return x - 1


class Meta(type):
    def __call__(cls, x):
        return x * 3


class ByMeta(metaclass=Meta):
    pass


def plain(x):
    return x + 1


def run(callables, n):
    total = 0
    for i in range(n):
        total = total + callables[i % len(callables)](i)
    return total


kinds = [plain, lambda x: x, Doubler(), Doubler().method, abs, int, float, partial(pow, 2), Made, FromNew, ByMeta,
      (5).__add__,
         [1, 2].count, str.isdigit.__class__ and len.__call__.__class__ and hash, bool,
         "abc".__len__ and Doubler.method.__get__(1)]
for k in range(1, len(kinds) + 1):
    try:
        print(k, run(kinds[:k], 100))
    except (TypeError, OverflowError) as error:
        print(k, type(error).__name__, error)
for bad in (5, None, "f", [], object()):
    try:
        run([plain] * 100 + [bad], 101)
    except TypeError as error:
        print(error)
total = 0
for i in range(300):
    total += int("12") + int(i * 0.5) + len(str(i)) + len(list(range(i % 5))) + len(dict(a=i)) + ord(chr(i)) + bool(i) + int(str(i), 16)
print(total)


class Counter:
    made = 0

    def __new__(cls, *args):
        cls.made += 1
        return object.__new__(cls) if cls.made % 3 else None

    def __init__(self, *args):
        Counter.inits = getattr(Counter, "inits", 0) + 1


for i in range(300):
    c = Counter(i)
print(Counter.made, Counter.inits, c)
