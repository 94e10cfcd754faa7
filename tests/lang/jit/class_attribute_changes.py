# Class attributes and methods change while instances are used in a hot loop.
class Point:
    scale = 2

    def __init__(self, x):
        self.x = x

    def value(self):
        return self.x * self.scale


def run(points, action, at):
    total = 0
    for i, p in enumerate(points):
        if i == at:
            action()
        total += p.value()
    return total


points = [Point(i) for i in range(2000)]


def change_scale():
    Point.scale = 5


def change_method():
    Point.value = lambda self: self.x + 1


def shadow_on_instance():
    for p in points[1500:]:
        p.scale = 100


print(run(points, lambda: None, -1))
print(run(points, change_scale, 1000))
print(run(points, shadow_on_instance, 1200))
print(run(points, change_method, 300))
points[1990].value = lambda: 1000000
print(run(points, lambda: None, -1))


class Base:
    kind = "base"


class Derived(Base):
    pass


def kinds(n):
    seen = {}
    d = Derived()
    for i in range(n):
        if i == 500:
            Base.kind = "changed"
        if i == 800:
            Derived.kind = "own"
        if i == 900:
            del Derived.kind
        seen[d.kind] = seen.get(d.kind, 0) + 1
    return seen


print(kinds(1000))
