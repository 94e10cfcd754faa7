# range objects: indexing, slicing, membership, equality, hashing, huge values, errors.
for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -4), range(0), range(5, 5), range(1, 0), range(-3, 3),
        range(2 ** 65, 2 ** 65 + 5), range(0, -10, -3), range(10, -1, -5)):
    print(r, len(r), list(r), list(reversed(r)), r[1:], r[::-1], r[-3:], r.start, r.stop, r.step, bool(r), 4 in r,
          4.0 in r, "a" in r, hash(r) == hash(range(r.start, r.stop, r.step)))
r = range(3, 30, 5)
print(r[0], r[-1], r[2], r.index(13), r.count(13), r.count(4), r == range(3, 29, 5), range(0) == range(5, 5),
      range(1, 2, 3) == range(1, 4, 9), r != [3], 8 in r, 9 in r, 8.5 in r, True in range(2), max(r), min(r), sum(r))
print(len(range(0, 2 ** 62, 3)), range(10 ** 20)[10 ** 19], 10 ** 19 in range(0, 10 ** 20, 10), range(2 ** 100)[-1],
      range(0, 2 ** 70, 2 ** 60)[3:5], 2 ** 64 in range(2 ** 65), range(True), range(1, True + 2))
for text in ("range()", "range(1, 2, 0)", "range(1.0)", "range('a')", "range(1, 2, 3, 4)", "r[99]", "r['a']", "r[1.5]",
        "r.index(4)", "r.index('a')", "r + r", "r * 2", "r < r", "range(5).start()", "len(range(2 ** 64))",
        "range(None)", "range(stop=5)", "iter(r)()", "r.append(1)", "range(5)[::0]", "range(1, 2, 1.0)"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
for statement in ("r[0] = 1", "r.start = 1", "del r.step", "class R(range): pass"):
    try:
        exec(statement)
    except Exception as error:
        print(statement, type(error).__name__, error)
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), next(it, "end"), type(it).__name__, type(iter(range(2 ** 70))).__name__,
      type(reversed(range(3))).__name__, list(iter(range(2 ** 65, 2 ** 65 + 2))))


class I:
    def __index__(self):
        return 4


print(range(I()), list(range(I(), 10, I())), I() in range(5), range(10)[I()], range(10)[I():],
      hash(range(0)) == hash(range(3, 3)), {range(3): "x"}[range(0, 3, 1)], repr(range(1, 5, 1)), repr(range(0, 5, 2)),
      str(range(-1)))
