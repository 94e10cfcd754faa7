# The order of finally blocks, context exits and generator cleanup when an exception passes many levels.
log = []


class Mark:
    def __init__(self, n): self.n = n
    def __enter__(self): log.append(f"+{self.n}")
    def __exit__(self, *a): log.append(f"-{self.n}{'!' if a[0] else ''}")


def gen(n):
    with Mark(f"g{n}"):
        for i in range(5):
            yield i


def level(n):
    with Mark(n):
        try:
            if n == 0:
                raise ValueError("bottom")
            for i in gen(n):
                if i == 1:
                    level(n - 1)
        except KeyError:
            log.append("never")
        finally:
            log.append(f"f{n}")


try:
    level(3)
except ValueError as e:
    log.append(str(e))
    frames = []
    tb = e.__traceback__
    while tb:
        frames.append((tb.tb_frame.f_code.co_name, tb.tb_frame.f_locals.get("n")))
        tb = tb.tb_next
    for g in frames:
        pass
print([x for x in log if "g" not in x], frames)
def returns():
    order = []
    def f():
        try:
            order.append("try")
            return order.append("return value")
        finally:
            order.append("finally")
    f()
    for i in range(2):
        try:
            order.append(i)
            continue
        finally:
            order.append(f"f{i}")
    return order
print(returns())
