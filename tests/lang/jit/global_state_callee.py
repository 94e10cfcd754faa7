# Callees write globals, class variables and containers that the hot caller has just read.
counter = 0
table = {"n": 0}
items = []


class State:
    total = 0


def tick():
    global counter
    counter += 1
    table["n"] += 2
    State.total += 3
    items.append(counter)


def run(n):
    drift = 0
    for i in range(n):
        a, b, c, d = counter, table["n"], State.total, len(items)
        if i % 3 != 1:
            tick()
        drift += (counter - a) + (table["n"] - b) * 10 + (State.total - c) * 100 + (len(items) - d) * 1000
    return drift


print(run(500), counter, table, State.total, len(items))


def indirect(action, n):
    seen = 0
    for i in range(n):
        before = counter
        action(i)
        seen += counter - before
    return seen


def maybe_tick(i):
    if i % 100 == 99:
        tick()


print(indirect(maybe_tick, 500), indirect(lambda i: None, 300), indirect(lambda i: tick(), 300))


class Observer:
    def __init__(self):
        self.seen = []

    def __eq__(self, other):
        tick()
        return False

    def __bool__(self):
        tick()
        return True


o = Observer()
before = counter
for i in range(200):
    if o:
        i == o
        o in (1, 2)
print(counter - before)
x = 1


def outer(n):
    global x
    total = 0
    for i in range(n):
        x = i
        total += read() + x
        write(-1)
        total += x
    return total


def read():
    return x


def write(value):
    global x
    x = value


print(outer(400), x)
