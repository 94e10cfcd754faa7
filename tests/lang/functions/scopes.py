# Local, global, nonlocal, class and comprehension scopes, and their errors.
x = "global"


def read(): return x


def local():
    x = "local"
    return x, read()


def change():
    global x, fresh
    x = "changed"
    fresh = "new"


print(local(), read(), change(), x, fresh)


def outer():
    x = "outer"

    def middle():
        nonlocal x
        x = "by middle"

        def inner():
            global x
            return x

        return inner()

    return middle(), x


print(outer())


class C:
    x = "class"
    y = x + "!"
    z = [x for _ in range(1)]

    def get(self): return x

    def get_self(self): return self.x

    lam = lambda self: x


print(C.y, C.z, C().get(), C().get_self(), C().lam())


def unbound():
    print(x)
    x = 1


def unbound2():
    x += 1


def free():
    def inner(): return value
    r = []
    try: inner()
    except NameError as e: r.append(str(e))
    value = 1
    r.append(inner())
    del value
    try: inner()
    except NameError as e: r.append(str(e))
    return r


for f in (unbound, unbound2):
    try:
        f()
    except UnboundLocalError as error:
        print(error)
print(free())
for source in ("def f():\n nonlocal q", "nonlocal q", "def f(a):\n global a", "def f():\n x = 1\n global x",
        "def f():\n print(x)\n global x", "def f():\n q = 1\n def g():\n  print(q)\n  nonlocal q", "def f(a, a): pass",
        "class A:\n nonlocal zz", "lambda a, a: 1", "def f():\n global x\n nonlocal x"):
    try:
        compile(source, "<s>", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)


def locals_test(a, b=2):
    c = a + b
    return sorted(locals().items())


print(locals_test(1), [i for i in range(3)], "i" in globals(), {k: v for k, v in [(1, 2)]}, "k" in dir())
for leak in range(3):
    pass
print(leak, "read" in globals(), sorted(k for k in vars(C) if k[0] != "_"))
del x
try:
    read()
except NameError as error:
    print(error)
