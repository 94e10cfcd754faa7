# User-defined containers: len, getitem, setitem, delitem, contains, iter, reversed, missing, length hint, index.
class Seq:
    def __init__(self, *items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, i):
        if isinstance(i, slice):
            return Seq(*self.items[i])
        return self.items[i]
    def __setitem__(self, i, v): self.items[i] = v
    def __delitem__(self, i): del self.items[i]
    def __repr__(self): return f"Seq{self.items}"


s = Seq(1, 2, 3, 4)
s[0] = "a"
s[1:3] = [9]
del s[-1]
print(len(s), s, s[0], s[-1], s[::-1], list(s), 9 in s, 5 in s, list(reversed(s)), bool(s), bool(Seq()), [*s],
      dict(enumerate(s)), max(Seq(3, 7)), sorted(Seq(3, 1)), tuple(zip(s, s)), "".join(Seq("x", "y")),
      list(map(str, s)))
a, *b = s
print(a, b, sum(Seq(1, 2)), any(Seq(0)), list(iter(s)), s.__iter__ if hasattr(s, "__iter__") else "no iter")


class Minimal: pass


m = Minimal()
for expression in ("len(m)", "m[0]", "m['a']", "1 in m", "iter(m)", "list(m)", "reversed(m)", "for_(m)", "m[1:2]",
        "[*m]", "next(m)", "bool(m)", "m()", "sum(m)", "dict(m)", "','.join(m)", "a, = m", "min(m)", "enumerate(m)",
        "zip(m)", "sorted(m)", "all(m)"):
    try:
        print(expression, eval(expression) if "=" not in expression else exec(expression))
    except (TypeError, NameError) as error:
        print(expression, "->", error)
for statement in ("m[0] = 1", "del m[0]", "for x in m: pass", "x, y = m", "m[0] += 1", "with m: pass", "m += 1",
        "f = lambda: (yield from m); list(f())", "print(*m)", "print(**m)"):
    try:
        exec(statement)
    except (TypeError, AttributeError) as error:
        print(statement, "->", error)


class BadLen:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n


for n in (-1, "a", 1.5, 2 ** 70, None, True):
    try:
        print(len(BadLen(n)), bool(BadLen(n)))
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)


class Hint:
    def __init__(self, h): self.h = h
    def __iter__(self): return iter((1, 2))
    def __length_hint__(self): return self.h


for h in (5, -1, "a", NotImplemented):
    try:
        print(list(Hint(h)))
    except (TypeError, ValueError) as error:
        print(error)


class Contains:
    def __contains__(self, x): return x


class NoContains:
    __contains__ = None
    def __iter__(self): return iter([1])


print(5 in Contains(), 0 in Contains(), [] not in Contains())
for bad in (lambda: 1 in NoContains(), lambda: [1, 2][1.5], lambda: "ab"[m]):
    try:
        bad()
    except TypeError as error:
        print(error)


class Missing(dict):
    def __missing__(self, k): return f"missing {k}"


class Tree(dict):
    def __missing__(self, k): self[k] = t = Tree(); return t


t = Tree()
t["a"]["b"]["c"] = 1
print(Missing()["x"], t, "x" in Missing(), Missing().get("x"))
class Rev:
    def __reversed__(self): return "anything"
class NoRev(Seq):
    __reversed__ = None
print(reversed(Rev()))
try:
    reversed(NoRev(1))
except TypeError as error:
    print(error)
class IterBad:
    def __iter__(self): return 5
class NextBad:
    def __iter__(self): return self
class Nxt:
    def __next__(self): return 1
for o in (IterBad(), NextBad(), Nxt()):
    try:
        list(o)
    except TypeError as error:
        print(error)
print(next(Nxt()))
