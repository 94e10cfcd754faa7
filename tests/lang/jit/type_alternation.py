# A variable changes its type at each iteration, in cycles of two, three and five types.
def cycle(values, n):
    x = 0
    seen = []
    for i in range(n):
        y = values[i % len(values)]
        if x == y:
            seen.append(i)
        x = y
        if x is None:
            x = i
        elif isinstance(x, str):
            x = len(x)
        elif isinstance(x, float):
            x = x + 0.5
    return len(seen), x


print(cycle([1, 2.0], 300), cycle([1, "a", None], 301), cycle([0, 0.0, "", None, False], 302), cycle([1], 300))


def swap_types(n):
    a, b = 1, 2.5
    for i in range(n):
        a, b = b, a
        a = a + 1
    return a, b


print(swap_types(300), swap_types(301))


def double(x):
    return x + x


total = []
for i in range(400):
    total.append(double((i, 0.5, "ab", [i], (i,), 2 ** 60, True, b"x")[i % 8]))
print(total[-8:], sum(t for t in total if isinstance(t, (int, float))))


def maybe(i):
    if i % 3 == 0:
        return None
    if i % 7 == 0:
        return float(i)
    return i


def count(n):
    nones = ints = 0
    for i in range(n):
        r = maybe(i)
        if r is None:
            nones += 1
        else:
            ints += r
    return nones, ints


print(count(500))
state = None
for i in range(300):
    state = {None: 1, 1: "one", "one": 2.0, 2.0: None}[state]
print(state)
