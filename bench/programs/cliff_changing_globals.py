"""Cliff: what a compiler likes to take for constant changes: globals, class attributes, functions replaced, instances that grow.

Each change may invalidate code; doing so again and again must not cost more than the code gains.
"""
from _harness import main

MODE = 0
STEP = 1


class Config:
    limit = 10
    names = ()


class Growing:
    pass


def step_one(x):
    return x + STEP


def step_two(x):
    return x * 2 - STEP


step = step_one


def work(total, rounds):
    for j in range(rounds):
        if MODE:
            total = step(total) % 100003
        else:
            total += STEP + Config.limit
    return total


def run(n):
    global MODE, STEP, step
    MODE, STEP, step = 0, 1, step_one
    Config.limit = 10
    total = 0
    for i in range(n):
        STEP = i % 7
        if i % 5 == 0:
            MODE = 1 - MODE
        if i % 11 == 0:
            step = step_two if step is step_one else step_one
        if i % 13 == 0:
            Config.limit += 1
            Growing.measure = (lambda self: len(self.__dict__)) if i & 1 else (lambda self: 7)
        total = work(total, 40) % 100003
        thing = Growing()
        for k in range(i % 6):
            setattr(thing, f"field{(k * 3 + i) % 9}", k)
        thing.total = total
        total += thing.measure() + sum(thing.__dict__.values()) % 13
    return f"{total} {Config.limit}"


if __name__ == "__main__":
    main(run, 280000)
