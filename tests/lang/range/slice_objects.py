# slice objects: attributes, indices(), comparison, use by __getitem__ of user classes.
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice("a", 1.5, []), s == slice(1, 10, 2), s != slice(1),
      slice(1) < slice(2), s.indices(5), s.indices(100), slice(None, None, -1).indices(5), slice(-3, None).indices(10))
for args in ((None, None), (2, None), (None, -1), (-100, 100), (5, 1), (5, 1, -1), (None, None, 3), (-1, None, -2),
        (100, None, -7), (0, 0), (None, 0, -1), (3, 3, -1)):
    sl = slice(*args)
    for n in (0, 1, 4, 10):
        assert list(range(n))[sl] == [list(range(n))[i] for i in range(*sl.indices(n))]
    print(sl, sl.indices(10), "0123456789"[sl], (0, 1, 2, 3)[sl], b"abcdefg"[sl], range(20)[sl])


class Show:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


x = Show()
print(x[1], x[1:2], x[::3], x[:], x[1, 2], x[1:2, ::3, ...], x[()], x["a":"b"], x[(1, 2)], x[1,],
      x[lambda: 1].__class__.__name__, x[-1:], x[...], x[None:None:None], x[[1]])
x[1:2] = 3
x[1, 2:3] = "t"
del x[::2], x[5]
for text in ("s.start = 1", "slice()", "slice(1, 2, 3, 4)", "s.indices('a')", "s.indices(-1)", "hash(s)",
      "slice(1, 2, 0).indices(5)", "slice('a').indices(5)",
             "[1, 2]['a':]", "[1, 2][1.5:]", "'abc'[None:'x']", "slice(0) < 5", "class S(slice): pass", "s()", "{s: 1}",
             "x[*[1, 2]]"):
    try:
        try:
            print(text, eval(text))
        except SyntaxError:
            exec(text)
    except Exception as error:
        print(text, type(error).__name__, error)


class Index:
    def __index__(self):
        return 2


print([0, 1, 2, 3][Index():], "abcd"[:Index()], slice(Index(), None).indices(5), list(range(9))[::Index()])


class Grid:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, key):
        row, column = key if isinstance(key, tuple) else (key, slice(None))
        picked = self.rows[row]
        return [r[column] for r in picked] if isinstance(row, slice) else picked[column]


g = Grid([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
print(g[0], g[1, 1], g[:, 0], g[::2, 1:], g[-1, ::-1], g[1:])
