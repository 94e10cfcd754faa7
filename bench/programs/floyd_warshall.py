"""All-pairs shortest paths by the triple loop, with path reconstruction.

Stresses nested loops over rows of ints with a rarely taken branch.
"""
from _harness import main

FAR = 1 << 40


def make_distances(n):
    state = 31
    distances = [[FAR] * n for _ in range(n)]
    for i in range(n):
        distances[i][i] = 0
        for _ in range(5):
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            distances[i][(state >> 8) % n] = 1 + (state >> 4) % 100
        distances[i][(i + 1) % n] = 100
    return distances


def floyd_warshall(distances):
    n = len(distances)
    following = [[j if distances[i][j] < FAR else -1 for j in range(n)] for i in range(n)]
    for k in range(n):
        row_k = distances[k]
        for i in range(n):
            row_i = distances[i]
            through = row_i[k]
            next_k = following[i][k]
            for j in range(n):
                candidate = through + row_k[j]
                if candidate < row_i[j]:
                    row_i[j] = candidate
                    following[i][j] = next_k
    return following


def path_length(following, start, end):
    steps = 0
    while start != end:
        start = following[start][end]
        steps += 1
    return steps


def run(n):
    distances = make_distances(n)
    following = floyd_warshall(distances)
    total = sum(map(sum, distances))
    steps = sum(path_length(following, i, (i * 7 + 3) % n) for i in range(n))
    return f"{total} {steps} {max(map(max, distances))}"


if __name__ == "__main__":
    main(run, 320)
