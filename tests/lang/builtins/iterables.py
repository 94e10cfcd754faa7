# enumerate, zip, map, filter, reversed, sorted, iter, next, any, all.
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate("ab", start=-1)),
      next(enumerate("x", 2 ** 64)), list(zip()), list(zip("ab")), list(zip("abc", [1, 2])),
      list(zip([1], [2], [3], strict=True)), dict(zip("ab", "cd")), list(zip(*[(1, 2), (3, 4)])))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [4, 5])), list(map(None.__class__, [])),
      list(filter(None, [0, 1, "", "a", None, []])), list(filter(lambda x: x > 1, [1, 2, 3])), list(reversed([1, 2])),
      list(reversed("ab")), list(reversed((1, 2))), list(reversed({1: 2, 3: 4})))
print(sorted("bca"), sorted([3, 1], reverse=True), sorted(["b", "A"], key=str.lower), sorted({2: 1, 1: 2}), any([0, 1]),
      any([]), all([]), all([1, 0]), any(x > 2 for x in range(5)), all("ab"), next(iter([1])), next(iter([]), "d"),
      list(iter([1, 2])), [*iter("ab")])
n = iter(range(10))
print(list(iter(lambda: next(n), 4)), next(n), list(zip(n, n)), list(n))
for expression in ("list(zip([1], [2, 3], strict=True))", "list(zip([1, 2], [3], strict=True))",
        "list(zip([1], [2], [], strict=True))", "list(map(len, [1]))", "list(map(lambda a: a, [1], [2]))",
        "list(filter(5, [1]))", "list(map(5, [1]))", "enumerate(5)", "enumerate('a', 'b')", "enumerate()", "zip(1)",
        "map(len)", "filter(None)", "filter(None, 5)", "reversed(5)", "reversed({1})", "reversed(x for x in [])",
        "sorted(5)", "sorted([1, 'a'])", "sorted([], 5)", "sorted()", "sorted([1], key=len)", "any(5)", "all(None)",
        "next(5)", "next([1])", "next(iter([]))", "iter(5)", "iter(5, 6)", "iter()", "next()",
        "zip([1], strict=2, foo=1)", "any()", "list(zip([1], 5))", "enumerate([], start='a')"):
    try:
        print(expression, eval(expression))
    except Exception as e:
        print(expression, "->", type(e).__name__, e)
z = zip([1, 2, 3], "ab")
print(next(z), type(z).__name__, iter(z) is z, list(z), list(z), type(map(len, [])).__name__,
      type(filter(None, [])).__name__, type(enumerate([])).__name__, type(reversed([])).__name__,
      type(reversed("a")).__name__, type(iter(int, 1)).__name__, type(iter("a")).__name__, type(iter({})).__name__,
      type(iter(set())).__name__, type(iter(b"")).__name__, type(iter(())).__name__)
a = iter([1, 2, 3])
b = iter([10])
print(list(zip(a, b)), list(a))
a = iter([1, 2, 3])
b = iter([10])
print(list(zip(b, a)), list(a))
def noisy(n):
    for i in range(n):
        print("y", i, end="; ")
        yield i
m = map(lambda v: v * 2, noisy(3))
print("lazy", next(m), next(m))
print(any(v == 1 for v in noisy(5)), all(v < 1 for v in noisy(5)))
try:
    list(map(lambda v: 1 // v, [1, 0]))
except ZeroDivisionError as e:
    print(e)
def stop(v):
    if v == 2:
        raise StopIteration
    return v
print(list(map(stop, [1, 2, 3])), list(filter(stop, [1, 2, 3])))
