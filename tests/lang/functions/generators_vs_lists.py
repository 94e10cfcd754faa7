# The same algorithms as list functions, generators, recursion and comprehensions give equal results.
def primes_list(n):
    flags = [True] * (n + 1)
    out = []
    for i in range(2, n + 1):
        if flags[i]:
            out.append(i)
            for j in range(i * i, n + 1, i):
                flags[j] = False
    return out


def primes_gen(n):
    composites = {}
    for q in range(2, n + 1):
        p = composites.pop(q, None)
        if p is None:
            yield q
            composites[q * q] = q
        else:
            x = q + p
            while x in composites:
                x += p
            composites[x] = p


print(primes_list(200) == list(primes_gen(200)) == [n for n in range(2,
      201) if all(n % d for d in range(2, int(n ** 0.5) + 1))], len(primes_list(1000)))


def pascal(n):
    row = [1]
    for _ in range(n):
        yield row
        row = [a + b for a, b in zip([0] + row, row + [0])]


def subsets(s): return [[]] if not s else [x + y for x in subsets(s[1:]) for y in ([], [s[0]])]
def subsets_gen(s):
    if not s:
        yield []
        return
    for x in subsets_gen(s[1:]):
        yield x
        yield x + [s[0]]


print(list(pascal(6)), subsets([1, 2, 3]) == list(subsets_gen([1, 2, 3])), len(list(subsets_gen(list(range(8))))))


def collatz(n):
    while n != 1:
        yield n
        n = 3 * n + 1 if n % 2 else n // 2
    yield 1


print(list(collatz(7)), max(range(1, 200), key=lambda k: sum(1 for _ in collatz(k))),
      sum(map(max, map(collatz, range(1, 50)))))
def gray(n): return ["0" + g for g in gray(n - 1)] + ["1" + g for g in gray(n - 1)[::-1]] if n else [""]
print(gray(3), len(set(gray(6))), all(sum(a != b for a, b in zip(x, y)) == 1 for x, y in zip(gray(5), gray(5)[1:])))
def partitions(n, m=None):
    if n == 0:
        yield []
    for k in range(min(n, m or n), 0, -1):
        for rest in partitions(n - k, k):
            yield [k] + rest
print(list(partitions(5)), [sum(1 for _ in partitions(k)) for k in range(1, 12)])
