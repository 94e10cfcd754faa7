"""Particles whose attributes are read and written in place, with __dict__ objects, __slots__ objects and class attributes.

Stresses attribute loads and stores, augmented assignment on attributes, and getattr/setattr with names from a list.
"""
from _harness import main


class Particle:
    drag = 3

    def __init__(self, x, v):
        self.x = x
        self.v = v
        self.bounces = 0


class Slotted:
    __slots__ = ("x", "v", "bounces")
    drag = 5

    def __init__(self, x, v):
        self.x = x
        self.v = v
        self.bounces = 0


class Counter:
    total = 0


def step(things, limit):
    for thing in things:
        thing.x += thing.v
        if thing.x > limit:
            thing.x = 2 * limit - thing.x
            thing.v = -thing.v
            thing.bounces += 1
        elif thing.x < 0:
            thing.x = -thing.x
            thing.v = thing.drag - thing.v
            thing.bounces += 1
        Counter.total += 1


def shuffle_fields(things, names):
    for thing in things:
        for name in names:
            setattr(thing, name, (getattr(thing, name) * 3 + 1) % 101)


def run(n):
    Counter.total = 0
    plain = [Particle(i * 7 % 100, i % 11 - 5) for i in range(100)]
    slotted = [Slotted(i * 5 % 100, i % 13 - 6) for i in range(100)]
    for i in range(n):
        step(plain, 100)
        step(slotted, 100)
        if i % 20 == 0:
            shuffle_fields(plain, ("x", "v"))
    checksum = Counter.total
    for thing in plain + slotted:
        checksum = (checksum * 31 + thing.x * 7 + thing.v * 3 + thing.bounces) % 1000000007
    return checksum


if __name__ == "__main__":
    main(run, 45000)
