# Loops that unpack pairs from enumerate, zip and dict.items: the pair needs no tuple, and nobody can tell.
import sys


def pairs(it):
    out = []
    for a, b in it:
        out.append((a, b))
    return out


def swapped(it):
    b = None
    for b, a in it:
        if a == "stop":
            break
    else:
        a = "ended"
    return a, b


def same_target(it):
    for a, a in it:
        yield a


class Odd:
    def __iter__(self):
        return iter([(1, 2), [3, 4], "ab", range(2)])


for _ in range(40):
    results = [
        pairs(enumerate("héé☃😀")), pairs(enumerate([5, 6, 7], 3)), pairs(enumerate((1,), 2**47 - 1)), pairs(enumerate([1, 2, 3], 2**47 - 2)),
        pairs(enumerate([1, 2], 2**70)), pairs(enumerate(range(3))), pairs(enumerate({1: 2})), pairs(enumerate([])),
        pairs(zip([1, 2, 3], (4, 5))), pairs(zip("ab", "cde")), pairs(zip((1, 2, 3), [4, 5])), pairs(zip([], [1])), pairs(zip([1], [])),
        pairs(zip("ab", [1, 2], strict=True)), pairs(zip(range(3), "abc")),
        pairs({"a": 1, 2: "b"}.items()), pairs({}.items()), pairs(Odd()), pairs([(1, 2), (3, 4)]), pairs(reversed({1: 2, 3: 4}.items())),
        swapped(enumerate(["x", "stop", "y"])), swapped(zip("ab", "cd")), list(same_target(enumerate("xy"))),
    ]
for r in results:
    print(r)


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def shared():
    it = iter([1, 2, 3, 4, 5])
    return pairs(zip(it, it)), list(it)


def rest():
    a, b = iter([1, 2, 3]), iter([1])
    got = pairs(zip(a, b))
    return got, list(a), list(b)


def strict():
    return pairs(zip([1, 2], [1], strict=True))


def three():
    for a, b in zip([1], [2], [3]):
        pass


def grows():
    l = [1]
    for i, v in enumerate(l):
        if i < 5:
            l.append(v + i)
    return l


def shrinks():
    l = [1, 2, 3, 4]
    out = []
    for i, v in enumerate(l):
        out.append((i, v))
        l.pop()
    return out


def changes():
    d = {1: 1, 2: 2}
    for k, v in d.items():
        d[k + 10] = v


def replaced():
    d = {1: 1, 2: 2, 3: 3}
    for k, v in d.items():
        del d[k]
        d[k + 10] = v
    return d


def deleted():
    d = {i: str(i) for i in range(8)}
    for i in range(0, 8, 2):
        del d[i]
    return pairs(d.items())


def written():
    d = {i: i for i in range(5)}
    for k, v in d.items():
        d[k] = v + 1
    return d


def ints():
    return [sum(1 for i, j in zip([1, 2], [3, 4]) if i < j), True + 1, 2 - True, True * 3, True & False, True | 2, True ^ True, True == 1, False < 1]


for f in (shared, rest, strict, three, grows, shrinks, changes, replaced, deleted, written, ints):
    for _ in range(3):
        show(f)

seen = []


def tracer(frame, event, arg):
    if frame.f_code.co_name in ("traced", "pairs"):
        seen.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer


def traced():
    for i, c in enumerate("ab"):
        i += 1
    return pairs(zip([1], [2]))


sys.settrace(tracer)
traced()
sys.settrace(None)
print(seen)


# The item has a name of its own: it is there after the unpacking.
def named(table):
    kept = []
    for pair in table.items():
        key, value = pair
        kept.append(pair)
    for pair in enumerate(table):
        index, key = pair
        kept.append((pair, index))
    for pair in zip(table, table):
        left, right = pair
    return kept, pair


print(named({"a": (1, 2), "b": (3, 4)}))
