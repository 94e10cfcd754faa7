# Strings whose narrowest storage changes: building, slicing, replacing and comparing across 1, 2 and 4 byte characters.
parts = ["", "a", "\x7f", "\x80", "\xff", "\u0100", "\uffff", "\U00010000", "\U0010ffff",
      "mixed \xe9 \u4e2d \U0001f600"]
for p in parts:
    for q in parts:
        s = p + q
        assert s[:len(p)] == p and s[len(p):] == q and len(s) == len(p) + len(q)
        assert s.startswith(p) and s.endswith(q) and p in s and (s == q + p) == (p + q == q + p)
        assert s.encode().decode() == s and s.encode("utf-16").decode("utf-16") == s and hash(s) == hash("".join([p,
              q]))
        assert (p < q) == (list(map(ord, p)) < list(map(ord, q)))
        assert s.replace(p, q).count(q) >= 0 and s.split("\x01") == [s] and "".join(reversed(s))[::-1] == s
print(len(parts), [len(p.encode()) for p in parts], [len(p.encode("utf-16-le")) // 2 for p in parts])
s = parts[-1]
print(s.replace("\U0001f600", "x").replace("\u4e2d", "y").replace("\xe9", "z"), s[0:5] == "mixed", s[6] == "\xe9",
      s.find("\u4e2d"), s.upper(), s.translate({0x4e2d: 65, 0x1f600: None}), ascii(s[::-2]))
print(sorted(parts) == sorted(parts, key=lambda p: [ord(c) for c in p]), max(parts) == "\U0010ffff", "\x80" * 3 + "a",
      ("\u4e2d" * 3)[1:2] == "\u4e2d", "\u4e2da"[1].isascii(), "ab\u4e2d"[:2].isascii())
