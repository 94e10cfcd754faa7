# Closures: counters, shared cells, late binding, nested nonlocal, cells in classes and comprehensions.
def counter(start=0):
    n = start

    def up(step=1):
        nonlocal n
        n += step
        return n

    def get():
        return n

    return up, get


up, get = counter(5)
up2, get2 = counter()
print(up(), up(10), get(), up2(), get2(), [c.cell_contents for c in up.__closure__],
      up.__closure__[0] is get.__closure__[0])
fs = [lambda: i for i in range(3)]
gs = [lambda i=i: i for i in range(3)]
print([f() for f in fs], [g() for g in gs])


def loop():
    out = []
    for i in range(3):
        def show(): return i
        out.append(show)
    first = [f() for f in out]
    i = 99
    return first, [f() for f in out]


print(loop())


def nest(a):
    def l1(b):
        def l2(c):
            nonlocal a
            a += b + c
            def l3():
                return a, b, c
            return l3
        return l2
    return l1


l1 = nest(1)
l2 = l1(10)
l3 = l2(100)
print(l3(), l2(1000)(), l3(), l1(0)(0)())


def make_class(n):
    class A:
        size = n
        def get(self): return n, __class__.__name__
        def set(self, v):
            nonlocal n
            n = v
    return A


A = make_class(3)
a = A()
a.set(8)
print(a.get(), A.size, A.get.__code__.co_freevars, make_class(1)().get())


def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return run


print(compose(str, lambda v: v + 1, abs)(-4))


def accumulate():
    total, items = 0, []
    def add(x):
        nonlocal total
        total += x
        items.append(total)
        return items
    return add


add = accumulate()
print(add(1), add(2), add(3.5))


def args_closure(a, *args, k=1, **kw):
    return lambda: (a, args, k, kw)


print(args_closure(1, 2, 3, k=4, z=5)())


def exc():
    try:
        raise ValueError("v")
    except ValueError as e:
        f = lambda: e
    try:
        return f()
    except NameError as error:
        return str(error)


print(exc())
memo = (lambda cache: lambda n: cache.setdefault(n, n * n))({})
print(memo(4), memo(4), memo.__closure__[0].cell_contents)
