# Branch-free looking code on ints and floats: min, max, abs, conditional expressions, clamping.
def clamp_all(values, low, high):
    total = 0
    for v in values:
        total += low if v < low else high if v > high else v
        total += max(low, min(v, high))
        total -= abs(v) if v < 0 else -v
    return total


ints = [(i * 37) % 101 - 50 for i in range(500)]
print(clamp_all(ints, -10, 10), clamp_all([v * 0.5 for v in ints], -10, 10.5),
      clamp_all(ints + [2 ** 60, -(2 ** 60)], -(2 ** 50), 2 ** 50))
print(clamp_all([True, False] * 100, 0, 1), type(clamp_all([True] * 100, 0, 1)).__name__)
best = None
for v in ints:
    best = v if best is None else max(best, v)
print(best, max(ints), min(ints))
sign = 0
for v in ints:
    sign += (v > 0) - (v < 0)
print(sign)
