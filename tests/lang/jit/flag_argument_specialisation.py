# One function called hot with arguments of one kind, then of another: None, bools, ints, strings, containers.
def describe(x, flag=False, extra=None):
    if extra is not None:
        return len(extra)
    if flag:
        return -1
    if x:
        return 1
    return 0


def drive(calls):
    total = 0
    for args, kw in calls:
        total = total * 3 % 1009 + describe(*args, **kw)
    return total


base = [((1,), {}), ((0,), {})] * 150
print(drive(base), drive(base + [((None,), {})] * 50), drive(base + [(("s", True), {}), ((5,), {"extra": [1, 2]}),
      ((5,), {"flag": "yes"})] * 30))
print(drive([(([],), {}), ((0.0,), {}), (("",), {}), (((0,),), {}), ((2 ** 70,), {"extra": ""})] * 50))
try:
    drive(base + [((1,), {"extra": 5})])
except TypeError as e:
    print(e)
