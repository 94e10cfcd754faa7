# Coroutines driven with send, throw and close; awaiting coroutines, awaitables and generators; errors.
class Pause:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield self.v
        return r


async def leaf(x):
    return x * 2


async def main(a):
    r = await Pause("first")
    s = await leaf(r)
    try:
        t = await Pause("second")
    except ValueError as e:
        t = str(e)
    return a, r, s, t


c = main("arg")
print(type(c).__name__, c.cr_frame is not None, c.cr_running, c.cr_await, c.__name__, main.__code__.co_flags & 0x80)
print(c.send(None), c.cr_await is not None, c.send(21), end=" ")
try:
    c.throw(ValueError("thrown"))
except StopIteration as stop:
    print(stop.value)
c = main(1)
c.send(None)
print(c.close())


def run(coro):
    values = []
    try:
        v = None
        while True:
            v = coro.send(v)
            values.append(v)
    except StopIteration as s:
        return values, s.value


print(run(main(2)))
for bad in (5, None, [1], lambda: 1):
    async def f():
        await bad
    try:
        run(f())
    except TypeError as error:
        print(error)


class BadAwait:
    def __await__(self): return 5


async def f(): await BadAwait()


try:
    run(f())
except TypeError as error:
    print(error)
x = leaf(1)
for action in (lambda: next(x), lambda: iter(x), lambda: x.send(1), lambda: list(x), lambda: len(x)):
    try:
        action()
    except TypeError as error:
        print(error)
print(run(x))
try:
    x.send(None)
except RuntimeError as error:
    print(error)


async def raises():
    raise StopIteration("no")


try:
    run(raises())
except RuntimeError as error:
    print(error)


async def fin():
    try:
        await Pause(1)
    finally:
        print("cleanup", end=" ")


c = fin()
c.send(None)
c.close()


async def comp():
    return [await leaf(i) for i in range(3)], {i: await leaf(i) for i in range(2)}, [x for x in [await leaf(5)]]


print(run(comp()), run(leaf(await_free := 3)))
for source in ("await x", "def f(): await x", "async def f():\n def g(): await x", "async for x in y: pass",
        "def f():\n async with x: pass", "[await x for x in y]", "async def f(): yield 1; return 2", "async lambda: 1",
        "async def f(): lambda: await x"):
    try:
        compile(source, "<a>", "exec")
        print("fine", source)
    except SyntaxError as error:
        print(source, "->", error.msg)
