# Strings built in hot loops by +=, join and formatting; old values stay intact; widths of characters change.
def build(n):
    text = ""
    kept = []
    for i in range(n):
        if i % 100 == 0:
            kept.append(text)
        text += chr(97 + i % 26)
    return text, kept


text, kept = build(1000)
print(len(text), text[:30], text[-5:], [len(k) for k in kept], all(text.startswith(k) for k in kept))


def widen(n):
    text = ""
    for i in range(n):
        text += "a" if i < n // 2 else "\u00e9" if i < n * 3 // 4 else "\u4e2d" if i < n - 2 else "\U0001f600"
    return text


wide = widen(400)
print(len(wide), wide.count("a"), wide.count("\u00e9"), wide[-3:], wide.encode()[-8:])


def shared(n):
    a = b = ""
    for i in range(n):
        a += "x"
        if i == n // 2:
            b = a
        if i > n // 2:
            b += "y"
    return len(a), len(b), a.count("y"), b.count("x")


print(shared(500))


def prepend(n):
    s = ""
    for i in range(n):
        s = str(i % 10) + s
    return s


print(prepend(300)[:20], hash(prepend(50)) == hash(prepend(50)))


def formats(n):
    total = 0
    for i in range(n):
        total += len(f"{i}:{i * 0.5:.1f}") + len("%d-%s" % (i, i)) + len("{:>5}".format(i))
    return total


print(formats(500))
d = {}
s = ""
for i in range(300):
    s += "k"
    d[s] = i
print(len(d), d["k" * 150])
