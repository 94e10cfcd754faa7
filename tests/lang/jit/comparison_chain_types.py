# Sorting networks and three-way comparisons over ints, floats, strings and tuples in the same hot function.
def order3(a, b, c):
    if a > b:
        a, b = b, a
    if b > c:
        b, c = c, b
    if a > b:
        a, b = b, a
    return a <= b <= c, (a, b, c)


def median(items):
    return [order3(*items[i:i + 3])[1][1] for i in range(len(items) - 2)]


ints = [i * 37 % 101 for i in range(200)]
for items in (ints, [x / 3 for x in ints], [str(x) for x in ints], [(x % 3, x) for x in ints], [x << 60 for x in ints],
        [x if x % 2 else x + 0.5 for x in ints], [x > 50 for x in ints]):
    m = median(items)
    assert all(sorted(items[i:i + 3])[1] == v for i, v in enumerate(m))
    print(type(m[0]).__name__, m[0], m[-1], len(set(m)))
try:
    median(ints + ["x"])
except TypeError as e:
    print(e)
