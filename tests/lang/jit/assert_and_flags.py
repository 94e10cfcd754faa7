# asserts, flags and sentinel objects steer hot loops; identity tests against None, Ellipsis, NotImplemented and own
# objects.
MISSING = object()


def lookup(table, key, default=MISSING):
    value = table.get(key, MISSING)
    if value is MISSING:
        if default is MISSING:
            raise KeyError(key)
        return default
    return value


table = {i: (None, ..., NotImplemented, 0, "")[i % 5] for i in range(50)}
counts = {"none": 0, "dots": 0, "ni": 0, "other": 0, "missing": 0}
for i in range(600):
    try:
        v = lookup(table, i % 60)
    except KeyError:
        counts["missing"] += 1
        continue
    if v is None:
        counts["none"] += 1
    elif v is ...:
        counts["dots"] += 1
    elif v is NotImplemented:
        counts["ni"] += 1
    else:
        counts["other"] += 1
print(counts)


def checked(n):
    total = 0
    for i in range(n):
        assert i < 450, f"too far: {i}"
        assert total >= 0
        total += i
    return total


print(checked(450))
try:
    checked(500)
except AssertionError as error:
    print(error)


def flags(n):
    running = True
    found = None
    first = last = None
    i = 0
    while running:
        i += 1
        if found is None and i * i > 5000:
            found = i
        if not first:
            first = i % 40 == 39 and i
        last = i if i % 3 else last
        running = not (found is not None and i > n)
    return i, found, first, last


print(flags(300), flags(10))
switch = [True, False, True, True]
trail = 0
for i in range(500):
    if switch[i % 4]:
        switch[(i + 1) % 4] = not switch[(i + 2) % 4]
        trail += i
    else:
        switch[i % 4] = True
print(trail, switch)
x = y = MISSING
changes = 0
for i in range(300):
    x = MISSING if i % 3 else i
    changes += (x is MISSING) != (y is MISSING)
    y = x
print(changes)
