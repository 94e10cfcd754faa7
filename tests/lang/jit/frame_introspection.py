# locals(), sys._getframe and tracebacks look into frames of hot loops and must see true values.
import sys


def snapshots(n):
    out = []
    total = 0
    for i in range(n):
        total += i
        if i % 150 == 149:
            here = dict(locals())
            here.pop("out")
            out.append(sorted(here.items(), key=lambda kv: kv[0]))
    return out


for s in snapshots(500):
    print([(k, v) for k, v in s if k in ("i", "n", "total")])


def peek():
    frame = sys._getframe(1)
    return frame.f_locals["i"], frame.f_lineno, frame.f_code.co_name


def caller(n):
    seen = []
    x = 0.0
    for i in range(n):
        x += 0.5
        if i % 200 == 199:
            seen.append(peek())
            seen.append(sys._getframe(0).f_locals["x"])
    return seen


print(caller(500))


def depth():
    frame = sys._getframe()
    count = 0
    while frame:
        count += 1
        frame = frame.f_back
    return count


def nest(k):
    return depth() if k == 0 else nest(k - 1)


total = 0
for i in range(200):
    total += nest(i % 5)
print(total)


def raising(n):
    a, b = 0, 1
    for i in range(n):
        a, b = b, (a + b) % 1000
        if i == n - 1:
            raise ValueError


try:
    raising(400)
except ValueError as error:
    frame = error.__traceback__.tb_next.tb_frame
    print(frame.f_locals, frame.f_lineno, error.__traceback__.tb_next.tb_lineno)
names = 0
for i in range(200):
    names += len(dir()) > 5 and "i" in globals() and "names" in vars()
print(names)
