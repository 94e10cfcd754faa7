# Indexing, slicing, concatenation, repetition, comparison and immutability of strings.
s = "0123456789"
for sl in (slice(2, 5), slice(None, 3), slice(-3, None), slice(None, None, -1), slice(8, 2, -2), slice(5, 2),
        slice(100), slice(-100, 3), slice(1, 9, 3), slice(None, None, 2), slice(9, None, -4)):
    print(sl, repr(s[sl]), s[sl] == "".join([s[i] for i in range(*sl.indices(10))]))
print(s[0], s[-1], s[5:5], s[True], "a" "b" 'c', "ab" * 3, 0 * "x", "x" * -1, "a" + "\u00e9" + "\u4e2d" + "\U0001f600",
      len("\U0001f600"), "\U0001f600a"[1], "a\u4e2db"[::-1])
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "Z" < "a" < "\u00e9" < "\u4e2d" < "\U0001f600",
      "\uffff" < "\U00010000", "a" == "a", "a" != "\u0430", max("hello"), min("hello"), sorted("bca"))
print([*"ab"], list(enumerate("xy")), tuple("ab"), set("aaa"), "b" in "abc", "abc".__len__(), "abc".__getitem__(1),
      "ab".__add__("c"), "ab".__mul__(2), "ab".__rmul__(2), "b".__contains__("b"), "a".__eq__(1))
for text in ("s[10]", "s[-11]", "s['a']", "s[1.0]", "s[None]", "s + 1", "1 + s", "s + b'x'", "s * 'a'", "s * 1.5",
        "s - 'a'", "-s", "s < 1", "s[::0]", "s['a':]", "s.foo", "s()", "s[0] = 'x'", "del s[0]", "s.x = 1", "len()",
        "ord('ab')", "ord('')", "chr(-1)", "chr(0x110000)", "chr('a')", "s @ s"):
    try:
        try:
            print(text, eval(text))
        except SyntaxError:
            exec(text)
    except Exception as error:
        print(text, type(error).__name__, error)
a = "abc"
b = a
a += "d"
print(a, b, a is not b, "x".join([a, b]), str(), str(5), str(None), str(b"x"), str(b"\xc3\xa9", "utf-8"),
      str(object=1.5), str(b"\xff", errors="replace", encoding="ascii"))
for call in (lambda: str(1, "utf-8"), lambda: str(b"x", "nope"), lambda: str("x", "utf-8"), lambda: str(1, 2, 3, 4)):
    try:
        print(call())
    except (TypeError, LookupError) as error:
        print(type(error).__name__, error)
