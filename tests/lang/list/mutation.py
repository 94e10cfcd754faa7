# List methods and slice assignment: results, return values, errors.
a = [3, 1, 2]
print(a.append(4), a.extend("ab"), a.insert(1, "x"), a.insert(-1, "y"), a.insert(100, "end"), a.insert(-100, "start"),
      a)
print(a.pop(), a.pop(0), a.pop(-2), a.remove("x"), a.index(4), a.index("b", 2), a.count(3), a.reverse(), a,
      a.copy() == a, a.copy() is a)
a[1:2] = [10, 20, 30]
a[:0] = (0,)
a[len(a):] = {"k": 1}
a[2:4] = []
a[::2] = "XYZW"[: len(a[::2])]
print(a)
del a[0], a[-1]
del a[1:3]
print(a, a.clear(), a, [1, 2] + [3], [0] * 3, 2 * [1, 2], [1] * -1, [[]] * 2)
b = [1, 2, 3, 4, 5, 6]
b[1:5:2] = "ab"
del b[::3]
b += (7, 8)
b *= 2
b[3:3] = b[:2]
b[:] = b[::-1]
print(b, b[-3:], b[::-2], b[5:1:-1])
b.extend(b)
b[2:4] = b
print(len(b), b[:6])
for text in ("b[99]", "b[-99]", "b['a']", "b[1.0]", "b.remove('zz')", "b.index('zz')", "[].pop()", "b.pop(99)",
      "b.pop('a')", "b.insert('a', 1)", "b + (1,)", "b + None", "b * 'a'",
             "b * [1]", "b.append()", "b.append(1, 2)", "b.extend(5)", "list(5)", "list(1, 2)", "b < 5", "[1] < ['a']",
             "b.sort(1)", "[1, 'a'].sort()", "b.foo", "hash(b)", "b.index(1, 'a')", "b.count()", "[].index(1)"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
for statement in ("b[99] = 1", "del b[99]", "b['a'] = 1", "b[::2] = [1]", "b[0:2] = 5", "del b['x']", "b[::0] = []",
        "b += 5", "del b[1.5]", "b[1:2, 3] = 1"):
    try:
        exec(statement)
    except Exception as error:
        print(statement, type(error).__name__, error)
print([1, [2]] == [1, [2]], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, 2] != [2, 1], [float("nan")] == [float("nan")],
      [1, 2].__eq__((1, 2)))
r = [1]
r.append(r)
print(r, repr([r, r]))
