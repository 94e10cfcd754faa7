# Equal values hash equally across int, float, complex, bool, and containers; unequal tuples differ.
import itertools

numbers = [0, 1, -1, 2, 2 ** 31, 2 ** 53, 2 ** 61 - 1, 2 ** 61, 2 ** 64, 10 ** 22, -(2 ** 70), True, False, 0.0, -0.0,
      1.0, 2.0, 0.5, 2.0 ** 53, 2.0 ** 61, 1e22, -(2.0 ** 70), 1 + 0j, 0j, 0.5 + 0j, complex(2 ** 53)]
pairs = 0
for a, b in itertools.product(numbers, repeat=2):
    assert (a == b) == (b == a) and (a != b) == (not a == b)
    if a == b:
        pairs += 1
        assert hash(a) == hash(b), (a, b)
        assert hash((a,)) == hash((b,)) and (a,) == (b,
              ) and {a: 1} == {b: 1} and {a} == {b} and hash(frozenset([a])) == hash(frozenset([b]))
        assert [a] == [b] and a in [b] and [b].index(a) == 0 and [b].count(a) == 1 and {a: "x"}[b] == "x"
print(pairs, [hash(n) for n in numbers[:14]], hash(0.5), hash(1e22), hash(1 + 1j))
for x, y in itertools.combinations([(), (0,), (0, 0), (1, 0), (0, 1), ((),), ((), ()), (None,), (0.5,)],
        2):
    assert x != y and hash(x) != hash(y) or x == y, (x, y)
for op in ("<", "<=", ">", ">="):
    real = [n for n in numbers if not isinstance(n, complex)]
    print(op, sum(eval(f"a {op} b") for a in real for b in real), end=" ")
print(sorted(real), max(real), min(real), len(set(numbers)), len(dict.fromkeys(numbers)),
      list(dict.fromkeys(numbers))[:6])
