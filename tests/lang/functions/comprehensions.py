# List, set and dict comprehensions and generator expressions: nesting, conditions, scope, order, laziness.
print([x * y for x in range(3) for y in range(x)], [[y for y in range(x)] for x in range(3)], {x % 3 for x in range(9)},
      {x: x * x for x in range(4) if x % 2}, [x if x % 2 else -x for x in range(5)],
      [x for x in range(20) if x % 2 if x % 3])
g = (x for x in range(3))
print(g.__next__(), list(g), list(g), sum(x for x in range(5)), dict((k, v) for k, v in zip("ab", (1, 2))),
      "".join(c.upper() for c in "abc"), tuple(x for x in ()), [*(x for x in "ab")])
x = "outer"
print([x for x in range(2)], x, [(x, y) for x, y in {"a": 1}.items()], [a for a, *b in [(1, 2, 3), "xyz"]],
      [b for a, *b in ["xyz"]])
data = [1, 2, 3]
lazy = (d for d in data)
data = [9]
print(list(lazy), [lambda: n for n in range(3)][0](), [(lambda n=n: n)() for n in range(3)])
lazy2 = (d + z for d in [1, 2] for z in later)
later = [10, 20]
print(list(lazy2))
order = []
_ = {order.append(("k", i)) or i: order.append(("v", i)) for i in range(2)}
print(order)


class C:
    base = 3
    a = [base for _ in [1]] if False else [n for n in range(base)]
    try:
        b = [base + n for n in range(2)]
    except NameError as error:
        b = str(error)
    c = (lambda q: [q for _ in range(2)])(base)


print(C.a, C.b, C.c)
print([y := 1, y ** 2], [last := i for i in range(3)], last, any((hit := n) > 2 for n in range(5)), hit,
      [(j := i * 2, j + 1) for i in range(2)], j)


def f():
    total = [inner := 5 for _ in range(1)]
    return inner, [[k + inner for k in range(m)] for m in range(3)]


print(f())
for source in ("[i := 0 for i in range(3)]", "[x for x in (y := [1])]", "class A:\n [z := 1 for _ in []]",
        "[x, y for x in a]", "[*x for x in a]", "{**x for x in a}", "{k: v for k, v}", "(x for x in)",
        "f(x for x in a, 1)", "[x = 1 for x in a]", "dict(a for b in c, d=1)"):
    try:
        compile(source, "<c>", "exec")
        print(source, "fine")
    except SyntaxError as error:
        print(source, error.msg)
for expression in ("[x.y for x in [1]]", "[1 // n for n in (1, 0)]", "[q for p in [1] for q in p]",
        "{[]: 1 for _ in [1]}", "{[] for _ in [1]}", "[a for a, b in [(1, 2, 3)]]", "(i for i in 5)",
        "[undefined for _ in [1]]", "[undefined for _ in []]"):
    try:
        print(expression, eval(expression))
    except Exception as error:
        print(expression, type(error).__name__, error)
print([[r[c] for r in [[1, 2], [3, 4]]] for c in range(2)], {k: [i for i in range(k)] for k in range(3)},
      [[a, b] for a in "ab" for b in "xy" if a + b != "ax"], len([0 for _ in range(1000) for _ in range(3)]))
print(type(x for x in []).__name__, (x for x in []).__name__,
      (lambda: [i for i in range(3)]).__code__.co_consts[1].co_name)
