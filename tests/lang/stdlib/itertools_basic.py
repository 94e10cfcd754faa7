# itertools: the infinite, the short and the grouping ones.
from itertools import *

print(list(islice(count(5, 2), 3)), list(islice(count(0.5), 2)), list(islice(cycle("ab"), 5)), list(repeat(1, 3)),
      list(islice(repeat("x"), 2)))
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), list(chain("ab", [1])),
      list(chain.from_iterable(["ab", [1]])), list(compress("abc", [1, 0, 1])))
print(list(dropwhile(lambda x: x < 2, [1, 2, 1])), list(takewhile(lambda x: x < 2, [1, 2, 1])),
      list(filterfalse(None, [0, 1, 2])), list(starmap(pow, [(2, 3), (3, 2)])), list(pairwise("abcd")),
      list(zip_longest("ab", [1], fillvalue="-")))
print([(k, list(g)) for k, g in groupby("aabccc")], [(k, len(list(g))) for k,
      g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)])
a, b, c = tee(iter([1, 2, 3]), 3)
print(next(a), next(a), list(b), list(a), list(c))
print(list(islice("abcdef", 1, None, 2)), list(islice("abc", 0)), list(islice(iter("abcdef"), 2, 4)))
groups = groupby("aab")
k1, g1 = next(groups)
k2, g2 = next(groups)
print(k1, list(g1), k2, list(g2))
for e in ("islice([1], -1)", "islice([1], 'a')", "repeat()", "count('a')", "list(starmap(pow, [1]))", "tee([1], -1)",
        "list(chain(1))", "accumulate()", "list(zip_longest(1))", "list(pairwise(5))", "cycle(5)",
        "list(compress([1], 5))", "list(accumulate([1, 'a']))", "groupby(5)"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
