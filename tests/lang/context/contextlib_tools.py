# contextlib: contextmanager, closing, suppress, redirect_stdout, ExitStack, nullcontext, ContextDecorator.
import contextlib
import io


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>", end="")
    try:
        yield name.upper()
    except ValueError as e:
        print(f"[{e}]", end="")
    finally:
        print(f"</{name}>")


with tag("a") as t:
    print(t, end="")
with tag("b"):
    raise ValueError("handled")
try:
    with tag("c"):
        raise KeyError("through")
except KeyError as e:
    print(repr(e))


@contextlib.contextmanager
def twice():
    yield 1
    yield 2


@contextlib.contextmanager
def never():
    if False:
        yield


for bad in (twice, never):
    try:
        with bad():
            pass
    except RuntimeError as e:
        print(e)
with contextlib.suppress(KeyError, IndexError):
    {}["x"]
out = io.StringIO()
with contextlib.redirect_stdout(out):
    print("captured")
print(repr(out.getvalue()))
with contextlib.nullcontext(5) as n:
    print(n)


class Res:
    def close(self): print("closed")


with contextlib.closing(Res()) as r:
    print(type(r).__name__)
with contextlib.ExitStack() as stack:
    names = [stack.enter_context(tag(x)) for x in "xyz"]
    stack.callback(print, "callback", end="\n")
    stack.push(lambda *exc: print("push", exc[0]) or False)
    print(names)


@tag("deco")
def decorated(x): return x * 2


print(decorated(4))


class D(contextlib.ContextDecorator):
    def __enter__(self): print("in", end=" "); return self
    def __exit__(self, *a): print("out"); return False


@D()
def g(): print("body", end=" ")


g()
try:
    with contextlib.ExitStack() as s:
        s.enter_context(tag("e1"))
        s.callback(lambda: 1 / 0)
        raise TypeError("body")
except ZeroDivisionError as e:
    print(repr(e), repr(e.__context__))
with contextlib.ExitStack() as s:
    s.enter_context(tag("kept"))
    moved = s.pop_all()
print("later")
moved.close()
