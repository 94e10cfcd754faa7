# Bit tricks in hot loops: population counts, reversals, gray codes, bit sets, on small and large ints.
def popcount(x):
    n = 0
    while x:
        x &= x - 1
        n += 1
    return n


def reverse(x, width):
    r = 0
    for _ in range(width):
        r = r << 1 | x & 1
        x >>= 1
    return r


for width in (8, 31, 47, 48, 63, 64, 100):
    xs = [(i * 0x9E3779B97F4A7C15F39CC0605CEDC835) & ((1 << width) - 1) for i in range(60)]
    assert all(popcount(x) == x.bit_count() == bin(x).count("1") for x in xs)
    assert all(reverse(reverse(x, width), width) == x for x in xs)
    print(width, sum(map(popcount, xs)), sum(reverse(x, width) for x in xs), xs[7] ^ ~xs[9], -xs[5] & xs[6], ~xs[3] | 5)
seen = 0
for i in range(500):
    seen |= 1 << i * i % 97
print(hex(seen), popcount(seen), [i for i in range(97) if seen >> i & 1][:8], seen & -seen)
g = 0
for i in range(1000):
    g = (g ^ i ^ i >> 1) << 1 & 0x1FFFFFFFFFFFF
print(g)
