# Identity of singletons, Ellipsis, NotImplemented, __debug__, and builtins module contents.
import builtins
import warnings

print(None is None, ... is Ellipsis, NotImplemented is NotImplemented, True is not False, type(None)() is None,
      type(...)() is ..., type(NotImplemented)() is NotImplemented, __debug__, __name__, repr(Ellipsis),
      repr(NotImplemented), bool(...), [...][0] is ..., (lambda: ...)() is ...)
for bad in ("type(None)(1)", "type(...)(1)", "type(NotImplemented)(x=1)", "None.x", "None()", "...[0]",
        "NotImplemented + 1", "None < 1", "hash(None) == hash(None)", "class N(type(None)): pass"):
    try:
        try:
            print(bad, eval(bad))
        except SyntaxError:
            exec(bad)
    except TypeError as e:
        print(bad, "->", e)
    except AttributeError as e:
        print(bad, "->", e)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(bool(NotImplemented))
    print(len(caught), caught[0].category.__name__, caught[0].message)
names = [n for n in dir(builtins) if n[0].islower()]
print(len(names), names)
print([n for n in dir(builtins) if n.endswith("Error")])
print([n for n in dir(builtins) if n.endswith(("Warning", "Exit", "Interrupt", "Iteration", "Exception", "Group"))])
print(builtins.len is len, builtins.__name__, __builtins__ is builtins, type(__builtins__).__name__,
      builtins.print is print)
print(quit, exit, copyright.__class__.__name__, type(help).__name__, type(license).__name__)
print(type(__doc__).__name__, __doc__, __spec__, __package__, __loader__.__class__.__name__, __annotations__)
x: int = 5
y: "later"
print(__annotations__, "y" in globals(), sorted(n for n in globals() if n.startswith("__")))
print(len.__self__ is builtins, len.__text_signature__, print.__doc__.splitlines()[0], abs.__module__, int.__module__,
      [].__class__.__module__, open.__module__, type(open).__name__)
