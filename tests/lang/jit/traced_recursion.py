"""Recursion that runs as machine code calling itself: depth limits, tracebacks, frames and changes under way."""
import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


print(fib(20))


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


for _ in range(300):
    depth(12)


def reach():
    """How deep the recursion gets before RecursionError, counted on the way."""
    count = 0

    def down(n):
        nonlocal count
        count = n
        return down(n + 1) + 1

    try:
        down(1)
    except RecursionError as error:
        return count, str(error)


def frames_of(function, *args):
    try:
        function(*args)
    except Exception as error:
        tb, names = error.__traceback__, []
        while tb:
            names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, sorted(k for k in tb.tb_frame.f_locals)))
            tb = tb.tb_next
        return type(error).__name__, len(names), names[1:3], names[-1]


first = reach()
for _ in range(5):
    assert reach() == first, (reach(), first)
print(first)
print(frames_of(depth, 5000))
for limit in (150, 333, 700):
    sys.setrecursionlimit(limit)
    print(limit, reach(), frames_of(depth, 5000)[:2])
sys.setrecursionlimit(1000)


def divide_down(n, at):
    here = n * 2
    if n == at:
        return here // 0
    return divide_down(n - 1, at) + here


for _ in range(200):
    try:
        divide_down(8, 3)
    except ZeroDivisionError:
        pass
print(frames_of(divide_down, 30, 7))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


print([is_even(k) for k in range(6)], sum(is_even(k % 90) for k in range(2000)))


def walker(n, look):
    """Looks at its callers' variables from within the recursion."""
    mine = n + 100
    if n == 0:
        return look()
    return walker(n - 1, look) + [mine]


def nothing():
    return []


def callers():
    out, f = [], sys._getframe(1)
    while f and f.f_code.co_name == "walker":
        out.append((f.f_locals["n"], f.f_locals["mine"], f.f_lineno))
        f = f.f_back
    return out


for _ in range(300):
    walker(6, nothing)
print(walker(4, callers))
for _ in range(100):
    walker(4, callers)
print(walker(4, callers)[:5])


def step(n):
    if n <= 0:
        return 0
    if n == 7 and swap:
        globals()["step"] = other
    return 1 + step(n - 1)


def other(n):
    return 1000 * n


swap = False
for _ in range(300):
    step(9)
swap = True
original = step
print(step(12), step(3))
step = original
swap = False
print(step(12))


def kinds(n, x):
    """The types of arguments and results vary from call to call."""
    if n == 0:
        return x
    y = kinds(n - 1, x)
    return y + x if n % 2 else y


for x in (1, 2.5, "ab", (1,), [3], 10**20, True):
    for _ in range(120):
        r = kinds(9, x)
    print(repr(r))


class Node:
    def __init__(self, depth):
        self.left = self.right = None
        if depth:
            self.left = Node(depth - 1)
            self.right = Node(depth - 1)

    def count(self):
        return 1 + (self.left.count() if self.left else 0) + (self.right.count() if self.right else 0)


print(sum(Node(k % 7).count() for k in range(200)))


class BadInit:
    bad = False

    def __init__(self, n):
        for _ in range(2):
            pass
        if n:
            BadInit(n - 1)
        if self.bad and n == 3:
            return_value = 5
        else:
            return_value = None
        self.n = n
        return return_value


for _ in range(300):
    BadInit(5)
BadInit.bad = True
print(frames_of(BadInit, 6))


def searching(n, items):
    for item in items:
        if n == 0:
            return item
        found = searching(n - 1, items)
        if found > 1:
            return found
    return -n


print([searching(k, [0, 1, 2]) for k in range(6)], [searching(3, [k, 1, 5]) for k in range(40)][-3:])


def permute(items, k=0):
    if k == len(items) - 1:
        return [tuple(items)]
    out = []
    for i in range(k, len(items)):
        items[k], items[i] = items[i], items[k]
        out += permute(items, k + 1)
        items[k], items[i] = items[i], items[k]
    return out


for _ in range(10):
    result = permute([1, 2, 3, 4, 5])
print(len(result), result[17], result[-1])


def flatten(tree):
    if isinstance(tree, list):
        for item in tree:
            yield from flatten(item)
    else:
        yield tree


print(list(flatten([1, [2, [3, [4, 5], 6], 7], [[8]]] * 30))[-9:])
print(sorted(range(400), key=lambda v: (v % 7, -v))[:5], max(range(500), key=lambda v: v * 37 % 101))
print(list(map(lambda v: fib(v % 5), range(300)))[-5:])


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


print(ackermann(2, 30))


def traced():
    seen = []

    def tracer(frame, event, arg):
        if frame.f_code.co_name in ("fib", "depth"):
            seen.append((frame.f_code.co_name, event, arg if event == "return" else None))
        return tracer

    def arm(n):
        if n == 0:
            sys.settrace(tracer)
            return depth(2)
        return arm(n - 1) + 1

    for _ in range(200):
        globals()["fib"](5)
    result = arm(5)
    sys.settrace(None)
    return result, [s for s in seen if s[1] != "line"]


print(traced())
