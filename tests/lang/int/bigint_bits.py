# Bit operations, shifts and bit methods of positive and negative big integers.
values = [0, 1, -1, 2 ** 63, -(2 ** 63), 2 ** 64 - 1, 3 ** 50, -(3 ** 50), 2 ** 128, -(2 ** 128) + 1,
      0xF0F0F0F0F0F0F0F0F0F0]
for a in values:
    for b in values:
        assert (a & b) + (a | b) == a + b
        assert (a ^ b) == (a | b) - (a & b)
        assert ~(a & b) == ~a | ~b
    for s in (0, 1, 7, 63, 64, 65, 200):
        assert a << s == a * 2 ** s and a >> s == a // 2 ** s
print([a & 0xFF for a in values])
print([a | 1 << 70 for a in values[:4]])
print([a ^ -1 for a in values])
print([a.bit_length() for a in values], [a.bit_count() for a in values])
print([a >> 60 for a in values])
print(-1 >> 1000, 1 << 100 >> 99, -5 >> 1, -(2 ** 64) >> 64, -(2 ** 64) - 1 >> 64, 1 >> 2 ** 70)
print([(a.conjugate(), a.real == a, a.imag, a.numerator == a, a.denominator) for a in values[:4]])
print((2 ** 100).as_integer_ratio(), (6).as_integer_ratio(), int.__and__(6, 3), (5).__lshift__(70), (5).__rsub__(7),
      (5).__add__(1.5))
x = 3 ** 100
print(bin(x).count("1") == x.bit_count(), len(bin(x)) - 2 == x.bit_length(), x & -x, x & x - 1 == x - 1)
try:
    1 << 2 ** 70
except (OverflowError, MemoryError) as error:
    print(type(error).__name__, error)
try:
    1 << -(2 ** 70)
except ValueError as error:
    print(error)
print(0 << 5, 0 >> 2 ** 65, hash(2 ** 61 - 1), hash(2 ** 61), hash(-1), hash(-2), hash(2 ** 100), hash(-(2 ** 100)))
