# Recursive functions over nested lists, dicts and tuples of mixed types, hot.
def size(x):
    if isinstance(x, (list, tuple)):
        return 1 + sum(size(y) for y in x)
    if isinstance(x, dict):
        return 1 + sum(size(k) + size(v) for k, v in x.items())
    return 1


def mapped(x, f):
    if isinstance(x, list):
        return [mapped(y, f) for y in x]
    if isinstance(x, tuple):
        return tuple(mapped(y, f) for y in x)
    if isinstance(x, dict):
        return {k: mapped(v, f) for k, v in x.items()}
    return f(x)


def build(d):
    return d if d == 0 else [build(d - 1), (d, build(d - 1)), {"k": d, d: d * 0.5}]


data = build(7)
print(size(data), size(mapped(data, str)), mapped(build(2), lambda v: v + 1), mapped(data, lambda v: v) == data)
def deepest(x, d=0): return max([deepest(y, d + 1) for y in x], default=d) if isinstance(x, (list, tuple)) else d
print(deepest(data), deepest([[[]], []]), [deepest(build(k)) for k in range(6)])
try:
    mapped(data, lambda v: v + 1 if v < 7 else v + "x")
except TypeError as e:
    print(e)
