# Recipes over itertools: windows, batches, round robin, powersets, unique, primes.
from collections import deque
from itertools import *
from operator import itemgetter


def take(n, it): return list(islice(it, n))
def tail(n, it): return list(deque(it, maxlen=n))
def nth(it, n, d=None): return next(islice(it, n, None), d)
def flatten(x): return chain.from_iterable(x)
def powerset(s): return chain.from_iterable(combinations(s, r) for r in range(len(s) + 1))


def batched(it, n):
    it = iter(it)
    while b := tuple(islice(it, n)):
        yield b


def roundrobin(*its):
    pending, nexts = len(its), cycle(iter(i).__next__ for i in its)
    while pending:
        try:
            for n in nexts:
                yield n()
        except StopIteration:
            pending -= 1
            nexts = cycle(islice(nexts, pending))


def unique(it, key=None):
    seen = set()
    for x in it:
        k = key(x) if key else x
        if k not in seen:
            seen.add(k)
            yield x


def sliding(it, n):
    its = tee(it, n)
    for i, t in enumerate(its):
        next(islice(t, i, i), None)
    return zip(*its)


print(take(3, count(7)), tail(2, "abcde"), nth("abc", 1), nth("abc", 9, "d"), list(flatten([[1], [2, 3]])),
      list(powerset([1, 2, 3])), list(batched("abcdefg", 3)), "".join(roundrobin("ABC", "D", "EF")))
print("".join(unique("AaBbA")), "".join(unique("AaBbA", str.lower)), list(sliding(range(6), 3)),
      [k for k, _ in groupby(sorted("mississippi"))], list(map(itemgetter(0), groupby("aabbca"))))
data = [3, 1, 4, 1, 5, 9, 2, 6]
print(list(accumulate(data, max)), list(starmap(lambda i, x: i * x, enumerate(data))),
      sum(1 for a, b in pairwise(data) if a < b), list(takewhile(lambda x: x != 5, data)), dict(zip_longest("ab", [1])),
      list(islice(filterfalse(lambda n: any(n % d == 0 for d in range(2, n)), count(2)), 8)))
