"""Random playouts of the game of Go on a 9 by 9 board, with captures, suicide and simple ko.

Stresses flood fills over lists and sets, flat index arithmetic and unpredictable branches.
"""
from _harness import main

SIZE = 9
WIDTH = SIZE + 2
EMPTY, BLACK, WHITE, EDGE = 0, 1, 2, 3
STEPS = (-WIDTH, -1, 1, WIDTH)


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % limit


class Board:
    def __init__(self):
        self.cells = [EDGE] * (WIDTH * WIDTH)
        for row in range(1, SIZE + 1):
            for column in range(1, SIZE + 1):
                self.cells[row * WIDTH + column] = EMPTY
        self.ko = 0
        self.captured = 0

    def group(self, start):
        """Stones of the group at `start`, or None as soon as a liberty is seen."""
        cells = self.cells
        color = cells[start]
        seen = {start}
        todo = [start]
        while todo:
            point = todo.pop()
            for step in STEPS:
                other = point + step
                cell = cells[other]
                if cell == EMPTY:
                    return None
                if cell == color and other not in seen:
                    seen.add(other)
                    todo.append(other)
        return seen

    def is_eye(self, point, color):
        cells = self.cells
        for step in STEPS:
            if cells[point + step] not in (color, EDGE):
                return False
        bad = 0
        edge = 0
        for step in (-WIDTH - 1, -WIDTH + 1, WIDTH - 1, WIDTH + 1):
            cell = cells[point + step]
            if cell == EDGE:
                edge = 1
            elif cell == 3 - color:
                bad += 1
        return bad + edge < 2

    def play(self, point, color):
        """Plays unless the move is illegal; True when played."""
        cells = self.cells
        if cells[point] != EMPTY or point == self.ko:
            return False
        cells[point] = color
        taken = []
        for step in STEPS:
            other = point + step
            if cells[other] == 3 - color:
                stones = self.group(other)
                if stones is not None:
                    for stone in stones:
                        cells[stone] = EMPTY
                    taken.extend(stones)
        if not taken and self.group(point) is not None:
            cells[point] = EMPTY
            return False
        self.ko = taken[0] if len(taken) == 1 else 0
        self.captured += len(taken)
        return True

    def score(self):
        """Black's points less White's: stones, and empty points that touch one colour only."""
        total = 0
        cells = self.cells
        for row in range(1, SIZE + 1):
            for column in range(1, SIZE + 1):
                point = row * WIDTH + column
                cell = cells[point]
                if cell == EMPTY:
                    around = {cells[point + step] for step in STEPS} - {EDGE, EMPTY}
                    cell = around.pop() if len(around) == 1 else EMPTY
                total += (cell == BLACK) - (cell == WHITE)
        return total


def playout(random):
    board = Board()
    color = BLACK
    passes = 0
    moves = 0
    while passes < 2 and moves < 3 * SIZE * SIZE:
        free = [p for p, cell in enumerate(board.cells) if cell == EMPTY and not board.is_eye(p, color)]
        passes += 1
        while free:
            i = random.below(len(free))
            if board.play(free[i], color):
                passes = 0
                break
            free[i] = free[-1]
            free.pop()
        if passes:
            board.ko = 0
        moves += 1
        color = 3 - color
    return board.score(), moves, board.captured


def run(n):
    random = Random(2024)
    checksum = 0
    for _ in range(n):
        score, moves, captured = playout(random)
        checksum = (checksum * 1009 + score * 7 + moves * 3 + captured) % 1000000007
    return checksum


if __name__ == "__main__":
    main(run, 1300)
