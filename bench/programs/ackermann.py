"""Ackermann's and Hofstadter's functions, the towers of Hanoi and mutually recursive parity tests.

Stresses recursion of different shapes: deep, nested in arguments, mutual, with a list as accumulator.
"""
from _harness import main


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def female(n):
    return n - male(female(n - 1)) if n else 1


def male(n):
    return n - female(male(n - 1)) if n else 0


def hanoi(disks, source, target, spare, pegs):
    if disks == 0:
        return 0
    moves = hanoi(disks - 1, source, spare, target, pegs)
    pegs[target].append(pegs[source].pop())
    return moves + 1 + hanoi(disks - 1, spare, target, source, pegs)


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def run(n):
    total = 0
    for i in range(n):
        total += ackermann(2, 40 + i % 8)
        total += female(30 + i % 5) * 3 + male(28)
        pegs = [list(range(10, 0, -1)), [], []]
        total += hanoi(10, 0, 2, 1, pegs) + pegs[2][-1]
        total += sum(is_even(k) for k in range(60))
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 950)
