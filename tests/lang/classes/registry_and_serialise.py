# Class registries, to and from plain data, versioned fields, generic repr and equality.
class Model:
    kinds = {}
    fields = ()

    def __init_subclass__(cls, kind=None, **k):
        super().__init_subclass__(**k)
        cls.kind = kind or cls.__name__.lower()
        if cls.kind in Model.kinds:
            raise TypeError(f"kind {cls.kind!r} is taken")
        Model.kinds[cls.kind] = cls
        cls.fields = tuple(n for c in reversed(cls.__mro__) for n in vars(c).get("__annotations__", {}))

    def __init__(self, **kw):
        for n in self.fields:
            if n in kw:
                setattr(self, n, kw.pop(n))
            elif not hasattr(type(self), n):
                raise TypeError(f"{type(self).__name__} wants {n}")
        if kw:
            raise TypeError(f"{type(self).__name__} knows no {', '.join(sorted(kw))}")

    def dump(self): return {"kind": self.kind, **{n: dump(getattr(self, n)) for n in self.fields}}
    def __eq__(self, o): return type(self) is type(o) and self.dump() == o.dump()
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in self.fields)})"


def dump(v): return v.dump() if isinstance(v, Model) else [dump(x) for x in v] if isinstance(v, list) else v
def load(v):
    match v:
        case {"kind": k, **rest}: return Model.kinds[k](**{n: load(x) for n, x in rest.items()})
        case [*items]: return [load(x) for x in items]
        case _: return v


class Shape(Model):
    name: str
    tags: list = []


class Circle(Shape, kind="o"):
    r: float = 1.0


class Group(Model):
    parts: list
    main: Shape = None


g = Group(parts=[Circle(name="c", r=2), Shape(name="s", tags=["t"])], main=Circle(name="m"))
print(g, dump(g), load(dump(g)) == g, load(dump(g)) is g, Circle.fields, sorted(Model.kinds))
for f in (lambda: Circle(), lambda: Shape(name=1, zip=2), lambda: load({"kind": "?"}),
        lambda: type("Shape", (Model,), {}), lambda: Group(main=1)):
    try:
        print(f())
    except (TypeError, KeyError) as e:
        print(type(e).__name__, e)
