"""Vectors, fractions and polynomials whose operators are methods: +, *, ==, <, [], len, in, ~ and their reflected forms.

Stresses dispatch of operators to Python methods and the short-lived objects that they return.
"""
from _harness import main


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        if isinstance(factor, Vector):
            return self.x * factor.x + self.y * factor.y
        return Vector(self.x * factor, self.y * factor)

    __rmul__ = __mul__

    def __mod__(self, modulus):
        return Vector(self.x % modulus, self.y % modulus)

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __bool__(self):
        return bool(self.x or self.y)


class Ratio:
    def __init__(self, top, bottom):
        a, b = top, bottom
        while b:
            a, b = b, a % b
        self.top, self.bottom = top // a, bottom // a

    def __add__(self, other):
        if isinstance(other, int):
            return Ratio(self.top + other * self.bottom, self.bottom)
        if not isinstance(other, Ratio):
            return NotImplemented
        return Ratio(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    __radd__ = __add__

    def __lt__(self, other):
        return self.top * other.bottom < other.top * self.bottom

    def __hash__(self):
        return self.top * 31 + self.bottom

    def __eq__(self, other):
        return self.top == other.top and self.bottom == other.bottom


class Polynomial:
    def __init__(self, coefficients):
        self.coefficients = coefficients

    def __len__(self):
        return len(self.coefficients)

    def __getitem__(self, power):
        return self.coefficients[power] if power < len(self.coefficients) else 0

    def __contains__(self, value):
        return value in self.coefficients

    def __add__(self, other):
        return Polynomial([self[i] + other[i] for i in range(max(len(self), len(other)))])

    def __call__(self, x):
        value = 0
        for c in reversed(self.coefficients):
            value = value * x + c
        return value


def run(n):
    position, speed = Vector(3, 4), Vector(1, -2)
    total = 0
    line = Polynomial([1, 2, 3])
    for i in range(n):
        position = (position + speed * (i % 5) - Vector(1, 1)) % 1009
        speed = -speed if position.x & 1 else 2 * speed % 17
        total += position * speed + (position == speed) + (not speed)
        ratio = Ratio(i % 7 + 1, 12) + Ratio(1, i % 5 + 2)
        total += (1 + ratio).top + (ratio < Ratio(1, 2)) + len({ratio, Ratio(1, 2)})
        shifted = line + Polynomial([i % 3, 0, 0, 1])
        total += shifted(i % 11) + len(shifted) + (2 in shifted)
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 200000)
