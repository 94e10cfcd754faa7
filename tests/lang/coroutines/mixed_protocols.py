# Objects that are both iterators and awaitables, coroutines wrapped in generators, results passed up and down.
class Future:
    def __init__(self): self.value, self.done, self.waiters = None, False, 0
    def set(self, v): self.value, self.done = v, True
    def __await__(self):
        self.waiters += 1
        while not self.done:
            yield self
        return self.value
    __iter__ = __await__


def run_all(coros):
    results, pending = {}, list(enumerate(coros))
    rounds = 0
    while pending:
        rounds += 1
        again = []
        for i, c in pending:
            try:
                f = c.send(None)
                if f.waiters == 2 and not f.done:
                    f.set("forced")
                again.append((i, c))
            except StopIteration as s:
                results[i] = s.value
            except ValueError as e:
                results[i] = repr(e)
        pending = again
    return results, rounds


shared = Future()


async def waits(name): return name, await shared
async def sets(v):
    shared.set(v)
    return "set"
async def fails(): raise ValueError(await shared)
def legacy(): return (yield from shared)


print(run_all([waits("a"), sets(5), waits("b"), fails(), legacy()]))
shared = Future()
print(run_all([waits("a"), waits("b")]))


async def gather(*cs): return [await c for c in cs]
async def leaf(n):
    if n == 3:
        raise ValueError(n)
    return n * n
async def tree(n): return n if n == 0 else n + await tree(n - 1)
async def guarded(n):
    try:
        return await leaf(n)
    except ValueError as e:
        return f"guarded {e}"
    else:
        return "never"
    finally:
        log.append(n)


log = []
print(run_all([gather(leaf(1), leaf(2)), tree(50), guarded(3), guarded(4), leaf(3)]), log)
async def ctx():
    class A:
        async def __aenter__(self): return await leaf(6)
        async def __aexit__(self, t, v, tb): return t is ValueError
    async with A() as x:
        await leaf(3)
    async with A() as y, A() as z:
        return x, y + z
print(run_all([ctx()]))
