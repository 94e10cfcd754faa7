# Two names for one object: a store through one must be seen through the other, also when hoisted or forwarded.
class Box:
    def __init__(self, value):
        self.value = value


def chase(a, b, n):
    log = 0
    for i in range(n):
        a.value = i
        b.value += 1
        log += a.value
        if i % 10 == 0:
            a.value = -1
            log += b.value
    return log


one, two = Box(0), Box(0)
print(chase(one, two, 500), chase(one, one, 500), chase(two, one, 333), one.value, two.value)


def lists(a, b, n):
    total = 0
    for i in range(n):
        a[0] = i
        b[0] = b[0] + 5
        total += a[0] - b[1]
        b[1] = a[0]
    return total


x, y = [0, 0], [0, 0]
print(lists(x, y, 400), lists(x, x, 400), x, y)


def touch(box):
    box.value += 1000


def callee_writes(box, n):
    total = 0
    for i in range(n):
        before = box.value
        if i % 7 == 0:
            touch(box)
        total += box.value - before
    return total


print(callee_writes(one, 300))


def dicts(a, b, n):
    for i in range(n):
        a["k"] = i
        if b.get("k") != i:
            return i
    return -1


d = {}
print(dicts(d, d, 300), dicts({}, {"k": 0}, 300))
chain = [Box(i) for i in range(3)]
chain[0].next = chain[1]
chain[1].next = chain[2]
chain[2].next = chain[0]
node = chain[0]
for i in range(500):
    node.value += 1
    node.next.value -= 1
    node = node.next if i % 4 else node.next.next
print([b.value for b in chain])
