# RecursionError is raised out of hot recursion, caught, and the program goes on.
def endless(n):
    return endless(n + 1) + 1


for _ in range(3):
    try:
        endless(0)
    except RecursionError as error:
        print(type(error).__name__, str(error)[:32])


class Loop:
    def __getattr__(self, name):
        return getattr(self, name + "x")


try:
    Loop().a
except RecursionError as error:
    print("getattr:", str(error)[:32])


class Eq:
    def __eq__(self, other):
        return self == other


try:
    Eq() == Eq()
except RecursionError:
    print("eq")


def fine(n):
    return 0 if n == 0 else 1 + fine(n - 1)


print(fine(900))
