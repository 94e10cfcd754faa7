"""Pancake flipping over all permutations of nine numbers, from n starting points: the largest number of flips, and an alternating sum.

Stresses list element reads and writes, slices and small integer loops.
"""
from _harness import main


def flips_of(permutation):
    work = permutation[:]
    count = 0
    first = work[0]
    while first:
        work[:first + 1] = work[first::-1]
        count += 1
        first = work[0]
    return count


def next_permutation(permutation, counts):
    """Steps to the next permutation by rotating prefixes; False after the last one."""
    size = len(permutation)
    for i in range(1, size):
        first = permutation[0]
        for j in range(i):
            permutation[j] = permutation[j + 1]
        permutation[i] = first
        counts[i] += 1
        if counts[i] <= i:
            return True
        counts[i] = 0
    return False


def explore(permutation):
    counts = [0] * len(permutation)
    best = 0
    total = 0
    sign = 1
    while True:
        if permutation[0]:
            flips = flips_of(permutation)
            if flips > best:
                best = flips
            total += flips * sign
        sign = -sign
        if not next_permutation(permutation, counts):
            return total, best


def run(n):
    checksum = 0
    for i in range(n):
        numbers = list(range(9))
        numbers[i % 9], numbers[8] = numbers[8], numbers[i % 9]
        total, best = explore(numbers)
        checksum = checksum * 7 + total * 100 + best
    return checksum


if __name__ == "__main__":
    main(run, 4)
