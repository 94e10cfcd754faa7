"""Chains of generators: numbers are produced, filtered, batched, flattened and summed, one at a time.

Stresses generator resumption across several levels, yield from, and generator expressions.
"""
from _harness import main


def numbers(limit):
    state = 3
    for _ in range(limit):
        state = (state * 48271) % 2147483647
        yield state


def keep_odd(items):
    for item in items:
        if item & 1:
            yield item


def batches(items, size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def flatten(groups):
    for group in groups:
        yield from group


def running_maximum(items):
    best = 0
    for item in items:
        if item > best:
            best = item
        yield best


def tree_walk(low, high):
    if low < high:
        middle = (low + high) // 2
        yield from tree_walk(low, middle)
        yield middle
        yield from tree_walk(middle + 1, high)


def averager():
    total = count = 0
    average = 0
    while True:
        value = yield average
        total += value
        count += 1
        average = total // count


def run(n):
    total = sum(x % 1000 for x in flatten(batches(keep_odd(numbers(n)), 16)))
    best = sum(1 for x in running_maximum(numbers(n // 2)) if x > 2147000000)
    walked = 0
    for x in tree_walk(0, n // 20):
        walked = (walked * 3 + x) % 1000003
    average = averager()
    next(average)
    last = 0
    for x in numbers(n // 2):
        last = average.send(x)
    return f"{total} {best} {walked} {last}"


if __name__ == "__main__":
    main(run, 4000000)
