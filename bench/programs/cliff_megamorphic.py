"""Cliff: one call site, one attribute and one operator that see forty classes.

A compiler that makes a version a class must notice that it has to stop.
"""
from _harness import main


def make_class(k):
    def area(self, factor):
        return self.size * factor + k

    def __add__(self, other):
        return self.size + other.size + k

    names = {"area": area, "__add__": __add__, "kind": k, "__init__": lambda self, size: setattr(self, "size", size)}
    if k % 3 == 0:
        names["extra"] = property(lambda self: self.size * 2)
    else:
        names["extra"] = k
    return type(f"Shape{k}", (), names)


CLASSES = [make_class(k) for k in range(40)]


def run(n):
    shapes = [CLASSES[k * 7 % 40](k % 11) for k in range(200)]
    total = 0
    for i in range(n):
        previous = shapes[-1]
        for shape in shapes:
            total += shape.area(i & 3) + shape.kind + shape.extra
            total += previous + shape
            previous = shape
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 14000)
