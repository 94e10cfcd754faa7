"""Cliff: variables that are now int, now float, now str, now None, now a big int; lists of mixed items; sums that change type.

Specialised code meets a new type all the time.
"""
from _harness import main


def twice(x):
    return x + x


def measure(x):
    if x is None:
        return 0
    if isinstance(x, str):
        return len(x)
    if isinstance(x, (list, tuple)):
        return len(x) * 2
    return int(x) % 101


def run(n):
    mixed = [1, 2.5, "abc", None, 10**20, (1, 2), True, [3], 4, "d", -7, 0.25]
    value = 0
    total = 0
    for i in range(n):
        item = mixed[i * 5 % 12]
        total += measure(item)
        if item is not None:
            total += measure(twice(item))
        if i % 4 == 0:
            value = i
        elif i % 4 == 1:
            value = value + 0.5
        elif i % 4 == 2:
            value = str(value)
        else:
            value = len(value) + (1 << 62)
        total += value.__class__ is int
        accumulator = 0
        for x in (1, i, 2.0, i << 50):
            accumulator = accumulator + x
        total = (total + int(accumulator) % 97) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 1400000)
