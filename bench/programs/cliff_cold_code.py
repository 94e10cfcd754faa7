"""Cliff: code that is made, run three times and thrown away; classes and functions that never live long enough to pay.

Compiling, class creation and first runs are everything; a JIT can only lose.
"""
from _harness import main

SOURCE = """
class Item{k}:
    rate = {k}
    def __init__(self, value):
        self.value = value
    def price(self, count):
        return (self.value * count + self.rate) % 997

def total{k}(items):
    result = 0
    for item in items:
        if item.value % 3 == 0:
            result += item.price(2)
        elif item.value % 3 == 1:
            result -= item.rate
        else:
            result ^= len(f"{{item.value}}")
    try:
        result += {{1: 2}}[result % 3]
    except KeyError:
        result += 1
    return result + sum(x for x in range(result % 5))
"""


def run(n):
    total = 0
    for i in range(n):
        names = {}
        exec(compile(SOURCE.format(k=i), f"<cold {i}>", "exec"), names)
        items = [names[f"Item{i}"](k) for k in range(6)]
        for _ in range(3):
            total += names[f"total{i}"](items)
        make = eval(f"lambda x: (x + {i}) % 13")
        total = (total + make(3) + make(4)) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 6000)
