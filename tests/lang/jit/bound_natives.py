# Methods of builtin types bound to a new object every time round: the trace must not depend on which object.
def churn(lists, dicts):
    total = 0
    for i in range(len(lists)):
        extend, append, pop = lists[i].extend, lists[i].append, lists[i].pop
        get = dicts[i].get
        append(i)
        extend((i, get("a", 3)))
        total += pop() + pop(0)
        total += len(str(i).join("ab")) + "abc".find(str(i % 3))
        if i % 50 == 49:
            try:
                extend(i)
            except TypeError as error:
                total += len(str(error))
    return total


for k in range(6):
    print(churn([[k] for i in range(120)], [{"a": i} if i % 3 else {} for i in range(120)]))


# The same site sees different methods, different types, a subclass with an override, and functions.
class Mine(list):
    def append(self, item):
        list.append(self, -item)


def mixed(objects):
    seen = []
    for i, o in enumerate(objects):
        add = o.append if isinstance(o, list) else o.add
        add(i)
        seen.append(len(o) if not isinstance(o, Mine) else o[-1])
    return seen


for k in range(4):
    print(mixed([[list, set, Mine][(i * i + k) % 3]() for i in range(200)])[-12:])


# A bound method that outlives its object's other references, and one whose self changes under it.
def keep(n):
    kept = []
    total = 0
    for i in range(n):
        kept.append([i].count)
        if len(kept) > 10:
            total += kept.pop(0)(i - 10)
        items = [1, 2, i]
        index = items.index
        items.reverse()
        total += index(1)
    return total


print(keep(500), keep(900))

for method in ("upper", "strip", "title", "upper", "split"):
    out = []
    for word in ["ab c", " x ", "yy"] * 40:
        bound = getattr(word, method)
        out.append(bound())
    print(method, out[-3:])
