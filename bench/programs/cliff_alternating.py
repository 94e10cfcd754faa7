"""Cliff: guards that fail every second time, every third time, and in bursts; branches nested so that paths multiply.

A trace that bakes in one outcome leaves all the time unless its exits become traces too.
"""
from _harness import main


def run(n):
    total = 0
    value = 1
    flags = [True, False] * 8
    kinds = [1, 2.5, 3, 4.5, 5, 6.5]
    for i in range(n):
        if i & 1:
            total += 3
        else:
            total -= 1
        if flags[i & 15]:
            total ^= i
        if i % 3 == 0:
            value = value * 3 % 1009
        elif i % 3 == 1:
            value += 7
        else:
            value ^= 5
        if value & 4:
            if value & 8:
                total += 2
            elif value & 16:
                total += 5
            else:
                total -= 3
        elif value & 32:
            total += 1 if i & 64 else 4
        if kinds[i % 6] > 3:
            total += int(kinds[(i + value) % 6])
        if i // 1000 % 2:
            total += i % 7
        else:
            total -= i % 5
    return total


if __name__ == "__main__":
    main(run, 2200000)
