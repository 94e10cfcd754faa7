"""A ray tracer with spheres, a chequered plane, one light, shadows and mirrors.

Stresses short-lived vector objects with overloaded operators, polymorphic intersection tests and float arithmetic.
"""
import math

from _harness import main


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def length(self):
        return math.sqrt(self.dot(self))

    def unit(self):
        return self * (1.0 / self.length())

    def mirrored(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Sphere:
    def __init__(self, center, radius, color, shine):
        self.center = center
        self.radius = radius
        self.color = color
        self.shine = shine

    def hit(self, origin, direction):
        to_center = self.center - origin
        along = to_center.dot(direction)
        inside = self.radius * self.radius - to_center.dot(to_center) + along * along
        if inside < 0.0:
            return None
        distance = along - math.sqrt(inside)
        return distance if distance > 1e-6 else None

    def normal_at(self, point):
        return (point - self.center).unit()

    def color_at(self, point):
        return self.color


class Plane:
    def __init__(self, height, shine):
        self.height = height
        self.shine = shine
        self.up = Vector(0.0, 1.0, 0.0)

    def hit(self, origin, direction):
        if -1e-9 < direction.y < 1e-9:
            return None
        distance = (self.height - origin.y) / direction.y
        return distance if distance > 1e-6 else None

    def normal_at(self, point):
        return self.up

    def color_at(self, point):
        dark = (math.floor(point.x) + math.floor(point.z)) % 2
        return Vector(0.1, 0.1, 0.1) if dark else Vector(0.9, 0.9, 0.9)


class Scene:
    def __init__(self, things, light, eye):
        self.things = things
        self.light = light
        self.eye = eye

    def nearest(self, origin, direction):
        best, found = 1e30, None
        for thing in self.things:
            distance = thing.hit(origin, direction)
            if distance is not None and distance < best:
                best, found = distance, thing
        return best, found

    def is_lit(self, point):
        to_light = self.light - point
        distance = to_light.length()
        direction = to_light * (1.0 / distance)
        for thing in self.things:
            hit = thing.hit(point, direction)
            if hit is not None and hit < distance:
                return False
        return True

    def color_along(self, origin, direction, depth):
        distance, thing = self.nearest(origin, direction)
        if thing is None:
            return Vector(0.3, 0.4, 0.6) * (1.0 - abs(direction.y))
        point = origin + direction * distance
        normal = thing.normal_at(point)
        base = thing.color_at(point)
        brightness = 0.2
        if self.is_lit(point):
            brightness += 0.8 * max(0.0, (self.light - point).unit().dot(normal))
        color = base * brightness
        if depth and thing.shine:
            reflected = self.color_along(point, direction.mirrored(normal).unit(), depth - 1)
            color = color * (1.0 - thing.shine) + reflected * thing.shine
        return color


def make_scene():
    things = [Plane(-1.0, 0.1)]
    for i in range(6):
        angle = i * math.pi / 3.0
        center = Vector(2.0 * math.cos(angle), -0.2 + 0.3 * (i % 3), 6.0 + 2.0 * math.sin(angle))
        things.append(Sphere(center, 0.8, Vector(0.3 + 0.1 * i, 0.9 - 0.1 * i, 0.5), 0.4))
    return Scene(things, Vector(5.0, 8.0, -3.0), Vector(0.0, 0.5, -2.0))


def run(n):
    scene = make_scene()
    total = 0
    for row in range(n):
        for column in range(n):
            direction = Vector(column / n - 0.5, 0.5 - row / n, 1.0).unit()
            color = scene.color_along(scene.eye, direction, 2)
            shade = int(255 * min(1.0, max(0.0, (color.x + color.y + color.z) / 3.0)))
            total = (total * 257 + shade) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 400)
