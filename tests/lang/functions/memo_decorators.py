# Decorators that memoise, time-stamp by counter, validate, retry, and register, combined.
import functools

calls = []


def memo(f):
    cache = {}
    @functools.wraps(f)
    def inner(*a):
        if a not in cache:
            cache[a] = f(*a)
        return cache[a]
    inner.cache = cache
    return inner


def logged(level):
    def deco(f):
        @functools.wraps(f)
        def inner(*a, **k):
            calls.append((level, f.__name__, a, tuple(k.items())))
            return f(*a, **k)
        return inner
    return deco


def typed(f):
    names, hints = f.__code__.co_varnames, f.__annotations__
    @functools.wraps(f)
    def inner(*a, **k):
        for n, v in [*zip(names, a), *k.items()]:
            if n in hints and not isinstance(v, hints[n]):
                raise TypeError(f"{f.__name__}: {n} wants {hints[n].__name__}, got {type(v).__name__}")
        return f(*a, **k)
    return inner


@memo
@logged("info")
def grid(x, y): return 1 if 0 in (x, y) else grid(x - 1, y) + grid(x, y - 1)


@typed
@logged("debug")
def area(w: int, h: float = 1.0, *, name: str = "") -> float: return w * h


print(grid(6, 6), len(calls), len(grid.cache), grid.__name__, grid.__wrapped__.__wrapped__.__name__)
calls.clear()
print(area(3), area(2, h=2.5, name="x"), calls)
for bad in (lambda: area("3"), lambda: area(1, 2), lambda: area(1, name=5)):
    try:
        bad()
    except TypeError as e:
        print(e)
class Event:
    handlers = {}
    @classmethod
    def on(cls, name): return lambda f: cls.handlers.setdefault(name, []).append(f) or f
    @classmethod
    def fire(cls, name, *a): return [f(*a) for f in cls.handlers.get(name, ())]
@Event.on("start")
@Event.on("stop")
def both(x): return f"both {x}"
@Event.on("stop")
def only(x): return f"only {x}"
print(Event.fire("start", 1), Event.fire("stop", 2), Event.fire("none"))
