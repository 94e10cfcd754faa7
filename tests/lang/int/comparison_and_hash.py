# Ints, floats, bools and big ints compare and hash as numbers, exactly.
print(2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 2 ** 53 + 1 > 2.0 ** 53, 10 ** 400 > 1e308, -(10 ** 400) < -1e308)
print(1 == True, 0 == False, 2 == True, 1.0 == True, True + True, True is 1 == 1, hash(True), hash(1.0) == hash(1))
print(10 ** 400 == float("inf"), 10 ** 400 < float("inf"), 10 ** 400 != float("nan"), 3 < float("nan"), 1 == 1 + 0j,
      2 ** 60 == complex(2 ** 60))
print(hash(2.0 ** 70) == hash(2 ** 70), hash(0.5), hash(-0.0), hash(float("inf")), hash(-float("inf")), hash(1e300),
      hash(2 ** 31 - 0.5))
print(hash(3 + 4j), hash(1j), hash(5 + 0j), {1: "a", 1.0: "b", True: "c"}, {2 ** 70: 1}[2.0 ** 70])
values = [3, -1, 2.5, True, 10 ** 20, -(10 ** 20), 1e19, 0, -0.0, False, 2 ** 63, 9.3e18]
print(sorted(values), max(values), min(values))
print([a < b for a, b in zip(values, values[1:])])
for a, b in ((1, "1"), (1, None), (1.5, []), (2 ** 70, "x"), (1, 1j)):
    for op in ("<", "<=", ">", ">="):
        try:
            eval(f"a {op} b")
        except TypeError as error:
            print(error)
print(1 != "1", 1 == None, 1 is not None, (1).__eq__("a"), (1).__lt__(2.5), (2 ** 70).__gt__(1), int.__ne__(1, 2))
print(bool(0), bool(-1), bool(2 ** 70), not 0, 5 if 0 else 6, 0 or "or", 3 and "and")


class Num:
    def __eq__(self, other):
        return other == 5

    def __gt__(self, other):
        return "reflected"


print(5 == Num(), Num() == 5, 6 != Num(), 3 < Num())
