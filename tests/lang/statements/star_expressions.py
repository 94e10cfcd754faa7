# Stars in displays, calls, returns, yields, subscripts, for loops and assignments.
a, b = [1, 2], (3,)
print([*a, *b], (*a, 0, *b), {*a, *b}, {**dict(x=1), "y": 2, **{"x": 3}}, [*a, *[*b, *[*a]]], *a, *b, *"xy", sep=",")


def ret(): return *a, *b
def gen(): yield *a, *b
def many(*args, **kw): return len(args), sorted(kw)


print(ret(), list(gen()), many(*a, 9, *b, k=1, **{"z": 2}, y=3), many(*{}, **{}), max(*a, *b))
for x in *a, *b:
    print(x, end=" ")
print()
first, *mid, last = *a, *b, *"pq"
*init, = "abc"
(c, *d), *e = [(1, 2, 3), 4, 5]
for k, *v in ((1, 2, 3), "ab", [9]):
    print(k, v, end="; ")
print(first, mid, last, init, c, d, e)


class G:
    def __getitem__(self, k): return k


g = G()
print(g[*a], g[*a, 5], g[1:2, *b], [*range(3)][*[0]] if False else "", (lambda *x: x)(*map(str, a)))
x = y, *z = 1, 2, 3
print(x, y, z, [i for i in [*a, *b]], [*(i * 2 for i in a)], {k: [*v] for k, v in {"q": "rs"}.items()}, f"{[*a]}",
      (*a,)[0], *[(1, 2)][0])
del a[:], b
print(*a, "empty", [*a], (*a,), {*a}, many(*a))
