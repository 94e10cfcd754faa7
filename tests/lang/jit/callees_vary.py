# One call site, many callees: functions of one code and of many, with defaults that differ, through bridges and beyond their limit.
def make(k):
    def plain(x, y=k):
        return x + y * 2
    return plain


# No closure: each is a new function of the same code with other defaults and globals.
def fresh(k):
    namespace = {"scale": k}
    exec("def scaled(x, step=%d, *, more=%d):\n    return x * scale + step + more" % (k % 5, k % 3), namespace)
    return namespace["scaled"]


def call_all(functions, n):
    total = 0
    for i in range(n):
        f = functions[i % len(functions)]
        total += f(i)
    return total


print(call_all([make(k) for k in range(30)], 3000))
print(call_all([fresh(k) for k in range(30)], 3000))

SOURCE = "lambda x: x {} {}"
many = [eval(SOURCE.format(op, k + 1)) for k in range(15) for op in ("+", "-", "*", "%")]
print(call_all(many, 4000))


# The code stays, its defaults are replaced while the loop is compiled.
def step(x, by=1):
    return x + by


def other(x, by=100):
    return x - by


def change(n):
    total = 0
    for i in range(n):
        f = step if i % 3 else other
        total += f(i)
        if i % 500 == 499:
            step.__defaults__ = (i,)
        if i == 1500:
            other.__code__ = step.__code__
    return total


print(change(3000))


# A comprehension's function is made anew each time; calls of many depths; raising callees.
def rows(n):
    out = 0
    for i in range(n):
        out += len([x for x in range(i % 4)])
        if i % 2:
            out += sum([x * 2 for x in (1, 2)])
    return out


print(rows(2000))


def fails(k):
    def f(x):
        if x % 7 == k:
            raise ValueError(k, x)
        return x
    return f


def guarded(n):
    functions = [fails(k) for k in range(12)] + [len, str, abs]
    caught = total = 0
    for i in range(n):
        try:
            result = functions[i % 15](i)
            total += result if isinstance(result, int) else len(result)
        except (ValueError, TypeError) as error:
            caught += len(error.args)
    return total, caught


print(guarded(4000))
