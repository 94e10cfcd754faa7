# collections: defaultdict, OrderedDict, ChainMap, UserDict, UserList, UserString.
from collections import ChainMap, OrderedDict, UserDict, UserList, UserString, defaultdict

d = defaultdict(list)
d["a"].append(1)
d["b"]
print(d, d.get("zz"), len(d), d.default_factory, dict(d), defaultdict(int, {"q": 1}), defaultdict(None),
      defaultdict(lambda: "x")["any"], d.copy() == d, d | {"c": 3})
try:
    defaultdict(None)["k"]
except KeyError as e:
    print(repr(e))
try:
    defaultdict(5)
except TypeError as e:
    print(e)
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
print(o, list(o), o.popitem(), o.popitem(last=False), o)
o.update(x=1, y=2)
o.move_to_end("y", last=False)
print(list(o), o == OrderedDict(list(o.items())[::-1]), o == dict(list(o.items())[::-1]), list(reversed(o)),
      o | {"z": 9})
try:
    o.move_to_end("none")
except KeyError as e:
    print(repr(e))
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
c["n"] = 5
print(c["a"], c["b"], c.maps, len(c), sorted(c), c.new_child({"a": 9})["a"], c.parents["a"], "zz" in c, dict(c))
try:
    del c["b"]
except KeyError as e:
    print(e)


class Upper(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)


u = Upper(a=1)
u.update(b=2)
print(u, u.data, "A" in u, UserList([3, 1]) + [2], sorted(UserList([3, 1])), UserString("ab") + "c",
      UserString("x").upper(), UserString("a") == "a")
