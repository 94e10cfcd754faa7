# A class of the same name is redefined while hot; old and new instances meet in the same loop.
def make_class(k):
    class Thing:
        offset = k

        def get(self):
            return self.offset + k

    return Thing


def run(n):
    total = 0
    things = []
    cls = make_class(0)
    for i in range(n):
        if i % 100 == 99:
            cls = make_class(i)
        thing = cls()
        things.append(thing)
        total += thing.get()
        total += things[i // 2].get()
    return total, len({type(t) for t in things})


print(run(1000))


class Node:
    def visit(self):
        return 1


old = Node()


class Node:
    def visit(self):
        return 2


new = Node()
total = 0
for i in range(600):
    total += (old if i % 5 == 0 else new).visit()
print(total, type(old) is type(new), type(old).__name__ == type(new).__name__)
total = 0
for i in range(600):
    if i == 400:
        old.__class__ = Node
    total += old.visit() * 10 + new.visit()
print(total)


class Swap:
    def __call__(self):
        return 1


s = Swap()
total = 0
for i in range(500):
    if i == 250:
        Swap.__call__ = lambda self: 100
    total += s()
print(total)
