# Exceptions raised and caught inside hot loops: same frame, callee, builtin, recursion, chained, in generators; tracebacks and sys.exc_info.
import sys
class R(Exception):
    def __init__(self, v):
        super().__init__(v); self.v = v
class T(R): pass
def check(v):
    if v % 5 == 0: raise R(v)
    if v % 7 == 0: raise T(v)
    return v
def through(v, d):
    if d == 0: return check(v)
    try:
        return through(v, d-1)
    finally:
        v += 1
def lookup(t, k):
    try: return t[k]
    except KeyError: return -1
def lines(e):
    t=e.__traceback__; r=[]
    while t: r.append((t.tb_frame.f_code.co_name, t.tb_lineno, sorted(t.tb_frame.f_locals)[:3])); t=t.tb_next
    return r
def translate(v):
    try: return int("x") if v % 3 == 0 else v
    except ValueError as e: raise RuntimeError("t") from e
def run(n):
    tab = {i: i for i in range(0,100,2)}; tot=0; last=None
    for i in range(n):
        try: tot += check(i)
        except T as e: tot += 2*e.v
        except R as e:
            tot -= e.v
            if i % 1000 == 0: print(lines(e), sys.exc_info()[1] is e)
        tot += lookup(tab, i % 100)
        if i % 4 == 0:
            try: tot += through(i, 3)
            except R as e:
                tot += e.args[0] % 3
                if i % 1000 == 0: print(lines(e))
        if i % 8 == 0:
            try: tot += translate(i)
            except RuntimeError as e:
                tot += len(str(e)) + (e.__cause__ is not None)
                if i % 1000 == 0: print(lines(e), lines(e.__cause__), e.__context__ is e.__cause__)
        tot %= 1000000007
    assert sys.exc_info()[0] is None
    return tot
print(run(100), run(5000))
def g(n):
    for i in range(n):
        try:
            if i % 3 == 0: raise KeyError(i)
            yield i
        except KeyError as e:
            yield -i
            assert sys.exc_info()[1] is e
        finally:
            pass
def h(n):
    t = 0
    for x in g(n): t = t * 3 + x & 0xffffff
    return t
print(h(10), h(2000))
