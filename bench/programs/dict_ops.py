"""Dicts with int, tuple and str keys: building, counting, grouping, inverting, merging, deleting, iterating.

Stresses hash-table code and dict methods, comprehension and views.
"""
from collections import defaultdict

from _harness import main


def run(n):
    state = 3
    counts = {}
    grid = {}
    groups = defaultdict(list)
    names = [f"key{i}" for i in range(500)]
    by_name = dict.fromkeys(names, 0)
    for i in range(n):
        state = (state * 48271) % 2147483647
        key = state % 5000
        counts[key] = counts.get(key, 0) + 1
        if i % 3 == 0:
            grid[key % 70, i % 70] = state & 15
        elif key in counts and counts[key] > 5 and i % 3 == 1:
            counts.pop(key)
        if i % 5 == 0:
            groups[state & 31].append(i)
        by_name[names[key % 500]] += key
    inverse = {}
    for key, value in counts.items():
        inverse.setdefault(value, set()).add(key)
    merged = {**counts, **{k: len(v) for k, v in inverse.items()}}
    merged |= {k: len(v) for k, v in groups.items()}
    neighbours = sum(grid.get((x + 1, y), 0) for x, y in grid)
    common = len(counts.keys() & merged.keys())
    checksum = sum(k * v for k, v in merged.items()) + sum(v for k, v in by_name.items() if k.endswith("7"))
    squares = {x: x * x for x in range(n // 10)}
    for x in list(squares):
        if x % 3:
            del squares[x]
    return f"{checksum} {neighbours} {common} {len(squares)} {sum(squares.values()) % 1000003}"


if __name__ == "__main__":
    main(run, 3500000)
