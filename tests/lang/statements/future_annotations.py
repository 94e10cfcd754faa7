# from __future__ import annotations keeps annotations as source text.
from __future__ import annotations


class C:
    x: int = 1
    y: List[undefined]
    z: Callable[[int], "str"] = None

    def m(self, a: C, *b: x.y.z, c: 1 + 2 = 3, **d: lambda q: q) -> (yield_, not 5):
        v: whatever = 1
        return v


n: dict[str, int] | None
print(C.__annotations__, C.m.__annotations__, __annotations__, C().m(1))


def f(a: f"fmt{1}", b: {1: 2, **k}, c: [i for i in x if i], d: a[1:2, ...], e: -x ** 2, g: "quoted", h: (1,),
      i: a if b else c, j: a.b(c, *d, e=1) @ 2, k: not (a or b) and c, l: {1, 2}, m: a < b is not c,
      n: b"x" + 1.5j) -> None: ...


print(f.__annotations__)
