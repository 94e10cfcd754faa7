# More live variables than machine registers, ints and floats mixed, all carried around a hot loop.
def churn(n):
    a = b = c = d = e = f = g = h = 1
    i = j = k = l = m = o = p = q = 2
    r = s = t = u = v = w = x = y = 0.5
    for step in range(n):
        a, b, c, d = b + 1, c ^ step, d & 1023, a % 1009
        e, f, g, h = f - g, g + h, h % 77, e % 99991
        i, j, k, l = (j * 3) % 1013, k + i % 5, l ^ j, i
        m, o, p, q = o, p, q, (m + step) % 4099
        r, s, t, u = s * 0.5, t + 0.25, u - r, r
        v, w, x, y = w, x * 0.5 + 1, y + v * 0.125, v
        if step % 50 == 49:
            a, r = int(r), float(a)
    return (a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q), tuple(round(z, 6) for z in (r, s, t, u, v, w, x, y))


for n in (0, 1, 10, 49, 50, 500, 777):
    ints, floats = churn(n)
    print(n, ints, floats)


def wide_call(a, b, c, d, e, f, g, h, i, j, k, l):
    return (a - b) + (c - d) * 2 + (e - f) * 3 + (g - h) * 4 + (i - j) * 5 + (k - l) * 6


total = 0
for z in range(300):
    total += wide_call(z, 1, z + 2, 3, z, 5, z + 6, 7, z, 9, z + 10, 11) * wide_call(*range(12))
print(total)


def expression(n):
    acc = 0
    for x in range(n):
        acc += ((((x + 1) * (x + 2)) % 7 + ((x + 3) * (x + 4)) % 11) * (((x + 5) * (x + 6)) % 13 + ((x + 7) * (x + 8)) % 17)
                - (((x + 9) * (x + 10)) % 19 - ((x + 11) * (x + 12)) % 23) * (((x + 13) * (x + 14)) % 29 + x))
    return acc


print(expression(1000))
