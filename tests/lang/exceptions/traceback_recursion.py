# A traceback of deep recursion folds repeated lines, on stderr.
import sys

sys.setrecursionlimit(120)


def down(n):
    if n == 0:
        raise ValueError("bottom")
    return down(n - 1)


def ping(n): return pong(n - 1) if n else 1 / 0
def pong(n): return ping(n - 1) if n else 1 / 0


for f, n in ((down, 2), (down, 3), (down, 10), (ping, 9)):
    try:
        f(n)
    except Exception:
        sys.excepthook(*sys.exc_info())


def forever(): return forever()


try:
    forever()
except RecursionError as e:
    print(e)
down(50)
