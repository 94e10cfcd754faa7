# Lexicographic order of tuples and lists: consistency, prefixes, first difference decides, NaN and identity.
import itertools

items = [(), (0,), (0, 0), (0, 1), (1,), (1, 0), (0.5,), (0, (1,)), (0, ()), (True,), (1, "a"), (1, "b")]
table = []
for a, b in itertools.product(items, repeat=2):
    try:
        lt, gt, eq = a < b, a > b, a == b
        assert lt + gt + eq == 1 and (a <= b) == (lt or eq) and (a >= b) == (gt or eq) and (list(a) < list(b)) == lt
        table.append("<>="[[lt, gt, eq].index(True)])
    except TypeError as e:
        table.append("E")
        message = str(e)
print("".join(table), message)
nan = float("nan")
print((nan,) == (nan,), (nan, 1) < (nan, 2), (nan,) < (nan,), (1, nan) < (2, nan), [nan] == [nan],
      (float("nan"),) == (float("nan"),), nan in (nan,), (nan,).index(nan), (nan,).count(nan))


class Loud:
    log = []
    def __init__(self, n): self.n = n
    def __eq__(self, o): Loud.log.append(("eq", self.n, o.n)); return self.n == o.n
    def __lt__(self, o): Loud.log.append(("lt", self.n, o.n)); return self.n < o.n


x = Loud(1)
print((x, Loud(2)) < (x, Loud(3)), Loud.log)
Loud.log.clear()
print((Loud(1), Loud(5)) < (Loud(1), Loud(4), Loud(9)), Loud.log, (Loud(1),) == (Loud(1), Loud(2)),
      [Loud(1)] != [Loud(1)], len(Loud.log))
