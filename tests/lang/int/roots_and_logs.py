# Integer roots, digit counts and base conversion by hand against the builtins.
import math


def root(n, k):
    low, high = 0, 1 << n.bit_length() // k + 1
    while low < high:
        mid = (low + high + 1) // 2
        low, high = (mid, high) if mid ** k <= n else (low, mid - 1)
    return low


for n in (0, 1, 26, 27, 10 ** 18, 2 ** 90, 3 ** 60 - 1):
    print(n, [root(n, k) for k in (2, 3, 5)], root(n, 2) == math.isqrt(n))


def to_base(n, b):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    if n < 0:
        return "-" + to_base(-n, b)
    out = ""
    while True:
        n, d = divmod(n, b)
        out = digits[d] + out
        if not n:
            return out


for n in (0, 7, -255, 2 ** 65, 10 ** 30, -(36 ** 12)):
    assert all(int(to_base(n, b), b) == n for b in range(2, 37))
    print(to_base(n, 36), to_base(n, 7), to_base(n, 2) == f"{n:b}", to_base(n, 16) == f"{n:x}")
print([len(str(2 ** k)) for k in (10, 100, 1000)], [(10 ** k).bit_length() for k in (1, 10, 100)])
