# try/except/else/finally in every combination, with return, break and continue.
def flow(kind):
    log = []
    try:
        log.append("try")
        if kind == "value":
            raise ValueError("v")
        if kind == "key":
            raise KeyError("k")
        if kind == "return":
            return log
    except ValueError as e:
        log.append(f"except {e}")
    except (KeyError, IndexError) as e:
        log.append(repr(e))
        return log
    else:
        log.append("else")
    finally:
        log.append("finally")
    log.append("after")
    return log


for k in ("none", "value", "key", "return"):
    print(k, flow(k))


def override():
    try:
        return "try"
    finally:
        return "finally"


def swallow():
    try:
        1 / 0
    finally:
        return "swallowed"


def late_value():
    x = 1
    try:
        return x
    finally:
        x = 2


def loops():
    out = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    else:
        out.append("else")
    return out


def nested():
    out = []
    try:
        try:
            raise ValueError("a")
        except KeyError:
            out.append("never")
        finally:
            out.append("inner finally")
            try:
                raise KeyError("b")
            except KeyError:
                out.append("inside")
    except ValueError as e:
        out.append(str(e))
    return out


def finally_continue():
    n = 0
    for i in range(3):
        try:
            raise ValueError
        finally:
            n += 1
            continue
    return n


def while_finally():
    i = 0
    while True:
        try:
            i += 1
            if i < 3:
                continue
            return i
        finally:
            i += 10


print(override(), swallow(), late_value(), loops(), nested(), finally_continue(), while_finally())
try:
    pass
except undefined_name:
    print("never evaluated")
else:
    print("else")
try:
    try:
        raise ValueError
    except undefined_name:
        pass
except NameError as e:
    print(e, repr(e.__context__))
for bad in (5, "x", int, (ValueError, 5), None):
    try:
        try:
            raise KeyError("k")
        except bad:
            print("matched")
    except TypeError as e:
        print(e)
    except KeyError:
        print("unmatched tuple")
