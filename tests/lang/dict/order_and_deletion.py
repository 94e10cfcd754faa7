# Insertion order through deletions, re-insertions, growth and popitem.
d = {}
for i in range(20):
    d[i] = i
for i in range(0, 20, 2):
    del d[i]
for i in range(4):
    d[i] = "re"
print(list(d), d)
for _ in range(3):
    print(d.popitem(), end=" ")
d[1] = "kept place"
print(list(d))
while d:
    first = next(iter(d))
    del d[first]
    if len(d) == 5:
        d["late"] = 1
    if len(d) == 2:
        break
print(list(d))
big = {}
for i in range(5000):
    big[i * 37 % 5003] = i
    if i % 3 == 0:
        big.pop(i * 37 % 5003 // 2, None)
keys = list(big)
print(len(big), keys[:5], keys[-5:], sum(big.values()), sum(k * v for k, v in big.items()) % 1000003)
queue = dict.fromkeys(range(5))
for i in range(1000):
    head = next(iter(queue))
    del queue[head]
    queue[head + 5] = None
print(list(queue))
lru = {}
for i in range(200):
    key = i * i % 7
    lru[key] = lru.pop(key, 0) + 1
print(lru)


class Collide:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 42

    def __eq__(self, other):
        return self.n == other.n

    def __repr__(self):
        return f"C{self.n}"


c = {Collide(i): i for i in range(20)}
del c[Collide(5)], c[Collide(0)]
c[Collide(5)] = "back"
print(c, len(c), c[Collide(7)], Collide(0) in c)
a, b = {1: 1, 2: 2}, {2: 2, 1: 1}
print(a == b, list(a) == list(b), list({**a, **b}), list(a | b), list(b | a), str(a), str(b))
s = {k: None for k in "mississippi"}
print("".join(s), dict(sorted(s.items())), list(dict.fromkeys([3, 1, 3, 2, 1])))
