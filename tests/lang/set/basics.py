# set and frozenset: construction, methods, operators, comparison, errors.
s = {3, 1, 2}
print(s, {1, 1.0, True}, set(), set("a"), set([1, 2, 2]), frozenset([3]), frozenset(), len(s), 2 in s, {*s, *[9]},
      {x % 3 for x in range(10)}, set(range(5, 0, -1)), repr(frozenset({1})))
print(s.add(5), s.add(1), s.discard(99), s.remove(5), s.pop() in (1, 2, 3), len(s), s.update([7], (8,), {9: 1}),
      sorted(s), s.clear(), s, set().union([1], [2]), {1, 2}.copy())
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, a ^ b, b - a, a.union(b, [9]), a.intersection(b, [3]), a.difference([1], [2]),
      a.symmetric_difference([1, 9]), a.issubset(range(9)), a.issuperset([1]), a.isdisjoint([7]))
print(a <= a, a < a, a < {1, 2, 3, 4, 5}, a >= {1}, a > b, a == {4, 3, 2, 1}, a != b, a == frozenset(a),
      frozenset(a) == a, a == [1, 2, 3, 4], {1} < {2}, {1} > {2}, hash(frozenset([1, 2])) == hash(frozenset([2, 1])))
a |= {10}
a &= {1, 2, 10, 11}
a -= {2}
a ^= {1, 3}
print(a, type(frozenset([1]) | {2}).__name__, type({1} | frozenset([2])).__name__, a.intersection_update([3, 10]), a,
      a.difference_update([3]), a.symmetric_difference_update([10, 4]), a)
for text in ("a | [1]", "a & 'x'", "a - 5", "a < 5", "a < [1]", "a.remove(99)", "set().pop()", "a.add([])", "{[]}",
        "{{}}", "{set()}", "set(5)", "set(1, 2)", "a[0]", "hash(a)", "a.add()", "a + a", "a.update(5)", "a.union(5)",
        "frozenset([1]).add(2)", "a.remove([])", "a.remove({1})", "frozenset(1)", "a()", "a.pop(1)", "a.foo"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
print({frozenset({4})} == {frozenset([4])}, {4} in {frozenset([4])}, frozenset({1, 2}) in {frozenset({2, 1})},
      hash(frozenset()), hash(frozenset([1])), hash(frozenset([1, 2, 3])), hash(frozenset(range(100))))
f = frozenset([1])
f |= {2}
print(f, frozenset(f) is f, f.copy() is f, set(f) is f, bool(set()), bool({0}), max({3, 1}), sum({1, 2}),
      sorted({"b", "a"}), {None, ..., 1} == {..., None, 1})
