# A discrete Fourier transform, polynomial roots and Mandelbrot steps on complex numbers.
import math


def exp_i(t): return complex(math.cos(t), math.sin(t))


def dft(a, sign=-1):
    n = len(a)
    if n == 1:
        return list(a)
    even, odd = dft(a[::2], sign), dft(a[1::2], sign)
    twisted = [exp_i(sign * 2 * math.pi * k / n) * odd[k] for k in range(n // 2)]
    return [e + t for e, t in zip(even, twisted)] + [e - t for e, t in zip(even, twisted)]


signal = [1, 2, 3, 4, 0, 0, 1, -1]
spectrum = dft(signal)
print([f"{z:.6f}" for z in spectrum])
back = [z / 8 for z in dft(spectrum, 1)]
print([round(z.real, 9) + 0.0 for z in back], all(abs(z.imag) < 1e-12 for z in back))


def durand_kerner(coefficients):
    n = len(coefficients) - 1
    z = [(0.4 + 0.9j) ** k for k in range(n)]
    for _ in range(80):
        for i in range(n):
            p = 0
            for c in coefficients:
                p = p * z[i] + c
            q = 1
            for j in range(n):
                if i != j:
                    q *= z[i] - z[j]
            z[i] -= p / q
    return sorted((round(r.real, 6) + 0.0, round(r.imag, 6) + 0.0) for r in z)


print(durand_kerner([1, -6, 11, -6]), durand_kerner([1, 0, 0, -1]), durand_kerner([1, 0, 1]))


def escape(c):
    z = 0
    for i in range(60):
        z = z * z + c
        if abs(z) > 2:
            return i
    return -1


print([escape(complex(x / 4, y / 4)) for y in (-3, 0, 2) for x in range(-8, 3)], abs(3 - 4j), (1 + 1j) ** 10,
      (2j) ** 0.5, -1 ** 0.5)
