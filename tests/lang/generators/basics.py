# Generators: laziness, next, send, return values, attributes, exhaustion, errors.
def g(n):
    print("start", end=" ")
    for i in range(n):
        r = yield i
        if r:
            print("got", r, end=" ")
    print("end", end=" ")
    return "result"


x = g(3)
print(type(x).__name__, x.gi_running, x.gi_frame is not None, x.gi_yieldfrom, x.__name__, x.__qualname__, iter(x) is x)
print(next(x), x.send("A"), next(x))
try:
    next(x)
except StopIteration as stop:
    print(stop.value, stop.args, x.gi_frame)
try:
    next(x)
except StopIteration as stop:
    print(stop.value, stop.args)
print(next(x, "default"), list(x))
y = g(2)
for bad in (lambda: y.send(1), lambda: y.send(), lambda: y.throw(), lambda: y.throw(5), lambda: y.throw(int),
        lambda: next(5), lambda: y.foo, lambda: y(), lambda: len(y), lambda: y[0], lambda: y.throw("x")):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)


def empty():
    return
    yield


def fib(limit):
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b


print(list(empty()), list(fib(50)), sum(fib(1000)), [*fib(5)], dict(enumerate(fib(5))), max(fib(100)), 8 in fib(100),
      tuple(zip(fib(9), "abc")))


def expr():
    x = yield (yield 1)
    y = [(yield x), (yield 2)]
    z = yield from [3]
    return y, z


e = expr()
print(next(e), e.send("a"), e.send("b"), e.send("c"), e.send("d"))
try:
    print(next(e))
except StopIteration as s:
    print(s.value)


def early():
    for i in range(10):
        if i == 3:
            return i
        yield i


print(list(early()), bool(early()), [i for i in early() if i], (lambda: (yield 5))().__next__())
z = (print("lazy", v, end=" ") or v for v in range(3))
print("made", next(z), next(z), z.gi_code.co_name)
a = fib(20)
print([(p, q) for p, q in zip(a, a)])
for source in ("yield 1", "return 1", "class A:\n yield 1", "def f():\n  [(yield 1) for _ in []]",
        "async def f():\n yield from []", "def f(x=(yield)): pass", "lambda: (yield)", "def f(): x = yield = 1"):
    try:
        compile(source, "<y>", "exec")
        print(source, "fine")
    except SyntaxError as error:
        print(source, error.msg)
