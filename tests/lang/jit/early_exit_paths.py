# Loops left through each of several exits with live values of different types.
def scan(items):
    count, text, last = 0, "", None
    for i, x in enumerate(items):
        if x is None:
            return "none", i, count, text, last
        if isinstance(x, str):
            text += x
            if len(text) > 50:
                break
            continue
        if x < 0:
            return "negative", i, count, text, last
        count += x
        last = (i, x)
        if count > 10 ** 6:
            break
    else:
        return "end", len(items), count, text, last
    return "break", i, count, text, last


base = [1, "a", 2.5, 3] * 20
for tail in ([], [None], [-1], [10 ** 7], ["x" * 60], [-0.5], [True, None], [2 ** 64]):
    for _ in range(5):
        r = scan(base + tail + base)
    print(r)
