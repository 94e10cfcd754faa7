# Recursion with a memo table, in a dict, in a default argument, in a closure and through a decorator.
from functools import lru_cache, wraps

memo = {}


def paths(x, y):
    if x == 0 or y == 0:
        return 1
    key = x, y
    if key not in memo:
        memo[key] = paths(x - 1, y) + paths(x, y - 1)
    return memo[key]


print(paths(30, 30), len(memo))


def partitions(n, k, known={}):
    if n == 0:
        return 1
    if n < 0 or k == 0:
        return 0
    if (n, k) in known:
        return known[n, k]
    known[n, k] = result = partitions(n - k, k) + partitions(n, k - 1)
    return result


print(partitions(100, 100))


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(200), fib.cache_info())


@lru_cache(maxsize=16)
def small(n):
    return n * n


total = 0
for i in range(500):
    total += small(i % 20) + small(i % 5)
print(total, small.cache_info())


def logged(function):
    calls = []

    @wraps(function)
    def wrapper(*args):
        calls.append(args)
        return function(*args)

    wrapper.calls = calls
    return wrapper


@logged
def binomial(n, k):
    return 1 if k in (0, n) else binomial(n - 1, k - 1) + binomial(n - 1, k)


print(binomial(12, 5), len(binomial.calls), binomial.__name__)
y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
fact = y(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))
print(fact(30), [fact(k) for k in range(8)])


def edit(a, b):
    @lru_cache(maxsize=None)
    def go(i, j):
        if i == 0 or j == 0:
            return i + j
        return min(go(i - 1, j) + 1, go(i, j - 1) + 1, go(i - 1, j - 1) + (a[i - 1] != b[j - 1]))

    return go(len(a), len(b))


print(edit("kitten sitting", "sitting kitten"), edit("a" * 30, "b" * 25))
