# Closure cells are read and written in hot loops, by the owner and by the closure, with types that change.
def make(n):
    total = 0
    step = 1

    def bump(i):
        nonlocal total
        total += step * i
        return total

    for i in range(n):
        bump(i)
        if i == n // 2:
            step = 0.5
        if i == n - 10:
            step = 2 ** 60
    return total, bump(0) == total


print(make(1000))
print(make(20))


def counters():
    out = []
    for i in range(5):
        def counter(i=i, state=[0]):
            state[0] += i
            return state[0]
        out.append(counter)
    return out


made = counters()
for _ in range(300):
    for c in made:
        last = c()
print(last, [c() for c in made])


def late():
    functions = []
    for i in range(200):
        functions.append(lambda: i)
    return sum(f() for f in functions)


print(late())


def unbound(n):
    def read():
        return value

    seen = 0
    for i in range(n):
        try:
            seen += read()
        except NameError as error:
            message = str(error)
            seen -= 1
        if i == n // 2:
            value = 3
        if i == n - 20:
            del value
    return seen, message


print(unbound(400))
