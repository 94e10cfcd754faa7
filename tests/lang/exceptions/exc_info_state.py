# sys.exc_info and the current exception through nested handlers, functions and generators.
import sys


def now():
    e = sys.exc_info()[1]
    return None if e is None else repr(e), None if sys.exception() is None else repr(sys.exception())


print(now())
try:
    raise ValueError(1)
except ValueError:
    print(now())
    try:
        raise KeyError(2)
    except KeyError:
        print(now())
    print(now())
print(now())


def inner():
    try:
        raise TypeError(3)
    except TypeError:
        return now()


try:
    raise ValueError(4)
except ValueError:
    print(inner(), now())


def gen():
    yield now()
    try:
        raise IndexError(5)
    except IndexError:
        yield now()
    yield now()


g = gen()
print(next(g))
try:
    raise ValueError(6)
except ValueError:
    print(next(g), now())
print(now())
try:
    raise ValueError(7)
except ValueError:
    print(next(g))
try:
    try:
        raise ValueError(8)
    finally:
        print(now())
except ValueError as e:
    tb = e.__traceback__
    print(tb.tb_frame is sys._getframe(), tb.tb_next, type(tb).__name__, sys.exc_info()[2] is tb)
try:
    e
except NameError as error:
    print(error)


class Ctx:
    def __enter__(self): return self
    def __exit__(self, *a): print(now(), a[0] and a[0].__name__); return True


with Ctx():
    raise ValueError(9)
print(now())


def loop():
    for i in range(2):
        try:
            raise ValueError(i)
        except ValueError:
            continue
    return now()


print(loop())
try:
    raise ValueError(10)
except ValueError:
    [print(now()) for _ in range(1)]
    (lambda: print(now()))()
