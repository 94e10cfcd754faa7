"""Factorials, Fibonacci numbers, binomials, harmonic sums and square roots with thousands of digits, printed in decimal.

Stresses big-int addition, multiplication, division, shifts, comparison and conversion to str and back.
"""
from _harness import main


def factorial(n):
    result = 1
    for k in range(2, n + 1):
        result *= k
    return result


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def root(n):
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) >> 1
        if y >= x:
            return x
        x = y


def harmonic(n):
    top, bottom = 0, 1
    for k in range(1, n + 1):
        top, bottom = top * k + bottom, bottom * k
    return top * 10**30 // bottom


def run(n):
    total = 0
    for i in range(n):
        f = factorial(400 + i % 20)
        total += int(str(f)[:15]) + sum(map(int, str(f)))
        g = fibonacci(2500 + i)
        total += g % 1000003 + len(str(g)) + (f > g)
        total += root(2 * 10**300 + i) % 998244353
        total += harmonic(120) % 10**9
        total += (f >> 500 & (1 << 61) - 1) ^ hash(g)
        total += f // factorial(200) % 1000033 + (-f) % 97
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 3000)
