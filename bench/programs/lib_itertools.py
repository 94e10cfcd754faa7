"""itertools, functools and operator: products, combinations, groupby, accumulate, chain, islice, zip_longest, reduce, itemgetter.

Stresses iterators written in native code that call Python functions.
"""
import itertools
import operator
from functools import cmp_to_key, partial, reduce, singledispatch, total_ordering

from _harness import main


@total_ordering
class Version:
    def __init__(self, major, minor):
        self.major, self.minor = major, minor

    def __eq__(self, other):
        return (self.major, self.minor) == (other.major, other.minor)

    def __lt__(self, other):
        return (self.major, self.minor) < (other.major, other.minor)


@singledispatch
def size(value):
    return 1


@size.register
def _(value: str):
    return len(value)


@size.register(list)
@size.register(tuple)
def _(value):
    return sum(map(size, value))


def windows(items, width):
    streams = itertools.tee(items, width)
    for k, stream in enumerate(streams):
        next(itertools.islice(stream, k, k), None)
    return zip(*streams)


def run(n):
    total = 0
    for i in range(n):
        numbers = [(k * 37 + i) % 23 for k in range(30)]
        total += sum(a * b for a, b in itertools.combinations(numbers[:9], 2))
        total += sum(1 for p in itertools.product(range(4), repeat=3) if sum(p) == i % 9)
        total += sum(len(list(group)) * key for key, group in itertools.groupby(sorted(numbers), key=lambda x: x % 5))
        total += list(itertools.accumulate(numbers, max))[10] + reduce(operator.xor, numbers)
        total += sum(itertools.islice(itertools.chain.from_iterable([numbers, range(5)]), 3, 33, 2))
        total += sum(a - (b or 0) for a, b in itertools.zip_longest(numbers, numbers[:20]))
        total += len(list(itertools.takewhile(lambda x: x != 7, itertools.cycle(numbers)))) if 7 in numbers else 0
        total += sum(map(operator.mul, numbers, itertools.count(i % 3, 2)))
        total += sum(max(w) for w in windows(numbers, 3)) + sum(itertools.starmap(pow, [(2, 5), (3, 2)]))
        pairs = sorted(enumerate(numbers), key=operator.itemgetter(1, 0))
        total += pairs[i % 30][0] + sorted(numbers, key=cmp_to_key(lambda a, b: (b > a) - (b < a)))[4]
        total += (Version(1, i % 5) >= Version(1, 2)) + size(["ab", ("c", 1), i]) + partial(max, 3)(i % 7)
        total += sum(1 for p in itertools.permutations(range(4)) if p[0] < p[3])
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 27000)
