"""Longest chain of the 3n+1 problem below a limit, with and without a table of known lengths.

Stresses while loops on small ints with data-dependent branches.
"""
from _harness import main


def chain_length(start):
    length = 1
    number = start
    while number != 1:
        if number % 2 == 0:
            number //= 2
        else:
            number = 3 * number + 1
        length += 1
    return length


def longest_with_table(limit):
    known = [0] * limit
    known[1] = 1
    best = best_start = 1
    for start in range(2, limit):
        number = start
        steps = 0
        while number >= start:
            number = number >> 1 if number & 1 == 0 else 3 * number + 1
            steps += 1
        known[start] = steps + known[number]
        if known[start] > best:
            best, best_start = known[start], start
    return best, best_start


def run(n):
    total = 0
    for start in range(1, n // 20):
        total += chain_length(start)
    best, best_start = longest_with_table(n)
    return f"{total} {best} {best_start}"


if __name__ == "__main__":
    main(run, 1500000)
