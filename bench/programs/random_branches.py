"""Loops whose branches follow random bits: nothing repeats, every path is taken equally often.

Stresses side traces and branch-heavy integer code; the worst case for a compiler of straight lines.
"""
from _harness import main


def walk(state, steps):
    x = y = turns = 0
    for _ in range(steps):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        bits = state >> 16
        if bits & 1:
            if bits & 2:
                x += 1
                if bits & 4:
                    y -= 1
                else:
                    turns += 1
            elif bits & 8:
                x -= 2
            else:
                y += 3
        elif bits & 16:
            if bits & 32:
                y += x & 3
            else:
                x ^= 1
                if bits & 64:
                    turns -= 1
        elif bits & 128 and x > 0:
            x, y = y, x
        else:
            turns += 2 if bits & 256 else 5
        if x > 1000 or y > 1000:
            x //= 2
            y //= 3
    return state, x, y, turns


def run(n):
    return "%d %d %d %d" % walk(17, n)


if __name__ == "__main__":
    main(run, 9000000)
