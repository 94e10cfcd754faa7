# Literals with escapes, raw strings, repr and ascii of awkward characters.
print(repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\n\t\r\\"), repr("\x00\x1f\x7f\x80\xa0\xad"),
      repr("\u00e9\u200b\u2028\ud800\ue000\uffff"), repr("\U0001f600\U000e0001\U0010ffff"))
print(ascii("\u00e9\u4e2d\U0001f600'\n"), "\101\x41\u0041\U00000041\N{LATIN CAPITAL LETTER A}", "\7" == "\x07", "\0",
      r"\n\x", R"\\", u"u", "a\
b", """x
"y" 'z'""", '''a''b''', "\a\b\f\v".encode())
print(len("\N{GREEK SMALL LETTER ALPHA}"), "\N{SNOWMAN}", len(r"\""), r'\'', len("\q" if False else "\\q"), "tab\there")
for source in (r'"\x4"', r'"\u12"', r'"\U00110000"', r'"\N{NO SUCH NAME}"', r'"\N"', "'abc", '"""abc', "'a\nb'",
        r"b'\x1'", "b'\u00e9'", r"'\777'", "f'{'", "f'}'", "f'{}'", "f'{a!x}'", "f'{a b}'"):
    try:
        print(source, ascii(eval(source)))
    except SyntaxError as error:
        print(ascii(source), type(error).__name__, error.msg)
print(str.__repr__("x"), f"{'a'!r}", f"{'é'!a}", "%r %a" % ("é", "é"), "{!r} {!a} {!s}".format("é", "é", "é"))
print([ascii(chr(c)) for c in (0, 9, 31, 32, 39, 34, 92, 126, 127, 160, 255, 256, 0x378, 0xd7ff, 0xd800, 0xfffe,
      0x10000, 0x10ffff)])
print([repr(chr(c)) for c in (0x378, 0x600, 0x6dd, 0x180e, 0x2000, 0x2060, 0xfeff, 0xfff9, 0x1d173)])
print(repr({"k": ["a'", 'b"']}), repr(("x",)), repr({"a"}), [u"x", r"\d", b"y", rb"\z", Rb"\q"])
