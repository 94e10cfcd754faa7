# Subclasses of str, str() of objects, interning-independent equality, chained methods, ordering of mixed keys.
class Name(str):
    def __new__(cls, value, tag=None):
        self = str.__new__(cls, value.title())
        self.tag = tag
        return self

    def __str__(self):
        return "<" + str.__str__(self) + ">"

    def __eq__(self, other):
        return str.__eq__(self, other) is True or other == "any"

    __hash__ = str.__hash__

    def __getitem__(self, i):
        return "item"


n = Name("ann lee", 5)
print(n, repr(n), n.tag, len(n), n + "!", type(n + "!").__name__, n.upper(), type(n.upper()).__name__,
      f"{n} {n!r} {n:>10}", "%s" % n, str(n), type(str(n)).__name__, n == "any", "any" == n, n != "any",
      {"Ann Lee": 1}[n], n[0], n[:3], list(n), "".join([n, n]))


class S:
    def __str__(self):
        return Name("from s")

    def __repr__(self):
        return "S()"


class NoStr:
    def __str__(self):
        return 5


class OnlyRepr:
    def __repr__(self):
        return "only repr"


print(str(S()), type(str(S())).__name__, [S()], str(OnlyRepr()), f"{OnlyRepr()}", "%s" % OnlyRepr(), format(OnlyRepr()))
for call in (lambda: str(NoStr()), lambda: f"{NoStr()}", lambda: "%s" % NoStr(), lambda: print(NoStr()),
        lambda: repr(type("R", (), {"__repr__": lambda self: None})())):
    try:
        call()
    except TypeError as error:
        print(error)
print("a b c".title().swapcase().replace(" ", "-").split("-"), "x".__class__, str.__mro__,
      "abc".__hash__() == hash("abc"), hash("") == 0, "é" == "e\u0301", len("e\u0301"))
print(sorted(["b", "A", "a", "B", "10", "9", "é", ""]), sorted(["b", "A", "a"], key=str.lower),
      max(["aa", "b", "ab"], key=len), "abc".isidentifier(), "a".__sizeof__() > 0, str.join(",", "ab"))
print("\u212b" == "\u00c5", "ß" in "straße", "x" * 3 + "y" * 2, ("a", "b") < ("a", "c"), ["a"] < ["b"], "a".__lt__("b"),
      "a".__lt__(1), "a".__mod__(()), "%s".__mod__(1), "%s".__rmod__("x%s") if hasattr("a", "__rmod__") else None)
