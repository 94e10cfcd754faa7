# What may be raised, re-raised and chained.
class E(Exception):
    def __init__(self, a, b=2):
        super().__init__(a, b)
        self.a = a


for statement in ("raise ValueError", "raise ValueError()", "raise ValueError('m')", "raise ValueError('a', 1)",
        "raise E(1)", "raise 5", "raise None", "raise 'text'", "raise int", "raise object", "raise E", "raise",
        "raise ValueError from None", "raise ValueError from KeyError('c')", "raise ValueError from 5",
        "raise ValueError from KeyError", "raise KeyError('k') from None", "raise (ValueError, 'x')",
        "raise type('Dyn', (Exception,), {})", "raise BaseException('b')", "raise StopIteration(3)",
        "raise ValueError from E"):
    try:
        exec(statement)
    except BaseException as e:
        print(statement, "->", type(e).__name__, e, e.args, repr(e.__cause__), e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise ValueError("second") from z
except ValueError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__, e.__cause__ is e.__context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("second")
except ValueError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)


def reraise():
    try:
        raise KeyError("original")
    except KeyError:
        try:
            raise ValueError("temp")
        except ValueError:
            pass
        raise


try:
    reraise()
except KeyError as e:
    print(repr(e), repr(e.__context__))
e1 = ValueError("one")
e2 = e1.with_traceback(None)
print(e1 is e2, e1.__traceback__, e1 == ValueError("one"), e1.args == ("one",))
try:
    raise e1
except ValueError as e:
    print(e is e1, e.__traceback__ is not None, e.__traceback__.tb_lineno > 0)
for attribute, value in (("__cause__", 5), ("__context__", 5), ("__traceback__", 5), ("args", 5),
        ("__suppress_context__", "x")):
    try:
        setattr(e1, attribute, value)
        print(attribute, "set")
    except TypeError as error:
        print(error)
e1.args = (1, 2)
e1.extra = "attr"
print(e1, repr(e1), e1.extra, vars(e1), str(Exception()), str(Exception(None)), repr(Exception("a",)),
      str(Exception(1, "b")), str(KeyError("k")), str(KeyError("a", "b")))
try:
    del e1.args
except TypeError as error:
    print(error)
ctx = KeyError("ctx")
try:
    try:
        raise ctx
    except KeyError:
        raise ctx
except KeyError as e:
    print(e.__context__)
