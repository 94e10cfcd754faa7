# Loops that run 0 to 300 times each: every boundary of "hot" is crossed, each result is checked.
def triangle(n):
    total = 0
    for i in range(n):
        total += i
    return total, n and i


for n in range(301):
    total, last = triangle(n)
    assert total == n * (n - 1) // 2, (n, total)
    assert last == max(n - 1, 0)
print("triangle")


def make(n):
    namespace = {}
    source = f"def loop(n):\n    x = {n}\n    while n:\n        n -= 1\n        x += 2\n    return x\n"
    exec(source, namespace)
    return namespace["loop"]


for n in list(range(0, 260, 7)) + [255, 256, 257, 1000]:
    fresh = make(n)
    assert [fresh(k) for k in (n, 1, 0, n + 1)] == [3 * n, n + 2, n, 3 * n + 2], n
print("fresh functions")


def inner(n):
    out = []
    for i in range(n):
        row = 0
        for j in range(i):
            row += j if (i + j) % 3 else -j
            k = j
            while k:
                k >>= 1
                row += 1
        out.append(row)
    return out


rows = inner(60)
print(sum(rows), rows[::9])


def varying(lengths):
    total = 0
    for length in lengths:
        for _ in range(length):
            total += 1
        total *= 3
        total %= 10007
    return total


print(varying([0, 1, 100, 2, 0, 500, 3] * 20), varying([0] * 1000), varying([1] * 1000))
