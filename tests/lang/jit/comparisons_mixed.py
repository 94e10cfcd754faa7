# Hot comparisons across int, float, big int, str, None and user types, identity included.
def count(pairs):
    lt = eq = ne = same = errors = 0
    for a, b in pairs:
        eq += a == b
        ne += a != b
        same += a is b
        try:
            lt += a < b
        except TypeError:
            errors += 1
    return lt, eq, ne, same, errors


none = None
text = "text"
print(count([(1, 2), (2, 1), (1, 1)] * 100))
print(count([(1, 2.5), (2.5, 1), (1, 1.0), (2 ** 53 + 1, 2.0 ** 53), (2 ** 60, 1e300), (-1, float("nan"))] * 50))
print(count([(2 ** 70, 2 ** 70 + 1), (2 ** 70, 1), (1, -(2 ** 70)), (2 ** 47, 2 ** 47 - 1)] * 70))
print(count([(text, text), ("a", "b"), ("a", 1), (none, none), (none, 1), ([1], [1]), ((1, 2), (1, 3))] * 40))
print(count([(1, 2)] * 200 + [("a", "b")] * 10 + [(1.5, 2)] * 10 + [({1}, {1, 2})] * 5 + [({1: 2}, {1: 2})]))


class Version:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < (other.n if isinstance(other, Version) else other)

    def __eq__(self, other):
        return "yes" if self.n == 3 else ""


print(sum(1 for i in range(300) if Version(i % 6) == 0), sum(1 for i in range(300) if Version(i) < 100))
best = Version(0)
for i in range(300):
    if best < Version(i * 7 % 100):
        best = Version(i * 7 % 100)
print(best.n, sum(5 > Version(i % 10) for i in range(200)))


def position(items, wanted):
    for i, x in enumerate(items):
        if x == wanted:
            return i
    return -1


items = list(range(400)) + [float("nan"), "x", None]
print(position(items, 399.0), position(items, "x"), position(items, None), position(items, float("nan")),
      position(items, True))
