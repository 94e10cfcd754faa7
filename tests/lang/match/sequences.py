# match on sequences: what counts as one, stars, lengths, nesting, user classes.
from collections import deque, namedtuple
import collections.abc


def f(x):
    match x:
        case []: return "empty"
        case [one]: return f"one {one}"
        case [1, *rest]: return f"1 then {rest}"
        case [*init, 9]: return f"{init} then 9"
        case [a, *_, b] if a == b: return f"ends {a}"
        case (a, b): return f"two {a} {b}"
        case [[x1, y1], [x2, y2], *more]: return f"points {x1, y1, x2, y2} {more}"
        case [_, _, _]: return "three"
        case [*all_]: return f"all {len(all_)}"
        case _: return f"no {type(x).__name__}"


P = namedtuple("P", "x y")


class Seq(collections.abc.Sequence):
    def __init__(self, *i): self.i = i
    def __len__(self): return len(self.i)
    def __getitem__(self, k): return self.i[k]


class Plain:
    def __len__(self): return 1
    def __getitem__(self, k): return 5


class SubList(list): pass


for x in ([], (), [5], (1, 2), [1], [0, 9], (3, 4, 3), [7, 8], P(1, 5), P(2, 3), [[1, 2], [3, 4], 5, 6], [5, 6, 7],
        range(4), deque([1, 2]), Seq(), Seq(1, 7), Seq(4, 5, 4), Plain(), "ab", b"ab", bytearray(b"ab"), {1, 2}, {1: 2},
        iter([1]), memoryview(b"\1\2"), SubList([1, 3]), (i for i in range(2)), None, 5):
    print(type(x).__name__, f(x))


def stars(x):
    match x:
        case [first, *middle, last]: return first, middle, last
        case [*only]: return only
def fixed(x):
    match x:
        case (1, 2, 3): return "123"
        case [1, [2, [3]]]: return "nested"
        case [[], [[]]]: return "empties"
        case [None, *_]: return "none first"
        case ["cmd", str(name), *args] if args: return name, args
print(stars("ab"), stars([1, 2]), stars((1, 2, 3, 4)), stars([1]), type(stars((1, 2, 3))[1]).__name__)
print(fixed((1, 2, 3)), fixed([1, (2, [3])]), fixed([[], [()]]), fixed([None, 1]), fixed(["cmd", "go", 1]),
      fixed(["cmd", "go"]))
class Bad(collections.abc.Sequence):
    def __len__(self): raise ValueError("len")
    def __getitem__(self, k): return k
try:
    f(Bad())
except ValueError as e:
    print(e)
