# functools.lru_cache and cache: statistics, eviction order, typed keys, methods, exceptions.
import functools

calls = []


@functools.lru_cache(maxsize=2)
def f(x, *, k=0):
    calls.append(x)
    return x * 2


print(f(1), f(2), f(1), f(3), f(1), f(2), calls, f.cache_info())
f.cache_clear()
print(f.cache_info(), f(1, k=1), f(1), f(1.0), f(True), f.cache_info(), f.cache_parameters())


@functools.lru_cache(maxsize=None, typed=True)
def g(x): return type(x).__name__


print(g(1), g(1.0), g(True), g.cache_info())


@functools.cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info(), fib.__wrapped__.__name__)


@functools.lru_cache
def bad(x):
    calls.append("bad")
    raise ValueError(x)


for _ in range(2):
    try:
        bad(1)
    except ValueError as e:
        print(e)
print(calls.count("bad"), bad.cache_info())
try:
    f([1])
except TypeError as e:
    print(e)
try:
    functools.lru_cache(maxsize="a")
except TypeError as e:
    print(e)


class C:
    @functools.lru_cache(maxsize=0)
    def m(self, x): return x


c = C()
print(c.m(1), c.m(1), C.m.cache_info())
