"""Primes by a sieve over a list of bools and over a bytearray.

Stresses element stores with a stride, range loops and slice assignment.
"""
from _harness import main


def primes_by_list(limit):
    prime = [True] * (limit + 1)
    prime[0] = prime[1] = False
    i = 2
    while i * i <= limit:
        if prime[i]:
            for j in range(i * i, limit + 1, i):
                prime[j] = False
        i += 1
    return [i for i in range(limit + 1) if prime[i]]


def count_by_bytes(limit):
    composite = bytearray(limit + 1)
    count = 0
    for i in range(2, limit + 1):
        if composite[i] == 0:
            count += 1
            j = i * i
            while j <= limit:
                composite[j] = 1
                j += i
    return count


def run(n):
    primes = primes_by_list(n)
    return f"{len(primes)} {primes[-1]} {sum(primes) % 1000003} {count_by_bytes(n)}"


if __name__ == "__main__":
    main(run, 8000000)
