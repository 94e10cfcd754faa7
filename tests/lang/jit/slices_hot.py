# Slices read, assigned and deleted in hot loops.
def rotate(items, n):
    for i in range(n):
        k = i % len(items)
        items = items[k:] + items[:k]
    return items


print(rotate(list(range(7)), 300), rotate("abcdefg", 300), rotate((1, 2, 3), 301))


def assign(n):
    items = list(range(10))
    for i in range(n):
        items[i % 5 : i % 5 + 2] = [i, i + 1, i + 2][: i % 4]
        if len(items) > 15:
            del items[::3]
        if len(items) < 5:
            items[:0] = range(5)
    return items


print(assign(300))


def strides(items, n):
    total = 0
    for i in range(n):
        part = items[:: i % 5 + 1]
        total += sum(part) + len(items[i:]) + len(items[-i:]) + sum(items[5:1:-1])
    return total


print(strides(list(range(30)), 200), strides(tuple(range(30)), 200), strides(bytes(range(30)), 200))
s = "hello world"
out = []
for i in range(200):
    out.append(s[i % 12 - 5 : i % 7 + 3])
print(len("".join(out)), out[3:9])
try:
    items = list(range(10))
    for i in range(300):
        items[::2] = [0] * (5 if i < 250 else 4)
except ValueError as error:
    print(i, error)
data = bytearray(20)
for i in range(300):
    data[i % 10 : i % 10 + 3] = bytes([i % 256, 1, 2])
print(data)
sl = slice(1, None, 2)
print(sum(len("abcdef"[sl]) for _ in range(200)), [x[sl] for x in ([1, 2, 3], "abc", (1, 2, 3))])
