# io: StringIO and BytesIO, TextIOWrapper over bytes, newlines, seek and tell, errors.
import io

s = io.StringIO("line1\nline2\r\nline3")
print(repr(s.readline()), repr(s.read(3)), s.tell(), repr(s.read()), s.seek(0), s.readlines(), s.read())
s = io.StringIO()
print(s.write("abc"), s.write("déf"), s.getvalue(), s.tell(), s.seek(1), s.write("X"), s.getvalue(), s.truncate(3),
      s.getvalue(), s.seek(0, 2), s.readable(), s.writable(), s.seekable())
print(*s, file=s)
b = io.BytesIO(b"hello")
print(b.read(2), b.readinto(bytearray(2)), b.read(), b.getvalue(), b.seek(-2, 2), b.read(), b.write(b"!!"),
      b.getvalue(), b.getbuffer().tobytes(), b.seek(10), b.write(b"z"), b.getvalue())
t = io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc\nd\xc3\xa9"), encoding="utf-8")
print(list(t), t.encoding, t.newlines)
t = io.TextIOWrapper(io.BytesIO(b"a\r\nb\n"), encoding="utf-8", newline="")
print(t.readlines())
out = io.BytesIO()
w = io.TextIOWrapper(out, encoding="latin-1", newline="\r\n", write_through=True)
w.write("é\nx")
w.flush()
print(out.getvalue(), io.StringIO("a\r\nb", newline=None).read() == "a\nb", io.StringIO("x\ny").readlines(),
      next(io.StringIO("q\n")), io.SEEK_END, io.DEFAULT_BUFFER_SIZE)
for e in ("s.write(5)", "b.write('a')", "s.seek(-1)", "s.seek(1, 1)", "io.StringIO(5)", "io.BytesIO('a')",
        "s.read('a')", "io.open('/none/x')", "io.StringIO().fileno()", "b.seek(-99)",
        "io.TextIOWrapper(io.BytesIO(b'\\xff'), encoding='utf-8').read()", "io.BytesIO().truncate(-1)", "s.seek('a')"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
s.close()
try:
    s.read()
except ValueError as e:
    print(e, s.closed)
with io.StringIO("w") as f:
    print(f.read())
print(f.closed, isinstance(f, io.TextIOBase), isinstance(b, io.IOBase),
      io.BufferedReader(io.BytesIO(b"peek me")).peek(4)[:4], io.BufferedReader(io.BytesIO(b"abc")).read1(2))
