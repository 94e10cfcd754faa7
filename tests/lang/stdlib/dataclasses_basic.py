# dataclasses: fields, defaults, comparison, frozen, post_init, replace, inheritance, slots, kw_only, errors.
from dataclasses import FrozenInstanceError, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from typing import ClassVar


@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False)
    hidden: str = field(default="h", repr=False)
    count: ClassVar[int] = 5


p = P(1, 2)
print(p, p == P(1, 2, ["other"]), p != P(1, 3), P(1).tags is P(1).tags, asdict(p), astuple(p), replace(p, x=9),
      [f.name for f in fields(P)], is_dataclass(p), P.count, P.__match_args__)


@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = field(default=0, hash=False)
    scale: InitVar[int] = 1

    def __post_init__(self, scale): object.__setattr__(self, "major", self.major * scale)


v = V(2, 1, 10)
print(v, V(1) < V(2), sorted([V(2), V(1, 5), V(1)]), hash(V(1)) == hash(V(1, 7)), max(V(1), V(1, 1)), {V(1): "k"}[V(1)])
try:
    v.major = 3
except FrozenInstanceError as e:
    print(e)


@dataclass
class Base:
    a: int
    b: str = "b"


@dataclass(kw_only=True)
class Child(Base):
    c: float
    a: int = 7


@dataclass(slots=True)
class S:
    q: int
    r: int = 5


print(Child(c=1.5), Child("z", c=2), S(1), S.__slots__, hasattr(S(1), "__dict__"), Base(1) == Child(c=1))
for source in ("@dataclass\nclass X:\n a: int = 1\n b: int", "@dataclass\nclass X:\n a: list = []", "P()", "P(1, z=2)",
        "V(1) < 5", "hash(p)", "replace(V(1), zz=1)", "asdict(5)", "@dataclass(order=True, eq=False)\nclass X: pass",
        "@dataclass\nclass X(V):\n z: int = 1", "S(1).new"):
    try:
        exec(source)
        print("fine")
    except Exception as error:
        print(source.replace("\n", ";"), type(error).__name__, error)
