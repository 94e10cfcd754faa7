# sorted, min and max checked against definitions on many generated inputs.
def lcg(seed):
    while True:
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 8


r = lcg(3)
for n in list(range(12)) + [33, 64, 100, 257]:
    for span in (2, 10, 1000):
        a = [next(r) % span for _ in range(n)]
        s = sorted(a)
        assert len(s) == n and all(x <= y for x, y in zip(s, s[1:])) and all(a.count(v) == s.count(v) for v in set(a))
        assert sorted(a, reverse=True) == s[::-1] and sorted(s) == s and sorted(s[::-1]) == s
        assert sorted(a, key=lambda v: -v) == s[::-1]
        assert [i for v, i in sorted((v, i) for i, v in enumerate(a))] == sorted(range(n), key=a.__getitem__)
        assert sorted(range(n), key=a.__getitem__, reverse=True) == sorted(range(n), key=lambda i: -a[i])
        b = [str(v) for v in a]
        assert sorted(b) == [str(v) for v in sorted(a, key=str)]
        f = [v / 3 for v in a]
        assert sorted(f) == [v / 3 for v in s] and sorted(a + f) == sorted(f + a)
        if n:
            assert min(a) == s[0] and max(a) == s[-1] and a.index(min(a)) == min(range(n), key=a.__getitem__)
            assert sum(a) == sum(s) and (max(a, key=lambda v: v % 7) % 7) == max(v % 7 for v in a)
print("checked")
