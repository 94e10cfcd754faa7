# Tuples are packed and unpacked in hot loops, with swaps, stars, wrong lengths and lists among them.
def swap(n):
    a, b, c = 1, 2, 3
    for _ in range(n):
        a, b, c = b, c, a + b
        a, b = b % 1000, a % 1000
    return a, b, c


print(swap(1000), swap(1001))


def stars(n):
    total = 0
    for i in range(n):
        first, *rest = range(i % 5 + 1)
        *init, last = "abcdef"[: i % 6 + 1]
        head, *middle, tail = (i, 1, 2, 3)[: 2 + i % 3]
        total += first + len(rest) + len(init) + ord(last) + head - tail + len(middle)
    return total


print(stars(600))


def wrong(items):
    good = 0
    messages = set()
    for item in items:
        try:
            x, y = item
            good += 1
        except (ValueError, TypeError) as error:
            messages.add(str(error))
    return good, sorted(messages)


print(wrong([(1, 2)] * 300 + [[1, 2], "ab", {1, 2}, (1,), (1, 2, 3), 5, None, [], range(2), iter((1, 2, 3))]))


def nested(n):
    total = 0
    for i, (a, (b, c)) in enumerate([(1, (2, 3)), [4, [5, 6.5]]] * n):
        total += a * b + c + i
    return total


print(nested(300))


def minmax(values):
    low = high = None
    for v in values:
        low, high = (v, v) if low is None else (min(low, v), max(high, v))
    return low, high


print(minmax([i * 37 % 101 for i in range(500)]))
