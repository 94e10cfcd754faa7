# yield from: values, return values, send and throw forwarding, close, plain iterables, deep chains.
def inner():
    try:
        while True:
            x = yield
            if x == "stop":
                return "inner result"
            print("inner got", x, end="; ")
    except KeyError as e:
        print("inner caught", e, end="; ")
        return "after key error"
    finally:
        print("inner finally", end="; ")


def outer():
    r = yield from inner()
    print("outer has", r, end="; ")
    yield "from outer"
    return "outer result"


o = outer()
next(o)
o.send(1)
o.send(2)
print(o.gi_yieldfrom.__name__)
print(o.send("stop"))
try:
    next(o)
except StopIteration as s:
    print(s.value)
o = outer()
next(o)
print(o.throw(KeyError("k")))
o = outer()
next(o)
o.close()
print()
o = outer()
next(o)
try:
    o.throw(ValueError("through"))
except ValueError as e:
    print(e)


def many():
    a = yield from [1, 2]
    b = yield from "ab"
    c = yield from {"k": 1}
    d = yield from range(2)
    e = yield from (x for x in (7,))
    yield a, b, c, d, e


print(list(many()))


class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("it value")
        return self.n


def with_it():
    r = yield from It()
    yield r


print(list(with_it()))


def plain_send():
    yield from [1, 2]


p = plain_send()
next(p)
for action in (lambda: p.send("x"), lambda: plain_send().send(None)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def tree(t):
    if isinstance(t, list):
        for x in t:
            yield from tree(x)
    else:
        yield t


print(list(tree([1, [2, [3, []], 4], [[5]]])))


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


print(sum(deep(200)), len(list(deep(50))))
for bad in (5, None):
    def f():
        yield from bad
    try:
        list(f())
    except TypeError as error:
        print(error)


def delegate_exception():
    try:
        yield from failing()
    except ZeroDivisionError as e:
        yield f"handled {e}"


def failing():
    yield 1
    yield 1 / 0


print(list(delegate_exception()))


def ret(v):
    return v
    yield


def collect():
    out = []
    for i in range(3):
        out.append((yield from ret(i)))
    return out


try:
    next(collect())
except StopIteration as s:
    print(s.value)
