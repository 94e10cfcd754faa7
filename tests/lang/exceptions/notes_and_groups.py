# add_note, ExceptionGroup and except*.
e = ValueError("v")
e.add_note("first")
e.add_note("second")
print(e.__notes__, e)
try:
    e.add_note(5)
except TypeError as error:
    print(error)
g = ExceptionGroup("group", [ValueError(1), TypeError("t"), ExceptionGroup("nested", [KeyError("k"), ValueError(2)])])
print(g, repr(g), g.message, len(g.exceptions), type(g).__mro__[1:4])
print(g.subgroup(ValueError), g.subgroup(OSError), g.split(KeyError), g.subgroup(lambda x: isinstance(x, TypeError)),
      g.derive([OSError("o")]))
for args in (("m",), ("m", []), (5, [ValueError()]), ("m", [5]), ("m", 5), ("m", [KeyboardInterrupt()]),
        ("m", [ValueError()], 3)):
    try:
        print(repr(ExceptionGroup(*args)))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__,
      type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)


def handle(exc):
    log = []
    try:
        try:
            raise exc
        except* ValueError as eg:
            log.append(("V", type(eg).__name__, [repr(x) for x in eg.exceptions]))
        except* (KeyError, IndexError) as eg:
            log.append(("K", eg.message, len(eg.exceptions)))
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as rest:
        log.append(("rest", repr(rest)))
    return log


print(handle(g))
print(handle(ValueError("plain")))
print(handle(OSError("other")))
print(handle(ExceptionGroup("only", [KeyError(1), IndexError(2)])))
print(handle(ExceptionGroup("none", [OSError(1)])))


def reraise():
    try:
        raise ExceptionGroup("eg", [ValueError(1), TypeError(2), KeyError(3)])
    except* ValueError:
        raise
    except* TypeError as e:
        raise RuntimeError("new") from e


try:
    reraise()
except ExceptionGroup as e:
    print(repr(e), [type(x).__name__ for x in e.exceptions])


def nothing():
    try:
        x = 1
    except* ValueError:
        x = 2
    else:
        x += 10
    return x


print(nothing())
for source in ("try: pass\nexcept* ValueError: pass\nexcept KeyError: pass", "try: pass\nexcept*: pass",
        "def f():\n  for i in []:\n    try: pass\n    except* E: break", "def f():\n  try: pass\n  except* E: return"):
    try:
        compile(source, "<g>", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.msg)
for bad in (ExceptionGroup, 5):
    try:
        try:
            raise ValueError("x")
        except* bad:
            pass
    except TypeError as error:
        print(error)


class MyGroup(ExceptionGroup):
    def derive(self, excs): return MyGroup(self.message + "!", excs)


m = MyGroup("mine", [ValueError(1), KeyError(2)])
a, b = m.split(ValueError)
print(repr(a), repr(b), m.subgroup((ValueError, KeyError)) is m)
