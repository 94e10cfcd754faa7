# match statements in hot loops over many kinds of subjects.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def kind(value):
    match value:
        case 0:
            return "zero"
        case True | False:
            return "bool"
        case int(n) if n < 0:
            return "negative"
        case int():
            return "int"
        case float(f):
            return f"float {f:.1f}"
        case "a" | "b":
            return "letter"
        case str() as s:
            return "str " + s[:2]
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [Point(x=0, y=yy), *rest]:
            return f"axis {yy} {len(rest)}"
        case [a, *_, b]:
            return f"from {a} to {b}"
        case {"op": op, **rest}:
            return f"op {op} {sorted(rest)}"
        case Point(x, y) if x == y:
            return "diagonal"
        case Point(0, _) | Point(_, 0):
            return "on axis"
        case None:
            return "none"
        case _:
            return type(value).__name__


values = [0, 5, -3, 2.5, "a", "zz", [], [1], (1, 2, 3), [Point(0, 4), 1, 2], {"op": "+", "l": 1}, {}, Point(2, 2),
      Point(0, 3),
          Point(1, 2), None, {1}, True, 2 ** 70, b"x"]
for v in values:
    print(kind(v))
counts = {}
for i in range(2000):
    k = kind(values[i * 7 % len(values)])
    counts[k] = counts.get(k, 0) + 1
print(counts)


def run(program):
    stack = []
    for op in program:
        match op:
            case ("push", n):
                stack.append(n)
            case ("add",):
                stack[-2:] = [stack[-2] + stack[-1]]
            case ("mul", int(n)):
                stack[-1] *= n
            case _:
                raise ValueError(f"bad {op}")
    return stack


print(run([("push", 1), ("push", 2), ("add",), ("mul", 3)] * 100)[:3])
try:
    run([("push", 1)] * 300 + [("div", 2)])
except ValueError as error:
    print(error)
