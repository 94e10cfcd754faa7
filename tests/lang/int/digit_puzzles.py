# Number puzzles over decimal digits: palindromes, happy numbers, Armstrong numbers, Kaprekar's routine.
def digits(n): return [int(c) for c in str(n)]
def happy(n):
    seen = set()
    while n != 1 and n not in seen:
        seen.add(n)
        n = sum(d * d for d in digits(n))
    return n == 1
def kaprekar(n):
    steps = []
    while n != 6174 and len(steps) < 9:
        d = sorted(f"{n:04d}")
        n = int("".join(d[::-1])) - int("".join(d))
        steps.append(n)
    return steps


print([n for n in range(200) if str(n) == str(n)[::-1] and n > 9], [n for n in range(50) if happy(n)],
      [n for n in range(10000) if sum(d ** len(str(n)) for d in digits(n)) == n and n > 9], kaprekar(3524),
      kaprekar(1000))
n = 196
for _ in range(40):
    n += int(str(n)[::-1])
print(n, sum(digits(2 ** 1000)), sum(digits(3 ** 200)), len(digits(7 ** 300)),
      max(range(1, 200), key=lambda k: sum(digits(k))))
print([sum(int(c) * w for c, w in zip(s, range(10, 0, -1))) % 11 for s in ("0306406152", "0306406153")])
