"""Fibonacci numbers by plain double recursion. Stresses nothing but calls of a global function and small ints."""
from _harness import main


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def run(n):
    return fib(n)


if __name__ == "__main__":
    main(run, 36)
