# Attributes of functions and methods: names, docs, code, annotations, closures, dict; what may be assigned.
def f(a: int, b: "str" = 2, *, c: float = 1.5) -> list:
    """Doc line.

    More."""
    return [a, b, c]


print(f.__name__, f.__qualname__, f.__module__, f.__doc__, f.__annotations__, f.__defaults__, f.__kwdefaults__,
      f.__closure__, f.__dict__, type(f).__name__, callable(f))
f.custom = 5
f.__name__ = "renamed"
f.__doc__ = None
f.__defaults__ = (9,)
print(f.custom, f.__name__, f.__qualname__, f.__doc__, f(1), vars(f), f.__code__.co_name, f.__code__.co_firstlineno,
      f.__globals__ is globals())
for statement in ("f.__name__ = 5", "f.__defaults__ = 5", "f.__code__ = 5", "f.__kwdefaults__ = 5", "f.__dict__ = 5",
        "f.__globals__ = {}", "f.__closure__ = ()", "del f.__name__", "f.__qualname__ = 1", "f.__annotations__ = 5",
        "len.x = 1", "f.nope", "del f.nope"):
    try:
        exec(statement)
    except Exception as error:
        print(statement, type(error).__name__, error)


class C:
    def m(self):
        """m doc"""

    attr = f


c = C()
print(c.m.__name__, c.m.__qualname__, c.m.__doc__, c.m.__func__ is C.m, c.m.__self__ is c, c.m == c.m, c.m is c.m,
      hash(c.m) == hash(c.m), C.m.__qualname__, c.attr.__self__ is c, type(c.m).__name__)
try:
    c.m.x = 1
except AttributeError as error:
    print(error)
C.m.x = 1
print(c.m.x, len.__name__, len.__doc__[:10], len.__module__, [].append.__name__, [].append.__self__,
      str.upper.__qualname__, (lambda: 0).__name__, int.__add__.__name__, dict.fromkeys.__qualname__)


def outer():
    x = 1

    def inner():
        return x

    class Local:
        def meth(self): pass

    return inner, Local


inner, Local = outer()
print(inner.__qualname__, Local.__qualname__, Local.meth.__qualname__, inner.__closure__[0].cell_contents,
      inner.__code__.co_freevars, outer.__code__.co_cellvars)
inner.__closure__[0].cell_contents = 7
print(inner(), f.__code__.co_consts[0] is None or f.__code__.co_consts[0][:8], f.__code__.co_names,
      f.__code__.co_stacksize > 0)
g = type(f)(f.__code__, {}, "made", (3,))
print(g.__name__, g(1, c=2), f.__get__(5)(6) if False else f.__get__(5)(6, c=7), type(f.__code__).__name__)
