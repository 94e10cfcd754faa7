# In-place operators: own method, fallback to binary, NotImplemented, results rebound, targets of all kinds.
class Acc:
    def __init__(self, log=()): self.log = list(log)
    def __iadd__(self, o): self.log.append(("iadd", o)); return self
    def __isub__(self, o): return "replaced"
    def __add__(self, o): return "never for +="
    def __mul__(self, o): return Acc(self.log + [("mul", o)])
    def __ior__(self, o): return NotImplemented
    def __or__(self, o): return f"or {o}"
    def __repr__(self): return f"Acc({self.log})"


a = b = Acc()
a += 1
print(a is b, a)
a *= 2
print(a is b, a)
a |= 3
print(a)
b -= 1
print(b)


class Holder:
    def __init__(self): self.v = Acc(); self.items = [Acc(), 5]


h = Holder()
h.v += "attr"
h.items[0] += "item"
h.items[1] += 10
print(h.v, h.items)
x = [1]
y = x
x += (2,)
x *= 2
print(x, y is x)
t = ([1],)
try:
    t[0] += [2]
except TypeError as error:
    print(error, t)
s = {1}
r = s
s |= {2}
s -= {1}
print(s, r is s)
f = frozenset({1})
g = f
f |= {2}
print(sorted(f), g)
n = m = 5
n += 1
print(n, m)
d = {"a": 1}
d["a"] += 1
d["b"] = d.get("b", 0)
d["b"] -= 3
print(d)
for statement in ("zz += 1", "d['zz'] += 1", "x[10] += 1", "n += 'a'", "n -= None", "s += {1}", "x += 5", "h.none += 1",
        "n @= 2", "'a' += 1", "f() += 1", "x -= [1]", "d += {}", "n //= 0", "n <<= -1", "None += 1", "(n) += 1",
        "x[0], n += 1"):
    try:
        exec(statement)
        print(statement, "fine")
    except Exception as error:
        print(statement, "->", type(error).__name__, error.msg if isinstance(error, SyntaxError) else error)
i = 7
i += 1; i -= 2; i *= 5; i //= 4; i **= 3; i %= 100; i <<= 2; i >>= 1; i |= 9; i &= 29; i ^= 6
print(i)
z = 10
z /= 4
print(z)


class NoI:
    def __radd__(self, o): return f"radd {o}"


q = 5
q += NoI()
print(q)


class Idx:
    log = []
    def __getitem__(self, k): self.log.append(("get", k)); return 10
    def __setitem__(self, k, v): self.log.append(("set", k, v))


ix = Idx()
ix[1:2] += 5
ix["a", 1] *= 2
ix[[0][0]] -= 1
print(ix.log)
def once():
    print("once", end=" ")
    return ix
once()[3] += 1
print(ix.log[-2:])
