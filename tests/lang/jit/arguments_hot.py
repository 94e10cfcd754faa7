# Hot calls with every kind of argument passing; the callee and the shape of the call change.
def f(a, b=2, *args, c=3, **kwargs):
    return a * 1000 + b * 100 + len(args) * 10 + c + len(kwargs)


def run(n):
    total = 0
    extra = (7, 8, 9)
    named = {"c": 4, "z": 0}
    for i in range(n):
        total += f(i)
        total += f(i, 1)
        total += f(i, b=1)
        total += f(b=1, a=i)
        total += f(i, *extra)
        total += f(*extra[: i % 3 + 1], **named)
        total += f(i, c=i % 5)
        total += f(*(i,), *[1, 2], c=1, **{"y": 1})
    return total


print(run(200), run(201))


def apply(function, args_list):
    out = 0
    for args in args_list:
        try:
            out += function(*args)
        except TypeError as error:
            message = str(error)
            out -= 1
    return out, message


def two(a, b):
    return a + b


print(apply(two, [(1, 2)] * 300 + [(1,), (1, 2, 3), ()] * 2))


def defaults(a, b=[], *, c={}):
    b.append(a)
    c[a] = len(b)
    return len(b) + len(c)


total = 0
for i in range(200):
    total += defaults(i % 50)
print(total)


def positional(a, /, b, *, c):
    return a - b + c


print(sum(positional(i, b=2, c=i) for i in range(300)))


def swallow(*args, **kwargs):
    return args, kwargs


for i in range(200):
    args, kwargs = swallow(i, *range(i % 3), x=i, **{"y": 1})
print(args, kwargs)
