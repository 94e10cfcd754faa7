# __bool__, __int__, __float__, __index__, __str__, __repr__, __format__, __bytes__, __complex__, __call__ and wrong
# results.
class Num:
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 8
    def __complex__(self): return 7 + 1j
    def __bool__(self): return False
    def __str__(self): return "Num-str"
    def __repr__(self): return "Num-repr"
    def __format__(self, spec): return f"Num-format({spec})"
    def __bytes__(self): return b"Num-bytes"
    def __call__(self, *a, **k): return a, k
    def __hash__(self): return 99
    def __len__(self): return 5


n = Num()
print(int(n), float(n), complex(n), bool(n), str(n), repr(n), f"{n} {n:x} {n!r} {n!s:>9}", format(n, "q"), bytes(n),
      n(1, b=2), hash(n), len(n), hex(n), [0, 1, 2, 3, 4, 5, 6, 7, "eight"][n], range(n), "%s %r" % (n, n), "ab" * n,
      divmod(17, n.__index__()), [n], {n: 1}, not n)


class Wrong:
    def __int__(self): return "x"
    def __float__(self): return 1
    def __index__(self): return 1.5
    def __complex__(self): return 1
    def __bool__(self): return 1
    def __str__(self): return b"x"
    def __repr__(self): return 5
    def __format__(self, spec): return 5
    def __bytes__(self): return "x"
    def __hash__(self): return 1.5
    def __len__(self): return "x"
    def __iter__(self): return 1
    def __dir__(self): return 1
    def __contains__(self, o): raise KeyError(o)
    def __call__(self): return undefined
    def __length_hint__(self): return 1


w = Wrong()
for expression in ("int(w)", "float(w)", "hex(w)", "complex(w)", "bool(w)", "str(w)", "repr(w)", "f'{w}'", "bytes(w)",
        "hash(w)", "len(w)", "iter(w)", "dir(w)", "1 in w", "w()", "not w", "[1][w]", "range(w)", "print(w)",
        "f'{w!r}'", "'%s' % w", "'a' * w", "chr(w)", "round(1.5, w)", "w and 1", "1 if w else 2", "[w]. __repr__()",
        "while_", "math.sqrt(w)", "int('1', w)", "sum([w])", "float.__new__(float, w)"):
    try:
        import math
        print(expression, "=", eval(expression))
    except Exception as error:
        print(expression, "->", type(error).__name__, error)


class Trunc:
    def __trunc__(self): return 3


class OnlyIndex:
    def __index__(self): return 6


class SubStr(str):
    def __str__(self): return "substr-str"


import warnings
warnings.simplefilter("ignore")
print(int(Trunc()), int(OnlyIndex()), float(OnlyIndex()), complex(OnlyIndex()), str(SubStr("x")), f"{SubStr('x')}",
      "%s" % SubStr("x"), "".join([SubStr("x")]), repr(SubStr("x")))


class F(float):
    def __repr__(self): return "F"


class I(int):
    def __str__(self): return "I-str"


print(F(1.5), str(F(1.5)), f"{F(1.5)}", f"{F(2):.1f}", I(5), repr(I(5)), f"{I(5)}", f"{I(5):d}", "%d" % I(5),
      "%s" % I(5), I(5) + 1, [I(5)], F(1) + 1)
class Default: pass
print(str(Default())[:25], repr(Default())[1:18], format(Default(), "")[:10], bool(Default()), callable(Default()),
      callable(n))
