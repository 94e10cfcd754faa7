# Power sets, equivalence classes, set cover, independent sets with sets and frozensets of ints.
def powerset(s):
    out = {frozenset()}
    for x in s:
        out |= {o | {x} for o in out}
    return out


p = powerset(range(5))
print(len(p), sorted(map(sorted, (x for x in p if len(x) == 4))), frozenset({1, 3}) in p)


def cover(universe, subsets):
    left, chosen = set(universe), []
    while left:
        best = max(range(len(subsets)), key=lambda i: (len(subsets[i] & left), -i))
        chosen.append(best)
        left -= subsets[best]
    return chosen


print(cover(range(10), [{0, 1, 2}, {2, 3, 4, 5}, {5, 6, 7}, {7, 8, 9, 0}, {1, 9}]))


def classes(items, same):
    groups = []
    for x in items:
        for g in groups:
            if same(x, next(iter(g))):
                g.add(x)
                break
        else:
            groups.append({x})
    return groups


print([sorted(g) for g in classes(range(20), lambda a, b: a * a % 7 == b * b % 7)])
edges = {frozenset(e) for e in ((1, 2), (2, 3), (3, 4), (4, 1), (5, 1))}
nodes = set().union(*edges)
independent = [s for s in powerset(nodes) if not any(e <= s for e in edges)]
print(sorted(nodes), max(map(len, independent)), sorted(sorted(s) for s in independent if len(s) == 3))
a, b, c = set(range(0, 30, 2)), set(range(0, 30, 3)), set(range(0, 30, 5))
print(a & b & c, sorted(a ^ b ^ c),
      len(a | b | c) == len(a) + len(b) + len(c) - len(a & b) - len(b & c) - len(a & c) + len(a & b & c),
      a - b - c == a - (b | c))
