# Sets grown, shrunk, combined and tested in hot loops.
def primes(n):
    candidates = set(range(2, n))
    for i in range(2, int(n ** 0.5) + 1):
        if i in candidates:
            candidates -= set(range(i * i, n, i))
    return sorted(candidates)


print(len(primes(1000)), primes(1000)[-3:])


def toggle(n):
    s = set()
    for i in range(n):
        k = i * 7919 % 101
        if k in s:
            s.remove(k)
        else:
            s.add(k)
    return len(s), sum(s)


print(toggle(1000), toggle(1001))


def algebra(n):
    total = 0
    a, b = {1, 2, 3}, {3, 4}
    for i in range(n):
        b = b ^ {i % 10}
        c = (a | b) & set(range(8)) - {i % 5}
        total += len(c) + (a <= c) + (a > {1}) + a.isdisjoint(b) * 10
        a = c if len(c) > 2 else a | {i % 4}
    return total, sorted(a), sorted(b)


print(algebra(500))


def errors(n):
    s = set(range(n // 2))
    bad = 0
    for i in range(n):
        try:
            s.remove(i)
        except KeyError as error:
            bad += error.args[0]
        s.discard(i)
    return bad, s


print(errors(400))
try:
    s = {0}
    for x in s:
        if x > 300:
            break
        s.add(x + 1)
except RuntimeError as error:
    print(error)
mixed = set()
for i in range(300):
    mixed.add((i % 3, 1.0 * (i % 3), True, (i % 2,), None, frozenset([i % 2]))[i % 6])
print(len(mixed), 1 in mixed, 1.0 in mixed, (1,) in mixed, frozenset([0]) in mixed)
try:
    for item in [1] * 300 + [[1]]:
        mixed.add(item)
except TypeError as error:
    print(error)
seen = {}
for i in range(500):
    seen.setdefault(frozenset((i % 4, i % 3)), []).append(i)
print(len(seen), sum(len(v) for v in seen.values()))
