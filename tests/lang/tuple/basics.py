# Tuples: construction, comparison, hashing, methods, nesting and errors.
t = (1, "a", None, 2.5)
print((), (1,), 1, (1, 2), tuple(), tuple("ab"), tuple([1]), t[0], t[-1], t[1:3], t[::-1], len(t), t + (5,), t * 2,
      (0,) * 3, 2 in t, "a" in t)
print(t.index("a"), t.count(1), (1, True, 1.0).count(1), (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (1, 2) == (1, 2),
      (1, 2) != [1, 2], max((1, 5), (2, 1)), sorted([(2, 1), (1, 2), (1, 1)]))
print(hash((1, 2)) == hash((1, 2)), hash(()) == hash(()), hash((1, 2)), hash((1.0, 2)), hash(()), hash((1,)),
      hash((0,)), hash((-1, -2)), hash((1, (2, (3, 4)))), hash((2 ** 70, 0.5, True)), hash(tuple(range(20))))
a, b = 1, 2
a, b = b, a
(c, d), [e, *f] = (3, 4), "xyz"
print(a, b, c, d, e, f, *t, [*t], (*t, *"ab"), tuple(x * 2 for x in range(3)), tuple({1: 2}), tuple(enumerate("a")))
for text in ("t[9]", "t['a']", "t + [1]", "t * 1.5", "t.index('zz')", "t < 5", "(1, 'a') < (1, 2)", "hash(([],))",
        "tuple(5)", "tuple(1, 2)", "t.append", "t()", "t.index()", "{(1, []): 2}", "t.index('a', 2)", "t[None]"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
for statement in ("t[0] = 1", "del t[0]", "t.x = 1", "t[0:1] = (1,)", "t += [1]"):
    try:
        exec(statement)
    except Exception as error:
        print(statement, type(error).__name__, error)


class T(tuple):
    def __new__(cls, *args):
        return super().__new__(cls, args)

    def __getitem__(self, i):
        return ("got", tuple.__getitem__(self, i))


x = T(1, 2)
print(x, x[0], list(x), type(x + (3,)).__name__, x == (1, 2), hash(x) == hash((1, 2)), {(1, 2): "k"}[x], len(x),
      isinstance(x, tuple), type(x * 1).__name__, type(x[:]).__name__, tuple(x))
n = ([1], 2)
n[0].append(5)
m = n
n += (3,)
print(n, m, tuple(n) is n, n[:] is n, () is (), str(((),)), repr((1, (2,))), (lambda: (yield))().__class__.__name__)
