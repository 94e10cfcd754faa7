"""An event loop whose tasks are generators: they sleep, send messages through channels and spawn one another.

Stresses generators resumed from a scheduler, deques, heaps of tuples, and isinstance dispatch on requests.
"""
import heapq
from collections import deque

from _harness import main


class Sleep:
    __slots__ = ("delay",)

    def __init__(self, delay):
        self.delay = delay


class Receive:
    __slots__ = ("channel",)

    def __init__(self, channel):
        self.channel = channel


class Send:
    __slots__ = ("channel", "message")

    def __init__(self, channel, message):
        self.channel = channel
        self.message = message


class Spawn:
    __slots__ = ("task",)

    def __init__(self, task):
        self.task = task


class Channel:
    def __init__(self):
        self.messages = deque()
        self.waiting = deque()


class Loop:
    def __init__(self):
        self.ready = deque()
        self.sleeping = []
        self.time = 0
        self.order = 0
        self.switches = 0

    def spawn(self, task):
        self.ready.append((task, None))

    def run(self):
        ready, sleeping = self.ready, self.sleeping
        while ready or sleeping:
            if not ready:
                self.time, _, task = heapq.heappop(sleeping)
                ready.append((task, None))
            task, value = ready.popleft()
            self.switches += 1
            try:
                request = task.send(value)
            except StopIteration:
                continue
            if isinstance(request, Send):
                channel = request.channel
                if channel.waiting:
                    ready.append((channel.waiting.popleft(), request.message))
                else:
                    channel.messages.append(request.message)
                ready.append((task, None))
            elif isinstance(request, Receive):
                channel = request.channel
                if channel.messages:
                    ready.append((task, channel.messages.popleft()))
                else:
                    channel.waiting.append(task)
            elif isinstance(request, Sleep):
                self.order += 1
                heapq.heappush(sleeping, (self.time + request.delay, self.order, task))
            elif isinstance(request, Spawn):
                ready.append((request.task, None))
                ready.append((task, None))
            else:
                raise TypeError("a task asked for something unknown")


def producer(channel, count, seed):
    for i in range(count):
        seed = (seed * 48271) % 2147483647
        if seed % 3 == 0:
            yield Sleep(seed % 7)
        yield Send(channel, seed % 1000)
    yield Send(channel, None)


def filtering(source, target):
    while True:
        message = yield Receive(source)
        if message is None:
            yield Send(target, None)
            return
        if message % 2:
            yield Send(target, message * 2)


def consumer(channel, producers, results):
    total = 0
    while producers:
        message = yield Receive(channel)
        if message is None:
            producers -= 1
        else:
            total = (total * 3 + message) % 1000003
    results.append(total)


def boot(results, count):
    collected = Channel()
    yield Spawn(consumer(collected, 10, results))
    for k in range(10):
        channel = Channel()
        yield Spawn(producer(channel, count, 100 + k))
        yield Spawn(filtering(channel, collected))


def run(n):
    loop = Loop()
    results = []
    loop.spawn(boot(results, n))
    loop.run()
    return f"{results[0]} {loop.switches} {loop.time}"


if __name__ == "__main__":
    main(run, 60000)
