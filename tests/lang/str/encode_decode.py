# Encoding and decoding with utf-8, utf-16, utf-32, latin-1, ascii, and the error handlers.
s = "a\u00e9\u4e2d\U0001f600"
for codec in ("utf-8", "utf8", "UTF-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8-sig"):
    data = s.encode(codec)
    print(codec, data, data.decode(codec) == s)
print("\u00e9\xff".encode("latin-1"), b"\xe9\xff".decode("latin1"), "abc".encode("ascii"), b"abc".decode("ascii"),
      "x".encode(), b"x".decode(), "".encode("utf-16"), b"\xff\xfea\0".decode("utf-16"),
      b"\xfe\xff\0a".decode("utf-16"))
for handler in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace",
        "surrogateescape", "surrogatepass", "nope"):
    for text, codec in ((s, "ascii"), ("\u4e2d\xe9", "latin-1"), ("a\udc80b", "utf-8")):
        try:
            print(handler, codec, text.encode(codec, handler))
        except (UnicodeEncodeError, LookupError) as error:
            print(handler, type(error).__name__, error)
for data in (b"\xff", b"a\xc3", b"\xe4\xb8", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"ok\x80\x81ok",
        b"\xf0\x9f\x98", b"\xe4\xb8\xadx\xe4"):
    for handler in ("strict", "ignore", "replace", "backslashreplace", "surrogateescape"):
        try:
            print(data, handler, ascii(data.decode("utf-8", handler)))
        except UnicodeDecodeError as error:
            print(data, error, error.start, error.end, error.reason, error.encoding, error.object)
for call in (lambda: b"\x80".decode("ascii"), lambda: b"a".decode("utf-16"), lambda: b"\x00\xd8".decode("utf-16-le"),
        lambda: b"abc".decode("utf-32"), lambda: "a".encode("no-such"), lambda: b"a".decode("hex"),
        lambda: "a".encode(5), lambda: "a".encode("utf-8", 5), lambda: b"a".decode(errors=1),
        lambda: "a\0".encode("a\0b")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(b"\xff\x80".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"),
      "\ud800".encode("utf-8", "surrogatepass"), "caf\u00e9".encode("ascii", "replace"), bytes("x\u00e9", "latin-1"),
      bytes("\u00e9", encoding="utf-8", errors="strict"))
