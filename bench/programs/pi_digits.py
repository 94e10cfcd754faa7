"""Digits of pi from a spigot with big-integer fractions, factorials and powers.

Stresses big-integer multiplication, division, comparison and conversion to decimal.
"""
import sys

from _harness import main


def digits():
    """Yields decimal digits of pi: a linear fractional transformation consumed term by term."""
    q, r, t, k = 1, 0, 1, 1
    while True:
        low = (q * 3 + r) // t
        if low == (q * 4 + r) // t:
            yield low
            q, r = 10 * q, 10 * (r - low * t)
        else:
            q, r, t, k = q * k, (2 * q + r) * (2 * k + 1), t * (2 * k + 1), k + 1


def machin(places):
    """pi * 10**places by arctangents in integers."""
    unit = 10 ** (places + 10)

    def arctan_inverse(x):
        power = unit // x
        total = power
        square = x * x
        divisor = 1
        sign = -1
        while power:
            power //= square
            divisor += 2
            total += sign * (power // divisor)
            sign = -sign
        return total

    return 4 * (4 * arctan_inverse(5) - arctan_inverse(239)) // 10 ** 10


def run(n):
    spigot = digits()
    text = "".join(str(next(spigot)) for _ in range(n))
    value = machin(2 * n)
    if str(value)[:n] != text:
        raise AssertionError("the two ways to pi disagree")
    factorial = 1
    for i in range(2, n):
        factorial *= i
    return f"{text[-10:]} {value % 1000000007} {factorial % 998244353} {pow(value, n, 10 ** 9 + 9)}"


if __name__ == "__main__":
    sys.set_int_max_str_digits(0)
    main(run, 6000)
