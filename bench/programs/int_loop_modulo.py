"""Nested integer loops with %, //, shifts and masks, and greatest common divisors.

Stresses int arithmetic that stays small but whose overflow must be checked.
"""
from _harness import main


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def power_mod(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def run(n):
    total = 0
    for i in range(n):
        for j in range(1, 20):
            total = (total + i * j) % 1000003
            total ^= (i >> 2) + (j << 3)
            total -= -i // j
    common = 0
    for i in range(1, n // 4):
        common += gcd(i * 84, 360 + i % 97)
    powers = 0
    for i in range(n // 20):
        powers = (powers + power_mod(i, 65537, 998244353)) % 1000000007
    return f"{total} {common} {powers}"


if __name__ == "__main__":
    main(run, 450000)
