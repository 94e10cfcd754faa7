# split, rsplit, splitlines, join and their corner cases.
print("a b  c".split(), "  a b  ".split(), "".split(), " ".split(), "a,b,,c,".split(","), "".split(","),
      "a b c d".split(None, 2), "a,b,c".split(",", 1), "abc".split("abc"))
print("a b c d".rsplit(None, 2), "a,b,c".rsplit(",", 1), "  a  b ".rsplit(maxsplit=1), "a--b--c".split("--"),
      "a--b--c".rsplit("--", 1), "aaa".split("a"), "x".split("x", 0), "  x y".split(None, 0))
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\u2029".splitlines(), "a\nb\n".splitlines(), "a\n\nb".splitlines(True),
      "".splitlines(), "\n".splitlines(), "a".splitlines(keepends=True))
print("\u3000a\u2003b\x1fc\xa0d".split(), "a\tb\nc".split(" "), "1<>2<>3".split("<>", maxsplit=-1),
      "a b".split(sep=None))
print(",".join([]), ",".join(["a"]), ",".join("abc"), "".join(("x", "yz")), ", ".join(str(i) for i in range(4)),
      "-".join({"k": 1}), "\u4e2d".join("ab"), "".join(["\xe9", "a", "\U0001f600"]))
for call in (lambda: "a".split(""), lambda: "a".rsplit(""), lambda: "a".split(1), lambda: ",".join([1]),
      lambda: ",".join(["a", None]), lambda: ",".join(5), lambda: "a".split(",", "x"),
             lambda: "a".split(b","), lambda: "".join([b"x"]), lambda: "a".split(foo=1), lambda: "a".join("a", "b")):
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class S(str):
    pass


print(type(S(",").join(["a"])).__name__, type("".join([S("x")])).__name__, S("a b").split(),
      [type(p).__name__ for p in S("ab").partition("z")], type(S("ab").strip()).__name__)
line = "key = value = more # note"
print([part.strip() for part in line.split("=")], line.partition("#")[0].rstrip(),
      dict(pair.split(":") for pair in "a:1 b:2".split()))
print(" ".join("the quick brown fox".split()[::-1]), "".join(reversed("abc")),
      "\n".join(["x", "y"]).splitlines() == ["x", "y"])
