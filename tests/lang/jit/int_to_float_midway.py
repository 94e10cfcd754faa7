# A hot accumulator starts as an int and becomes a float in the middle of the loop.
def accumulate(n, switch_at):
    total = 0
    for i in range(n):
        if i == switch_at:
            total += 0.5
        total += i
    return total


for switch_at in (0, 1, 57, 1000, 4999, 5000):
    result = accumulate(5000, switch_at)
    print(switch_at, type(result).__name__, result)


def step(n, step):
    x = 0
    for i in range(n):
        x = x + step
        if i == n // 2:
            step = step * 0.25
    return x


print(step(4000, 1), step(4000, 2.0), step(4001, True))
