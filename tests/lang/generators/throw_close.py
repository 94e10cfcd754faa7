# throw(), close(), GeneratorExit, finally and with inside generators.
def g():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print("caught", e, end=" ")
        yield "recovered"
    except GeneratorExit:
        print("exit", end=" ")
        raise
    finally:
        print("finally", end=" ")
    yield "after"


x = g()
print(next(x), x.throw(ValueError("v")), next(x), list(x))
x = g()
print(next(x), x.close(), x.close(), list(x))
x = g()
print(x.close(), list(x))
x = g()
next(x)
try:
    x.throw(KeyError("k"))
except KeyError as error:
    print(repr(error), list(x))
x = g()
try:
    x.throw(ValueError, "early")
except ValueError as error:
    print(error, next(x, "over"))
x = g()
next(x)
print(x.throw(ValueError))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("ignored", end=" ")
        yield 2


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)


def returns_on_exit():
    try:
        yield
    except GeneratorExit:
        return "value"


r = returns_on_exit()
next(r)
print(r.close())


def raises_on_exit():
    try:
        yield
    finally:
        raise KeyError("in finally")


r = raises_on_exit()
next(r)
try:
    r.close()
except KeyError as error:
    print(repr(error), repr(error.__context__))


def stop():
    yield 1
    raise StopIteration("inner")


try:
    list(stop())
except RuntimeError as error:
    print(error, repr(error.__cause__))


def nexter():
    yield next(iter([]))


try:
    list(nexter())
except RuntimeError as error:
    print(error)


def failing():
    yield 1
    1 / 0


f = failing()
print(next(f))
try:
    next(f)
except ZeroDivisionError as error:
    print(error, next(f, "dead"))


def context():
    try:
        raise ValueError("first")
    except ValueError:
        try:
            yield 1
        except TypeError as e:
            yield repr(e.__context__)
        yield "no"


c = context()
next(c)
print(c.throw(TypeError("t")))


def reenter():
    yield next(me)


me = reenter()
try:
    next(me)
except ValueError as error:
    print(error)
t = g()
next(t)
try:
    t.throw(StopIteration("si"))
except (StopIteration, RuntimeError) as error:
    print(type(error).__name__, error)
del t
