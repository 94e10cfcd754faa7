"""Product of two n by n matrices of floats as lists of lists, with index loops and with sums over zipped rows.

Stresses nested subscripts and float multiply-add.
"""
from _harness import main


def make_matrix(n, seed):
    return [[((i * 7 + j * 13 + seed) % 17 - 8) / 4.0 for j in range(n)] for i in range(n)]


def multiply(a, b):
    n, inner, m = len(a), len(b), len(b[0])
    result = [[0.0] * m for _ in range(n)]
    for i in range(n):
        for j in range(m):
            total = 0.0
            for k in range(inner):
                total += a[i][k] * b[k][j]
            result[i][j] = total
    return result


def multiply_zipped(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def run(n):
    a, b = make_matrix(n, 1), make_matrix(n, 5)
    c = multiply(a, b)
    d = multiply_zipped(c, a)
    trace = sum(d[i][i] for i in range(n))
    return f"{trace:.4f} {c[1][2]:.4f} {sum(map(sum, d)):.4f}"


if __name__ == "__main__":
    main(run, 260)
