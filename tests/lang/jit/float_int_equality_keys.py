# Equal keys of different types hit the same dict and set entries in hot lookups.
d = {}
for i in range(600):
    key = (i % 7, float(i % 7), i % 7 == 1, complex(i % 7))[i % 4]
    d[key] = d.get(key, 0) + i
print(d, [type(k).__name__ for k in d])
s = set()
for i in range(400):
    s.add((2 ** 53 + i % 3, float(2 ** 53 + i % 3))[i % 2])
print(sorted(s))
hits = 0
table = {k: k for k in range(10)}
for i in range(500):
    hits += (i % 12 * 1.0 in table) + (i % 12 + 0.5 in table) + (True in table) + ((i % 3,) in table)
print(hits)
t = {0: "z", -0.0: "n", False: "f", 1: "o", 1.0: "p"}
print(t, t[0.0], t[True], [t.get(k) for k in (0, 0.0, -0.0, False, 1, 1.0, True, 0j)] * 2)
print(sum(1 for i in range(300) if {1: 2} == {1.0: 2.0} and [1, 2.0] == [True, 2] and (0,) == (False,)))
