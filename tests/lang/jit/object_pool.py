# Objects recycled through a free list, with fields of changing types and identities compared.
class Cell:
    __slots__ = ("value", "next")


free = None
made = reused = 0
live = []
checksum = 0
for i in range(3000):
    if free is None:
        c = Cell()
        made += 1
    else:
        c, free = free, free.next
        reused += 1
    c.value = i if i % 5 else (i, str(i))
    c.next = None
    live.append(c)
    if len(live) > i % 40:
        d = live.pop(i * 7 % len(live))
        checksum += d.value if isinstance(d.value, int) else d.value[0] * 2
        d.next, free = free, d
n = 0
while free is not None:
    n += 1
    free = free.next
print(made, reused, len(live), n, checksum, len({id(c) for c in live}) == len(live))
