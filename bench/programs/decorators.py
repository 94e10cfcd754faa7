"""Functions behind decorators: counting, memoising, checking, retrying, with functools.wraps and lru_cache; decorator classes.

Stresses closures over cells, calls that pass through *args wrappers, and nonlocal variables.
"""
import functools

from _harness import main


def counted(function):
    @functools.wraps(function)
    def wrapper(*args):
        wrapper.calls += 1
        return function(*args)
    wrapper.calls = 0
    return wrapper


def memoised(function):
    known = {}

    @functools.wraps(function)
    def wrapper(key):
        if key not in known:
            known[key] = function(key)
        return known[key]
    wrapper.clear = known.clear
    return wrapper


def checked(low, high):
    def decorate(function):
        def wrapper(value, *rest, **options):
            if not low <= value <= high:
                value = low
            return function(value, *rest, **options)
        return wrapper
    return decorate


class Traced:
    def __init__(self, function):
        self.function = function
        self.depth = 0

    def __call__(self, *args):
        self.depth += 1
        try:
            return self.function(*args) + self.depth
        finally:
            self.depth -= 1


@counted
def add(a, b):
    return a + b


@memoised
def slow_square(x):
    return sum(x for _ in range(x))


@counted
@checked(1, 50)
@counted
def triple(value, step=1):
    return 3 * value + step


@Traced
def countdown(n):
    return 0 if n == 0 else countdown(n - 1)


@functools.lru_cache(maxsize=32)
def cached(a, b):
    return a * 100 + b


def counter():
    value = 0

    def bump(by=1):
        nonlocal value
        value += by
        return value
    return bump


def run(n):
    add.calls = triple.calls = 0
    slow_square.clear()
    cached.cache_clear()
    bump = counter()
    plus = functools.partial(add, 5)
    total = 0
    for i in range(n):
        total += add(i, 1) + plus(i % 7) + slow_square(i % 40)
        total += triple(i % 60) + bump(i & 3)
        total += cached(i % 6, i % 5) + countdown(i % 4)
        total %= 1000000007
    return f"{total} {add.calls} {triple.calls} {cached.cache_info().hits} {add.__name__}"


if __name__ == "__main__":
    main(run, 610000)
