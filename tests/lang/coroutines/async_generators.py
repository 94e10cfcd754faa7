# Async generators, async for, async with and async comprehensions, driven by hand.
class Tick:
    def __await__(self):
        return (yield "tick")


def run(coro):
    ticks = 0
    try:
        while True:
            coro.send(None)
            ticks += 1
    except StopIteration as s:
        return s.value, ticks


async def agen(n):
    try:
        for i in range(n):
            await Tick()
            got = yield i
            if got:
                print("got", got, end="; ")
    except ValueError as e:
        yield f"caught {e}"
    finally:
        print("agen finally", end="; ")


async def loop():
    out = []
    async for x in agen(3):
        out.append(x)
    else:
        out.append("else")
    return out


print(run(loop()))


async def manual():
    g = agen(5)
    print(type(g).__name__, g.ag_running, type(g.__anext__()).__name__ if False else "", end=" ")
    a = await g.__anext__()
    b = await g.asend("hello")
    c = await g.athrow(ValueError("v"))
    try:
        await g.__anext__()
    except StopAsyncIteration as e:
        d = repr(e)
    g2 = agen(2)
    await g2.__anext__()
    await g2.aclose()
    try:
        await g2.__anext__()
    except StopAsyncIteration:
        pass
    return a, b, c, d


print(run(manual()))


async def comps():
    a = [x async for x in agen(3) if x != 1]
    b = {x: x async for x in agen(2)}
    c = {x async for x in agen(2)}
    d = [y for x in [1, 2] for y in [x, x]]
    g = (x * 10 async for x in agen(2))
    e = [x async for x in g]
    return a, b, c, d, e, [await leaf(x) async for x in agen(2)]


async def leaf(x):
    await Tick()
    return -x


print(run(comps()))


class CM:
    def __init__(self, swallow=False): self.swallow = swallow
    async def __aenter__(self):
        await Tick()
        print("enter", end="; ")
        return "value"
    async def __aexit__(self, t, v, tb):
        await Tick()
        print("exit", t and t.__name__, v, end="; ")
        return self.swallow


async def withs():
    async with CM() as v, CM() as w:
        print(v, w, end="; ")
    async with CM(True):
        raise KeyError("k")
    try:
        async with CM():
            raise ValueError("v")
    except ValueError as e:
        return repr(e)


print(run(withs()))


class AIter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def custom():
    return [x async for x in AIter(3)], await anext(AIter(2)), await anext(AIter(0), "dflt"), aiter(AIter(1)).n


print(run(custom()))
for body in ("async for x in [1]: pass", "async with 5: pass", "[x async for x in 5]", "await anext(5)",
        "await anext(agen(0))"):
    ns = {"agen": agen}
    exec(f"async def f():\n    {body}", ns)
    try:
        print(body, run(ns["f"]()))
    except (TypeError, StopAsyncIteration, AttributeError, RuntimeError) as error:
        print(body, type(error).__name__, error)
