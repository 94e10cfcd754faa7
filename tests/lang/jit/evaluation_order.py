# Side effects inside hot expressions happen once and from left to right.
log = []


def mark(x, value=None):
    log.append(x)
    return x if value is None else value


class Target:
    def __init__(self):
        self.data = {}

    def __setitem__(self, key, value):
        log.append(("set", key, value))

    def __getitem__(self, key):
        log.append(("get", key))
        return 1

    def __setattr__(self, name, value):
        if name != "data":
            log.append(("attr", name))
        object.__setattr__(self, name, value)


def once(t, i):
    mark(1) + mark(2) * mark(3)
    mark(4, t)[mark(5)] = mark(6)
    mark(7, t)[mark(8)] += mark(9)
    mark(10, t).field = mark(11)
    mark(12) < mark(13) < mark(5, 5) < mark(99)
    mark(0, False) and mark(14) or mark(15)
    [mark(16), *mark(17, [1]), mark(18)]
    {mark(19): mark(20), mark(21): mark(22)}
    mark(23, print if False else max)(mark(24), *mark(25, [1, 2]), key=mark(26, lambda x: x))
    a, b = mark(27), mark(28)
    mark(29, [0])[mark(0)], mark(30, [0])[mark(0)] = mark(31), mark(32)
    return mark(33) if mark(34) else mark(35)


t = Target()
once(t, 0)
first = list(log)
print(first)
for i in range(400):
    log.clear()
    once(t, i)
    assert log == first, i
print(len(log))


class Seq(list):
    count = 0

    def __getitem__(self, i):
        Seq.count += 1
        return super().__getitem__(i)


s = Seq([1, 2, 3])
total = 0
for i in range(300):
    s[i % 3] += 1
    total += s[0] if s[1] > s[2] else s[-1]
print(total, Seq.count, list(s))
counter = iter(range(10 ** 6))
x = [0] * 5
for _ in range(300):
    x[next(counter) % 5] += next(counter)
print(x, next(counter))
