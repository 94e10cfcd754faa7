# A function's code, defaults and globals-bound name change while a hot loop calls it.
def f(x, y=1):
    return x + y


def g(x, y=5):
    return x * y


def run(n, at, action):
    total = 0
    for i in range(n):
        if i == at:
            action()
        total += f(i)
    return total


def set_defaults():
    f.__defaults__ = (100,)


def set_code():
    f.__code__ = g.__code__


def rebind():
    global f
    f = lambda x: -1


print(run(1000, -1, None))
print(run(1000, 500, set_defaults))
print(run(1000, 700, set_code))
print(run(1000, 900, rebind))
print(run(1000, -1, None))


def h(*, k=1):
    return k


total = 0
for i in range(600):
    if i == 300:
        h.__kwdefaults__ = {"k": 10}
    if i == 500:
        h.__kwdefaults__["k"] = 1000
    total += h()
print(total)
