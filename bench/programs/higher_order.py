"""map, filter, reduce, sorted and any with lambdas, bound methods and functions as arguments.

Stresses calls from builtin functions back into Python code.
"""
from functools import reduce

from _harness import main


def compose(*functions):
    def composed(value):
        for function in functions:
            value = function(value)
        return value
    return composed


class Scale:
    def __init__(self, factor):
        self.factor = factor

    def apply(self, value):
        return value * self.factor % 1009

    def __call__(self, value):
        return value + self.factor


def run(n):
    scale = Scale(7)
    chain = compose(scale.apply, scale, lambda x: x ^ 5, abs)
    total = 0
    for i in range(n):
        numbers = range(i % 13, i % 13 + 60)
        squares = list(map(lambda x: x * x, numbers))
        odd = list(filter(lambda x: x & 1, squares))
        total += reduce(lambda a, b: (a * 31 + b) % 65537, odd, 1)
        total += sum(map(chain, numbers)) + sum(map(scale.apply, odd))
        total += any(map(lambda x: x > 3000, squares)) + all(filter(None, numbers))
        total += sorted(squares, key=lambda x: (x % 7, -x))[i % 60]
        total += max(numbers, key=lambda x: x * 17 % 31) - min(squares, key=scale)
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 25000)
