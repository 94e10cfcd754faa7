# isinstance, issubclass, type identity, unions, __class__ assignment, __subclasses__.
class A: pass
class B(A): pass
class C(B): pass


b = B()
print(isinstance(b, A), isinstance(b, (int, B)), isinstance(b, ((int, (A,)),)), issubclass(C, A), issubclass(A, A),
      issubclass(B, (int, A)), type(b) is B, type(b) == A, isinstance(True, int), isinstance(1, int | str),
      isinstance(None, int | None), issubclass(bool, int | str), isinstance(B, type), isinstance(type, object),
      isinstance(object, type))
for expression in ("isinstance(1, 5)", "isinstance(1, 'int')", "issubclass(1, int)", "issubclass(int, 1)",
        "isinstance(1, [int])", "isinstance(1, (int, 5))", "isinstance('x', (int, 5))", "isinstance(1, list[int])",
        "issubclass(int, (str, 'x'))", "int | 5", "isinstance(1, int | list[int])", "isinstance()"):
    try:
        print(expression, eval(expression))
    except TypeError as error:
        print(expression, "->", error)
print(int | str, type(int | str).__name__, int | None, (int | str) == (str | int), (int | str).__args__, int | int,
      A.__subclasses__(), C.__subclasses__())
b.__class__ = C
print(type(b).__name__, isinstance(b, C))


class Fake:
    __class__ = property(lambda self: int)


f = Fake()
print(isinstance(f, int), isinstance(f, Fake), type(f).__name__, f.__class__)
print(type(1), type("a"), type(None), type(...), type(NotImplemented), type(lambda: 0), type(len), type([].append),
      type(A.__dict__), type(A().__init__), type(int.__add__), type((1).__add__), type(type), type(b), type(iter([])),
      type(x for x in []), type(range(1)), type(property()), type(super(A, A())), type(A.__init__), type(str.join))
print(object.__bases__, type.__bases__, int.__bases__, bool.__bases__, Exception.__bases__, A.__bases__, type(A),
      A.__class__, A.__mro__[1])
for t in (int, float, str, list, dict, tuple, set, frozenset, bytes, bytearray, bool, complex, range, slice, object,
        type, property, Exception):
    print(t.__name__, t.__module__, t.__qualname__, repr(t), t.__basicsize__ > 0, t.__flags__ & 1 << 10 != 0)
for source in ("class X(bool): pass", "class X(range): pass", "class X(slice): pass", "class X(type(None)): pass",
        "class X(type(lambda: 0)): pass", "class X(type(...)): pass", "class X(memoryview): pass",
        "class X(type({}.keys())): pass", "class X(type(iter([]))): pass", "class X(int, float): pass",
        "class X(list, dict): pass", "class X(Exception, int): pass", "class X(A, object): pass",
        "class X(object, A): pass"):
    try:
        exec(source)
        print(source, "fine")
    except TypeError as error:
        print(source, "->", error)
for value in (A, A(), 5):
    for t in (A, 5):
        try:
            value.__class__ = t
            print("assigned")
        except TypeError as error:
            print(error)
