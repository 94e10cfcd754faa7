# Every kind of parameter, bound in every way.
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw


print(f(1, d=4), f(1, 9, d=4), f(1, 9, 8, 7, 6, d=4), f(1, c=0, d=4, e=1), f(1, d=4, a=5, b=6),
      f(*[1, 2], *(3, 4), **{"d": 5}, **{"x": 6}))


def g(a, *, b):
    return a, b


def h(*args, **kwargs):
    return args, kwargs


def k(a=[], b={}):
    a.append(len(a))
    b[len(b)] = a
    return a, len(b)


print(g(1, b=2), g(b=1, a=2), h(), h(1, *"ab", x=1, **{"y": 2}), k(), k(), k([5]), h(**{"": 1, "a b": 2}), h(*(), **{}))
print(f.__defaults__, f.__kwdefaults__, g.__defaults__, f.__code__.co_varnames, f.__code__.co_argcount,
      f.__code__.co_posonlyargcount, f.__code__.co_kwonlyargcount, f.__code__.co_flags & 12)
print((lambda *, x: x)(x=1), (lambda a, /: a)(1), (lambda *a, **k: (a, k))(1, b=2),
      (lambda a, b=1, *c: (a, b, c))(0, 1, 2))
x = 10


def late(value=x, fn=lambda: x):
    return value, fn()


x = 20
print(late(), late(1))
order = []


def o(n, value=None):
    order.append(n)
    return value if value is not None else n


h(o(1), *o(2, [0]), o(3), k1=o(4), *o(5, [0]), **o(6, {}), k2=o(7))
print(order)


def defaults(a=o("d1"), b=o("d2")) -> o("ret"):
    pass


print(order[-3:], defaults.__annotations__, defaults())
