# Counters kept in a list cell, an attribute, a closure, a class variable, a global and a dict must count alike.
calls = 0


class Box:
    total = 0

    def __init__(self):
        self.n = 0


def make():
    n = 0

    def up(k):
        nonlocal n
        n += k
        return n

    return up


box, cell, table, up = Box(), [0], {"n": 0}, make()
for i in range(1000):
    step = i & 3 if i < 900 else 0.25
    box.n += step
    cell[0] += step
    table["n"] += step
    Box.total += step
    calls += step
    last = up(step)
print(box.n, cell, table, Box.total, calls, last)
