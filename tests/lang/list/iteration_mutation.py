# What iterators over lists see when the list changes; list equality and repr with changing elements.
a = [1, 2, 3]
it = iter(a)
print(next(it), a.append(4), next(it), a.insert(0, 0), next(it), list(it), next(it, "done"), a.append(9),
      next(it, "still done"))
a = [1, 2, 3, 4]
for x in a:
    if x < 3:
        a.remove(x)
print(a)
a = [1, 2, 3]
for x in a:
    if len(a) < 10:
        a.append(x * 10)
print(a)
a = list(range(5))
for i, x in enumerate(a):
    a[i] = x * x
    if i == 2:
        del a[3:]
print(a)
r = reversed([1, 2, 3])
print(next(r), list(r), r.__length_hint__(), iter([1, 2]).__length_hint__())
a = [1, 2, 3]
r = reversed(a)
a.append(4)
print(list(r))
a = [1, 2, 3]
r = reversed(a)
a.pop()
print(list(r), [x for x in a for a in [[7, 8]]])


class Evil:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.clear()
        return False

    def __repr__(self):
        self.target.append(1) if len(self.target) < 4 else None
        return "Evil"


victim = []
victim += [Evil(victim), 1, 2, 3]
print(5 in victim, victim)
victim = [1, 2]
victim.append(Evil(victim))
print(victim)
victim = [1, 2]
victim.append(Evil(victim))
try:
    print(victim.index(9))
except ValueError as error:
    print("not in list", len(victim))
a = [0] * 5
a[:] = (x for x in range(3))
print(a, [a, a][1] is a)
n = [[0] * 2 for _ in range(2)]
m = [[0] * 2] * 2
n[0][0] = m[0][0] = 1
print(n, m)
x = [1, 2, 3]
y = x
x = x + [4]
y += [5]
print(x, y)
