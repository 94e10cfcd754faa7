"""Calls in all forms: keywords, defaults, *args, **kwargs, keyword-only and positional-only parameters, forwarding.

Stresses binding of arguments.
"""
from _harness import main


def area(width, height=2, *, scale=1, offset=0):
    return width * height * scale + offset


def positional(a, b, /, c=3, *rest):
    return a + b * c + sum(rest)


def collect(first, *rest, **options):
    total = first + len(rest)
    for name in options:
        total += options[name] * len(name)
    return total


def forward(function, *args, **kwargs):
    return function(*args, **kwargs)


def configured(base, **defaults):
    def call(*args, **overrides):
        return base(*args, **{**defaults, **overrides})
    return call


class Widget:
    def __init__(self, name, *, width=10, height=20, **extra):
        self.name = name
        self.width = width
        self.height = height
        self.extra = extra

    def resize(self, width=None, height=None):
        return Widget(self.name, width=width or self.width, height=height or self.height, **self.extra)


def run(n):
    doubled = configured(area, scale=2, offset=1)
    point = (3, 4)
    options = {"scale": 3, "offset": 2}
    total = 0
    for i in range(n):
        k = i % 10
        total += area(k) + area(k, 3) + area(height=k, width=4) + area(k, scale=2, offset=i % 3)
        total += area(*point, **options) + positional(k, 2) + positional(1, k, 5, 6, 7) + positional(*point, *point)
        total += collect(k, 1, 2, red=1, blue=k) + forward(area, k, scale=2) + forward(collect, *point, x=k)
        total += doubled(k) + doubled(k, 5, offset=3)
        widget = Widget("w", width=k, color=k).resize(height=k + 1)
        total += widget.width + widget.height + widget.extra["color"]
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 400000)
