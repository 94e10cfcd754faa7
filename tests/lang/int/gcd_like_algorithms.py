# Euclid, modular inverse, Chinese remainders and continued fractions on ints of all sizes.
def egcd(a, b):
    x0, x1, y0, y1 = 1, 0, 0, 1
    while b:
        q, a, b = a // b, b, a % b
        x0, x1 = x1, x0 - q * x1
        y0, y1 = y1, y0 - q * y1
    return a, x0, y0


for a, b in ((240, 46), (-7, 3), (0, 5), (2 ** 90 + 1, 3 ** 50), (10 ** 40, 10 ** 25 + 9)):
    g, x, y = egcd(a, b)
    print(g, x, y, a * x + b * y == g)


def crt(residues):
    n, r = 1, 0
    for m, v in residues:
        g, p, q = egcd(n, m)
        r = (r * m * q + v * n * p) % (n * m)
        n *= m
    return r, n


print(crt([(3, 2), (5, 3), (7, 2)]), crt([(2 ** 31 - 1, 5), (2 ** 61 - 1, 77)]))


def fraction(p, q):
    while q:
        a, r = divmod(p, q)
        yield a
        p, q = q, r


print(list(fraction(415, 93)), list(fraction(10 ** 30 + 1, 10 ** 29)), list(fraction(-7, 3)))
print([pow(a, -1, 101) * a % 101 for a in (2, 50, 100)], pow(7, 2 ** 70, 10 ** 9 + 7))
