# A data pipeline from operator, itertools, functools and collections, as application code would use them.
import itertools
import operator
from collections import Counter, defaultdict, namedtuple
from functools import partial, reduce

Sale = namedtuple("Sale", "region item qty price")
sales = [Sale("n s e w".split()[i % 4], "abc"[i % 3], i % 7 + 1, (i * 13 % 50) / 4) for i in range(60)]
total = lambda s: s.qty * s.price
by_region = defaultdict(list)
for s in sales:
    by_region[s.region].append(s)
print({k: round(sum(map(total, v)), 2) for k, v in by_region.items()})
ordered = sorted(sales, key=operator.attrgetter("region", "item"))
for (region, item), group in itertools.groupby(ordered, key=operator.itemgetter(0, 1)):
    group = list(group)
    print(region, item, len(group), max(group, key=total).qty, end="; ")
print()
print(Counter(s.item for s in sales), reduce(lambda a, s: max(a, s, key=total), sales),
      list(itertools.accumulate(map(operator.attrgetter("qty"), sales[:8]))))
discount = partial(lambda rate, s: s._replace(price=s.price * rate), 0.5)
print(sum(map(total, map(discount, sales))) * 2 == sum(map(total, sales)), [tuple(discount(s)) for s in sales[:2]])
table = {r: {i: sum(s.qty for s in v if s.item == i) for i in "abc"} for r, v in by_region.items()}
for r in sorted(table):
    print(f"{r:>2} " + " ".join(f"{table[r][i]:4d}" for i in "abc"))
