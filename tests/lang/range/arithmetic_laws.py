# len, in, index, slicing and reversal of ranges checked against lists for many parameters.
checked = 0
for start in (-7, -1, 0, 3, 10):
    for stop in (-9, 0, 4, 11, 30):
        for step in (-5, -1, 1, 2, 7):
            r = range(start, stop, step)
            l = list(r)
            assert len(r) == len(l) and bool(r) == bool(l) and list(reversed(r)) == l[::-1] and sum(r) == sum(l)
            for v in range(-12, 35):
                assert (v in r) == (v in l) and r.count(v) == l.count(v)
                if v in l:
                    assert r.index(v) == l.index(v)
            for a in (None, -3, 0, 2):
                for b in (None, -1, 1, 5):
                    for c in (None, -2, 1, 3):
                        assert list(r[a:b:c]) == l[a:b:c], (r, a, b, c)
                        checked += 1
            for i in range(-len(l), len(l)):
                assert r[i] == l[i]
            for i in (len(l), -len(l) - 1):
                try:
                    r[i]
                    assert False
                except IndexError:
                    pass
            assert (r == range(start, stop, step)) and hash(r) == hash(range(start, stop, step)) and (not l or (min(r),
                  max(r)) == (min(l), max(l)))
print(checked, range(0, 10, 3) == range(0, 12, 3), range(5, 0) == range(0), {range(0), range(1, 1), range(3, 1, 5)},
      range(2) != range(3), range(10)[2:8][1:3][::-1], range(0, 100, 7)[3::4])
