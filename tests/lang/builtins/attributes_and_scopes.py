# getattr, setattr, delattr, hasattr, vars, dir, globals, locals, callable, id, type with three arguments.
class A:
    x = 1
    def m(self): pass


a = A()
setattr(a, "y", 2)
print(getattr(a, "x"), getattr(a, "nope", None), hasattr(a, "y"), vars(a), delattr(a, "y"), vars(a),
      [n for n in dir(a) if n[0] != "_"], callable(a.m), callable(A), callable(a), callable(len), callable(None))
setattr(a, "odd name", 5)
print(getattr(a, "odd name"), a.__dict__, "A" in globals(), "nothing" in globals(), vars() is globals(), id(a) == id(a),
      id(a) != id(A()), id(None) == id(None), dir.__name__)


def f(p, q=2):
    r = 3
    return sorted(locals()), sorted(vars()), sorted(dir()), "f" in globals()


print(f(1))
B = type("B", (A,), {"z": 5, "hello": lambda self: "hi", "__doc__": "made"})
print(B.z, B().hello(), B.__doc__, B.__bases__, B.__name__, B.__module__, B.x, type(B) is type,
      type("E", (), {}).__mro__[1], type("D", (dict,), {"__getitem__": lambda s, k: k})()["k"])
globals()["dynamic"] = "set through globals"
print(dynamic)
for expression in ("getattr(a)", "getattr(a, 5)", "getattr(a, 'zz')", "setattr(a, 5, 1)", "delattr(a, 'zz')",
        "hasattr(a, 5)", "vars(5)", "vars([])", "type('X')", "type(5, (), {})", "type('X', [], {})",
        "type('X', (), [])", "type('X', (5,), {})", "type('a\\0b', (), {})", "type('X', (), {}, z=1)", "callable()",
        "id()", "dir(1, 2)", "globals(1)", "getattr(None, 'x')", "getattr(5, 'real', 9)", "getattr(a, 'q', *[1])",
        "type()", "type(1, 2, 3, 4)"):
    try:
        print(expression, eval(expression))
    except Exception as e:
        print(expression, "->", type(e).__name__, e)
print(dir(type("Z", (), {"__slots__": ("s",)}))[-1], sorted(set(dir(object())) - set(dir(type("Q", (), {})())))[:3],
      [n for n in dir([]) if n[0] != "_"], [n for n in dir("") if n.startswith("is")],
      [n for n in dir({}) if n[0] != "_"], [n for n in dir(1) if n[0] != "_"], [n for n in dir(()) if n[0] != "_"],
      [n for n in dir(set()) if n[0] != "_"])
print([n for n in dir(1.0) if n[0] != "_"], [n for n in dir(b"") if n[0] != "_"][:6],
      [n for n in dir(range(0)) if n[0] != "_"], [n for n in dir(lambda: 0) if n.startswith("__c")],
      sorted(n for n in dir(object) if "e" in n), [n for n in dir((i for i in [])) if n[0] != "_"],
      [n for n in dir(Exception()) if n[0] != "_"], [n for n in dir(slice(0)) if n[0] != "_"])
