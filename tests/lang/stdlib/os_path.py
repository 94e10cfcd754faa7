# os.path: pure path functions.
import os.path as p

for a in ("/a/b/c.txt", "a/b", "/", "", "c.tar.gz", ".hidden", "/a//b/../c/./d", "a/", "../x", "//x/y", "noext.",
        "/a.b/c"):
    print(repr(a), p.basename(a), p.dirname(a), p.split(a), p.splitext(a), p.isabs(a), p.normpath(a))
print(p.join("a", "b", "c"), p.join("a", "/b"), p.join("", "x"), p.join("a/", "b"), p.join("a", ""),
      p.relpath("/a/b", "/a/c"), p.commonpath(["/a/b/c", "/a/b/d"]), p.commonprefix(["abc", "abd"]), p.join(b"a", b"b"),
      p.splitdrive("/x"), p.normcase("A"))
print(p.exists("/"), p.isdir("/"), p.isfile("/"), p.exists("/no/such"), p.expanduser("x"), p.abspath("/a/../b"), p.sep,
      p.pardir, p.curdir, p.extsep)
for e in ("p.join('a', b'b')", "p.join('a', 5)", "p.commonpath([])", "p.commonpath(['/a', 'b'])", "p.basename(5)",
        "p.relpath('')", "p.getsize('/no/such')", "p.splitext(None)", "p.join()"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
