"""Takeuchi's function: calls with three arguments, four calls nested into one another."""
from _harness import main


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def run(n):
    total = 0
    for i in range(n):
        total = total * 3 + tak(18, 12 - i % 3, 6)
    return total % 1000000007


if __name__ == "__main__":
    main(run, 1000)
