# Unpacking in assignments, for loops, calls and displays, with errors.
a, b = 1, 2
a, b = b, a
(c, d), e = [3, 4], 5
[f, *g] = "hello"
*h, i = range(4)
j, *k, l = (1, 2)
m, (n, *o), p = 1, [2, 3, 4], 5
q = r = s = [0]
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q is r is s)
x = [0, 1, 2]
i = 0
i, x[i] = 2, "set"
print(i, x)
for (a, b), *rest in [((1, 2), 3, 4), ("xy", 5)]:
    print(a, b, rest)
print([*range(3), *"ab"], (*[1], 2), {*[1, 2], *(2, 3)}, {**{"a": 1}, "b": 2, **{"a": 3}}, [*{}, *()], *[1, 2], sep="|")


def ret(): return 1, *[2, 3]


def gen(): yield 1, *"ab"


print(ret(), next(gen()), (lambda *a: a)(*[1], *(2,), 3), *ret())
for source in ("a, b = 1", "a, b = 1, 2, 3", "a, b, c = 1, 2", "a, b = 'x'", "a, *b, c = [1]", "a, b = None",
      "a, b = {1}", "[a, b] = iter([1])", "(a, b), c = 1, 2", "*a, = 5", "a, b = {}", "x, y = {'p': 1, 'q': 2, 'r': 3}",
               "*a, *b = [1]", "*a = [1]", "a = *[1]", "f(*)", "a, b += 1, 2", "(a, b): int = 1", "1, a = 1, 2",
               "a + b = 1", "f() = 1", "None = 1", "[a, 1] = 1, 2", "print(*1)", "x = *1, 2", "{**1}", "{*1}",
               "[*None]", "del *a", "for *a in []: pass", "a = b = c, = 1"):
    try:
        exec(source)
        print(source, "fine")
    except Exception as error:
        print(source, "->", type(error).__name__, error.msg if isinstance(error, SyntaxError) else error)


class It:
    def __iter__(self):
        print("iter", end=" ")
        yield 1
        print("after1", end=" ")
        yield 2
        print("after2", end=" ")


a, b = It()
print(a, b)
try:
    a, b, c = It()
except ValueError as error:
    print(error)
try:
    a, = It()
except ValueError as error:
    print(error)


class T:
    def __setattr__(self, k, v): print("attr", k, v, end="; ")
    def __setitem__(self, k, v): print("item", k, v, end="; ")


t = T()
t.a, t["b"], (t.c, *t.d) = 1, 2, (3, 4, 5)
t.a = t.b = t[0] = 9
print()
