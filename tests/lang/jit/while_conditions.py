# while loops whose conditions are of many types: ints, floats, strings, lists, None, objects with __bool__ and __len__.
class Countdown:
    def __init__(self, n):
        self.n = n

    def __bool__(self):
        self.n -= 1
        return self.n >= 0


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        self.n -= 1
        return max(self.n, 0)


def spin(condition):
    count = 0
    while condition:
        count += 1
    return count


print(spin(Countdown(500)), spin(Sized(500)))


def drain(items):
    count = 0
    while items:
        items.pop()
        count += 1
    return count


print(drain(list(range(300))), drain(set(range(300))), drain(bytearray(300)))
s = "x" * 300
count = 0
while s:
    s = s[1:]
    count += 1
print(count, repr(s))
x = 300.0
while x:
    x -= 0.5
    count += 1
print(count, x)


class Bad:
    def __bool__(self):
        return 1


class Negative:
    def __len__(self):
        return -1


for bad in (Bad(), Negative()):
    try:
        spin(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
node = None
for i in range(300):
    node = (i, node)
total = 0
while node is not None:
    value, node = node
    total += value
print(total)
