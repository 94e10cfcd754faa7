# The name bound by `except ... as` is deleted at the end of the handler, also on the way out.
def f():
    e = "before"
    try:
        raise ValueError("v")
    except ValueError as e:
        kept = e
    try:
        return e
    except UnboundLocalError as error:
        return str(error), kept.args


def g():
    try:
        raise ValueError
    except ValueError as e:
        del e
    return "deleted early"


def h():
    for i in range(2):
        try:
            raise ValueError(i)
        except ValueError as e:
            if i == 0:
                continue
            break
    return "e" in locals()


def k():
    try:
        raise ValueError("a")
    except ValueError as e:
        e = "rebound"
    return "e" in locals()


def closure():
    try:
        raise ValueError("c")
    except ValueError as e:
        def get(): return e
        inside = get()
    try:
        get()
    except NameError as error:
        return repr(inside), str(error)


print(f(), g(), h(), k(), closure())
e = "module"
try:
    raise KeyError("m")
except KeyError as e:
    pass
print("e" in globals())


class C:
    try:
        raise ValueError("class")
    except ValueError as err:
        text = str(err)


print(hasattr(C, "err"), C.text)


def nested():
    try:
        raise ValueError("outer")
    except ValueError as e:
        try:
            raise KeyError("inner")
        except KeyError as e:
            first = repr(e)
        try:
            return first, e
        except UnboundLocalError as x:
            return first, str(x)


print(nested())
try:
    try:
        raise ValueError("x")
    except ValueError as e:
        raise KeyError("y")
except KeyError:
    print("e" in globals())
