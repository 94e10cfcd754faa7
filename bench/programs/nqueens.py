"""All ways to put n queens on a board, by backtracking over permutations with a generator, and again with bit masks.

Stresses recursive generators, sets of small ints, and bit arithmetic in deep recursion.
"""
from _harness import main


def placements(n, row, columns, rising, falling, chosen):
    if row == n:
        yield tuple(chosen)
        return
    for column in range(n):
        if column in columns or row + column in rising or row - column in falling:
            continue
        columns.add(column)
        rising.add(row + column)
        falling.add(row - column)
        chosen.append(column)
        yield from placements(n, row + 1, columns, rising, falling, chosen)
        chosen.pop()
        columns.remove(column)
        rising.remove(row + column)
        falling.remove(row - column)


def count_masks(full, columns, rising, falling):
    if columns == full:
        return 1
    total = 0
    free = full & ~(columns | rising | falling)
    while free:
        bit = free & -free
        free ^= bit
        total += count_masks(full, columns | bit, (rising | bit) << 1, (falling | bit) >> 1)
    return total


def run(n):
    checksum = 0
    found = 0
    for solution in placements(n, 0, set(), set(), set(), []):
        found += 1
        for column in solution:
            checksum = (checksum * 11 + column) % 1000003
    return f"{found} {checksum} {count_masks((1 << n + 1) - 1, 0, 0, 0)}"


if __name__ == "__main__":
    main(run, 12)
