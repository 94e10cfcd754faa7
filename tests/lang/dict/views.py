# Views: live, set-like, reversible, and their errors.
d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
d["d"] = 4
del d["a"]
print(k, v, i, len(k), len(v), len(i), "b" in k, 2 in v, ("b", 2) in i, ("b", 3) in i, ["b", 2] in i, list(reversed(k)),
      list(reversed(i)), repr({}.keys()), repr({}.values()))
print(sorted(k & {"b", "z"}), sorted(k | ["q"]), sorted(k - {"b"}), sorted(k ^ {"b", "e"}), sorted(i & {("b", 2)}),
      k == {"b", "c", "d"}, k <= {"b", "c", "d", "e"}, k > {"b"}, k.isdisjoint("xyz"),
      i == {("b", 2), ("c", 3), ("d", 4)})
print(sorted({"z"} | k), sorted({"b", "q"} & k), sorted({"b", "q"} - k), {"b"} < k, {"b"} == k, v == v, v == d.values(),
      k == d.keys(), k == ["b"], k.mapping, type(k & k).__name__)
for text in ("k[0]", "v & v", "i | 5", "k - 5", "k < 5", "k()", "hash(k)", "k.add(1)", "k + k", "len(5)", "next(k)",
        "v[0]"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
print({1: []}.items() == {1: []}.items(), [1] in {1: [1]}.values(), ([], 1) in {1: 2}.items() if False else "skip")
it = iter(d)
print(next(it), it.__length_hint__())
d["grow"] = 1
try:
    next(it)
except RuntimeError as error:
    print(error)
for action in (lambda: d.pop("grow"), lambda: d.update(n=1), lambda: d.clear()):
    it = iter(d.items())
    next(it)
    action()
    try:
        print(list(it))
    except RuntimeError as error:
        print(error)
d = dict.fromkeys(range(5))
it = iter(d)
next(it)
del d[3]
d[7] = 1
try:
    print(list(it))
except RuntimeError as error:
    print(error)
for x in d:
    d[x] = x
print(d, list(map(type, ({}.keys(), {}.values(), {}.items(), iter({}), iter({}.values()), iter({}.items())))))
