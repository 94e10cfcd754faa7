"""A simulation driven by events: customers, tellers and breaks in a priority queue of our own, callbacks and timers.

Stresses a heap of tuples, bound methods as callbacks, and objects that change state.
"""
from _harness import main


class Loop:
    def __init__(self):
        self.heap = []
        self.now = 0
        self.sequence = 0

    def call_at(self, time, callback, *args):
        heap = self.heap
        self.sequence += 1
        heap.append((time, self.sequence, callback, args))
        at = len(heap) - 1
        while at:
            parent = (at - 1) // 2
            if heap[parent][:2] <= heap[at][:2]:
                break
            heap[parent], heap[at] = heap[at], heap[parent]
            at = parent

    def pop(self):
        heap = self.heap
        first, last = heap[0], heap.pop()
        if heap:
            heap[0] = last
            at = 0
            while True:
                child = 2 * at + 1
                if child >= len(heap):
                    break
                if child + 1 < len(heap) and heap[child + 1][:2] < heap[child][:2]:
                    child += 1
                if heap[at][:2] <= heap[child][:2]:
                    break
                heap[at], heap[child] = heap[child], heap[at]
                at = child
        return first

    def run(self, until):
        while self.heap:
            time, _, callback, args = self.pop()
            if time > until:
                break
            self.now = time
            callback(*args)


class Bank:
    def __init__(self, loop, tellers):
        self.loop = loop
        self.queue = []
        self.free = list(range(tellers))
        self.served = self.waited = self.left = 0
        self.state = 12345

    def random(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % limit

    def arrive(self):
        self.loop.call_at(self.loop.now + 1 + self.random(7), self.arrive)
        if len(self.queue) > 12:
            self.left += 1
            return
        self.queue.append(self.loop.now)
        self.serve()

    def serve(self):
        while self.free and self.queue:
            teller = self.free.pop()
            self.waited += self.loop.now - self.queue.pop(0)
            self.loop.call_at(self.loop.now + 5 + self.random(10), self.done, teller)

    def done(self, teller):
        self.served += 1
        if self.random(10) == 0:
            self.loop.call_at(self.loop.now + 30, self.back, teller)
        else:
            self.free.append(teller)
            self.serve()

    def back(self, teller):
        self.free.append(teller)
        self.serve()


def run(n):
    loop = Loop()
    bank = Bank(loop, 3)
    for k in range(3):
        loop.call_at(k, bank.arrive)
    loop.run(n)
    return f"{bank.served} {bank.waited} {bank.left} {len(bank.queue)}"


if __name__ == "__main__":
    main(run, 570000)
