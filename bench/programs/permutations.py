"""Permutations, subsets and partitions by recursion, by Heap's exchanges and by itertools.

Stresses list swaps under recursion, generators of lists, tuples, and loops over native iterators.
"""
import itertools

from _harness import main


def exchanges(items, size):
    """Heap's algorithm: every order of the first `size` items, one exchange apart."""
    if size <= 1:
        yield items
        return
    for i in range(size - 1):
        yield from exchanges(items, size - 1)
        k = i if size % 2 == 0 else 0
        items[k], items[size - 1] = items[size - 1], items[k]
    yield from exchanges(items, size - 1)


def lexicographic(items):
    """All orders by stepping to the next larger one in place; returns a checksum."""
    checksum = 0
    count = len(items)
    while True:
        checksum = (checksum * 5 + items[0] * 3 + items[-1]) % 1000003
        i = count - 2
        while i >= 0 and items[i] >= items[i + 1]:
            i -= 1
        if i < 0:
            return checksum
        j = count - 1
        while items[j] <= items[i]:
            j -= 1
        items[i], items[j] = items[j], items[i]
        items[i + 1:] = items[:i:-1]


def partitions(number, largest):
    if number == 0:
        return 1
    return sum(partitions(number - part, part) for part in range(1, min(number, largest) + 1))


def run(n):
    checksum = 0
    for order in exchanges(list(range(n)), n):
        checksum = (checksum * 7 + order[0] + 2 * order[n - 1]) % 1000003
    stepped = lexicographic(list(range(n)))
    native = 0
    for order in itertools.permutations(range(n)):
        native = (native * 3 + order[1] - order[2]) % 1000003
    chosen = sum(1 for c in itertools.combinations(range(2 * n), 5) if sum(c) % 7 == 3)
    return f"{checksum} {stepped} {native} {chosen} {partitions(4 * n, 4 * n)}"


if __name__ == "__main__":
    main(run, 10)
