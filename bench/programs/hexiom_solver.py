"""Places numbered tiles on a hexagonal board so that each tile has as many neighbours as its number says.

Stresses backtracking over lists and dicts of small ints, tuple keys and early exits.
"""
from _harness import main

DIRECTIONS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


def make_cells(radius):
    cells = [(q, r) for r in range(-radius + 1, radius) for q in range(-radius + 1, radius) if abs(q + r) < radius]
    index = {cell: i for i, cell in enumerate(cells)}
    neighbours = [[index[(q + dq, r + dr)] for dq, dr in DIRECTIONS if (q + dq, r + dr) in index] for q, r in cells]
    return cells, neighbours


class Solver:
    def __init__(self, radius, tiles):
        self.cells, self.neighbours = make_cells(radius)
        self.left = dict(sorted(tiles.items()))
        self.board = [None] * len(self.cells)
        self.steps = 0
        self.solutions = 0

    def fits(self, cell):
        """Can the numbers at and around `cell` still come true?"""
        for i in self.neighbours[cell] + [cell]:
            number = self.board[i]
            if not number:
                if number == 0:
                    for j in self.neighbours[i]:
                        if self.board[j]:
                            return False
                continue
            full = free = 0
            for j in self.neighbours[i]:
                other = self.board[j]
                if other is None:
                    free += 1
                elif other >= 0:
                    full += 1
            if full > number or full + free < number:
                return False
        return True

    def solve(self, cell, limit):
        if self.solutions >= limit:
            return
        if cell == len(self.cells):
            self.solutions += 1
            return
        self.steps += 1
        for number, count in self.left.items():
            if count:
                self.left[number] = count - 1
                self.board[cell] = number
                if self.fits(cell):
                    self.solve(cell + 1, limit)
                self.board[cell] = None
                self.left[number] = count


def make_puzzle(radius, state):
    """Tiles of a layout that the generator draws, so that there is a solution."""
    cells, neighbours = make_cells(radius)
    filled = []
    for _ in cells:
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        filled.append(state >> 16 & 3 != 0)
    tiles = {}
    for cell, near in enumerate(neighbours):
        number = sum(filled[other] for other in near) if filled[cell] else -1
        tiles[number] = tiles.get(number, 0) + 1
    return tiles, state


def run(n):
    state = 99
    checksum = 0
    for _ in range(n):
        tiles, state = make_puzzle(3, state)
        solver = Solver(3, tiles)
        solver.solve(0, 2)
        checksum = (checksum * 31 + solver.steps * 3 + solver.solutions) % 1000000007
    return checksum


if __name__ == "__main__":
    main(run, 1500)
