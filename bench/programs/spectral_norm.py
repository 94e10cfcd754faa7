"""The spectral norm of an infinite matrix, cut to n by n, by the power method.

Stresses a tiny arithmetic function called from a doubly nested loop, mixed int and float arithmetic and sums.
"""
from _harness import main


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    result = []
    size = len(vector)
    for i in range(size):
        total = 0.0
        for j in range(size):
            total += element(i, j) * vector[j]
        result.append(total)
    return result


def times_transposed(vector):
    result = []
    size = len(vector)
    for i in range(size):
        total = 0.0
        for j in range(size):
            total += element(j, i) * vector[j]
        result.append(total)
    return result


def run(n):
    u = [1.0] * n
    v = u
    for _ in range(10):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    top = sum(a * b for a, b in zip(u, v))
    bottom = sum(b * b for b in v)
    return f"{(top / bottom) ** 0.5:.9f}"


if __name__ == "__main__":
    main(run, 550)
