# Rich comparison: reflection, defaults, NotImplemented, hashing rules, total ordering by hand, identity shortcuts.
class V:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"V{self.n}"
    def __eq__(self, o): return self.n == o.n if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.n < o.n if isinstance(o, V) else NotImplemented
    def __le__(self, o): return "le" if isinstance(o, V) else NotImplemented


a, b, c = V(1), V(2), V(1)
print(a == b, a == c, a != b, a != c, a < b, a > b, b > a, a <= b, b >= a, a == 1, 1 == a, a != "x", sorted([b, a]),
      max(a, b), [a] == [c], (a, b) < (c, V(3)), a in [c])
for expression in ("a < 1", "1 < a", "a >= 1", "'x' <= a", "hash(a)", "{a}", "{a: 1}", "object() < object()",
        "a > None", "V < V", "print < len", "[a] < [1]", "sorted([a, 1])", "max(a, 1)", "{} < {}", "1j < 2j",
        "None < None", "lambda: 1 < 2"):
    try:
        r = eval(expression)
        print(expression, "fine" if callable(r) else r)
    except TypeError as error:
        print(expression, "->", error)


class H(V):
    def __hash__(self): return hash(self.n)


class E(V):
    def __eq__(self, o): return super().__eq__(o)


class Plain: pass


print(hash(H(3)) == hash(3), H(1) == V(1), {H(1): "x"}[H(1)], V.__hash__, E.__hash__, Plain.__hash__ is object.__hash__,
      hash(Plain) == hash(Plain))
p = Plain()
print(p == p, p == Plain(), p != p, p is p, p.__eq__(p), p.__eq__(1), p.__ne__(1), p.__lt__(p),
      object().__hash__() is not None)


class Loud:
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name
    def __eq__(self, o): print(f"{self}=={o}", end=" "); return NotImplemented
    def __lt__(self, o): print(f"{self}<{o}", end=" "); return NotImplemented
    def __gt__(self, o): print(f"{self}>{o}", end=" "); return NotImplemented
    def __ne__(self, o): print(f"{self}!={o}", end=" "); return NotImplemented


class LoudSub(Loud): pass


x, y, z = Loud("x"), Loud("y"), LoudSub("z")
print(x == y)
print(x == z)
print(z == x)
print(x != y)
try:
    x < z
except TypeError as error:
    print(error)


class NonBool:
    def __eq__(self, o): return []
    def __lt__(self, o): return "truthy"
    def __contains__(self, o): return ""


n = NonBool()
print(n == 1, n != 1, n < 1, 1 in n, n in [1], [n] == [1], not n == 1, 1 < 2 < n if False else "", bool(n < 1),
      n.__eq__(2))
class BadHash:
    def __hash__(self): return "str"
class BigHash:
    def __hash__(self): return 2 ** 64 + 5
class Minus:
    def __hash__(self): return -1
for cls in (BadHash, BigHash, Minus):
    try:
        print(hash(cls()))
    except TypeError as error:
        print(error)
print(1 < 2 < 3 > 2 >= 2 != 1 == 1, 1 < 3 < 2, (1 < 2) < 2, 1 == 1.0 == True, "a" < "b" in "abc", not 1 == 2,
      3 > 2 is True)
