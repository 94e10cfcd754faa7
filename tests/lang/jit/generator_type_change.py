# A generator yields ints for long, then floats, strings and None; its consumer is hot.
def source(n):
    for i in range(n):
        if i < 500:
            yield i
        elif i < 700:
            yield i * 0.5
        elif i < 750:
            yield str(i)
        else:
            yield None


def consume(items):
    ints = floats = 0
    other = []
    for x in items:
        if type(x) is int:
            ints += x
        elif type(x) is float:
            floats += x
        else:
            other.append(x)
    return ints, floats, len(other), other[:2], other[-1:]


print(consume(source(100)))
print(consume(source(800)))
print(consume(source(600)))


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


total = 0
for i, f in enumerate(fib()):
    if i == 300:
        break
    total += f
print(total, f)


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


print(sum(tree(10)), list(tree(3)))
