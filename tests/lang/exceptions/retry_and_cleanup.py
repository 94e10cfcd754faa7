# Retry loops, cleanup stacks, error collection, wrapping and unwrapping as application code does it.
class Temporary(Exception): pass
class GaveUp(Exception): pass


def retry(f, times):
    errors = []
    for attempt in range(1, times + 1):
        try:
            return f(attempt)
        except Temporary as e:
            errors.append(e)
        finally:
            trace.append(attempt)
    raise GaveUp(f"after {times}") from errors[-1]


def flaky(n):
    def f(attempt):
        if attempt < n:
            raise Temporary(f"attempt {attempt}")
        if n == 9:
            raise ValueError("permanent")
        return attempt * 10
    return f


for n in (1, 3, 4, 9):
    trace = []
    try:
        print(n, retry(flaky(n), 3), trace)
    except GaveUp as e:
        print(n, e, "from", e.__cause__, trace)


class Cleanup:
    def __init__(self): self.todo = []
    def add(self, f, *a): self.todo.append((f, a))
    def __enter__(self): return self
    def __exit__(self, kind, e, tb):
        errors = [e] if e else []
        while self.todo:
            f, a = self.todo.pop()
            try:
                f(*a)
            except Exception as x:
                errors.append(x)
        if len(errors) > 1:
            raise ExceptionGroup("cleanup", errors)
        return False


def fail(x): raise OSError(x)


for jobs in ((), ("ok",), ("ok", "bad"), ("bad", "bad2")):
    try:
        with Cleanup() as c:
            for j in jobs:
                c.add(fail if j.startswith("bad") else print, j)
            if len(jobs) == 2:
                raise KeyError("body")
        print("clean")
    except* KeyError as g:
        print("keys", [repr(x) for x in g.exceptions])
    except* OSError as g:
        print("os", [str(x) for x in g.exceptions])
def parse(lines):
    good, bad = [], []
    for n, line in enumerate(lines, 1):
        try:
            k, v = line.split("=")
            good.append((k.strip(), int(v)))
        except ValueError as e:
            bad.append(f"{n}: {e}")
    return good, bad
print(parse(["a=1", "b", "c = x", " d =4", "e=1=2", ""]))
