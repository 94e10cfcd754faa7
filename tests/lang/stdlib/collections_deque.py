# collections.deque: both ends, rotation, maxlen, indexing, errors.
from collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
d.extend("ab")
d.extendleft("xy")
print(d, d.pop(), d.popleft(), len(d), d[0], d[-1], 3 in d, d.index(2), d.count(1))
d.rotate(2)
print(d)
d.rotate(-1)
d.reverse()
d.insert(1, "ins")
d.remove(3)
d[0] = "first"
del d[1]
print(d, list(reversed(d)), d.copy() == d, d + deque([9]), d * 2 == deque(list(d) * 2), deque([1, 2]) < deque([1, 3]))
m = deque(range(5), maxlen=3)
m.append(9)
m.appendleft(7)
print(m, m.maxlen, deque("abc", 0), deque(maxlen=2))
m += [1, 2]
print(m, bool(deque()), deque([1]) == [1])
for e in ("deque().pop()", "deque().popleft()", "d[99]", "d.remove('zz')", "d.index('zz')", "m.insert(0, 1)",
        "deque(5)", "deque([], -1)", "hash(d)", "d[0:1]", "deque([1], 'a')", "d + [1]", "deque(1, 2, 3)"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
q = deque([1])
try:
    for x in q:
        q.append(2)
except RuntimeError as e:
    print(e)
w = deque()
for i in range(1000):
    w.append(i)
    if i % 3 == 0:
        w.popleft()
print(len(w), w[0], w[-1], sum(w), w[len(w) // 2])
