# Instance, class and inherited attributes: lookup order, deletion, vars, dir, hasattr, error texts.
class Base:
    kind = "base"
    shared = []

    def method(self): return "m"


class Sub(Base):
    kind = "sub"


s = Sub()
print(s.kind, Sub.kind, Base.kind, super(Sub, s).kind, s.__dict__, sorted(k for k in Sub.__dict__ if k[0] != "_"))
s.kind = "own"
s.shared.append(1)
s.new = 5
print(s.kind, Sub.kind, Base.shared, vars(s), "new" in dir(s), "kind" in dir(Sub), hasattr(s, "method"),
      hasattr(s, "zzz"))
del s.kind
print(s.kind)
del Sub.kind
print(s.kind)
for statement in ("s.zzz", "Sub.zzz", "del s.zzz", "del Sub.zzz", "del s.method", "s.method.zzz", "None.x",
        "None.x = 1", "(5).x = 1", "'a'.x = 1", "[].x = 1", "int.x = 1", "del int.real", "object().x = 1", "len.x",
        "s.method = 5; s.method()", "del Base.kind; s.kind", "(1).real = 2", "type(s).x.y", "Sub.__name__ = 5",
        "Sub.__dict__['a'] = 1", "s.__dict__ = 5", "s.__class__ = 5", "s.__class__ = int", "del s.__class__",
        "f = 5; f.a.b", "import sys; sys.zzz", "print.__name__ = 'x'", "().a", "s.__dict__['q'] = 1; s.q",
        "getattr(s, 5)", "setattr(s, 5, 1)", "Base().__doc__", "lambda: 0 .x", "type.zzz", "super(Sub, s).zzz"):
    try:
        exec(statement)
        print(statement, "fine")
    except Exception as error:
        print(statement, "->", type(error).__name__, error)


class Late:
    pass


a, b = Late(), Late()
Late.added = lambda self: "added"
Late.data = {"k": 1}
a.data = "mine"
print(a.added(), b.added(), a.data, b.data, Late.added(a), vars(a), vars(b), a.__dict__ is a.__dict__)
a.__dict__["injected"] = 1
a.__dict__.update(x=1, y=2)
print(a.injected, a.x, sorted(vars(a)), a.__dict__.pop("x"), hasattr(a, "x"), getattr(a, "x", "dflt"))
a.__dict__ = {"only": 1}
print(vars(a), a.only, hasattr(a, "data"), a.data)


class Annotated:
    x: int
    y: str = "s"


print(Annotated.__annotations__, hasattr(Annotated, "x"), Annotated.y, Annotated.__doc__, Annotated.__module__,
      Annotated.__qualname__)
class _Private:
    __secret = 1
    def get(self): return self.__secret, self._Private__secret
    def set(self): self.__made = 2; __local = 3; return __local
p = _Private()
print(p.get(), p.set(), vars(p), [k for k in vars(_Private) if "secret" in k], hasattr(p, "__secret"))
