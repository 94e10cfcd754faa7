# collections.Counter: counting, arithmetic, most_common, updates.
from collections import Counter

c = Counter("abracadabra")
print(c, c["a"], c["z"], "z" in c, c.most_common(2), c.total(), sorted(c.elements()), len(c))
c.update("aab")
c.subtract("rr")
c["new"] = 0
print(c, +c, -Counter(a=-1, b=2))
d = Counter(a=1, b=5)
print(c + d, c - d, c & d, c | d, d == Counter("abbbbb"), Counter(a=1) <= Counter(a=2),
      Counter(a=1, b=0) == Counter(a=1))
d += Counter(b=1)
d -= Counter(a=5)
print(d, Counter([1, 1, 2]), Counter({"x": 3}), Counter(None), Counter(), Counter(a=1).copy(), dict(Counter("aa")))
del c["a"]
del c["never"]
print("a" in c, Counter("aab").most_common(), Counter(x=1).pop("x"), type(Counter("a") + Counter("b")).__name__)
try:
    Counter.fromkeys("a")
except NotImplementedError as e:
    print(str(e)[:20])
