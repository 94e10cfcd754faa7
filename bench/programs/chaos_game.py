"""The chaos game on a spline: points jump towards random control points and are counted on a raster.

Stresses an integer random generator, float interpolation, closures and list-of-list updates.
"""
from _harness import main


def make_random(seed):
    state = seed

    def next_below(limit):
        nonlocal state
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        return (state >> 8) % limit

    return next_below


class Spline:
    """A closed quadratic curve through the middles of its control polygon's edges."""

    def __init__(self, points):
        self.points = points

    def at(self, t):
        count = len(self.points)
        scaled = t * count
        i = int(scaled) % count
        u = scaled - int(scaled)
        x0, y0 = self.points[i]
        x1, y1 = self.points[(i + 1) % count]
        x2, y2 = self.points[(i + 2) % count]
        a, b, c = 0.5 * (1 - u) ** 2, 0.5 + u - u * u, 0.5 * u * u
        return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def run(n):
    size = 64
    splines = [Spline([(0.0, 0.0), (1.0, 0.2), (0.9, 0.8), (0.1, 0.9)]),
               Spline([(0.5, 0.1), (0.8, 0.5), (0.4, 1.0)]),
               Spline([(0.2, 0.2), (0.7, 0.0), (1.0, 1.0), (0.5, 0.6), (0.0, 0.7)])]
    raster = [[0] * size for _ in range(size)]
    next_below = make_random(42)
    x, y = 0.5, 0.5
    for _ in range(n):
        spline = splines[next_below(3)]
        px, py = spline.at((next_below(1000) / 1000.0 + x) % 1.0)
        x += (px - x) * 0.6
        y += (py - y) * 0.6
        column = min(size - 1, max(0, int(x * size)))
        row = min(size - 1, max(0, int(y * size)))
        raster[row][column] += 1
    checksum = 0
    for row in raster:
        for cell in row:
            checksum = (checksum * 31 + cell) % 1000000007
    return checksum


if __name__ == "__main__":
    main(run, 1600000)
