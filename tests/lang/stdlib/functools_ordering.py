# Sorting helpers together: cmp_to_key, key functions, stable multi-key sorts, nlargest, groupby.
import functools
import heapq
import itertools
import operator

people = [("ann", 30, 1.5), ("bob", 25, 2.5), ("cid", 30, 0.5), ("dan", 25, 2.5), ("eve", 41, 1.5)]
print(sorted(people, key=operator.itemgetter(1, 2)), sorted(people, key=lambda p: (-p[1], p[0])))
by = sorted(sorted(people, key=operator.itemgetter(0), reverse=True), key=operator.itemgetter(1))
print([p[0] for p in by], {k: [p[0] for p in g] for k, g in itertools.groupby(by, key=operator.itemgetter(1))})


def compare(a, b):
    return (a[2] > b[2]) - (a[2] < b[2]) or (a[0] < b[0]) - (a[0] > b[0])


k = functools.cmp_to_key(compare)
print(sorted(people, key=k) == sorted(people, key=lambda p: (p[2], [-ord(c) for c in p[0]])),
      k(people[0]) < k(people[1]), max(people, key=k), heapq.nsmallest(2, people, key=k),
      heapq.nlargest(2, people, key=operator.itemgetter(1)))
totals = functools.reduce(lambda acc, p: {**acc, p[1]: acc.get(p[1], 0) + p[2]}, people, {})
print(totals, list(itertools.accumulate((p[1] for p in people), max)), sum(map(operator.mul, [1, 2], [3, 4])))
bad = functools.cmp_to_key(lambda a, b: "x")
try:
    sorted([1, 2], key=bad)
except TypeError as e:
    print(e)
try:
    hash(k(1))
except TypeError as e:
    print(e)
