# eval, exec and compile in hot loops; code made at run time becomes hot itself.
def run(n):
    total = 0
    code = compile("i * 2 + k", "<expr>", "eval")
    for i in range(n):
        total += eval(code, {"i": i, "k": 1})
        if i % 50 == 0:
            total += eval("i + total % 3")
    return total


print(run(500))
space = {"total": 0}
exec("""
for i in range(1000):
    total += i
    if i == 900:
        total = float(total)
def f(x):
    return x * total
""", space)
print(space["total"], space["i"], space["f"](2))
exec("total = 1", space)
s = 0
for i in range(300):
    if i == 200:
        exec("total = 10", space)
    s += space["f"](i)
print(s)


def local_exec(n):
    x = 1
    for i in range(n):
        exec("x = 100")
        x += 1
    return x


print(local_exec(100))
out = []
for op in ("+", "-", "*", "//", "%", "<<", "&", "|", "^", ">>"):
    g = {}
    exec(f"def h(n):\n t = 1\n for i in range(1, n):\n  t = (t {op} i) & 0xFFFFFFFF\n return t", g)
    out.append(g["h"](500))
print(out)


class Space(dict):
    def __missing__(self, key):
        return len(key)


total = 0
for i in range(200):
    total += eval("abc + de", {}, Space())
print(total)
i = 5
exec("i += 1\nwhile i < 500:\n    i += 7")
print(i)
