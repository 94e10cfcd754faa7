# eval(repr(x)) == x for values of all builtin types, nested.
values = [0, -1, 2 ** 100, 1.5, -0.0, 1e300, 5e-324, True, None, ..., "", "a'b\"c\n\\",
      "\x00\x7f\xa0\u2028\U0001f600\ud800", b"", b"\x00'\xff\"", (), (1,), (1, (2, [3])), [], [[]], {}, {1: {2: 3}},
      {1}, {(1, 2)}, frozenset({3}), set(), frozenset(), bytearray(b"x"), range(3), range(1, 9, 2), 1j, -2.5 + 3j,
      slice(1, None, 2), {None: [True, (False,)]}, {"k": {"n": [1, {"d": ()}]}}]
for v in values:
    again = eval(repr(v))
    assert again == v and type(again) is type(v), v
    assert repr(again) == repr(v)
    assert str(v) == repr(v) or isinstance(v, str)
print(len(values), repr(values[-1]), [repr(v) for v in values[:16]])
print(repr(-0.0), repr(complex(-0.0, 0.0)), repr(complex(0.0, -0.0)), repr(1e16), repr(1e15), repr(123456789.123456789),
      repr(0.1 + 0.2), repr((1e22, 1e23)), repr({1.0, }), repr(float("1e-5")), repr(0.0001))
r = []
r += [r, (r, {"r": r})]
d = {}
d[1] = [d]
s = type("S", (list,), {})([1])
s.append(s)
print(r, d, s, repr([s, r][0]))
