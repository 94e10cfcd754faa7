# Variable and function annotations: evaluation, storage, classes, strings, simple and complex targets.
log = []


def ann(x):
    log.append(x)
    return x


a: ann("a type") = log.append("a value") or 1
b: ann("b type")
(c): ann("c type") = 2
d = {}
d["k"]: ann("item type") = 3


class C:
    x: ann("x type") = 5
    y: "forward"
    self_ref: "C"
    (z): int = 1
    def m(self, p: ann("p"), *args: ann("args"), k: ann("k") = 0, **kw: ann("kw")) -> ann("ret"):
        local: undefined_name = 1
        other: also_undefined
        return local


print(log, __annotations__, "b" in globals(), c, d)
print(C.__annotations__, hasattr(C, "y"), C.m.__annotations__, C().m(1))


class D(C):
    w: float


print(D.__annotations__, D.__dict__["__annotations__"], "x" in D.__annotations__)


def f():
    q: int
    try:
        q
    except UnboundLocalError as e:
        return str(e)


print(f(), f.__annotations__)
__annotations__["added"] = 1
print("added" in __annotations__)
f.__annotations__["late"] = int
print(f.__annotations__, (lambda x: x).__annotations__)
for source in ("x: int, y: int", "(a, b): int", "[a]: int", "x: int = 1, 2", "x: = 1", "f(): int", "5: int",
        "a.b: int = undefined", "*a: int", "x: y := 1", "def g(a: int=1, *, b: str): pass", "def g(*a: int, b): pass",
        "lambda a: int: 1", "global q; q: int = 1", "x: (yield)", "def g():\n x: (yield)", "for x: int in []: pass",
        "with a as b: int: pass"):
    try:
        compile(source, "a", "exec")
        print("fine", source)
    except SyntaxError as e:
        print(source, "->", e.msg)
