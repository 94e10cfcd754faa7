# Order and count of evaluation of arguments, defaults, decorators, base classes and keyword values.
log = []


def e(x, v=None):
    log.append(x)
    return x if v is None else v


def show(*a, **k):
    out, log[:] = list(log), []
    return out, a, k


print(show(e(1), *e(2, [0]), e(3), k=e(4), **e(5, {"z": 0}), j=e(6)))
e(7, show)(e(8), e(9))
print(log.clear())
e(1, {})[e(2)] = e(3)
(e(4, [0])[e(0)], e(5, {})[e(6)]) = e(7, [1, 2])
print(show())
{e(1): e(2), e(3): e(4), **e(5, {})}
[e(6), *e(7, []), e(8)], {e(9), e(10)}, (e(11), e(12))
e(13, 1) + e(14, 2) * e(15, 3) - e(16, 4) ** e(17, 1)
e(18, 0) or e(19) and e(20, 0) or e(21)
e(22) if e(23, 0) else e(24)
e(25, [1, 2, 3])[e(26, 0):e(27, 2):e(28, 1)]
lambda x=e(29): e("never")
print(show())


def d(f): log.append("applied"); return f


@e("dec1", d)
@e("dec2", d)
def f(a: e("ann") = e("default"), *, k=e("kwdefault")) -> e("return"): pass


class C(e("base", object), **e("kwargs", {})):
    log.append("body")


print(show())
x = [e(i) for i in range(2) if e("cond")]
assert e("true", 1), e("msg")
for _ in e("iter", [1]):
    e("loop")
with e("cm", __import__("contextlib").nullcontext()) as e("t", type("T", (), {})()).attr:
    e("with body")
a = b = e("value")
del e("delobj", {"k": 1})[e("key", "k")]
e("aug", [1])[e("i", 0)] += e("rhs", 5)
print(show())
