# container[start:stop] makes no slice object on the quick way: every kind of container and bound, and what must see the slice.
class Seen:
    def __getitem__(self, key):
        return key


class Sub(list):
    def __getitem__(self, key):
        return "sub", key


class Index:
    def __index__(self):
        return 2

    def __repr__(self):
        return "Index"


def cut(c, i, j):
    return c[i:j], c[i:], c[:j], c[:]


bounds = [0, 1, 2, -1, -2, 5, -5, 9, -9, None, 2**70, -2**70, True, Index()]
for c in ([0, 1, 2, 3, 4], "abcde", (0, 1, 2, 3, 4), b"abcde", bytearray(b"abcde"), range(5), Sub([1, 2]), "aé☃😀z", "", [], ()):
    for i in bounds:
        for j in bounds:
            print(cut(c, i, j))
s, t, l = "abc", (1, 2, 3), [1, 2, 3]
print(s[:] is s, t[:] is t, l[:] is l, l[:] == l, s[0:3] is s, t[0:9] is t)
print([type(x).__name__ for x in cut(Seen(), None, 1)], Seen()[1:2], Seen()["a":])
for bad in (1.5, "x", [1]):
    for c in ([1], "a", (1,), {}, 5, None):
        try:
            c[bad:]
        except Exception as e:
            print(type(e).__name__, e)
        try:
            c[:1]
        except Exception as e:
            print(type(e).__name__, e)


def constants():
    return [0, 1, 2][1:], "abc"[:2], (1, 2, 3)[0:1], [1, 2, 3][:-1][1:]


print(constants())


def traced():
    x = 5
    return [1, 2][
        x:
        None.y
    ]


import traceback
try:
    traced()
except AttributeError as e:
    print(e, [f.lineno - traced.__code__.co_firstlineno for f in traceback.extract_tb(e.__traceback__)])
a = [1, 2, 3, 4]
a[1:3], a[:0] = "xyz", [9]
del a[:2]
print(a)
