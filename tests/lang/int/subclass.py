# Subclasses of int: results of operators are plain ints unless overridden; conversions use __int__, __index__,
# __trunc__.
class Age(int):
    def __new__(cls, years, note=""):
        self = super().__new__(cls, years)
        self.note = note
        return self

    def __repr__(self):
        return f"Age({int(self)})"

    def __add__(self, other):
        return Age(int(self) + other, self.note)


a = Age(30, "x")
print(a, str(a), f"{a}", f"{a:d}", "%d" % a, "%s" % a, a + 1, (a + 1).note, 1 + a, a * 2, type(a * 2).__name__, -a,
      int(a), [a])
print(a == 30, hash(a) == hash(30), {30: "d"}[a], [10, 20, 30, 40][Age(2)], range(Age(3)), "ab" * Age(2),
      isinstance(a, int), a.bit_length())


class Index:
    def __index__(self):
        return 7


class Int:
    def __int__(self):
        return 8


class Bad:
    def __index__(self):
        return "x"

    def __int__(self):
        return 1.5


print(int(Index()), int(Int()), hex(Index()), [0] * 8 and list(range(10))[Index()], chr(65 + Index().__index__()),
      "%d" % Index())
for call in (lambda: int(Bad()), lambda: hex(Bad()), lambda: [1][Bad()], lambda: hex(Int()), lambda: [1, 2][Int()],
        lambda: range(Bad())):
    try:
        print(call())
    except TypeError as error:
        print(error)


class BoolIndex:
    def __index__(self):
        return True


print(float(Index()), complex(Index()), round(a), abs(Age(-3)), pow(Age(2), 3), divmod(Age(7), 2), bool(Age(0)),
      a.__class__.__mro__)
print(int.__new__(Age, 5), Age.from_bytes(b"\x05"), type(Age.from_bytes(b"\x05")).__name__, Age("12", "n").note)
try:
    class B(bool):
        pass
except TypeError as error:
    print(error)
print(True.__and__(True), True & False, True | 2, True ^ True, ~True, bool.__or__(True, False), bool("False"),
      bool([0]), True.real, repr(True))
