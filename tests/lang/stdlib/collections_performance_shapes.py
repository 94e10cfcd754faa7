# Larger uses of deque, Counter, OrderedDict and defaultdict: results after thousands of operations.
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque

q = deque(maxlen=100)
total = 0
for i in range(5000):
    q.append(i * 7 % 113)
    if i % 3 == 0:
        q.rotate(i % 5)
    if i % 7 == 0 and q:
        total += q.popleft()
print(total, sum(q), q[0], q[-1], q[50])
c = Counter()
for i in range(3000):
    c[i * i % 17] += i
    if i % 100 == 0:
        c -= Counter({i % 17: 5})
print(c.most_common(3), sum(c.values()))
o = OrderedDict()
for i in range(2000):
    o[i % 37] = i
    if i % 5 == 0:
        o.move_to_end(next(iter(o)))
    if len(o) > 30:
        o.popitem(last=False)
print(list(o.items())[:4], len(o))
g = defaultdict(lambda: defaultdict(int))
for i in range(2000):
    g[i % 5][i % 7] += i
print({k: dict(v) for k, v in g.items()}[3], sum(sum(v.values()) for v in g.values()))
m = ChainMap()
for i in range(50):
    m = m.new_child({i: i, "last": i})
print(m["last"], m[0], len(m), len(m.maps), sum(k for k in m if isinstance(k, int)))
