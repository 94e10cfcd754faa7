# What the iterator of a for statement raises belongs to the line of the for statement, in the first round as in the last.
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n == 0:
            raise KeyError(self.n)
        return self.n


def failing(n):
    for i in range(n):
        yield i
    return 1 // 0


def lines(e):
    t, found = e.__traceback__, []
    while t:
        found.append(t.tb_lineno)
        t = t.tb_next
    return found


def loop(iterable):
    total = 0
    for x in iterable:
        if x % 2:
            continue
        total += x
        last = x
    return total


for n in (1, 2, 3, 80, 300):
    for make in (Countdown, failing):
        try:
            loop(make(n))
        except (KeyError, ZeroDivisionError) as e:
            print(n, type(e).__name__, lines(e))


def guarded(iterable):
    seen = 0
    try:
        for x in iterable:
            try:
                seen += x
            except ValueError:
                print("not here")
    except KeyError:
        return "outer", seen
    return seen


print(guarded(Countdown(4)), guarded(Countdown(200)))
