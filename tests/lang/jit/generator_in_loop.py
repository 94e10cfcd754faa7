# Generators are created, driven and abandoned inside hot loops.
def countdown(n):
    while n > 0:
        yield n
        n -= 1


def pairs(a, b):
    for x in a:
        for y in b:
            yield x, y


def run(n):
    total = 0
    for i in range(n):
        for x in countdown(i % 7):
            total += x
        gen = countdown(5)
        total += next(gen) + next(gen)
        for x, y in pairs(range(3), range(2)):
            total += x * y
            if x * y == 2 and i % 2:
                break
    return total


print(run(500), run(501))


def closing(n):
    log = 0

    def watched():
        nonlocal log
        try:
            for k in range(10):
                yield k
        finally:
            log += 1

    for i in range(n):
        g = watched()
        for v in g:
            if v == i % 12:
                g.close()
                break
    return log


print(closing(400))


def echo():
    value = None
    while True:
        try:
            value = yield value
        except KeyError as error:
            value = ("caught", error.args[0])


def talk(n):
    e = echo()
    next(e)
    total = 0
    for i in range(n):
        total += e.send(i)
        if i % 50 == 0:
            total += len(e.throw(KeyError(i)))
    return total


print(talk(1000))
