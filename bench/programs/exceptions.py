"""Exceptions as ordinary control flow: raised and caught near and far, with finally, custom classes and chaining.

Stresses raising, matching of except clauses, unwinding through frames and try blocks that do not raise.
"""
from _harness import main


class Rejected(Exception):
    def __init__(self, value):
        super().__init__(value)
        self.value = value


class TooBig(Rejected):
    pass


def check(value):
    if value % 5 == 0:
        raise Rejected(value)
    if value % 7 == 0:
        raise TooBig(value)
    return value


def through(value, depth):
    if depth == 0:
        return check(value)
    try:
        return through(value, depth - 1)
    finally:
        value += 1


def lookup(table, key):
    try:
        return table[key]
    except KeyError:
        return -1


def translate(value):
    try:
        return int("x") if value % 3 == 0 else value
    except ValueError as error:
        raise RuntimeError("translated") from error


def run(n):
    table = {i: i * i for i in range(0, 100, 2)}
    total = 0
    for i in range(n):
        try:
            total += check(i)
        except TooBig as error:
            total += 2 * error.value
        except Rejected as error:
            total -= error.value
        total += lookup(table, i % 100)
        if i % 4 == 0:
            try:
                total += through(i, 5)
            except Rejected as error:
                total += error.args[0] % 3
        if i % 8 == 0:
            try:
                total += translate(i)
            except RuntimeError as error:
                total += len(str(error)) + (error.__cause__ is not None)
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 2200000)
