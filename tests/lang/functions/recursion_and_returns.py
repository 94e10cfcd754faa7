# Recursion, multiple returns, implicit None, nested definitions, functions as values.
def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)


def classify(n):
    if n < 0:
        return "neg"
    elif n == 0:
        return
    for i in range(n):
        if i == 5:
            return "big"
    while n:
        n -= 1
        if n == 2:
            return n, "two"


print([fact(n) for n in range(8)], [classify(n) for n in (-1, 0, 1, 2, 3, 9)], fact(50))


def flatten(x):
    if isinstance(x, list):
        return [z for y in x for z in flatten(y)]
    return [x]


print(flatten([1, [2, [3, [4, []]], 5]]), (lambda f, n: f(f, n))(lambda f, n: n and n + f(f, n - 1), 10))


def permutations(s):
    if len(s) < 2:
        return [s]
    return [c + p for i, c in enumerate(s) for p in permutations(s[:i] + s[i + 1:])]


print(permutations("abc"), len(permutations("abcde")))
ops = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "max": max, "str": str.__add__}
print(ops["+"](1, 2), ops["-"](5, 3), ops["max"](1, 9), ops["str"]("a", "b"),
      [f(4) for f in (abs, float, str, lambda v: v * v, fact)])


def even(n): return n == 0 or odd(n - 1)
def odd(n): return n != 0 and even(n - 1)


print(even(10), odd(7), even(7))


def counter():
    counter.calls += 1
    return counter.calls


counter.calls = 0
print(counter(), counter(), counter.calls)


def shadow(len):
    return len + 1


print(shadow(4), len([1]))


def conditional(flag):
    if flag:
        def inner(): return "yes"
    else:
        def inner(): return "no"
    return inner()


print(conditional(1), conditional(0), print("x", end=""), (lambda: (yield)).__name__, fact is fact,
      [fact, fact].index(fact))


def gcd(a, b): return gcd(b, a % b) if b else a
def power(b, e): return 1 if e == 0 else power(b * b, e // 2) * (b if e & 1 else 1)


print(gcd(84, 36), power(3, 40), power(2, 100), power(0.5, 10))
