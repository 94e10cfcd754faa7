# Positive and negative indices, in range and out of range, in hot loads and stores on all sequences.
def read(seq, indices):
    good = []
    bad = 0
    message = None
    for i in indices:
        try:
            good.append(seq[i])
        except IndexError as error:
            bad += 1
            message = str(error)
    return len(good), good[-1], bad, message


indices = [i % 10 - 5 for i in range(300)] + [9, -10, 10, -11, 2 ** 40, -(2 ** 70)]
for seq in (list(range(10)), tuple(range(10)), "abcdefghij", b"abcdefghij", bytearray(b"abcdefghij"), range(10)):
    try:
        print(type(seq).__name__, *read(seq, indices))
    except Exception as error:
        print(type(error).__name__, error)


def write(seq, indices):
    bad = 0
    message = None
    for k, i in enumerate(indices):
        try:
            seq[i] = k % 256
        except (IndexError, TypeError) as error:
            bad += 1
            message = str(error)
    return bad, message


for seq in ([0] * 10, bytearray(10), (0,) * 10):
    print(*write(seq, indices), seq)
for bad in ("1", 1.0, None, (1,)):
    try:
        read([1, 2], [0] * 300 + [bad])
    except TypeError as error:
        print(error)


class Index:
    def __index__(self):
        return 2


print(read([1, 2, 3], [0, True, Index()] * 100))
items = list(range(5))
for i in range(300):
    items[-1], items[0] = items[0], items[-1]
    del items[i % 5]
    items.insert(i % 4, i)
print(items)
