# Dicts as caches: eviction in insertion order, two-level caches, memo keys of tuples and frozensets.
class LRU(dict):
    def __init__(self, n): super().__init__(); self.n, self.hits, self.misses = n, 0, 0
    def __missing__(self, k):
        self.misses += 1
        v = self[k] = k * k
        while len(self) > self.n:
            del self[next(iter(self))]
        return v
    def get(self, k):
        if k in self:
            self.hits += 1
            self[k] = self.pop(k)
        return self[k]


c = LRU(3)
print([c.get(k) for k in (1, 2, 3, 1, 4, 2, 1, 5)], c, c.hits, c.misses)
memo = {}


def ways(coins, total):
    key = (coins, total)
    if key not in memo:
        memo[key] = 1 if total == 0 else 0 if total < 0 or not coins else ways(coins,
              total - coins[0]) + ways(coins[1:], total)
    return memo[key]


print(ways((50, 20, 10, 5, 2, 1), 100), len(memo))
sub = {}
def longest(a, b):
    if not a or not b:
        return ""
    if (a, b) not in sub:
        sub[a, b] = a[0] + longest(a[1:], b[1:]) if a[0] == b[0] else max(longest(a[1:], b), longest(a, b[1:]), key=len)
    return sub[a, b]
print(longest("the quick brown", "she thick crown"), len(sub))
groups = {}
for w in "listen silent enlist google elgoog abc cab".split():
    groups.setdefault(frozenset((ch, w.count(ch)) for ch in w), []).append(w)
print(list(groups.values()))
