# Generators as coroutines and pipelines: tee by hand, primes, tokens, merges, state machines.
def integers(start=2):
    while True:
        yield start
        start += 1


def sieve(source):
    while True:
        p = next(source)
        yield p
        source = (x for x in source if x % p) if False else without(source, p)


def without(source, p):
    for x in source:
        if x % p:
            yield x


def take(n, it):
    for _, x in zip(range(n), it):
        yield x


print(list(take(15, sieve(integers()))))


def consumer(f):
    def start(*a):
        g = f(*a)
        next(g)
        return g
    return start


@consumer
def grep(word, out):
    while True:
        line = yield
        if word in line:
            out.send(line)


@consumer
def collect(into):
    while True:
        into.append((yield))


lines = []
g = grep("py", collect(lines))
for w in ("python", "java", "pypy", "ruby"):
    g.send(w)
print(lines)


def merge(*its):
    heads = [(next(it), i, it) for i, it in enumerate(map(iter, its))]
    while heads:
        heads.sort(key=lambda h: h[:2])
        v, i, it = heads[0]
        yield v
        try:
            heads[0] = (next(it), i, it)
        except StopIteration:
            heads.pop(0)


print(list(merge([1, 4, 9], [2, 3, 10], [5])))


@consumer
def average():
    total = n = 0
    avg = None
    while True:
        total += yield avg
        n += 1
        avg = total / n


a = average()
print([a.send(v) for v in (10, 20, 60)])


def window(it, n):
    buf = []
    for x in it:
        buf.append(x)
        if len(buf) == n:
            yield tuple(buf)
            del buf[0]


print(list(window("abcde", 3)))


def lights():
    while True:
        for state, n in (("green", 2), ("yellow", 1), ("red", 2)):
            for _ in range(n):
                yield state


print(list(take(7, lights())))


def permutations(items):
    if not items:
        yield ()
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (x,) + rest


print(list(permutations([1, 2, 3])), sum(1 for _ in permutations(list(range(6)))))


def chunks(seq, n):
    it = iter(seq)
    while chunk := [x for _, x in zip(range(n), it)]:
        yield chunk


print(list(chunks(range(7), 3)))


def hanoi(n, a, b, c):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)


print(" ".join(hanoi(3, "A", "B", "C")))


def round_robin(*gens):
    gens = [iter(g) for g in gens]
    while gens:
        for g in list(gens):
            try:
                yield next(g)
            except StopIteration:
                gens.remove(g)


print("".join(round_robin("ABC", "D", "EF")))
