# del of names, attributes, items, slices, nested targets, and what is left after.
a = b = [1, 2, 3, 4, 5]
del a[1], b[0]
print(a)
del a[::2]
print(a, b)
del a
print(b, "a" in globals())
x, y, z = 1, 2, 3
del x, (y, [z])
print([n for n in "xyz" if n in globals()])


class C:
    v = 1
    def __delitem__(self, k): print("delitem", k)
    def __delattr__(self, n): print("delattr", n)


c = C()
del c.anything, c[0], c[1:2], c[1, ...], c["k"]
del C.v
print(hasattr(C, "v"))
for source in ("del nope", "del c.v.w", "def f():\n del q\nf()", "def f():\n q = 1\n del q\n q\nf()", "del {}['k']",
        "del [1][5]", "del 'abc'[0]", "del (1)", "del f()", "del None", "del a + b", "del (x for x in y)", "del *a,",
        "del a, 5", "del ()", "del []", "def f(p):\n del p\n return p\nf(1)", "def f():\n global gg\n del gg\nf()"):
    try:
        exec(source)
        print(source, "fine")
    except Exception as e:
        print(source.replace("\n", ";"), "->", type(e).__name__, e.msg if isinstance(e, SyntaxError) else e)
def loop():
    out = []
    for i in range(3):
        v = i
        del v
        try:
            v
        except UnboundLocalError:
            out.append(i)
    del i
    return out, locals()
print(loop())
