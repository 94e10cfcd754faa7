# Keyword arguments: duplicates, non-string keys, order, mutation of the dict, positional-only names in **kw.
def f(*args, **kw): return args, kw


def g(a, /, **kw): return a, kw


def h(self=1, cls=2, **args): return self, cls, args


d = {"x": 1, "y": 2}
print(f(**d), f(**d)[1] is d, list(f(z=1, **d, a=2)[1]), g(1, a=2), g(5, **{"a": 6}), h(**{"self": 7}),
      h(cls=3, args=4), f(**{"a b": 1, "": 2, "class": 3}), f(*d), f(*d.items(), **{}))
for source in ("f(**{1: 2})", "f(x=1, **{'x': 2})", "f(**d, **d)", "f(**None)", "f(**[('a', 1)])", "f(*None)",
        "f(*5, **d)", "g()", "g(a=1)", "g(1, 2)", "h(1, self=2)", "f(x=1, x=2)", "f(**d, x=3)", "print(**{'sep': 5})",
        "dict(**{1: 2})", "int(**{'x': 1})", "str.format('{a}', **{'a': 1, 'b': 2})", "f(**'ab')", "f(*'ab', *'cd')",
        "max(*[], **{})", "sorted([2, 1], **{'reverse': True})", "f.__call__(1, k=2)", "type('X', (), {}, **{'y': 1})",
        "(lambda **k: k)(**{'self': 1})", "f(*{'a': 1}, **{'b': 2})"):
    try:
        print(source, "=", eval(source))
    except Exception as e:
        print(source, "->", type(e).__name__, e.msg if isinstance(e, SyntaxError) else e)


def mutate(**kw):
    kw.pop("x")
    kw["new"] = [1]
    return kw


print(mutate(**d), d)


class M:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k.upper()


print(f(**M()), f(**{**d, **M()}))
def outer(*a, **k): return inner(*a, **k)
def inner(x, y=2, *z, w=3, **v): return x, y, z, w, v
print(outer(1), outer(1, 2, 3, 4, w=5, q=6), outer(y=1, x=2), outer(*(1,), **{"w": 2}))
try:
    outer()
except TypeError as e:
    print(e)
