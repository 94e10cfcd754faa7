# KeyboardInterrupt and GeneratorExit are not Exceptions; uncaught GeneratorExit prints a traceback.
def classify(e):
    try:
        try:
            raise e
        except Exception:
            return "Exception"
    except BaseException:
        return "BaseException only"


for cls in (KeyboardInterrupt, GeneratorExit, SystemExit, StopIteration, StopAsyncIteration, AssertionError, Warning,
        MemoryError, RecursionError):
    print(cls.__name__, classify(cls()), cls.__bases__[0].__name__)


def g():
    try:
        yield 1
    except Exception:
        print("never")
    finally:
        print("closing")


x = g()
next(x)
x.close()
raise GeneratorExit("loose")
