# + on ints, floats, strings, lists, tuples and bytes at one site.
def add(pairs):
    return [a + b for a, b in pairs]


kinds = [(1, 2), (1.5, 2), ("a", "b"), ([1], [2]), ((1,), (2,)), (b"a", b"b"), (2 ** 60, 1), (True, 1), (1j, 1)]
for k in range(1, len(kinds) + 1):
    r = add([kinds[i % k] for i in range(120)])
    print(k, r[k - 1], len(r))
for bad in ((1, "a"), ("a", 1), ([1], (2,)), (None, 1), (b"a", "b")):
    try:
        add([(1, 2)] * 150 + [bad])
    except TypeError as e:
        print(e)
