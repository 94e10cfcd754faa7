# Hot loops that allocate much garbage with cycles, and keep some: nothing kept may be lost or changed.
class Node:
    def __init__(self, n):
        self.n = n
        self.me = self
        self.data = [n] * 3
        self.table = {"n": n}


def churn(n):
    kept = []
    for i in range(n):
        node = Node(i)
        node.other = Node(-i)
        node.other.back = node
        if i % 50 == 0:
            kept.append(node)
    return kept


kept = churn(3000)
assert all(k.me is k and k.other.back is k and k.data == [k.n] * 3 and k.table["n"] == k.n for k in kept)
print(len(kept), sum(k.other.n for k in kept))


def strings(n):
    kept = {}
    for i in range(n):
        s = "s" + str(i) * 5
        if i % 40 == 0:
            kept[s] = s.upper()
    return kept


table = strings(3000)
print(len(table), all(v == k.upper() for k, v in table.items()), list(table)[-1])


def tuples(n):
    window = [None] * 16
    total = 0
    for i in range(n):
        window[i % 16] = (i, [i], {i: i}, float(i), str(i))
        old = window[(i * 7) % 16]
        if old:
            assert old[0] == old[1][0] == old[2][old[0]] == old[3] == int(old[4])
            total += old[0]
    return total


print(tuples(3000))


def big(n):
    kept = []
    x = 1
    for i in range(n):
        x = (x * 3 + i) % (1 << 300)
        if i % 100 == 0:
            kept.append((i, x))
    return kept


values = big(2000)
x = 1
check = 0
for i in range(2000):
    x = (x * 3 + i) % (1 << 300)
    if i % 100 == 0:
        check += values[i // 100] == (i, x)
print(check, len(values))
gens = []
for i in range(300):
    g = (k * i for k in range(10))
    next(g)
    if i % 30 == 0:
        gens.append(g)
print([next(g) for g in gens], sum(map(sum, gens)))
closures = [(lambda i=i, box=[i]: box[0] + i) for i in range(1000)]
print(sum(f() for f in closures[::7]))
deep = None
for i in range(20000):
    deep = (deep,)
count = 0
while deep:
    deep = deep[0]
    count += 1
print(count)
