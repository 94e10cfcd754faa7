# Coroutines and async generators driven by hand in hot loops.
class Switch:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


async def leaf(i):
    got = await Switch(i)
    return got * 2


async def task(n):
    total = 0
    for i in range(n):
        total += await leaf(i)
        if i % 100 == 99:
            try:
                await Switch("raise")
            except ValueError as error:
                total += error.args[0]
    return total


def drive(coroutine):
    value = None
    steps = 0
    try:
        request = coroutine.send(None)
        while True:
            steps += 1
            if request == "raise":
                request = coroutine.throw(ValueError(1000))
            else:
                request = coroutine.send(request + 1)
    except StopIteration as stop:
        return stop.value, steps


print(drive(task(500)))


async def numbers(n):
    for i in range(n):
        if i % 3 == 0:
            await Switch(i)
        yield i


async def consume(n):
    total = 0
    async for x in numbers(n):
        if x % 5 == 0:
            continue
        total += x
    return total + sum([x async for x in numbers(10)])


print(drive(consume(400)))


class Manager:
    log = 0

    async def __aenter__(self):
        await Switch(1)
        return self

    async def __aexit__(self, kind, value, tb):
        Manager.log += 1
        return kind is KeyError


async def managed(n):
    done = 0
    for i in range(n):
        async with Manager():
            if i % 4 == 0:
                raise KeyError(i)
            done += 1
    return done, Manager.log


print(drive(managed(200)))
