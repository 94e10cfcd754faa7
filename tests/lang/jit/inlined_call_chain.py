# Chains of small calls that a tracer inlines, with an exit, an exception or a change of type at the bottom.
def f0(x):
    return x + 1


def f1(x):
    return f0(x) * 2


def f2(x):
    return f1(x) - 3


def f3(x, y=5):
    return f2(x) + f1(y)


def f4(*args):
    return f3(*args) ^ 1


def f5(x, **kw):
    return f4(x, kw.get("y", 2))


def bottom(x):
    if x % 101 == 100:
        raise LookupError(x)
    if x % 53 == 52:
        return x * 0.5
    return f5(x, y=x & 7)


def middle(x):
    try:
        return bottom(x)
    except LookupError as error:
        return -error.args[0]


total = 0
for i in range(1000):
    total += middle(i)
print(total)


class Layer:
    def __init__(self, below):
        self.below = below

    def call(self, x):
        return self.below.call(x + 1) - 1


class Ground:
    def call(self, x):
        return x * x


stack = Ground()
for _ in range(15):
    stack = Layer(stack)
print(sum(stack.call(i) for i in range(300)))
middle_layer = stack.below.below.below
total = 0
for i in range(300):
    if i == 200:
        middle_layer.call = lambda x: 1000
    total += stack.call(i)
print(total)
compose = lambda f, g: lambda x: f(g(x))
h = lambda x: x
for k in range(12):
    h = compose(h, lambda x, k=k: x * 2 % 1009 + k)
print(sum(map(h, range(300))))
