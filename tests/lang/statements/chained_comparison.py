# Chained comparisons: evaluation once, short circuit, mixed operators, identity and membership.
log = []


def v(x):
    log.append(x)
    return x


def chk(r):
    out = (r, list(log))
    log.clear()
    return out


print(chk(v(1) < v(2) < v(3)), chk(v(3) < v(2) < v(1)), chk(v(1) == v(1) != v(2) > v(0)),
      chk(v(1) in v([1]) in v([[1]])), chk(v(1) is not v(None) is v(None)), chk(not v(1) < v(0)),
      chk((v(1) < v(2)) < v(3)), chk(v(5) > v(4) > v(4) > v(9)))


class C:
    def __init__(self, n): self.n = n
    def __lt__(self, o): log.append(("lt", self.n, o.n)); return [] if self.n > 2 else [self.n]
    def __bool__(self): return True


a, b, c = C(1), C(3), C(2)
print(chk(a < b < c), chk(b < a < c), chk(a < a), chk(1 if a < b else 2), chk([x for x in (1,) if a < c < b]))
print(1 < 2 == 2 >= 1 != 0 in [0, 1] not in [[2]], "a" < "b" > "a" == "a" is not None, 3 == 3.0 == True + 2,
      1 == 1 in [True], False == False in [False], (1, 2) < (1, 3) <= (1, 3, 0))
x = 5
print(0 < x < 10, 0 < x < 3, not 0 < x < 3, 0 < x and x < 10 or x == 5, x if 0 < x else -x,
      [n for n in range(10) if 2 <= n < 8 != n + 1])
while 0 <= (x := x - 1) < 10:
    pass
print(x)
try:
    1 < 2 < "a"
except TypeError as e:
    print(e)
