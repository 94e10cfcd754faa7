# An exception is raised and caught inside a hot loop, rarely, often, and always.
class Odd(Exception):
    pass


def check(i, period):
    if i % period == 0:
        raise Odd(i)
    return i


def count(n, period):
    good = bad = 0
    last = None
    for i in range(1, n):
        try:
            good += check(i, period)
        except Odd as error:
            bad += error.args[0]
            last = error
    return good, bad, last


for period in (1, 2, 3, 10, 700, 5000):
    good, bad, last = count(3000, period)
    print(period, good, bad, repr(last))


def inline(n):
    caught = 0
    for i in range(n):
        try:
            if i & 1:
                raise ValueError(i)
        except ValueError:
            caught += 1
        else:
            caught += 1000
        finally:
            caught += 1000000
    return caught


print(inline(2000))
