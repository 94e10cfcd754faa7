# Context managers entered and left in hot loops, some swallowing exceptions.
class Guard:
    entered = left = 0

    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        Guard.entered += 1
        return self

    def __exit__(self, kind, value, tb):
        Guard.left += 1
        return self.swallow and kind is not None and issubclass(kind, ValueError)


def run(n):
    done = 0
    for i in range(n):
        with Guard(True) as g, Guard(i % 2):
            if i % 5 == 0:
                raise ValueError(i)
            if i % 7 == 0:
                continue
            done += 1 + (g.swallow is True)
    return done


print(run(500), Guard.entered, Guard.left)


def escapes(n):
    for i in range(n):
        with Guard(True):
            if i == n - 3:
                raise TypeError(f"at {i}")
            if i == 10 * n:
                return None


try:
    escapes(300)
except TypeError as error:
    print(error, Guard.entered == Guard.left)


def returning(n):
    total = 0

    def one(i):
        with Guard(False):
            return i * 2

    for i in range(n):
        total += one(i)
    return total


print(returning(400), Guard.entered, Guard.left)
