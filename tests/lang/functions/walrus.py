# Assignment expressions in all the places they are allowed.
import io

if (n := 10) > 5:
    print(n)
while (n := n - 3) > 0:
    print(n, end=" ")
print(n)
print((a := 1) + (b := a + 1), a, b, [c := 5, c + 1], (d := 3, d), {"k": (e := 7)}, e, f"{(f := 8)} {f}",
      (lambda: (g := 9))(), max((h := 2), h + 1))
stream = io.StringIO("one\ntwo\n\nthree")
while line := stream.readline():
    print(repr(line), end=" ")
print()
print([y for x in range(5) if (y := x * x) % 2 == 0], y, any((found := w).startswith("b") for w in ("a", "bc", "d")),
      found)


def fn(x, k=(z := 4)):
    if (m := x % 3) and (p := m * 2) > 2:
        return m, p
    return m


print(fn(3), fn(4), fn(5), z)


def glob():
    global made
    return (made := "global")


print(glob(), made)


def nested():
    total = 0

    def add(v):
        nonlocal total
        return (total := total + v)

    return add(1), add(2), total


print(nested())
print((x := 1, 2), x, (x := (1, 2)), x, not (t := 0), t, (u := None) is None, 5 if (v := 0) else v)
lst = [1, 2, 3]
print(lst[(i := 1)], i, lst[(s := 0):(q := 2)], (w := lst)[0], w is lst, {(kk := "a"): (vv := 1)}, kk, vv)
assert (ok := True), "no"
match (subject := [1, 2]):
    case [p, q] if (r := p + q) == 3:
        print(subject, r)
with (cm := io.StringIO("t")) as fh:
    print(cm is fh)
for source in ("x := 1", "(x.y := 1)", "(x[0] := 1)", "f(a=b := 1)", "lambda: x := 1", "((a, b) := 1)",
        "def f(a := 1): pass", "(x := 1) = 2", "x = y := 1", "assert x := 1, 2", "[x := 1, 2]", "f(x := 1)", "{x := 1}",
        "{x := 1: 2}", "a[x := 1]", "del (x := 1)", "(not x := 1)", "(None := 1)"):
    try:
        compile(source, "<w>", "exec")
        print(source, "fine")
    except SyntaxError as error:
        print(source, "->", error.msg)
