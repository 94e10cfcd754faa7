# Texts and arguments of LookupErrors from every container, with odd keys.
import collections

table = {1: "a"}
cases = [lambda: table[2], lambda: table["k"], lambda: table[None], lambda: table[(1, 2)], lambda: table[1.5],
      lambda: table[""], lambda: table["it's"], lambda: table["a\nb"], lambda: table[b"x"], lambda: table[frozenset()],
      lambda: [][0], lambda: [1][-2], lambda: ()[0], lambda: ""[0], lambda: b""[0], lambda: bytearray()[0],
      lambda: range(0)[0], lambda: [].pop(), lambda: [1].pop(3), lambda: {}.popitem(), lambda: {}.pop("k"),
      lambda: set().pop(), lambda: {1}.remove(2), lambda: {1}.remove("x"), lambda: collections.deque()[0],
      lambda: collections.deque().pop(), lambda: collections.OrderedDict().popitem(),
      lambda: collections.ChainMap({})["q"], lambda: collections.Counter()["zero"],
      lambda: collections.defaultdict(None)["d"], lambda: [1].index(2), lambda: "a".index("b"), lambda: (1,).index(2),
      lambda: b"a".index(b"b"), lambda: range(3).index(7), lambda: [1].remove(9),
      lambda: collections.deque([1]).remove(9), lambda: bytearray(b"a").remove(5), lambda: "{}".format(),
      lambda: "{a}".format(), lambda: "{0[k]}".format({}), lambda: "%(k)s" % {}, lambda: memoryview(b"a")[5],
      lambda: list(range(3)).__getitem__(10), lambda: [].__delitem__(0), lambda: {}.__delitem__("z"),
      lambda: globals()["nothing"], lambda: vars(collections)["nope"], lambda: [0].__setitem__(3, 1)]
for i, f in enumerate(cases):
    try:
        print(i, f())
    except Exception as e:
        print(i, type(e).__name__, str(e), e.args)


class K:
    def __repr__(self): return "K-repr"
    def __str__(self): return "K-str"


try:
    table[K()]
except KeyError as e:
    print(e, repr(e), isinstance(e.args[0], K))


class D(dict):
    def __missing__(self, k): raise LookupError(f"own {k}")


try:
    D()["m"]
except LookupError as e:
    print(type(e).__name__, e)
