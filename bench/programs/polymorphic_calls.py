"""Shapes and expression nodes: one call site sees two, four and eight receiver classes.

Stresses method dispatch beyond the monomorphic case, isinstance chains and dispatch through dicts of functions.
"""
from _harness import main


class Shape:
    def __init__(self, size):
        self.size = size

    def area(self):
        raise NotImplementedError

    def scaled(self, factor):
        return type(self)(self.size * factor % 97 + 1)


class Square(Shape):
    def area(self):
        return self.size * self.size


class Circle(Shape):
    def area(self):
        return self.size * self.size * 355 // 113


class Triangle(Shape):
    def area(self):
        return self.size * self.size // 2


class Hexagon(Shape):
    def area(self):
        return self.size * self.size * 26 // 10


class Line(Shape):
    def area(self):
        return 0


class Frame(Square):
    def area(self):
        return super().area() - (self.size - 1) ** 2


class Ring(Circle):
    def area(self):
        return super().area() // 3


class Pair(Shape):
    def area(self):
        return Square.area(self) + self.size


def total_area(shapes):
    total = 0
    for shape in shapes:
        total += shape.area()
    return total


def classify(shape):
    if isinstance(shape, Square):
        return 1
    if isinstance(shape, Circle):
        return 2
    if isinstance(shape, (Triangle, Hexagon)):
        return 3
    return 4


HANDLERS = {Square: lambda s: s.size, Circle: lambda s: s.size * 2, Triangle: lambda s: s.size * 3}


def run(n):
    classes = [Square, Circle, Triangle, Hexagon, Line, Frame, Ring, Pair]
    total = 0
    for width in (1, 2, 4, 8):
        shapes = [classes[i * 5 % width](i % 20 + 1) for i in range(64)]
        for i in range(n):
            total += total_area(shapes)
            k = i % 64
            total += classify(shapes[k])
            total += HANDLERS.get(type(shapes[k]), Shape.__hash__ and (lambda s: 0))(shapes[k])
            shapes[k] = shapes[k].scaled(i % 5 + 1)
            total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 60000)
