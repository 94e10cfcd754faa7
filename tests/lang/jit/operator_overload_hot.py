# Hot arithmetic on user classes: forward, reflected and in-place methods, NotImplemented, mixed with ints.
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.cents + other.cents)
        if isinstance(other, int):
            return Money(self.cents + other)
        return NotImplemented

    def __radd__(self, other):
        return Money(other * 100 + self.cents)

    def __iadd__(self, other):
        self.cents += other.cents if isinstance(other, Money) else other
        return self

    def __lt__(self, other):
        return self.cents < other.cents

    def __mul__(self, factor):
        return Money(int(self.cents * factor))

    __rmul__ = __mul__

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    __hash__ = None


def run(n):
    total = Money(0)
    best = Money(-1)
    for i in range(n):
        m = Money(i) + 5
        total += m
        total += 1
        total = 1 + total
        if best < m:
            best = m * 2 if i % 3 else 0.5 * m
    return total.cents, best.cents


print(run(500))
try:
    total = 0
    for x in [1] * 300 + [Money(3), "s"]:
        total = total + x
except TypeError as error:
    print(error, total.cents)


class Both(int):
    def __add__(self, other):
        return Both(int(self) + int(other) + 1)

    def __radd__(self, other):
        return Both(int(self) + int(other) + 1000)


t = 0
for i in range(300):
    t = t + (Both(i) if i == 150 else i)
print(t, type(t).__name__)
t = 0
for i in range(300):
    t = (Both(t) if i == 150 else t) + i
print(t)
print(sum([Both(1)] * 10), Money(1) == Money(1), Money(1) != Money(2), Money(1) == 1)
