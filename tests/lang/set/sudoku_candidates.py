# Sudoku by candidate sets: elimination and search.
def solve(text):
    rows = [set(range(9 * i, 9 * i + 9)) for i in range(9)]
    columns = [set(range(i, 81, 9)) for i in range(9)]
    boxes = [{9 * (r + i) + c + j for i in range(3) for j in range(3)} for r in (0, 3, 6) for c in (0, 3, 6)]
    peers = {k: set().union(*(u for u in rows + columns + boxes if k in u)) - {k} for k in range(81)}
    start = {k: set("123456789") for k in range(81)}
    nodes = 0

    def assign(cells, k, d):
        cells[k] = {d}
        for p in sorted(peers[k]):
            if d in cells[p]:
                cells[p] = cells[p] - {d}
                if not cells[p] or len(cells[p]) == 1 and not assign(cells, p, min(cells[p])):
                    return False
        return True

    def search(cells):
        nonlocal nodes
        nodes += 1
        open_ = [(len(v), k) for k, v in cells.items() if len(v) > 1]
        if not open_:
            return cells
        k = min(open_)[1]
        for d in sorted(cells[k]):
            copy = dict(cells)
            if assign(copy, k, d) and (found := search(copy)):
                return found

    for k, d in enumerate(text):
        if d != "." and not assign(start, k, d):
            return None
    done = search(start)
    return "".join(min(done[k]) for k in range(81)) if done else None, nodes


puzzle = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
print(solve(puzzle))
print(solve("55" + "." * 79))
