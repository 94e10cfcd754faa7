# Conditional expressions: nesting, laziness, precedence with lambda, comprehension, unpacking and boolean operators.
def t(x, name):
    print(name, end=" ")
    return x


print(t(1, "a") if t(True, "c") else t(2, "b"), t(1, "a") if t(0, "c") else t(2, "b"))
x = 7
print("neg" if x < 0 else "zero" if x == 0 else "small" if x < 10 else "big",
      (lambda v: "even" if v % 2 == 0 else "odd")(x), [i if i % 2 else -i for i in range(4)],
      {("k" if x else "z"): (1 if x > 9 else 2)}, 1 + 2 if x else 3, (1 if x else 2) + 10)
f = lambda: 1 if x > 5 else lambda: 2
print(f(), (1, 2) if 0 else 3, *([1, 2] if x else []), (yield_ := "y" if x else "n"), 0 or 1 if 0 and 1 else 2 or 3,
      not x if x else x, None if x else ...)
a, b = (1, 2) if x > 0 else (3, 4)
c = [1, 2][x > 5] if x else None
print(a, b, c, "x" * 3 if x else "", -x if x > 0 else x, x if x else y if False else 5)
def g(n): return n if n < 2 else g(n - 1) + g(n - 2)
print(g(12), max(1 if x else 2, 3), f"{'yes' if x else 'no'} {x if x > 3 else 0:>4}", [*range(3 if x else 5)],
      {**({"a": 1} if x else {})})
for source in ("1 if 2", "1 if else 2", "if 1 else 2", "1 else 2", "x if y else z = 1", "1 if 2 else",
        "(1 if 2 else *a)", "x if y else pass"):
    try:
        compile(source, "c", "exec")
        print("fine")
    except SyntaxError as e:
        print(source, "->", e.msg)
