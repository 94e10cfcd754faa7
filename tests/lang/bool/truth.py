# Truth of values, boolean operators' results, and bool as an int.
class Len:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Both(Len):
    def __bool__(self):
        return True


values = [None, 0, 1, 0.0, 0j, "", " ", [], [0], (), (None,), {}, {0: 0}, set(), frozenset(), b"", b"\0", range(0),
      range(1), Len(0), Len(3), Both(0),
          ..., NotImplemented.__class__, object, print, lambda: 0, slice(0), memoryview(b""), bytearray()]
print("".join("1" if v else "0" for v in values))
print([bool(v) for v in values] == [not not v for v in values] == [True if v else False for v in values])
print(0 or [] or "x" or 1, 1 and "a" and [] and 5, not [] and not None, (0 or 1) and 2, 0 or 0.0, "" and 1)
log = []


def t(x):
    log.append(x)
    return x


t(0) or t(1) or t(2)
t(1) and t(0) and t(3)
1 < t(2) < t(1) < t(9)
t(5) if t(0) else t(6)
print(log)
print(True + True, True * 10, [10, 20][True], "ab"[False], sum([True, False, True]), True == 1, True is True,
      isinstance(True, int), str(True), int(False))
print(True & 1, True | False, True ^ 3, ~False, True << 3, -True, True / 2, True // 1, True ** 2, divmod(True, 2),
      round(True), abs(True))
print(bool.__mro__, bool(), bool("0"), True.__repr__(), format(True, "d"), f"{False:>7}", "%d %s" % (True, True),
      {True: "a", 1: "b"}, sorted([True, 0, 2, False]))
for call in (lambda: bool(1, 2), lambda: bool(x=1), lambda: bool(Len(-1)), lambda: True[0], lambda: True.x,
        lambda: True()):
    try:
        call()
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
x = []
x = x or [1]
y = None if x else 5
print(x, y, not x, x == True, x is True, None == False, None is None, () is not None)
