# The tree of builtin exceptions, and the attributes of the special ones.
def show(cls, depth=0):
    print("  " * depth + cls.__name__)
    for sub in sorted((c for c in cls.__subclasses__() if c.__module__ == "builtins"), key=lambda c: c.__name__):
        show(sub, depth + 1)


show(BaseException)
print(IOError is OSError, EnvironmentError is OSError)
e = OSError(2, "No such file", "name.txt")
print(type(e).__name__, e, e.errno, e.strerror, e.filename, e.filename2, e.args, repr(e))
for args in ((), ("m",), (2, "m"), (13, "m", "f"), (17, "m", "f", None, "f2"), (1, 2, 3, 4, 5, 6), (9999, "odd"),
        ("2", "m"), (11, "x"), (32, "p"), (110, "t"), (111, "r"), (20, "d"), (21, "d"), (4, "i"), (3, "s"), (10, "c")):
    try:
        e = OSError(*args)
        print(type(e).__name__, str(e), e.errno, e.args)
    except TypeError as error:
        print(error)
s = SyntaxError("msg", ("file.py", 3, 5, "line text", 3, 9))
print(s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset, s, repr(s)[:30], SyntaxError("only"),
      SyntaxError().msg)
u = UnicodeDecodeError("utf-8", b"abc", 1, 2, "why")
print(u, u.encoding, u.object, u.start, u.end, u.reason, UnicodeEncodeError("ascii", "\xe9\u4e2d", 0, 2, "r"),
      UnicodeEncodeError("ascii", "\xe9", 0, 1, "r"), UnicodeTranslateError("a", 0, 1, "t"))
i = ImportError("m", name="n", path="p")
print(i, i.name, i.path, i.msg, NameError("m", name="n").name, AttributeError("a", name="q", obj=5).obj,
      StopIteration(4).value, StopIteration().value, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code)
for call in (lambda: UnicodeDecodeError(1), lambda: UnicodeDecodeError("a", "b", 1, 2, "c"), lambda: ImportError(foo=1),
        lambda: NameError(foo=1), lambda: ValueError(foo=1), lambda: SyntaxError("a", 5),
        lambda: SyntaxError("a", (1, 2)), lambda: AttributeError("x", nam=1)):
    try:
        call()
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
class MyErr(ValueError, KeyError): pass
class WithStr(Exception):
    def __str__(self): return "custom str"
class WithNew(Exception):
    def __new__(cls, *a):
        self = super().__new__(cls, *a)
        self.made = True
        return self
class NoSuperInit(Exception):
    def __init__(self, a, b): self.a = a
print(MyErr("x"), repr(MyErr("x")), str(WithStr(1)), repr(WithStr(1)), WithNew(1).made, NoSuperInit(1, 2).args,
      repr(NoSuperInit(1, 2)), isinstance(MyErr(), LookupError), ValueError("a") == ValueError("a"))
