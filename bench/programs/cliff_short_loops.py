"""Cliff: loops that run zero to four times, nested four deep, whose counts change all the time.

Entering and leaving compiled loops is most of the work.
"""
from _harness import main


def inner(k, table):
    total = 0
    for a in range(k & 3):
        for b in table[k % 5]:
            total += a ^ b
        while total > 50:
            total -= 17
    return total


def run(n):
    table = [[], [1], [1, 2], [3, 4, 5], [9]]
    total = 0
    for i in range(n):
        for j in range(i % 3 + 1):
            for k in range(j, j + i % 4):
                total += inner(k + i, table)
            for x in (i, j):
                if x > total % 7:
                    break
                total += 1
            else:
                total += 2
        total %= 1000003
    return total


if __name__ == "__main__":
    main(run, 780000)
