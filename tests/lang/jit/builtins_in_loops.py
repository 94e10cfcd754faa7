# Builtin operations that loops specialise, with operands that change their kind on the way.
import math


class Key:
    def __init__(self, k):
        self.k = k

    def __hash__(self):
        return hash(self.k)

    def __eq__(self, other):
        log.append("eq")
        return isinstance(other, Key) and self.k == other.k or other == self.k


log = []


def dicts(n, odd_key):
    d = {}
    hits = 0
    for i in range(n):
        key = i % 50
        if i == n - 20:
            key = odd_key
        d[key] = d.get(key, 0) + 1
        if key in d:
            hits += d[key]
        if i % 7 == 0:
            d.setdefault((key, i % 3), []).append(i) if not isinstance(key, Key) else None
    return hits, len(d), len(log)


print(dicts(600, 3), dicts(600, "x"), dicts(600, 2.0), dicts(600, Key(7)), dicts(600, True))


def missing(n):
    d = {i: i for i in range(0, n, 2)}
    bad = 0
    for i in range(n):
        try:
            bad += d[i]
        except KeyError as e:
            bad -= e.args[0]
    return bad


print(missing(600))


def sets(n):
    s = set()
    out = 0
    for i in range(n):
        s.add((i % 13, i % 7))
        s.discard((i % 11, 3))
        out += (i % 13, 5) in s
        if i == n - 5:
            s.add(Key(1))
        out += 1 in s
    return out, len(s)


print(sets(700))


def big_ints(n):
    state = 1
    h = 0xCBF29CE484222325
    out = []
    for i in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        h = ((h ^ (state & 255)) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        x = (state * 48271) % 2147483647
        y = (h >> 11) ^ (h << 3) & 0xFFFFFFFFFFFF
        if i % 40 == 0:
            out.append((state, h, x, y, -h, h - state, state * state, h < state, h == h, h // 3 % 7))
    return out


print(big_ints(400))


def powers(n):
    t = 0
    f = 0.0
    for i in range(n):
        t += (i % 9) ** 3 + 2 ** (i % 70)
        f += (i * 0.5) ** 2 + (i + 1) ** 0.5 + (i + 0.5) % 3.0 + (i + 0.5) // 2.0 - (-7.5 % (i + 1))
    return t, f


print(powers(500))


def shifts(n):
    out = 0
    for i in range(n):
        out ^= (1 << (i % 100)) >> (i % 7)
        out ^= ~i
    return out


print(shifts(500))


def strings(n):
    text = ""
    count = 0
    for i in range(n):
        c = "abcdé\u4e00"[i % 6]
        text += c
        if c == "a" or c in "cd":
            count += ord(c)
        if text[-1] < "c":
            count += 1
        if text.endswith("bcd"):
            count += text.find("é")
        count += len(str(i)) + int(str(i * 3)) % 7
    return count, len(text), text[-7:], text[::97]


print(strings(600))


def numbers(n):
    out = 0
    for i in range(n):
        x = i - 200.5
        out += abs(i - 300) + int(x) + max(i, 40) + min(x, 3.0) + math.floor(x) + math.ceil(x)
        out += math.sqrt(i) + math.sin(i) + math.exp(-i) + round(x)
        q, r = divmod(i, 7)
        out += q * r + bool(i % 2) + float(i) + (i < x) + (i == 100.0)
    return out


print(repr(numbers(800)))


def domain(n):
    bad = 0
    for i in range(n):
        try:
            bad += math.sqrt(300 - i) + math.log(400 - i)
        except ValueError as e:
            bad += len(str(e))
    return bad


print(repr(domain(500)))


def kinds(values, n):
    out = []
    for i in range(n):
        v = values[i % len(values)]
        out.append(isinstance(v, (int, str)) * 4 + isinstance(v, float) * 2 + bool(v) + (type(v) is bool) * 8)
    return sum(out), out[:12]


print(kinds([0, 1.5, "", "x", None, True, [], (1,), {}, {1}, b"", b"x", 1 << 70], 650))


def byte_work(n):
    a = bytearray(64)
    b = bytes(range(64))
    t = 0
    for i in range(n):
        a[i % 64] = (a[(i * 7) % 64] + b[i % 64]) & 255
        t += a[-1]
    try:
        for i in range(200, 400):
            a[3] = i
    except ValueError as e:
        return t, a[3], str(e)


print(byte_work(700))


def slices(n):
    l = list(range(20))
    out = 0
    for i in range(n):
        l[:5] = l[4::-1]
        out += sum(l[2:4]) + l[i % 20:][0] + len(l[::3]) + "hello world"[i % 5:8].count("o") + (1, 2, 3, 4)[1:3][0]
        if i % 100 == 50:
            l[3:5] = [i]
            l[3:4] = [1, 2]
    return out, l


print(slices(450))


def stack(n):
    todo = [0]
    out = 0
    while todo:
        x = todo.pop()
        out += x
        if x < n:
            todo.append(x * 2 + 1)
            todo.extend((x * 2 + 2,))
        if len(todo) > 400:
            break
    return out, len(todo)


print(stack(900))


def dict_loops(n):
    d = {i: str(i) for i in range(n)}
    out = 0
    for k in d:
        out += k
    for v in d.values():
        out += len(v)
    for k, v in d.items():
        out += k * len(v)
    try:
        for k in d:
            if k == n - 3:
                d["new"] = 1
    except RuntimeError as e:
        return out, str(e)


print(dict_loops(500))

text = []
for name, value in zip("abcdefghij" * 30, range(300)):
    text.append(name if value % 3 else name.upper())
counter = 0
for i in range(500):
    counter = counter + i
print("".join(text)[:40], counter)
