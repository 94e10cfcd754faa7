# Hot subtraction and negation at the edges of the small-int range.
def sink(start, step, times):
    x = start
    for _ in range(times):
        x -= step
    return x


print(sink(0, 2 ** 40, 500))
print(sink(-(2 ** 47) + 250, 1, 500) + 2 ** 47)
print(sink(-(2 ** 63) + 250, 1, 500) + 2 ** 63)


def negate_all(numbers):
    out = []
    for x in numbers:
        out.append(-x)
    return out


edges = [sign * (2 ** bits + d) for bits in (31, 47, 48, 63) for d in (-1, 0, 1) for sign in (1, -1)]
for _ in range(30):
    result = negate_all(edges)
print(result)
print([abs(x) for x in result] == [abs(x) for x in edges])
print([~x for x in edges])
