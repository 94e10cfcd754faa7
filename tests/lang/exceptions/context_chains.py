# __context__ and __cause__ through nested functions, finally blocks, with statements and generators.
def chain(e):
    out = []
    while e is not None:
        link = "cause" if e.__cause__ is not None else "context"
        out.append(f"{type(e).__name__}({e})")
        e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
        if e is not None:
            out.append(link)
    return " ".join(out)


def attempt(f):
    try:
        f()
        print(f.__name__, "no error")
    except BaseException as e:
        print(f.__name__, chain(e))


def in_except():
    try: raise ValueError(1)
    except ValueError: raise KeyError(2)
def in_finally():
    try: raise ValueError(1)
    finally: raise KeyError(2)
def in_else():
    try: pass
    except ValueError: pass
    else: raise KeyError(2)
def from_none():
    try: raise ValueError(1)
    except ValueError: raise KeyError(2) from None
def from_other():
    try: raise ValueError(1)
    except ValueError: raise KeyError(2) from IndexError(3)
def after_handled():
    try: raise ValueError(1)
    except ValueError: pass
    raise KeyError(2)
def helper(): raise TypeError("helper")
def in_call():
    try: raise ValueError(1)
    except ValueError: helper()
def three():
    try:
        try: raise ValueError(1)
        except ValueError: raise KeyError(2)
    except KeyError: raise IndexError(3)
def reraised():
    try:
        try: raise ValueError(1)
        except ValueError as e:
            try: raise KeyError(2)
            except KeyError: raise e
    except ValueError as e: raise RuntimeError(3) from e
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): raise OSError("exit")
def in_exit():
    with CM(): raise ValueError(1)
def in_exit_clean():
    with CM(): pass
def gen():
    try: yield
    finally: raise KeyError("gen")
def in_generator():
    g = gen()
    next(g)
    try: raise ValueError(1)
    except ValueError: next(g)
def thrown():
    g = gen()
    next(g)
    g.throw(ValueError("thrown"))
def self_cause():
    e = ValueError(1)
    try: raise e
    except ValueError: raise KeyError(2) from e
def loop():
    for i in range(3):
        try: raise ValueError(i)
        except ValueError:
            if i == 2: raise KeyError(i)
def in_comprehension():
    try: raise ValueError(1)
    except ValueError: [1 // x for x in (1, 0)]
def in_lambda():
    try: raise ValueError(1)
    except ValueError: (lambda: {}["k"])()
def in_property():
    class P:
        @property
        def x(self): return self.y
    try: raise ValueError(1)
    except ValueError: P().x


for f in (in_except, in_finally, in_else, from_none, from_other, after_handled, in_call, three, reraised, in_exit,
        in_exit_clean, in_generator, thrown, self_cause, loop, in_comprehension, in_lambda, in_property):
    attempt(f)
