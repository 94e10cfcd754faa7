"""Cliff: one loop that calls five hundred different functions, each with a small loop of its own.

Everything is warm, nothing is hot.
"""
from _harness import main

TEMPLATE = """
def function_{k}(x):
    total = x
    for j in range({rounds}):
        total = (total * {factor} + j) % {modulus}
    if total & 1:
        total += {k}
    return total
"""


def make_functions():
    names = {}
    for k in range(500):
        exec(TEMPLATE.format(k=k, rounds=k % 7 + 1, factor=k % 13 + 2, modulus=997 + k), names)
    return [names[f"function_{k}"] for k in range(500)]


FUNCTIONS = make_functions()


def run(n):
    total = 0
    for i in range(n):
        for function in FUNCTIONS:
            total += function(i)
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 4000)
