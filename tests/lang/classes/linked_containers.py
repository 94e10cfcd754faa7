# A linked list, a heap and a ring buffer written as full containers with iteration, slicing and comparison.
class Linked:
    class Node:
        __slots__ = ("v", "next")
        def __init__(self, v, next=None): self.v, self.next = v, next
    def __init__(self, it=()):
        self.head, self.n = None, 0
        for v in reversed(list(it)):
            self.push(v)
    def push(self, v): self.head = self.Node(v, self.head); self.n += 1
    def pop(self):
        if not self.head:
            raise IndexError("pop from empty Linked")
        v, self.head = self.head.v, self.head.next
        self.n -= 1
        return v
    def __iter__(self):
        node = self.head
        while node:
            yield node.v
            node = node.next
    def __len__(self): return self.n
    def __getitem__(self, i):
        if isinstance(i, slice):
            return Linked(list(self)[i])
        if i < 0:
            i += self.n
        for k, v in enumerate(self):
            if k == i:
                return v
        raise IndexError(i)
    def __add__(self, o): return Linked([*self, *o])
    def __eq__(self, o): return isinstance(o, Linked) and list(self) == list(o)
    def __repr__(self): return f"Linked({list(self)})"
    def reverse(self):
        prev, node = None, self.head
        while node:
            node.next, prev, node = prev, node, node.next
        self.head = prev


a = Linked("abc")
a.push("z")
print(a, len(a), a.pop(), a[1], a[-1], a[1:], a + Linked([1]), "b" in a, a == Linked("abc"), a != Linked("ab"),
      sorted(a, reverse=True), list(zip(a, a)))
a.reverse()
print(a, bool(Linked()), [*a], max(a))
for bad in (lambda: a[9], lambda: Linked().pop(), lambda: hash(a)):
    try:
        bad()
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)


class Ring:
    def __init__(self, n): self.buf, self.start, self.size = [None] * n, 0, 0
    def add(self, v):
        self.buf[(self.start + self.size) % len(self.buf)] = v
        if self.size < len(self.buf):
            self.size += 1
        else:
            self.start = (self.start + 1) % len(self.buf)
        return self
    def __iter__(self): return (self.buf[(self.start + i) % len(self.buf)] for i in range(self.size))


r = Ring(3)
print([list(r.add(i)) for i in range(6)], sum(r))
