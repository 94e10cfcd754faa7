# match: literals, captures, wildcard, or-patterns, guards, value patterns.
import math


class Color:
    RED, GREEN = 1, "g"


def f(x):
    match x:
        case None: return "None"
        case True: return "True"
        case 0: return "zero"
        case 1.5: return "1.5"
        case -3: return "-3"
        case 2 + 3j: return "complex"
        case -1 - 2j: return "neg complex"
        case "s" | b"s": return "s"
        case "multi" "part": return "multi"
        case Color.RED: return "red"
        case Color.GREEN: return "green"
        case math.pi: return "pi"
        case int(n) | float(n) if n > 100: return f"big {n}"
        case int() | float() as num: return f"num {num}"
        case str(t) if (u := t.upper()) == t: return f"upper {u}"
        case other: return f"other {other!r}"


for x in (None, True, False, 0, 0.0, 1, 1.5, -3, 2 + 3j, -1 - 2j, "s", b"s", "multipart", "g", math.pi, 1000, 50, 2.5,
        "ABC", "abc", [1], (), 1j):
    print(repr(x), f(x))


def bindings(x):
    a = b = "unset"
    match x:
        case [a, b] if a == b: r = "equal"
        case [a, _]: r = "pair"
        case _: r = "none"
    return r, a, b


print(bindings([1, 1]), bindings([1, 2]), bindings(5))
match 5:
    case 6: print("no")
match 1, 2:
    case 1, x: print("tuple", x)
match [1, 2, 3]:
    case [1, 2, 4] | [1, _, 3] as whole: print(whole)
match = 3
case = 4
print(match + case, (lambda match: match)(1))
match (match):
    case 3: print("soft keyword")
match {"match": [case]}:
    case {"match": [4 as four]}: print(four)
for _ in range(2):
    match _:
        case 0: continue
        case 1: break
else:
    print("never")
def nested(x):
    match x:
        case (1 | 2) as n, ("a" | "b") as s: return n, s
        case [[p, q], [r, *_]]: return p, q, r
        case (((deep))): return deep
print(nested((2, "b")), nested([[1, 2], [3, 4, 5]]), nested("str"))
