# find, index, count, startswith, endswith, partition, replace, with bounds and errors.
s = "abracadabra"
print(s.find("bra"), s.find("bra", 2), s.find("bra", 2, 10), s.find("x"), s.find(""), s.find("", 20), s.find("", 11),
      s.rfind("bra"), s.rfind("a", 0, 5), s.rfind(""))
print(s.index("cad"), s.rindex("a"), s.count("a"), s.count("abra"), s.count(""), s.count("a", -4), s.count("", 3, 5),
      "aaaa".count("aa"))
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "ab")), s.endswith("bra"),
      s.endswith("abr", 0, -1), s.endswith(()), s.startswith(""), s.startswith("", 99))
print(s.partition("cad"), s.partition("x"), s.rpartition("a"), s.rpartition("x"), s.replace("a", "A"),
      s.replace("a", "", 2), s.replace("", "-", 3), s.replace("abra", "x"))
print("".replace("", "x"), "ab".replace("", "-"), "aaa".replace("aa", "b"), s.replace("z", "y") == s,
      "aXbX".replace("X", "yy", 1), s.removeprefix("abra"), s.removesuffix("bra"), s.removeprefix("x"))
wide = "a\u00e9\u4e2d\U0001f600a\u00e9"
print(wide.find("\u4e2d"), wide.rfind("\u00e9"), wide.count("a"), wide.replace("\U0001f600", "!"),
      wide.index("\U0001f600"), "abc".find("\u4e2d"), wide.split("\u4e2d"), wide.partition("\u00e9"))
for call in (lambda: s.index("zz"), lambda: s.rindex("zz"), lambda: s.find(1), lambda: s.find(),
      lambda: s.startswith(1), lambda: s.startswith([]), lambda: s.startswith(("a", 1)[1:]),
             lambda: s.partition(""), lambda: s.replace("a"), lambda: s.replace(1, "a"), lambda: s.count(None),
             lambda: s.partition(1), lambda: s.replace("a", "b", "c"), lambda: 1 in s, lambda: s.removeprefix(b"a")):
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print("bra" in s, "" in s, "arb" in s, s.find("a", None, None), s.find("a", -100, 100), s.count("a", 5, 2),
      s.index("a", -1))
