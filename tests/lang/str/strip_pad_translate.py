# strip family, justification, expandtabs, zfill, translate and maketrans.
s = "  xx hello xx\t\n"
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), repr(s.strip(" x\n\t")), "abcba".strip("ab"),
      "abc".strip("abc"), "aXa".lstrip("a"), "aXa".rstrip("a"), repr("\u3000a\x85".strip()), "abc".strip(""))
print("abc".center(9, "*"), "abc".center(8, "*"), "abcd".center(9, "*"), "abc".ljust(6, "."), "abc".rjust(6, "."),
      "abc".center(2), repr("a".center(4)), repr("a".ljust(3)), "\u4e2d".center(5, "\U0001f600"))
print("42".zfill(5), "-42".zfill(5), "+4".zfill(4), "".zfill(3), "--1".zfill(5), "abc".zfill(2), "a\tb".expandtabs(),
      "a\tbc\td".expandtabs(4), "\t".expandtabs(0), repr("ab\n\tc\t".expandtabs(3)), "a\tb".expandtabs(tabsize=2))
table = str.maketrans("abc", "xyz", "d")
print(sorted(table.items()), "aabbccdde".translate(table), str.maketrans({"a": "1", 98: None, "c": 0x4e2d}),
      "abcabc".translate({97: "long", 98: None, 99: 100}))


class Upper:
    def __getitem__(self, code):
        if code == ord("z"):
            raise LookupError
        return code - 32


print("abz".translate(Upper()), "hello".translate("\0" * 101 + "E"), "abc".translate({}),
      "\u4e2da".translate({0x4e2d: "mid"}))
for call in (lambda: "a".strip(1), lambda: "a".center("b"), lambda: "a".center(5, "xx"), lambda: "a".ljust(5, 1),
      lambda: "a".zfill("3"), lambda: "a".translate(5), lambda: "a".translate({97: 0x110000}),
             lambda: "a".translate({97: 1.5}), lambda: str.maketrans("ab", "c"), lambda: str.maketrans({"ab": 1}),
             lambda: str.maketrans([1]), lambda: str.maketrans("a", 1), lambda: str.maketrans({1.5: 2}),
             lambda: "a".expandtabs("x"), lambda: "a".center(5, "")):
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
