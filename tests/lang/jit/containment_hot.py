# The `in` operator on every container in hot loops; containers and needles change type.
def hits(container, needles):
    count = 0
    for n in needles:
        if n in container:
            count += 1
        if n not in container:
            count += 1000
    return count


needles = [i % 13 for i in range(300)] + [3.0, True, "a", None, 2 ** 70, (1, 2), float("nan")]
nan = needles[-1]
for container in ([1, 2, 3], (1, 5.0, "a"), {1: 2, "a": 3}, {4, None, (1, 2)}, range(5), range(0, 100, 5), [nan],
      frozenset({2 ** 70}), [],
                  dict.fromkeys(range(10)).keys(), {1: 3}.values()):
    print(hits(container, needles))
print(hits({1: 2}.items(), [(1, 2), (1, 3), 1] * 100))
print(hits("hello", ["h", "ell", "", "x", "hello!"] * 60), hits(b"hello", [b"he", 104, 0, b""] * 60))
for container, needle in (("abc", 1), (5, 5), (b"abc", "a"), (b"abc", 300), ({1}, [1]), (None, None)):
    try:
        hits(container, [needle])
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Box:
    calls = 0

    def __contains__(self, item):
        Box.calls += 1
        return item and "yes"


print(hits(Box(), [0, 1, "", "x"] * 80), Box.calls)


class Iter:
    def __iter__(self):
        yield from range(5)


print(hits(Iter(), [3, 4, 5] * 80))
stop = {"x": 0}
word = ""
i = 0
while word not in stop and i < 500:
    word = "x" if i == 400 else str(i)
    i += 1
print(i, word)
grow = []
for i in range(300):
    if i * i % 101 not in grow:
        grow.append(i * i % 101)
print(len(grow), grow[:8])
