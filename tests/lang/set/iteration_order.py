# The iteration order of sets of small ints, of ints with collisions, of floats, None-free tuples and after deletions.
print({5, 3, 1}, {10, 2, 33}, {8, 0, 16}, {0, 8, 16, 24, 32}, {100, 7, 64, 1}, {-1, -2, 3},
      {1000, 2000, 3000, 4000, 5000}, {31, 63, 95, 127}, {7, 15, 23})
print(set(range(20, 0, -1)), set([99, 3, 55, 1, 1024, 77]), {2 ** 61 - 1, 0}, {2 ** 61, 1}, {2 ** 40, 2 ** 41, 2 ** 42},
      {-5, 5, -10, 10})
s = set()
for i in (64, 32, 16, 8, 4, 2, 1, 0, 128, 256):
    s.add(i)
    print(list(s))
s = set(range(50))
for i in range(0, 50, 3):
    s.discard(i)
for i in (51, 60, 3, 6, 100, 33):
    s.add(i)
print(list(s))
while len(s) > 5:
    print(s.pop(), end=" ")
s.add(1000)
s.add(1)
print(list(s))
print({0.5, 1.5, 2.5, 3.5}, {1.0, 2, 3.5, 4}, {True, 2, 0}, {(1, 2), (3, 4), (0, 0)}, {(i, i * i) for i in range(12)},
      {(), (1,), (1, 1)}, {0.1, 0.2, 0.3}, {1j, 2j, 3})
print({1, 2, 3} | {10, 20, 30}, {40, 8, 0} & {0, 8, 40, 7}, set(range(12)) - {3, 4}, {1, 9, 17} ^ {9, 25},
      frozenset(range(9, 3, -1)), set(frozenset([16, 8, 0])), {x * 7 % 31 for x in range(12)})
big = set()
for i in range(3000):
    big.add(i * 7919 % 10007)
for i in range(0, 3000, 2):
    big.discard(i * 7919 % 10007)
order = list(big)
print(len(order), order[:12], order[-4:], sum(i * v for i, v in enumerate(order)) % 1000003)
c = big.copy()
u = set(order)
print(list(c)[:6], list(u)[:6], list(c | {5})[:6], list(c & set(range(300)))[:6], list(c - set(range(9000)))[:6],
      list({*order, -1})[:6])
z = {1, 2, 3}
z.clear()
z.update([9, 1, 17, 25, 33, 41])
print(z, {frozenset({1}), frozenset({2}), frozenset({1, 2})} == {frozenset({2, 1}), frozenset({2}), frozenset({1})},
      set(dict.fromkeys([5, 1, 9])), set([1, 2, 3][::-1]), list(set(b"hello")))
