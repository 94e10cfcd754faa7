# dict: construction, order, access, methods, errors.
d = {"b": 1, "a": 2, 3: "c", (1, 2): None, None: 0}
print(d, list(d), d["b"], d.get("zz"), d.get("zz", 9), len(d), "a" in d, 1 not in d, dict(), dict(a=1),
      dict([("x", 1), ["y", 2]]), dict({"k": 1}, z=2), dict(zip("ab", (1, 2))), {**d, "b": 5, "n": 6})
print(d.pop("b"), d.pop("nope", "dflt"), d.popitem(), d.setdefault("s", []), d.setdefault("a", 7),
      d.update({"a": 20}, q=1), d.update([("u", 2)]), d, d.copy() == d, d.copy() is d, dict.fromkeys("aba", 0),
      dict.fromkeys([1, 2]))
d["new"] = d["a"] = "set"
del d["s"]
d["s"] = "again"
print(d, list(d.keys()), list(d.values()), list(d.items()), list(reversed(d)), sorted(d, key=str), d | {"z": 0},
      {"a": 0} | d)
d |= {"pipe": 1}
d |= [("pair", 2)]
print(d, d == dict(reversed(d.items())), d != {}, {1: 1} == {1.0: True}, {} == [], d.clear(), d)
d = {1: "int", True: "bool", 1.0: "float", 2: "x"}
print(d, d[True], {0: 1, False: 2, 0.0: 3, 0j: 4, -0.0: 5}, {"a": 1, "a": 2})
for text in ("d[99]", "d['k']", "d[(1, 2)]", "{}.popitem()", "d.pop(99)", "d[[]]", "{[]: 1}", "d.get({})", "dict(5)",
      "dict([1])", "dict(['abc'])", "dict([(1, 2, 3)])", "dict(1, 2)", "d.update(5)", "d.update([1])", "d.pop()",
      "d + {}", "d | [1]",
             "d < {}", "hash(d)", "d.foo", "d()", "dict.fromkeys(5)", "dict.fromkeys([[]])", "{**5}", "{**[1]}",
             "dict(**{1: 2})", "d.setdefault()", "d.get()", "d.popitem(1)", "dict(a=1, **{'a': 2})", "d.keys(1)",
             "{}['']", "{}[None]", "{}[1.5]"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
try:
    del d["missing"]
except KeyError as error:
    print(error, error.args, repr(error), str(KeyError("a", "b")), str(KeyError()))
r = {}
r["self"] = r
print(r, {"a": r}, [r])
