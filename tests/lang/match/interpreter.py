# A small expression simplifier and evaluator written with match on tuples and classes.
from dataclasses import dataclass


@dataclass(frozen=True)
class Num: v: float
@dataclass(frozen=True)
class Var: name: str
@dataclass(frozen=True)
class Bin: op: str; l: object; r: object
@dataclass(frozen=True)
class Neg: e: object


def simplify(e):
    match e:
        case Bin("+", Num(0), x) | Bin("+", x, Num(0)) | Bin("*", Num(1), x) | Bin("*", x, Num(1)):
            return simplify(x)
        case Bin("*", Num(0), _) | Bin("*", _, Num(0)):
            return Num(0)
        case Bin("-", a, b) if a == b:
            return Num(0)
        case Bin(op, Num(a), Num(b)):
            return Num(evaluate(Bin(op, Num(a), Num(b)), {}))
        case Neg(Neg(x)):
            return simplify(x)
        case Bin(op, l, r):
            new = Bin(op, simplify(l), simplify(r))
            return new if new == e else simplify(new)
        case Neg(x):
            return Neg(simplify(x))
    return e


def evaluate(e, env):
    match e:
        case Num(v): return v
        case Var(n) if n in env: return env[n]
        case Var(n): raise NameError(n)
        case Neg(x): return -evaluate(x, env)
        case Bin("+", a, b): return evaluate(a, env) + evaluate(b, env)
        case Bin("-", a, b): return evaluate(a, env) - evaluate(b, env)
        case Bin("*", a, b): return evaluate(a, env) * evaluate(b, env)
        case Bin(op): raise ValueError(f"operator {op}")


def show(e):
    match e:
        case Num(v): return str(v)
        case Var(n): return n
        case Neg(x): return f"-{show(x)}"
        case Bin(o, l, r): return f"({show(l)} {o} {show(r)})"


x, y = Var("x"), Var("y")
for e in (Bin("+", Num(0), x), Bin("*", Bin("+", Num(1), Num(2)), x), Bin("-", x, x), Neg(Neg(Bin("*", y, Num(1)))),
        Bin("+", Bin("*", x, Num(0)), Bin("-", Num(5), Num(5))), Bin("*", Bin("+", x, Num(0)), Bin("*", Num(1), y))):
    s = simplify(e)
    print(show(e), "=>", show(s), evaluate(e, {"x": 3, "y": 4}), evaluate(s, {"x": 3, "y": 4}))
for bad in (Var("z"), Bin("/", x, y)):
    try:
        evaluate(bad, {"x": 1, "y": 1})
    except (NameError, ValueError) as error:
        print(type(error).__name__, error)
def diff(e, v):
    match e:
        case Num(): return Num(0)
        case Var(name): return Num(int(name == v))
        case Neg(a): return Neg(diff(a, v))
        case Bin("+" | "-" as op, a, b): return Bin(op, diff(a, v), diff(b, v))
        case Bin("*", a, b): return Bin("+", Bin("*", diff(a, v), b), Bin("*", a, diff(b, v)))
print(show(simplify(diff(Bin("*", x, Bin("*", x, x)), "x"))), evaluate(diff(Bin("*", x, x), "x"), {"x": 5}))
