# Matrices as nested lists: powers, inverse over fractions by hand, determinant, game of life on a grid.
def mul(a, b): return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
def power(m, n):
    r = [[int(i == j) for j in range(len(m))] for i in range(len(m))]
    while n:
        if n & 1:
            r = mul(r, m)
        m, n = mul(m, m), n >> 1
    return r


print(power([[1, 1], [1, 0]], 100)[0][1], power([[2]], 10), power([[1, 2], [3, 4]], 5))


def det(m): return m[0][0] if len(m) == 1 else sum((-1) ** j * m[0][j] * det([r[:j] + r[j + 1:] for r in m[1:]])
      for j in range(len(m)))


print(det([[2, 0, 1], [1, 3, 2], [1, 1, 4]]), det([[1, 2], [2, 4]]),
      det([[i * j % 7 for j in range(1, 7)] for i in range(1, 7)]))
grid = [[0] * 8 for _ in range(8)]
for y, x in ((0, 1), (1, 2), (2, 0), (2, 1), (2, 2)):
    grid[y][x] = 1
for _ in range(8):
    grid = [[int((n := sum(grid[(y + dy) % 8][(x + dx) % 8] for dy in (-1, 0, 1) for dx in (-1, 0,
          1) if dy or dx)) == 3 or n == 2 and grid[y][x]) for x in range(8)] for y in range(8)]
print(*("".join(".#"[c] for c in r) for r in grid), sep="\n")
t = [list(r) for r in zip(*[[1, 2], [3, 4], [5, 6]])]
print(t, [sum(r) for r in t], [max(c) for c in zip(*t)], [r[:] for r in t] == t, sorted(sum(t, []), key=lambda v: -v))
