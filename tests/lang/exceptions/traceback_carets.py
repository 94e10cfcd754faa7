# Carets in tracebacks mark the failing part of a line: calls, subscripts, operators, attributes.
import sys, io


def show(f, *args):
    try:
        f(*args)
    except Exception:
        sys.excepthook(*sys.exc_info())


def sub(d): return d["a"]["b"][0] + d["a"]["c"]["d"]
def binary(a, b): return (a + 1) * 2 + a / b - 3
def call(x): return len(x.items) + int(x.name)
def chain(x): return x.one.two.three
def multi(x):
    return (x +
            x.y +
            1)
def compare(a): return 1 < a < "x"
def compr(l): return [10 // v for v in l]
def unary(x): return -x + 1
def nested(f): return f(f(f(1)))
def kw(**k): return dict(a=1, **k, b=undefined)
def assign(x):
    x.a.b = 5
def delete(x):
    del x[0], x[10]
def aug(x):
    x["n"] += "s"
def fstr(x): return f"{x} {x.nope:>5}"
def unicode_line(é): return "日本" + é.ü + é[5]
def starred(x): return print(*x, *5)
def unpack(x):
    a, b = c, d = x
def tern(x): return 1 if x.q else 2
def lam(): return (lambda q: q / 0)(1)


show(sub, {"a": {"b": [1], "c": {}}})
show(binary, 1, 0)
show(call, 5)
show(chain, 5)
show(multi, 5)
show(compare, 3)
show(compr, [1, 0])
show(unary, "s")
show(nested, lambda v: v + 1 if v < 2 else v.x)
show(lambda: kw(c=1))
show(assign, sys)
show(delete, [1, 2])
show(aug, {"n": 1})
show(fstr, 5)
show(unicode_line, "s")
show(starred, [1])
show(unpack, [1])
show(tern, 5)
show(lam)
