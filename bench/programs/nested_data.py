"""Nested lists, tuples and dicts that are built, searched, flattened, compared and thrown away; trees with parent links.

Stresses allocation of containers that survive for a while, recursion over them, and comparison of structures.
"""
from _harness import main


def build(depth, seed):
    if depth == 0:
        return seed % 100
    if seed % 3 == 0:
        return [build(depth - 1, seed * 7 + k) for k in range(3)]
    if seed % 3 == 1:
        return tuple(build(depth - 1, seed * 5 + k) for k in range(2))
    return {f"k{k}": build(depth - 1, seed * 11 + k) for k in range(3)}


def flatten(data):
    if isinstance(data, int):
        return [data]
    if isinstance(data, dict):
        data = data.values()
    out = []
    for item in data:
        out += flatten(item)
    return out


def depth_of(data):
    if isinstance(data, int):
        return 0
    return 1 + max(map(depth_of, data.values() if isinstance(data, dict) else data))


def mapped(data, function):
    if isinstance(data, int):
        return function(data)
    if isinstance(data, dict):
        return {key: mapped(value, function) for key, value in data.items()}
    return type(data)(mapped(item, function) for item in data)


def run(n):
    kept = []
    total = 0
    for i in range(n):
        data = build(6, i)
        numbers = flatten(data)
        total += sum(numbers) + depth_of(data)
        changed = mapped(data, lambda x: x ^ 1)
        total += (changed == data) + (mapped(changed, lambda x: x ^ 1) == data)
        kept.append(changed)
        if len(kept) > 64:
            kept[i % 64] = kept.pop()
        total += len(str(kept[i % len(kept)])) % 97
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 1500)
