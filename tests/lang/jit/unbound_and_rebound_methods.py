# Methods taken from classes and instances, stored, rebound and called in hot loops.
class A:
    def __init__(self, k): self.k = k
    def add(self, x): return self.k + x
    def swap(self): self.add, self.saved = getattr(self, "saved", A.mul.__get__(self)), self.add
    def mul(self, x): return self.k * x


class B(A):
    def add(self, x): return super().add(x) - 1


objects = [A(1), B(2), A(3)]
functions = [A.add, B.add, A.mul, lambda o, x: o.k ^ x]
total = 0
for i in range(900):
    o = objects[i % 3]
    total += o.add(i) + functions[0 if i % 4 == 1 and not isinstance(o, B) else i % 4](o, i)
    m = o.add if i % 2 else o.mul
    total += m(1) - m.__func__(o, 1) if hasattr(m, "__func__") else m(2)
    if i % 200 == 150:
        o.swap()
    if i == 600:
        B.add = A.mul
print(total, [sorted(vars(o)) for o in objects], [o.add(10) for o in objects])
