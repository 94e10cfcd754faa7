"""Closures that count, compose, curry and memoise; lambdas in map, filter and sort keys; decorated functions.

Stresses cell variables, calls through variables and argument forwarding with * and **.
"""
from _harness import main


def make_counter(step):
    count = 0

    def advance():
        nonlocal count
        count += step
        return count

    return advance


def compose(*functions):
    def composed(value):
        for function in functions:
            value = function(value)
        return value

    return composed


def traced(function):
    calls = 0

    def wrapper(*args, **kwargs):
        nonlocal calls
        calls += 1
        return function(*args, **kwargs)

    wrapper.calls = lambda: calls
    return wrapper


@traced
def weigh(a, b, *, scale=1):
    return (a * 3 + b) * scale


def power_of(exponent):
    def power(base):
        result = 1
        for _ in range(exponent):
            result = result * base % 10007
        return result

    return power


def run(n):
    counters = [make_counter(step) for step in (1, 2, 3)]
    pipeline = compose(lambda x: x + 1, lambda x: x * 2, power_of(3), lambda x: x ^ 5)
    total = 0
    for i in range(n):
        total += counters[i % 3]() & 255
        total += pipeline(i & 63)
        total += weigh(i, 7) if i & 1 else weigh(i, b=5, scale=2)
        total %= 1000000007
    small = sum(map(lambda x: x * x % 17, filter(lambda x: x % 3, range(n // 2))))
    ranked = sorted(range(n // 10), key=lambda x: (x * 7919 % 1009, x))
    return f"{total} {small} {ranked[:3]} {weigh.calls() > 0}"


if __name__ == "__main__":
    main(run, 1800000)
