# enum: members, lookup, iteration, aliases, auto, Flag, IntEnum, StrEnum, methods, errors.
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = "g"
    CRIMSON = 1

    @property
    def pretty(self): return self.name.title()


print(Color.RED, repr(Color.RED), Color.RED.value, Color("g"), Color["RED"], Color.CRIMSON is Color.RED, list(Color),
      len(Color), Color.RED.pretty, Color.RED in Color, Color.__members__, Color.RED == 1, Color.RED != Color.GREEN,
      {Color.RED: 1}[Color.CRIMSON], isinstance(Color.RED, Color), f"{Color.RED}")


class N(IntEnum):
    ONE = auto()
    TWO = auto()


class S(StrEnum):
    ALPHA = auto()
    B = "bee"


class F(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


print(N.ONE + 1, N.TWO > N.ONE, sorted(N), f"{N.ONE} {N.TWO:>3}", repr(N.ONE), S.ALPHA, S.B.upper(), f"{S.B}",
      S("bee") is S.B, [10, 20][N.ONE])
print(F.R | F.X, F.RW, F.RW & F.W, ~F.R, F(0), F.R in F.RW, list(F.RW), bool(F.R & F.X), F(7), F.R ^ F.RW,
      repr(F.R | F.X), F.RW.value)


class Planet(Enum):
    EARTH = (5.9, 6.3)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius


class Perm(IntFlag):
    A = 4
    B = 2


print(Planet.EARTH.mass, Planet.EARTH.value, Perm.A | 1, Perm.A | Perm.B, int(Perm.A | Perm.B))
for source in ("Color(5)", "Color['BLUE']", "Color.BLUE", "Color.RED = 2", "Color.RED.value = 3",
        "class X(Color): pass", "unique(Color)", "F(99)", "del Color.RED", "Color.RED < Color.GREEN",
        "class X(Enum):\n A = 1\n A = 2", "Enum('Dyn', 'a b').b.value; print(Enum('Dyn', 'a b').b)", "Color()",
        "N('a')"):
    try:
        exec(source)
        print(source, "fine")
    except Exception as error:
        print(source.replace("\n", ";"), type(error).__name__, error)
