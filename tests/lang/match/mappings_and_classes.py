# match on mappings and classes: keys, rest, positional and keyword sub-patterns, __match_args__, builtin types, errors.
from dataclasses import dataclass
from collections import defaultdict, OrderedDict


@dataclass
class Point:
    x: int
    y: int


class Node:
    __match_args__ = ("left", "value")
    def __init__(self, value, left=None): self.value, self.left = value, left


class NoArgs:
    a = 1


def f(x):
    match x:
        case {"type": "point", "x": px, "y": py}: return f"dict point {px} {py}"
        case {"k": [a, {"deep": d}]}: return a, d
        case {1: one, **rest}: return one, rest
        case {"only": None}: return "only"
        case {}: return f"mapping {len(x)}"
        case Point(0, 0): return "origin"
        case Point(x=0, y=y) | Point(x=y, y=0): return f"axis {y}"
        case Point(a, b) if a == b: return "diagonal"
        case Point(): return "point"
        case Node(Node(None, v), w): return f"tree {v} {w}"
        case Node(value=v): return f"node {v}"
        case NoArgs(a=1): return "noargs"
        case bool(b): return f"bool {b}"
        case int(i): return f"int {i}"
        case str(s) | bytes(s): return f"text {s!r}"
        case list([a, b]): return f"list2 {a} {b}"
        case tuple((a, b)): return f"tuple2 {a} {b}"
        case set() | frozenset(): return "set"
        case float(real=r): return f"float {r}"
        case type(): return f"type {x.__name__}"
        case object(__class__=c): return f"object of {c.__name__}"


for x in ({"type": "point", "x": 1, "y": 2, "z": 3}, {"k": (1, {"deep": 2})}, {1: 2, "o": 3}, {"only": None}, {},
        {"z": 1}, defaultdict(int), OrderedDict(a=1), Point(0, 0), Point(0, 5), Point(7, 0), Point(3, 3), Point(1, 2),
        Node(1), Node(2, Node(3)), Node(4, Node(5, Node(6))), NoArgs(), True, 5, "s", b"b", [1, 2], (3, 4), [1], {1},
        2.5, int, None, len):
    print(f(x))


class BadArgs:
    __match_args__ = ["a"]
class BadItem:
    __match_args__ = (1,)
class Dup:
    __match_args__ = ("a", "a")
    a = 1
def try_(x, cls):
    try:
        match x:
            case cls(a): return "matched", a
        return "no match"
    except TypeError as e:
        return str(e)
def two(x, cls):
    try:
        match x:
            case cls(a, b): return a, b
        return "no match"
    except TypeError as e:
        return str(e)
print(try_(BadArgs(), BadArgs), try_(BadItem(), BadItem), try_(NoArgs(), NoArgs), try_(5, 7), try_(5, "int"),
      try_(5, int), two(5, int), two(Point(1, 2), Point), two(Dup(), Dup), two(Node(1), Node), try_("x", str),
      two([1, 2], list), try_(None, object))
d = defaultdict(list)
match d:
    case {"missing": m}: print("created")
    case _: print("not created", dict(d))
class Attr:
    @property
    def good(self): return 1
    @property
    def bad(self): raise ValueError("prop")
try:
    match Attr():
        case Attr(good=2): pass
        case Attr(bad=1): pass
except ValueError as e:
    print(e)
key = "dyn"
class K: key = "k"
match {"k": 9}:
    case {K.key: v}: print(v)
