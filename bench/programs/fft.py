"""Fast Fourier transform of a signal and back, recursive with complex numbers and iterative with two lists of floats.

Stresses complex arithmetic, list slices with a step, and float loops with shifting index patterns.
"""
import cmath
import math

from _harness import main


def transform(values):
    size = len(values)
    if size == 1:
        return values
    even, odd = transform(values[::2]), transform(values[1::2])
    turn = cmath.exp(-2j * cmath.pi / size)
    factor = 1 + 0j
    low, high = [], []
    for a, b in zip(even, odd):
        b *= factor
        low.append(a + b)
        high.append(a - b)
        factor *= turn
    return low + high


def transform_in_place(re, im):
    size = len(re)
    j = 0
    for i in range(1, size):
        bit = size >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j |= bit
        if i < j:
            re[i], re[j] = re[j], re[i]
            im[i], im[j] = im[j], im[i]
    length = 2
    while length <= size:
        angle = -2 * math.pi / length
        half = length // 2
        for k in range(half):
            c, s = math.cos(angle * k), math.sin(angle * k)
            for a in range(k, size, length):
                b = a + half
                x = re[b] * c - im[b] * s
                y = re[b] * s + im[b] * c
                re[b], im[b] = re[a] - x, im[a] - y
                re[a] += x
                im[a] += y
        length *= 2


def run(n):
    size = 1024
    worst = 0.0
    total = 0
    for round_number in range(n):
        signal = [((i * 37 + round_number * 11) % 101 - 50) / 50 for i in range(size)]
        spectrum = transform([complex(x) for x in signal])
        re, im = signal[:], [0.0] * size
        transform_in_place(re, im)
        worst = max(worst, max(abs(z - complex(x, y)) for z, x, y in zip(spectrum, re, im)))
        total = (total + sum(round(abs(z) * 16) for z in spectrum[1:40])) % 1000000007
    return f"{total} {worst < 1e-9}"


if __name__ == "__main__":
    main(run, 400)
