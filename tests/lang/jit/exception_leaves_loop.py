# Exceptions thrown by builtins inside hot loops leave the loop with the right state of the locals.
def index_out(items, n):
    total = i = 0
    try:
        for i in range(n):
            total += items[i]
    except IndexError as error:
        return total, i, str(error)
    return total, i, None


print(index_out(list(range(500)), 400))
print(index_out(list(range(500)), 1000))
print(index_out(tuple(range(300)), 1000))


def key_missing(table, n):
    seen = []
    for i in range(n):
        try:
            seen.append(table[i])
        except KeyError as error:
            seen.append(error.args)
            if len(seen) > 310:
                break
    return seen[295:]


print(key_missing({i: -i for i in range(300)}, 400))


def wrong_type(items):
    total = 0
    for x in items:
        total = total + x
    return total


try:
    wrong_type([1] * 400 + ["2"])
except TypeError as error:
    print(error)
try:
    wrong_type([1.5] * 400 + [None])
except TypeError as error:
    print(error)


def attribute(items):
    out = 0
    for x in items:
        out += x.real
    return out


try:
    attribute([1, 2, 3] * 100 + ["s"])
except AttributeError as error:
    print(error)
