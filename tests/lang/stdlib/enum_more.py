# enum: custom values, __new__, _missing_, functional API, nested use in match, dict keys, pickling-free copies.
import copy
from enum import Enum, Flag, IntEnum, auto


class Unit(Enum):
    def __new__(cls, value, factor):
        self = object.__new__(cls)
        self._value_ = value
        self.factor = factor
        return self

    M = ("m", 1)
    KM = ("km", 1000)

    @classmethod
    def _missing_(cls, value):
        return cls.M if value in ("meter", None) else None


print(Unit("km").factor, Unit("meter"), Unit(None), [u.factor for u in Unit], copy.deepcopy(Unit.M) is Unit.M,
      hash(Unit.M) == hash("M"))
try:
    Unit("mile")
except ValueError as e:
    print(e)
Animal = Enum("Animal", "CAT DOG")
Num = IntEnum("Num", {"A": 5, "B": 6})
print(list(Animal), Num.B > 5, Num(5), sum(Num), Animal["CAT"].value)


class Auto(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower() + str(count)
    X = auto()
    Y = auto()


print([a.value for a in Auto])


def kind(x):
    match x:
        case Unit.M: return "meter"
        case Unit(): return "unit"
        case Num.A | Num.B as n: return f"num {int(n)}"
        case _: return "other"


print([kind(x) for x in (Unit.M, Unit.KM, Num.A, 6, 7)])
class Days(Flag):
    MON = 1
    TUE = 2
    SUN = 64
    WEEKEND = SUN
print(Days.MON | Days.SUN, Days(3), Days.WEEKEND.name, len(Days), list(Days(67)), Days.MON in Days(3), not Days(0),
      Days(65) & ~Days.MON, {Days.MON: 1}[Days(1)])
class Op(Enum):
    ADD = "+"
    def apply(self, a, b): return {"+": a + b}[self.value]
    @staticmethod
    def parse(s): return Op(s)
    def __str__(self): return f"<{self.value}>"
    def __lt__(self, o): return self.value < o.value
print(Op.ADD.apply(1, 2), Op.parse("+"), f"{Op.ADD}", repr(Op.ADD), dir(Op)[-3:] != [], Op.ADD.name,
      Op.__members__["ADD"] is Op.ADD)
