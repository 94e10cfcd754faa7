# dict subclasses: __missing__, overridden access, and which operations honour them; keys with odd equality.
class Default(dict):
    def __missing__(self, key):
        self[key] = value = len(key)
        return value


d = Default(a=1)
print(d["a"], d["hello"], d, d.get("zz"), "zz" in d, d.setdefault("q", 5), d.pop("none", "p"))


class Loud(dict):
    def __getitem__(self, key):
        return ("loud", dict.__getitem__(self, key))

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, [value])

    def get(self, key, default=None):
        return "own get"

    def keys(self):
        return ["only"]

    def __iter__(self):
        return iter(["iter"])


l = Loud(a=1)
l["b"] = 2
print(l, l["b"], l.get("b"), list(l), l.keys(), list(l.items()), len(l), "a" in l, l.update(c=3), l, dict.get(l, "a"))
print(dict.__repr__(l), sorted(dict.keys(l)))


class Mapping:
    def keys(self):
        return ["x", "y"]

    def __getitem__(self, key):
        return key * 2


print(dict(Mapping()), {**Mapping()}, (lambda **kw: kw)(**Mapping()), dict([("a", 1)]) | dict(Mapping()))


class BadEq:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise ValueError("eq")


class BadHash:
    def __hash__(self):
        raise ValueError("hash")


table = {BadEq(): 1}
for action in (lambda: table[BadEq()], lambda: table.get(BadEq()), lambda: BadEq() in table, lambda: {BadHash(): 1},
        lambda: {BadEq(), BadEq()}, lambda: table.pop(BadEq()), lambda: table.setdefault(BadEq())):
    try:
        print(action())
    except ValueError as error:
        print(error)
nan = float("nan")
n = {nan: 1}
print(n[nan], nan in n, n.get(float("nan")), n == {nan: 1}, n == {float("nan"): 1})


class K(str):
    pass


k = {K("a"): 1}
k["a"] = 2
print(k, type(next(iter(k))).__name__, k[K("a")], {"a": 5}[K("a")])


def kwargs(**kw):
    kw["added"] = 1
    return kw


source = {"p": 1}
print(kwargs(**source), source, kwargs(**{"not an identifier": 2}), kwargs(**d) is d)
