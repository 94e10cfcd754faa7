# abs, round, pow, divmod, sum, min, max with all their arguments.
print(abs(-5), abs(2.5), abs(-1j), abs(True), round(2.567, 2), round(-0.5), round(25, -1), round(35, -1), round(1e20),
      round(5, None), type(round(2.0)).__name__, type(round(2.0, 0)).__name__, round(True), round(12345, -2),
      round(-15, -1), round(10 ** 30 + 5, -1), round(5, 3), round(7, -5))
print(pow(2, 10), pow(2, -1), pow(2, 10, 1000), pow(-2, 3, 5), pow(3, -2, 7), pow(0, 0), pow(2.0, 3),
      pow(base=2, exp=3, mod=5), pow(10 ** 20, 3, 10 ** 9 + 7), pow(5, 0, 1))
print(divmod(7, 3), divmod(-7, 3), divmod(7, -3), divmod(7.5, 2), divmod(True, 2), divmod(10 ** 20, 7),
      divmod(-1, 10 ** 20))
print(sum([]), sum([1, 2.5]), sum((1, 2), 10), sum([[1], [2]], []), sum(range(101)), sum([0.1] * 3), sum([True, True]),
      sum(x for x in (1, 2)), sum([1j, 2]), sum([(1,), (2,)], ()), sum({1: 2, 3: 4}), sum([10 ** 20, 1, -(10 ** 20)]),
      sum([2 ** 62, 2 ** 62, 2 ** 62]), sum([1], start=5))
print(min(3, 1, 2), max([4, 9, 2]), min("hello"), max("a", "b", key=ord), min([], default="d"),
      max((x for x in (1, 5, 3)), key=lambda v: -v), min([3, 1, 1.0]), max(1, True), max({"a": 1, "b": 0}),
      min((2, "b"), (2, "a")), max("apple", "fig", key=len), min([[3], [1, 2]]), max(0.0, -0.0),
      min(None, key=None, default=1) if False else "")
for expression in ("sum('ab')", "sum([[1]])", "sum(['a'], '')", "sum([b'a'], b'')", "sum(5)", "sum([1, None])", "min()",
        "min(5)", "max([])", "max(1, 'a')", "min(1, 2, default=5)", "max([1], key=5)", "pow(2, 3, 0)", "pow(2, -1, 6)",
        "pow(2.0, 1, 3)", "pow('a', 2)", "divmod(1, 0)", "divmod(1.0, 0.0)", "divmod('a', 1)", "round('a')",
        "round(1.5, 'a')", "round(1, 2, 3)", "abs('a')", "abs()", "min(1, key=2)", "max(None)", "max([None, None])",
        "round(float('nan'))", "round(float('inf'), 1)", "min(x=1)"):
    try:
        print(expression, eval(expression))
    except Exception as e:
        print(expression, "->", type(e).__name__, e)
class R:
    def __round__(self, *a): return a
    def __abs__(self): return "abs"
    def __divmod__(self, o): return "divmod", o
    def __rdivmod__(self, o): return "rdivmod", o
    def __pow__(self, o, m=None): return o, m
    def __add__(self, o): return "added"
    def __radd__(self, o): return "radded"
    def __lt__(self, o): return True
    def __gt__(self, o): return True
    def __repr__(self): return "R"
r = R()
print(round(r), round(r, 3), round(r, None), abs(r), divmod(r, 1), divmod(1, r), pow(r, 2), pow(r, 2, 3), sum([r]),
      sum([r, 1], 5) if False else "", min(1, r), max(1, r), min(r, 1), max(r, 1))
