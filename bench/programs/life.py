"""Conway's game of life on an unbounded plane as a set of living cells.

Stresses sets and dicts of int pairs, tuple building and set comprehensions.
"""
from _harness import main


def next_generation(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    near = (x + dx, y + dy)
                    counts[near] = counts.get(near, 0) + 1
    return {cell for cell, count in counts.items() if count == 3 or count == 2 and cell in cells}


def run(n):
    r_pentomino = {(1, 0), (2, 0), (0, 1), (1, 1), (1, 2)}
    glider = {(40, 40), (41, 41), (39, 42), (40, 42), (41, 42)}
    cells = r_pentomino | glider
    checksum = 0
    for generation in range(n):
        cells = next_generation(cells)
        checksum = (checksum * 31 + len(cells) + generation) % 1000000007
    return f"{checksum} {len(cells)} {sum(x * 3 + y for x, y in cells)}"


if __name__ == "__main__":
    main(run, 9000)
