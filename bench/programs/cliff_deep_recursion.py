"""Cliff: recursion eight hundred frames deep, plain, through generators, through methods, with exceptions that fall all the way.

Frames of compiled code must be as cheap to enter, leave and unwind at depth as anywhere.
"""
from _harness import main


class Bottom(Exception):
    pass


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def fall(n):
    if n == 0:
        raise Bottom
    return fall(n - 1) + 1


def count(n):
    if n:
        yield n
        yield from count(n - 1)


class Chain:
    def __init__(self, next):
        self.next = next

    def length(self):
        return 1 if self.next is None else 1 + self.next.length()


def collect(node, out):
    if node is not None:
        out.append(1)
        collect(node.next, out)
        out.append(2)


def run(n):
    chain = None
    for _ in range(300):
        chain = Chain(chain)
    total = 0
    for i in range(n):
        total += depth(800) + chain.length()
        try:
            fall(400 + i % 50)
        except Bottom as error:
            total += error.__traceback__ is not None
        if i % 8 == 0:
            total += sum(count(150))
        out = []
        collect(chain, out)
        total = (total + len(out)) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 3600)
