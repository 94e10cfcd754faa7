# Numeric classes with a full set of operators, reflected ones included.
class Vec:
    def __init__(self, *xs): self.xs = xs
    def __repr__(self): return f"Vec{self.xs}"
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self.xs, o.xs, strict=True))) if isinstance(o,
          Vec) else NotImplemented
    def __sub__(self, o): return self + -o
    def __neg__(self): return Vec(*(-x for x in self.xs))
    def __mul__(self, k): return sum(a * b for a, b in zip(self.xs, k.xs)) if isinstance(k,
          Vec) else Vec(*(x * k for x in self.xs))
    __rmul__ = __mul__
    def __truediv__(self, k): return self * (1 / k)
    def __matmul__(self, o): return Vec(*(a * b for a, b in zip(self.xs, o.xs)))
    def __abs__(self): return (self * self) ** 0.5
    def __eq__(self, o): return isinstance(o, Vec) and self.xs == o.xs
    def __hash__(self): return hash(self.xs)
    def __len__(self): return len(self.xs)
    def __getitem__(self, i): return self.xs[i]
    def __bool__(self): return any(self.xs)
    def __round__(self, n=0): return Vec(*(round(x, n) for x in self.xs))
    def __format__(self, spec): return "(" + ", ".join(format(x, spec) for x in self.xs) + ")"
    def __pos__(self): return self
    def __radd__(self, o): return self if o == 0 else NotImplemented


a, b = Vec(1, 2), Vec(3, -4)
print(a + b, a - b, a * 2, 2 * a, a * b, a @ b, a / 2, abs(b), -a, +a is a, a == Vec(1, 2), {a: 1}[Vec(1.0, 2)], len(a),
      list(a), bool(Vec(0, 0)), round(Vec(1.26, 2.74), 1), f"{b:+.1f}", sum([a, b]), max(a, b, key=abs), a[::-1])
a += b
a *= 3
print(a)
for e in ("a + 1", "1 + a", "a + 'x'", "a @ 5", "Vec(1) + Vec(1, 2)", "a / 0", "a < b", "a ** 2", "a // 2", "a[5]",
        "'x' * a", "a % 2", "int(a)", "a & b", "~a"):
    try:
        print(e, eval(e))
    except Exception as x:
        print(e, "->", type(x).__name__, x)
