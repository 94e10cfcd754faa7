"""Cliff: one function with a body of two thousand lines and two hundred variables, run in a loop.

Too long for one trace, and a strain on register allocation and on anything that is not linear.
"""
from _harness import main


def make():
    lines = ["def huge(seed, rounds):"]
    lines += [f"    v{k} = seed + {k}" for k in range(200)]
    lines.append("    for i in range(rounds):")
    for k in range(1800):
        a, b, c = k * 7 % 200, k * 13 % 200, k * 29 % 200
        if k % 9 == 0:
            lines.append(f"        if v{a} > v{b}: v{c} = v{a} - v{b} + i")
        elif k % 9 == 4:
            lines.append(f"        v{a} = v{b} * {k % 5 + 1} % 65521")
        else:
            lines.append(f"        v{a} = (v{b} ^ v{c}) + {k % 17} & 0xFFFF")
    lines.append("    return " + " ^ ".join(f"v{k}" for k in range(200)))
    names = {}
    exec("\n".join(lines), names)
    return names["huge"]


HUGE = make()


def run(n):
    total = 0
    for i in range(4):
        total = (total * 31 + HUGE(i * 17, n)) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 2200)
