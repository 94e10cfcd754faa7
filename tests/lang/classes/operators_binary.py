# Binary operators: forward, reflected, subclass priority, NotImplemented, errors for all operators.
names = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split()
symbols = dict(zip(names, "+ - * @ / // % divmod ** << >> & ^ |".split()))


def make(label, methods):
    ns = {"__repr__": lambda self: label}
    for n in names:
        if "f" in methods:
            ns[f"__{n}__"] = lambda self, o, n=n: f"{label}.{n}({o!r})"
        if "r" in methods:
            ns[f"__r{n}__"] = lambda self, o, n=n: f"{label}.r{n}({o!r})"
        if "i" in methods:
            ns[f"__i{n}__"] = lambda self, o, n=n: f"{label}.i{n}({o!r})"
    return type(label, (), ns)


F, R, FR, N = make("F", "f"), make("R", "r"), make("FR", "fr"), make("N", "")


def apply(sym, a, b):
    try:
        return divmod(a, b) if sym == "divmod" else eval(f"a {sym} b", {"a": a, "b": b})
    except TypeError as error:
        return f"TypeError {error}"


for n in names:
    s = symbols[n]
    print(apply(s, F(), 1), apply(s, 1, R()), apply(s, F(), R()), apply(s, N(), R()), apply(s, FR(), FR()))
    print("   ", apply(s, N(), N()), "|", apply(s, 1, N()), "|", apply(s, N(), "x"))
Sub = type("Sub", (FR,), {"__radd__": lambda self, o: "Sub.radd", "__repr__": lambda self: "Sub"})
SubPlain = type("SubPlain", (FR,), {})
print(FR() + Sub(), Sub() + FR(), FR() + SubPlain(), FR() - Sub())


class NI:
    def __repr__(self): return "NI"
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented


for expression in ("NI() + 1", "1 + NI()", "NI() == NI()", "NI() != 1", "NI() < NI()", "NI() + R()", "[] + NI()",
        "'a' + NI()", "NI() <= 1"):
    try:
        print(expression, eval(expression))
    except TypeError as error:
        print(expression, error)


class U:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __round__(self, n=None): return f"round {n}"
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __pow__(self, o, m=None): return f"pow {o} {m}"


import math
u = U()
print(-u, +u, ~u, abs(u), round(u), round(u, 2), math.trunc(u), math.floor(u), math.ceil(u), pow(u, 2), pow(u, 2, 3),
      u ** 5)
for expression in ("-N()", "+N()", "~N()", "abs(N())", "round(N())", "math.floor(N())", "pow(N(), 2)", "pow(2, N())",
        "pow(2, 3, N())", "not N()", "int(N())", "float(N())", "divmod(N(), 1)"):
    try:
        print(expression, eval(expression))
    except TypeError as error:
        print(expression, error)
