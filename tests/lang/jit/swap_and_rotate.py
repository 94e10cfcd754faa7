# Simultaneous assignment among many names in hot loops: swaps, rotations, with ints, floats and objects.
a, b, c, d = 1, 2.5, "s", [0]
for i in range(1001):
    a, b, c, d = b, c, d, a
print(a, b, c, d)


def rotate(n):
    x = [0, 1, 2, 3, 4]
    p, q = 0, 4
    for i in range(n):
        x[p], x[q] = x[q], x[p]
        p, q = q, (p + i) % 5
        x[0], x[1], x[2] = x[2], x[0], x[1]
    return x, p, q


print(rotate(1000), rotate(1001))
i = 0
table = list(range(7))
for _ in range(500):
    i, table[i] = table[i], i
print(i, table)
u = v = w = 0
for k in range(700):
    u, v = v + k, u - w
    w, u = u % 7, w + v % 5
print(u, v, w)
