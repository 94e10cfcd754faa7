"""decimal and fractions: interest, a series for pi, rounding modes, telephone-bill taxes, continued fractions.

Stresses decimal.Decimal, fractions.Fraction and statistics.
"""
import statistics
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from _harness import main


def pi():
    with localcontext() as context:
        context.prec += 2
        three = Decimal(3)
        last, t, s, n, na, d, da = 0, three, 3, 1, 0, 0, 24
        while s != last:
            last = s
            n, na = n + na, na + 8
            d, da = d + da, da + 32
            t = (t * n) / d
            s += t
    return +s


def bill(calls):
    total = tax_total = Decimal(0)
    for k, seconds in enumerate(calls):
        price = (seconds * Decimal("0.00894" if k & 1 else "0.0013")).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        tax = (price * Decimal("0.0675")).quantize(Decimal("0.01"), ROUND_DOWN)
        total += price + tax
        tax_total += tax
    return total, tax_total


def continued(depth):
    value = Fraction(1)
    for _ in range(depth):
        value = 1 + 1 / (1 + value)
    return value


def run(n):
    checksum = 0
    for i in range(n):
        total, tax = bill([Decimal(k * 37 % 900 + i % 10) for k in range(20)])
        checksum += int(total * 100) + int(tax * 100)
        balance = Decimal("1000.00")
        for _ in range(12):
            balance += (balance * Decimal("0.0425") / 12).quantize(Decimal("0.01"))
        checksum += int(balance * 100) + int(str(pi())[-3:])
        value = continued(12)
        checksum += value.numerator % 1009 + (value < Fraction(3, 2)) + int(Fraction("0.125") * 8 + Fraction(i, 7))
        checksum += int(statistics.median([i % 9, 3, 8, 1]) * 2) + int(Decimal(i + 2).sqrt() * 1000)
        checksum %= 1000000007
    return checksum


if __name__ == "__main__":
    main(run, 14000)
