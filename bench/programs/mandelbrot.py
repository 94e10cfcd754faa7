"""Escape times over a square of the complex plane, on pairs of floats and on complex numbers.

Stresses float loops with an early exit and complex arithmetic.
"""
from _harness import main

LIMIT = 50


def escape_floats(cr, ci):
    zr = zi = 0.0
    for i in range(LIMIT):
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return i
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return LIMIT


def escape_complex(c):
    z = 0j
    for i in range(LIMIT):
        if abs(z) > 2.0:
            return i
        z = z * z + c
    return LIMIT


def run(n):
    total = 0
    rows = 0
    for y in range(n):
        ci = 2.0 * y / n - 1.0
        row = 0
        for x in range(n):
            row += escape_floats(2.0 * x / n - 1.5, ci)
        rows = (rows * 31 + row) % 1000000007
        if y % 4 == 0:
            for x in range(0, n, 2):
                total += escape_complex(complex(2.0 * x / n - 1.5, ci))
    return rows * 1000 + total % 1000


if __name__ == "__main__":
    main(run, 900)
