# Generators with try/finally and with blocks, closed, thrown into and exhausted, in hot loops.
log = []


def guarded(n, tag):
    try:
        for i in range(n):
            try:
                yield i
            except ValueError as error:
                log.append((tag, "value", error.args[0]))
                yield -1
    finally:
        log.append((tag, "finally"))


def run(n):
    total = 0
    for i in range(n):
        g = guarded(5, i)
        total += next(g)
        if i % 3 == 0:
            total += g.throw(ValueError(i))
        if i % 4 == 0:
            total += sum(g)
        g.close()
        try:
            g.send(None)
        except StopIteration:
            total += 1000
    return total


print(run(300), len(log), log[:5], log[-3:])


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


count = 0
for i in range(200):
    g = stubborn()
    next(g)
    try:
        g.close()
    except RuntimeError as error:
        count += 1
        message = str(error)
print(count, message)


def delegating(n):
    got = yield from guarded(n, "inner")
    return got, n


def returns(n):
    total = 0
    for i in range(n):
        g = delegating(2)
        next(g)
        next(g)
        try:
            next(g)
        except StopIteration as stop:
            total += stop.value[1]
        g = delegating(3)
        next(g)
        try:
            g.throw(KeyError("k"))
        except KeyError as error:
            total += len(error.args)
    return total


print(returns(200))


def stop_inside():
    yield 1
    raise StopIteration(2)


for i in range(150):
    try:
        list(stop_inside())
    except RuntimeError as error:
        message = f"{error} / {type(error.__cause__).__name__}"
print(message)


def running():
    me = yield
    me.send(None)


for i in range(100):
    g = running()
    next(g)
    try:
        g.send(g)
    except ValueError as error:
        message = str(error)
print(message)
