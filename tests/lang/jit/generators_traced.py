# Loops over generators whose frames run inside the trace: pipelines, yield from, early exits, state after an exit, frame objects.
import sys


def numbers(n):
    s = 3
    for _ in range(n):
        s = s * 48271 % 2147483647
        yield s


def odd(items):
    for x in items:
        if x & 1:
            yield x


def pairs(items):
    last = None
    for x in items:
        if last is not None:
            yield last, x
        last = x


def walk(low, high):
    if low < high:
        middle = (low + high) // 2
        yield from walk(low, middle)
        yield middle
        yield from walk(middle + 1, high)


def pipeline(n):
    total = 0
    for x in odd(numbers(n)):
        total = (total * 3 + x) % 1000003
    for a, b in pairs(numbers(n)):
        total = (total + a - b) % 1000003
    return total


print(pipeline(10), pipeline(500), pipeline(5000))


def walked(n):
    w = 0
    for x in walk(0, n):
        w = (w * 3 + x) % 1000003
    return w


print(walked(5), walked(300), walked(3000))

COUNT = 0
ORDER = [3, 1, 4]


def short(p):
    global COUNT
    yield p
    COUNT += 1
    ORDER.reverse()


def drive(n):
    for i in (1, 2, 3):
        for g in short(i):
            pass


for i in range(103):
    drive(i)
print(COUNT, ORDER)


def growing(n):
    # ints that leave 48 bits, then a change of type
    v = 1
    for i in range(n):
        yield v
        v = v * 7 if i < 60 else 0.5 + i


def consume(n):
    t = 0
    kinds = {}
    for v in growing(n):
        kinds[type(v).__name__] = kinds.get(type(v).__name__, 0) + 1
        t = v
    return t, kinds


print(consume(40), consume(200))


def broken(n):
    out = []
    for k in range(n):
        g = numbers(50)
        for x in g:
            if x % 7 == k % 7:
                break
        out.append(next(g, None))
        out.append(sum(g) % 1009)
    return out[-6:]


print(broken(200))


def raising(n):
    for i in range(n):
        yield i
        if i % 50 == 49:
            raise ValueError(i)


def caught(n):
    hits = 0
    for k in range(n):
        try:
            for x in raising(60):
                hits += x
        except ValueError as e:
            hits += 1000 * (sys.exc_info()[1] is e)
            t, names = e.__traceback__, []
            while t:
                names.append((t.tb_frame.f_code.co_name, t.tb_lineno))
                t = t.tb_next
    return hits, names, sys.exc_info()


print(caught(30))


def handling(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError:
            yield sys.exc_info()[1].args
        yield sys.exc_info()[0]


def outer(n):
    seen = []
    try:
        raise OSError("outer")
    except OSError:
        for v in handling(n):
            seen.append((v, sys.exc_info()[0].__name__))
    return seen[-2:], len(seen)


print(outer(100))


def looked_at(n):
    frames = 0
    for i in range(n):
        f = sys._getframe()
        frames += f.f_locals["i"] == i and f.f_back.f_code.co_name == "look"
        yield frames


def look(n):
    last = 0
    for v in looked_at(n):
        last = v
    return last


print(look(200))


def averager():
    total = count = 0
    average = 0
    while True:
        value = yield average
        total += value
        count += 1
        average = total // count


def averages(n):
    a = averager()
    next(a)
    last = 0
    for x in numbers(n):
        last = a.send(x)
    return last


print(averages(10), averages(1000))


def exhausted(n):
    g = numbers(3)
    rounds = 0
    for _ in range(n):
        for x in g:
            rounds += 1
    return rounds


print(exhausted(100))


def returning(n):
    got = yield from numbers(n)
    return ("done", got, n)


def collect(n):
    results = []

    def driver():
        for i in range(n):
            results.append((yield from returning(i % 5)))

    return sum(driver()), results[-2:], len(results)


print(collect(200))


def busy():
    try:
        for x in self_consuming:
            pass
    except ValueError as e:
        print(e)
    yield 1


self_consuming = busy()
print(list(self_consuming))
