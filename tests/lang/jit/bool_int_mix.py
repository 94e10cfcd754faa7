# Bools, ints, floats and None take turns in the same hot operations.
def total(items):
    result = 0
    for x in items:
        result += x
    return result


def ors(items):
    result = 0
    for x in items:
        result = result | x
    return result


values = [True, 1, False, 0, 2, True]
print(total(values * 100), type(total([True] * 200)).__name__)
print(ors([True] * 300), ors([True, 4] * 100), ors([False] * 200))
print(total([True, 0.5] * 200))


def logic(items):
    ands = ors = nots = 0
    for x in items:
        ands += (x and 5) is x
        ors += (x or 7) == 7
        nots += not x
    return ands, ors, nots


print(logic([0, 1, "", "a", None, [], [0], 0.0, -0.0, 1e-300, False, True, (), {}, {1}] * 30))


def chain(values):
    hits = 0
    for v in values:
        if 0 < v <= 10 != v:
            hits += 1
        if not 3 <= v < 7:
            hits += 100
        if v == 1 == True:
            hits += 10000
    return hits


print(chain([0, 1, True, 5, 5.0, 10, 10.5, -1, 2 ** 60] * 40))


def xor(n):
    flag = False
    for i in range(n):
        flag ^= i % 3 == 0
    return flag


print(xor(300), xor(301), xor(304))
def to_bool(items):
    return [bool(x) for x in items]
print(sum(to_bool([0, 1, 2, None, "x"] * 60)), max([True, 1, False] * 50), min([1, True] * 50))
