"""Walks of binary trees by recursive generators, generators that receive values, and generators as coroutines in a pipeline.

Stresses yield from through many levels, send, close, and generator expressions nested in each other.
"""
from _harness import main


class Node:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.key
        if self.right:
            yield from self.right


def build(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(middle, build(low, middle), build(middle + 1, high))


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total // count


def delegate(limit):
    result = yield from (x * x for x in range(limit) if x % 3)
    return (result, limit)


def permutations(items):
    if len(items) <= 1:
        yield items
        return
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (item,) + rest


def primes():
    """A chain of generators, one a prime."""
    def numbers():
        k = 2
        while True:
            yield k
            k += 1

    def without(source, prime):
        for k in source:
            if k % prime:
                yield k

    source = numbers()
    while True:
        prime = next(source)
        yield prime
        source = without(source, prime)


def run(n):
    tree = build(0, 511)
    total = 0
    for i in range(n):
        for position, key in enumerate(tree):
            total += key ^ position
        mean = averager()
        next(mean)
        for value in delegate(60):
            total += mean.send(value + i % 3)
        mean.close()
        total += sum(p[0] * p[-1] for p in permutations((1, 2, 3, 4)))
        stream = primes()
        total += sum(next(stream) for _ in range(12))
        total += sum(a * b for a in range(8) for b in (c + 1 for c in range(a)))
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 4600)
