# Case conversion and character class tests over ASCII and the rest of Unicode.
samples = ["hello World", "HELLO", "", "123", "Hello World", "\u00df", "\u0130", "\u01c6", "\ufb01x", "\u00e9COLE",
      "ma\u00f1ana", "\u03a3\u03a3", "o'neil x-ray 3rd", "\u4e2d\u6587", "x\u0345", "\U00010400a"]
for s in samples:
    print(ascii(s), *[ascii(f(s)) for f in (str.upper, str.lower, str.title, str.capitalize, str.swapcase,
          str.casefold)])
names = ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle",
      "isidentifier", "isprintable", "isascii")
for s in ("", "a", "A", "1", " ", "\n", "a1", "Ab", "aB", "\u00bd", "\u00b2", "\u0663", "\u4e00", "_x", "1x", "\u00e9",
        "\u2003", "\u200b", "\xa0", "\x7f", "\u01c5", "A B", "def", "\U0001f600", "\u2167"):
    print(ascii(s), "".join("1" if getattr(s, n)() else "0" for n in names))
print("ab".islower(), "aB1".swapcase(), "\u1e9e".lower(), "\u00df".upper(), "\u00df".casefold() == "SS".casefold(),
      "\u0391\u03a3".lower(), "\u0391\u03a3b".lower(), "\u03a3".lower())
print(sum(chr(c).isalpha() for c in range(0x300)), sum(chr(c).isspace() for c in range(0x3100)),
      sum(chr(c).isupper() for c in range(0x2000)), sum(chr(c).isdigit() for c in range(0x1000)))
print(sum(ord(c.upper()[0]) + len(c.upper()) for c in map(chr, range(0x2000))),
      sum(ord(chr(c).lower()[0]) for c in range(0x3000)), sum(ord(chr(c).title()[-1]) for c in range(0x600)))
print(sum(chr(c).isprintable() for c in range(0x3000)), sum(chr(c).isidentifier() for c in range(0x3000)),
      sum(chr(c).isnumeric() for c in range(0x3000)))
