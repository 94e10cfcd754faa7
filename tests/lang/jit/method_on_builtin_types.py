# Builtin methods called on receivers of changing types at one site.
def lengths(items):
    total = 0
    for x in items:
        total += len(x)
        total += x.count(x[0]) if x else 0
        total += x.index(x[-1]) if x else 0
    return total


kinds = ["abca", [1, 2, 1], (3, 4, 3, 3), b"abca", bytearray(b"aa"), range(4), "", [], "\u4e2d\u6587\u4e2d"]
for k in range(1, len(kinds) + 1):
    print(k, lengths([kinds[i % k] for i in range(200)]))
try:
    lengths(["ab"] * 200 + [{1: 2}])
except (AttributeError, KeyError) as e:
    print(repr(e))
try:
    lengths(["ab"] * 200 + [5])
except TypeError as e:
    print(e)
l = []
for i in range(300):
    l.append(i)
    if i % 3 == 0:
        l.pop(0)
    if i % 50 == 0:
        l.reverse()
    if i % 70 == 0:
        l.sort()
print(len(l), l[:5], sum(l))
bound = [].append, "x".join, {}.get, set().add
for i in range(300):
    bound[0](i), bound[2](i), bound[3](i % 5)
    last = bound[1]("ab")
print(len(bound[0].__self__), last, bound[3].__self__)
