"""Sets: reachability in a graph, union and difference, frozensets as keys, tuples as members, membership tests.

Stresses set and frozenset operations, set comprehensions and hashing of tuples.
"""
from _harness import main


def make_graph(size):
    return {k: {(k * 7 + 1) % size, (k * 3 + 2) % size, (k + 11) % size} for k in range(size)}


def reachable(graph, start, limit):
    seen = {start}
    front = {start}
    for _ in range(limit):
        front = {target for node in front for target in graph[node]} - seen
        if not front:
            break
        seen |= front
    return seen


def jaccard(a, b):
    return 1000 * len(a & b) // len(a | b)


def run(n):
    graph = make_graph(211)
    total = 0
    families = {}
    for i in range(n):
        a = reachable(graph, i % 211, 3)
        b = reachable(graph, (i * 5 + 3) % 211, 3)
        total += jaccard(a, b) + len(a ^ b) + (a <= b) + a.isdisjoint(b)
        key = frozenset(a & b)
        families[key] = families.get(key, 0) + 1
        cells = {(x, y) for x in range(8) for y in range(6) if (x * y + i) % 3}
        cells.discard((0, 0))
        cells.add((i % 5, -1))
        total += sum(1 for x in range(10) if (x, 3) in cells) + len(cells)
        evens = {k for k in a if not k & 1}
        evens.update(range(5))
        total += sum(evens - b) + (max(evens) if evens else 0)
        total %= 1000000007
    return f"{total} {len(families)} {max(families.values())}"


if __name__ == "__main__":
    main(run, 39000)
