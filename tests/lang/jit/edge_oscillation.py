# Values swing back and forth over the small-int border, so results must shrink back after having been big.
def swing(n, edge):
    x = edge - 3
    direction = 1
    big = 0
    for i in range(n):
        x += direction * (i % 5)
        if x > edge + 4:
            direction = -1
        elif x < edge - 4:
            direction = 1
        if x >= edge:
            big += 1
    return x - edge, big


for bits in (31, 32, 46, 47, 48, 62, 63, 64):
    print(bits, swing(1000, 2 ** bits), swing(1001, -(2 ** bits)))


def normalise(n):
    out = []
    for i in range(n):
        big = (1 << 60) + i
        small = big - (1 << 60)
        out.append(small)
        small = (big * big) >> 100
        out.append(small & 0xFF)
        out.append(big % 1000)
        out.append(big // (1 << 55))
    return out


result = normalise(300)
print(result[:4], result[-4:], sum(result), {type(x) for x in result})
table = {}
for i in range(300):
    key = (2 ** 64 + i % 10) - 2 ** 64
    table[key] = table.get(key, 0) + 1
print(table)
