# Short-lived objects that mostly stay local, but escape now and then: into lists, exceptions, closures, attributes.
class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __repr__(self):
        return f"Vec({self.x}, {self.y})"


def wander(n):
    kept = []
    pos = Vec(0, 0)
    for i in range(n):
        step = Vec(i % 3, -1)
        pos = pos + step + Vec(0, i % 2)
        if i % 100 == 50:
            kept.append(step)
            kept.append(pos)
        if i == n - 2:
            step.x = "changed"
            kept.append(step)
    return pos, kept


pos, kept = wander(500)
print(pos, kept, kept[0] is kept[1])


def thrown(n):
    for i in range(n):
        v = Vec(i, i)
        try:
            if i % 90 == 89:
                raise ValueError(v)
        except ValueError as error:
            last = error.args[0]
        w = v
        w.x += 1
    return last, v is w, v


print(thrown(300))


def captured(n):
    out = []
    for i in range(n):
        v = Vec(i, 2 * i)
        if i % 70 == 0:
            out.append(lambda v=v: v.x + v.y)
        v.y = 0
    return [f() for f in out]


print(captured(300))


def linked(n):
    head = None
    for i in range(n):
        node = [i, None]
        pair = (node, i)
        if i % 60 == 0:
            node[1] = head
            head = pair
    count = 0
    while head:
        count += head[1]
        head = head[0][1]
    return count


print(linked(300))


def identity(n):
    same = 0
    previous = None
    for i in range(n):
        v = Vec(i, i)
        same += v is previous
        same += v == previous
        previous = v if i % 2 else previous
    return same, previous


print(identity(300))
