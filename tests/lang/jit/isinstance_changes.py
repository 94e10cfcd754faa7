# isinstance and issubclass answers change while hot: __class__ is assigned, ABCs register, bases change.
from abc import ABC


class Animal:
    pass


class Dog(Animal):
    pass


class Rock:
    pass


class Noisy(ABC):
    pass


def count(things, cls, at, action):
    hits = 0
    for i, thing in enumerate(things):
        if i == at:
            action()
        if isinstance(thing, cls):
            hits += 1
    return hits


things = [Dog() if i % 2 else Rock() for i in range(1000)]


def transform():
    for thing in things[600:]:
        thing.__class__ = Dog


print(count(things, Animal, -1, None))
print(count(things, Noisy, 500, lambda: Noisy.register(Dog)))
print(count(things, Animal, 300, transform))
print(count(things, (int, Rock), -1, None))
print(count([1, True, 1.0, "a", None] * 200, int, -1, None))


class Meta(type):
    answer = False

    def __instancecheck__(cls, instance):
        return cls.answer


class Odd(metaclass=Meta):
    pass


def flip():
    Meta.answer = True


print(count(things, Odd, 250, flip))
