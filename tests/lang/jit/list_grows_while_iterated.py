# Lists grow, shrink and are replaced while a hot loop iterates over them.
def grow(limit):
    items = [1]
    steps = 0
    for x in items:
        steps += 1
        if len(items) < limit:
            items.append(x + 1)
    return steps, items[-1]


print(grow(1000))


def shrink(n):
    items = list(range(n))
    seen = []
    for x in items:
        seen.append(x)
        items.pop()
    return len(seen), seen[-1], len(items)


print(shrink(1000), shrink(1001))


def remove_even(n):
    items = list(range(n))
    for x in items:
        if x % 2 == 0:
            items.remove(x)
    return len(items), items[:5]


print(remove_even(400))


def clear_midway(n):
    items = list(range(n))
    count = 0
    for x in items:
        count += 1
        if x == n // 2:
            items.clear()
    it = iter(items)
    items.extend([7, 8])
    return count, list(it), items


print(clear_midway(600))


def replace(n):
    items = list(range(n))
    total = 0
    for i, x in enumerate(items):
        total += x
        items[(i + 1) % n] = i if i % 2 else float(i)
    return total


print(replace(800))
it = iter([1, 2, 3])
print(list(it), list(it), next(it, "end"))
