# Changing sets while iterating, sets in subclasses, and odd hash or equality.
s = {1, 2, 3}
for action in (lambda: s.add(100), lambda: s.discard(100), lambda: s.update(range(50)), lambda: s.clear()):
    it = iter(s)
    next(it)
    action()
    try:
        print("no error", len(list(it)))
    except RuntimeError as error:
        print(error)
    s.add(1)
    s.add(2)
it = iter({1, 2, 3})
print(it.__length_hint__(), next(it), it.__length_hint__(), list(it), it.__length_hint__(), next(it, None))


class Tagged(set):
    def __init__(self, items=(), tag=None):
        super().__init__(items)
        self.tag = tag

    def __contains__(self, x):
        return x == "magic" or super().__contains__(x)


t = Tagged([1, 2], tag="t")
print(t, t.tag, "magic" in t, type(t | {3}).__name__, type(t.copy()).__name__, t == {1, 2}, type(t & {1}).__name__,
      isinstance(t, set), t.union([5]), type(t.union([5])).__name__, {1, 2} <= t, len(t))


class F(frozenset):
    def __new__(cls, *items):
        return super().__new__(cls, items)


f = F(1, 2)
print(f, {f: "x"}[frozenset([2, 1])], type(f | {3}).__name__, f.copy(), type(f.copy()).__name__,
      hash(f) == hash(frozenset([1, 2])))


class Same:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 0

    def __eq__(self, other):
        return isinstance(other, Same) and self.n == other.n

    def __repr__(self):
        return f"S{self.n}"


many = {Same(i % 5) for i in range(20)}
print(sorted(many, key=lambda x: x.n), len(many), Same(3) in many, Same(9) in many,
      many - {Same(1)} == {Same(0), Same(2), Same(3), Same(4)})
nan = float("nan")
print(len({nan, nan}), len({float("nan"), float("nan")}), nan in {nan}, {1, True, 1.0, 1 + 0j}, {0, -0.0, False})


class Grows:
    def __init__(self, owner):
        self.owner = owner

    def __hash__(self):
        return 1

    def __eq__(self, other):
        self.owner.add(len(self.owner) + 100)
        return False


owner = set()
owner.add(Grows(owner))
print(1 in owner, len(owner) >= 1, {1}.__or__([2]), {1}.__ror__({2}), set.__and__({1}, 5), {1}.__iand__({1}),
      {3}.__sub__({3}), {1}.__lt__(5))
a = b = {1}
a |= {2}
print(a, b, a is b)
a = a | {3}
print(a, b)
print(set.union({1}, [2], "3") == {1, 2, "3"}, set.intersection({1, 2}, [2, 3]), set().union(), {1}.intersection(),
      frozenset().union([1]), {1, 2}.isdisjoint(iter([3])), {(1, 2)} == {(1, 2.0)})
