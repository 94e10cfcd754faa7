"""Coroutines on a small event loop of our own: tasks that await sleeps, queues and each other, async iteration and contexts.

Stresses await, coroutine switching, async for, async with, and exceptions that cross await.
"""
from collections import deque

from _harness import main


class Pause:
    """Awaiting it gives way to the other tasks once."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self
        return self.value + got


class Channel:
    def __init__(self):
        self.items = deque()

    async def put(self, item):
        while len(self.items) >= 4:
            await Pause(0)
        self.items.append(item)

    def __aiter__(self):
        return self

    async def __anext__(self):
        while not self.items:
            await Pause(0)
        item = self.items.popleft()
        if item is None:
            raise StopAsyncIteration
        return item


class Lock:
    holders = 0

    async def __aenter__(self):
        while Lock.holders:
            await Pause(0)
        Lock.holders += 1
        return self

    async def __aexit__(self, kind, error, trace):
        Lock.holders -= 1
        return kind is ValueError


async def add(a, b):
    return a + await Pause(b)


async def produce(channel, count):
    for i in range(count):
        await channel.put(await add(i, 1))
    await channel.put(None)


async def consume(channel, results):
    async for item in channel:
        async with Lock():
            if item % 5 == 0:
                raise ValueError(item)
            results.append(item)


async def numbers(count):
    for i in range(count):
        yield i
        if i % 8 == 0:
            await Pause(1)


async def summarise(count, results):
    total = 0
    async for value in numbers(count):
        total += value
    squares = [x * x async for x in numbers(10) if x & 1]
    results.append(total + sum(squares))


def run_loop(tasks):
    ready = deque((task, None) for task in tasks)
    steps = 0
    while ready:
        task, value = ready.popleft()
        try:
            task.send(value)
        except StopIteration:
            continue
        steps += 1
        ready.append((task, steps & 1))
    return steps


def run(n):
    total = 0
    for i in range(n):
        results = []
        channel = Channel()
        steps = run_loop([produce(channel, 40), consume(channel, results), summarise(60, results)])
        total = (total * 31 + steps + sum(results) + len(results)) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 12000)
