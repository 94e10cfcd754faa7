# Numeric kernels on nested lists whose element types change: ints, floats, ints that overflow, None in one cell.
def multiply(a, b):
    n = len(a)
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return c


def identity(n, one):
    return [[one if i == j else one - one for j in range(n)] for i in range(n)]


base = [[(i * 5 + j * 3) % 7 - 3 for j in range(8)] for i in range(8)]
m = base
for power in range(60):
    m = multiply(m, base)
    if power % 12 == 0:
        print(power, m[0][0], m[3][5], sum(map(sum, m)))
print(multiply(base, identity(8, 1)) == base, multiply(base, identity(8, 1.0)) == base)
half = [[x * 0.5 for x in row] for row in base]
mixed = [row[:] for row in base]
mixed[3][3] = 0.5
mixed[7][7] = 2 ** 60
print(sum(map(sum, multiply(half, base))), sum(map(sum, multiply(mixed, base))), multiply(mixed, mixed)[7][7])
mixed[7][0] = None
try:
    multiply(base, mixed)
except TypeError as error:
    print(error)


def prefix_sums(grid):
    out = []
    for row in grid:
        acc = 0
        line = []
        for x in row:
            acc += x
            line.append(acc)
        if out:
            line = [p + q for p, q in zip(out[-1], line)]
        out.append(line)
    return out


print(prefix_sums(base)[-1], prefix_sums(half)[-1][-1], prefix_sums([[2 ** 46] * 20] * 20)[-1][-1])


def determinant(rows):
    rows = [row[:] for row in rows]
    n, sign, previous = len(rows), 1, 1
    for k in range(n - 1):
        if rows[k][k] == 0:
            for i in range(k + 1, n):
                if rows[i][k]:
                    rows[k], rows[i] = rows[i], rows[k]
                    sign = -sign
                    break
            else:
                return 0
        for i in range(k + 1, n):
            for j in range(k + 1, n):
                rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) // previous
        previous = rows[k][k]
    return sign * rows[-1][-1]


print([determinant([[(i * j + i + 3 * j * j) % 11 - 4 for j in range(n)] for i in range(n)]) for n in range(1, 14)])
